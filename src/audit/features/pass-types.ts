/** @file What a pass of an SAE over stored rows takes and gives, whichever way its features fire. */
import type { Device } from '../../onnx/sessions/session.ts'
import type { Residuals } from '../rows/residuals.ts'
import type { RowLayout } from '../rows/row-batches.ts'
import type { StoredEncoder } from '../run/stored-encoder.ts'
import type { FeatureSums } from '../sums/group-sums.ts'

/** What one pass of an SAE over all rows takes. */
export interface FeaturePass {
  readonly encoder: StoredEncoder
  readonly layout: RowLayout
  readonly device: Device
  /** Hears how many rows are done. */
  readonly onTokens: (done: number) => void
}

/** What one candidate's rows gave beside the reference's. */
export type CandidatePass = Pick<FeatureSums, 'moments' | 'distance'>

/** The residuals of a pass: the reference's, and of candidates beside it. */
export interface PassModels {
  readonly reference: Residuals
  readonly candidates: readonly Residuals[]
}
