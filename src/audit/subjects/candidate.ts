/** @file What is compared with the reference: a model derived from it, a checkpoint of its own, or a user's ONNX model. */
import type { Checkpoint } from '../../checkpoints/open.ts'
import type { CalibrationSlot, InputFigure } from '../../compression/calibrated/statistics.ts'
import type { CandidateReport } from '../../contract/report/report-schema.ts'
import type { UserModel } from '../../models/user-onnx/open.ts'
import type { Model } from './model.ts'

interface Named {
  /** Unique in the audit, and safe as a file name. */
  readonly name: string
  readonly spec: string
  readonly compression: CandidateReport['compression']
}

/** The reference's own tensors, rounded or pruned on the way. */
export interface DerivedCandidate extends Named {
  readonly kind: 'derived'
  readonly model: Model
  /** The compression as its spec would say it: the sparsity that was found, where it was to be found. */
  readonly made: string
  /** Until its sparsity is found, `model` is that of the first step. Null: nothing is to be found. */
  readonly matching: Matching | null
  /** What its weights are made by beside the reference's. Absent: nothing. */
  readonly calibrated?: CalibratedBy
  /** What it has most of its tensors from; closed with it. Absent: the reference alone. */
  readonly base?: Candidate
  /** `folded`: norms are folded and the residual stream is centred, as TransformerLens does it. */
  readonly form: 'as-stored' | 'folded'
}

/** What a rule asks of the inputs of the target matrices, and where its plan looks for it (calibration/calibrate.ts). */
export interface CalibratedBy {
  readonly figures: readonly InputFigure[]
  readonly slot: CalibrationSlot
}

/** A pruning whose sparsity the models tell (matching/settle-matches.ts). */
export interface Matching {
  /** Whose perplexity is to be met. */
  readonly target: DerivedCandidate
  readonly prunedTo: (sparsity: number) => DerivedCandidate
}

/** Weights of its own, compiled like the reference's. */
export interface StoredCandidate extends Named {
  readonly kind: 'stored'
  readonly model: Model
  readonly checkpoint: Checkpoint
}

/** A graph of its own, run as it is: it yields logits, and there is nothing to compile. */
export interface OnnxCandidate extends Named {
  readonly kind: 'onnx'
  readonly user: UserModel
  /** Columns of its logits. */
  readonly vocabulary: number
  readonly warnings: readonly string[]
}

/** What is compiled to a graph by us. */
export type CompiledCandidate = DerivedCandidate | StoredCandidate

/** A candidate before it is run. */
export type Candidate = CompiledCandidate | OnnxCandidate

/** A kind that no branch knows: the compiler refuses the call. */
export function unknownKind(candidate: never): never {
  throw new RangeError(`a candidate of no known kind: ${JSON.stringify(candidate)}`)
}

/** Token ids that it knows are below this. */
export function vocabularyOf(candidate: Candidate): number {
  switch (candidate.kind) {
    case 'derived':
    case 'stored':
      return candidate.model.decoder.spec.n_vocab
    case 'onnx':
      return candidate.vocabulary
    default:
      return unknownKind(candidate)
  }
}

/** What the user should know about it. */
export function warningsOf(candidate: Candidate): readonly string[] {
  switch (candidate.kind) {
    case 'derived':
    case 'stored':
      return candidate.model.warnings
    case 'onnx':
      return candidate.warnings
    default:
      return unknownKind(candidate)
  }
}

/** Was its residual stream turned back into the reference's basis? */
export function isTurnedBack(candidate: Candidate): boolean {
  switch (candidate.kind) {
    case 'derived':
    case 'stored':
      return candidate.model.basis !== null
    case 'onnx':
      return false
    default:
      return unknownKind(candidate)
  }
}

/** Files of its own; null: it is made of the reference's. */
export function artifactOf(
  candidate: Candidate,
): Pick<Checkpoint, 'revision' | 'sha256' | 'weightsSha256' | 'fileDigests'> | null {
  switch (candidate.kind) {
    case 'derived':
      return null
    case 'stored':
      return candidate.checkpoint
    case 'onnx':
      return candidate.user
    default:
      return unknownKind(candidate)
  }
}

/** Close what was opened for the candidates. */
export async function closeCandidates(candidates: readonly Candidate[]): Promise<void> {
  for (const candidate of candidates) await closeCandidate(candidate)
}

async function closeCandidate(candidate: Candidate): Promise<void> {
  switch (candidate.kind) {
    case 'derived':
      if (candidate.base !== undefined) await closeCandidate(candidate.base)
      return
    case 'stored':
      await candidate.checkpoint.close()
      return await candidate.checkpoint.files.close()
    case 'onnx':
      await candidate.user.close()
      return await candidate.user.files.close()
    default:
      return unknownKind(candidate)
  }
}
