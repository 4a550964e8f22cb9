/** @file What `saegate stability` tells: the same candidate on less text and on other parts of it (arXiv 2606.03002, Table 5). */
import type { STABILITY_SCHEMA } from '../../../contract/experiments/stability-schema.ts'
import type { StabilityRow } from '../../../contract/report/stability-schema.ts'
import type { SurvivalRule } from '../../../statistics/definitions.ts'
import type { SensitivityCell } from '../../../statistics/features/taxonomy.ts'

/** One candidate at one read-out. */
interface Place {
  readonly candidate: string
  readonly readout: string
}

/** Standard deviations over the drawn subsets; null of one alone. */
export interface SubsetSpread extends Place {
  readonly subsets: number
  readonly tokens: number
  readonly survivedSd: number | null
  readonly damagedSd: number | null
  readonly meanCorrelationSd: number | null
}

export interface Stability {
  readonly schema: typeof STABILITY_SCHEMA
  readonly path: string
  readonly reference: string
  readonly thresholds: SurvivalRule & { readonly active: number }
  readonly confidence: number
  readonly rows: readonly StabilityRow[]
  readonly spread: readonly SubsetSpread[]
  readonly sensitivity: readonly (Place & { readonly cells: readonly SensitivityCell[] })[]
}
