/** @file One audit, fully said: what flags, the action's inputs and saegate.yaml are all turned into. */

import type { ReadoutScope } from '../readout-scope.ts'
import type { CudaDevice, CudaDevices } from './cuda-device.ts'
import type { MatchTokens, PerplexityConfig } from './option-spec.ts'
import type { AUDIT_OPTIONS, ChoiceOf } from './options.ts'
import type { CountedPositions } from './positions.ts'

export type { MatchTokens, PerplexityConfig } from './option-spec.ts'

export type DeviceChoice = ChoiceOf<typeof AUDIT_OPTIONS.device> | CudaDevice | CudaDevices
/** What operands of products are rounded to; auto: by device and checkpoint. */
export type PrecisionChoice = ChoiceOf<typeof AUDIT_OPTIONS.precision>
export type Positions = ChoiceOf<typeof AUDIT_OPTIONS.positions> | CountedPositions
/** Whether inputs of linear layers are quantized where a checkpoint declares that they are at run time. */
export type ActivationsChoice = ChoiceOf<typeof AUDIT_OPTIONS.activations>
/** Where weights are while a model runs. */
export type WeightsChoice = ChoiceOf<typeof AUDIT_OPTIONS.weights>
/** What rows are stored in: between two ranges of blocks, and of the reference for later audits. */
export type StreamRows = ChoiceOf<typeof AUDIT_OPTIONS.streamRows>
export type BosChoice = ChoiceOf<typeof AUDIT_OPTIONS.bos>

export interface SaeConfig {
  readonly source: string
  /** Overrides the SAE's own hook point. */
  readonly hook: string | null
  /** Subtract each residual's mean over d_model before encoding; null: as the SAE's config says. */
  readonly center: boolean | null
}

export interface CorpusConfig {
  readonly source: string
  /** `as-is`: encode the text as it stands. `nonempty`: without blank lines (the paper's words). `paper`: these, two line ends put between them (its code). */
  readonly lines: ChoiceOf<typeof AUDIT_OPTIONS.lines>
  /** What CRLF line ends are turned into; null: nothing is said, and they stay. */
  readonly lineEnds: ChoiceOf<typeof AUDIT_OPTIONS.lineEnds> | null
  /** Text tokens to use at most; null: all. */
  readonly tokens: number | null
  /** Positions of a sequence that the model is given, a prepended BOS included. */
  readonly blockLength: number
  readonly bos: BosChoice
  /** How records become text, and which of them; absent: as `EVERY_RECORD`. */
  readonly records?: RecordsConfig
}

/** For corpora of records: JSON lines, JSON, CSV, Parquet, datasets of the Hub. */
export interface RecordsConfig {
  /** The field that holds the text, or the messages; null: found. */
  readonly field: string | null
  /** Records are conversations, written as text by the tokenizer's chat template. */
  readonly template: boolean
  /** So many records, drawn at random; null: all, in their order. */
  readonly subset: number | null
  readonly seed: number
}

export const EVERY_RECORD: RecordsConfig = { field: null, template: false, subset: null, seed: 0 }

export interface FeatureThresholds {
  readonly survived: number
  readonly damaged: number
  readonly active: number
}

/** The classes of features in arXiv 2606.03002, where a policy says nothing, and for audits without one. */
export const DEFAULT_THRESHOLDS: FeatureThresholds = { survived: 0.9, damaged: 0.5, active: 0.001 }
export const DEFAULT_CONFIDENCE = 0.95

/** Features that a policy names, and of which read-outs. */
export interface WatchedFeatures extends ReadoutScope {
  readonly ids: readonly number[]
  /** Activations above which a monitor raises an alarm, of those that have one. */
  readonly alarms?: readonly (readonly [feature: number, threshold: number])[]
}

/** How many features are looked at causally (saegate causal). */
export interface CausalConfig {
  readonly features: number
  /** Sequences of each in which it fires. */
  readonly sequences: number
  /** Random vectors beside each; 0: none. */
  readonly controls: number
}

/** sha256 of what may be measured, as a report names it; empty: anything. */
export interface ExpectedDigests {
  readonly reference: readonly string[]
  readonly saes: readonly string[]
  readonly corpus: readonly string[]
  readonly candidates: readonly string[]
}

export const ANYTHING: ExpectedDigests = { reference: [], saes: [], corpus: [], candidates: [] }

export interface CalibrationConfig {
  /** Null: what the corpus has after the audited tokens. */
  readonly source: string | null
  readonly tokens: number
}

/** What is looked at again, on parts of the audited text. */
export interface StabilityConfig {
  /** Tokens of the beginnings. */
  readonly budgets: readonly number[]
  /** How many are drawn, of so many tokens each, by seeds from `seed` on. */
  readonly subsets: number
  readonly subsetTokens: number
  readonly seed: number
  /** Survived is ρ above the threshold, not at it. */
  readonly above: boolean
}

/** Of the text's sequences: what is found on one is judged on the other. */
export type Half = 'first' | 'second'

/** What is swapped together. */
export const SWAPPED_BY = ['tensor', 'block', 'kind'] as const
export type SwappedBy = (typeof SWAPPED_BY)[number]

/** Tensors of each candidate are put into the reference, one after the other, and the reverse. */
export interface AttributionConfig {
  readonly by: SwappedBy
  /** Only the first so many by the screen; null: all. */
  readonly first: number | null
  /** The first so many by the screen are restored into the candidate, too; null: all that are swapped. */
  readonly restored: number | null
  /** … and set beside errors of the same size that mean nothing; null: all that are swapped. */
  readonly controls: number | null
  /** Every swap is run to the end. */
  readonly kl: boolean
  /** Of the controls and of the screen's probes. */
  readonly seed: number
}

/** What is kept for later audits. */
export interface KeptCaptures {
  /** Of all audits together, at most. */
  readonly bytes: number
  /** Of the reference. */
  readonly rows: StreamRows
}

export interface AuditConfig {
  readonly reference: string
  readonly candidates: readonly string[]
  readonly saes: readonly SaeConfig[]
  readonly corpus: CorpusConfig
  /** A tokenizer.json, or null for the reference's own. */
  readonly tokenizer: string | null
  readonly perplexity: PerplexityConfig
  /** Where a matched pruning finds its sparsity. Absent: as the table of options has it. */
  readonly matchTokens?: MatchTokens
  /** What compressors that need it are calibrated on. Absent: as the table of options has it. */
  readonly calibration?: CalibrationConfig
  readonly positions: Positions
  readonly activations: ActivationsChoice
  /** Turn a rotated candidate's residual stream back, where its embedding says how. */
  readonly unrotate: boolean
  /** Divide a candidate's residual stream by the one factor that it differs by. */
  readonly rescale: boolean
  /** The value of an ONNX candidate that is the SAEs' hook point; null: it is found. */
  readonly tap: string | null
  /** Absent: nothing is looked at again. */
  readonly stability?: StabilityConfig
  /** Sequences that are a batch: perplexity is then also told as the exponential of the mean of batches' mean losses. Absent: it is not. */
  readonly batchSequences?: number
  readonly thresholds: FeatureThresholds
  readonly confidence: number
  /** Features of each candidate and SAE to explain, those that it changed most. Absent: none. */
  readonly explain?: number
  /** As many again of these, those that it changed most. Absent: none. */
  readonly watched?: readonly WatchedFeatures[]
  /** Most token groups whose sums are kept apart, for intervals. */
  readonly groups: number
  readonly device: DeviceChoice
  /** Absent: auto. */
  readonly precision?: PrecisionChoice
  readonly threads: number | null
  /** Bytes that captures may hold in memory before they are spilled to a temporary file. */
  readonly memoryBytes: number
  readonly weights: WeightsChoice
  readonly streamRows: StreamRows
  /** Absent: nothing is kept, and nothing that was kept is used. */
  readonly captures?: KeptCaptures
  readonly nullCheck: boolean
  /** Errors of weights, logits and losses beside the features (saegate diagnose). Absent: no. */
  readonly diagnose?: boolean
  /** Only these sequences of the text. Absent: all. */
  readonly half?: Half
  /** Which tensors damage which features (saegate attribute). Absent: nobody asks. */
  readonly attribution?: AttributionConfig
  /** Ablate and steer features in both models. Absent: no. */
  readonly causal?: CausalConfig
  /** Run models on with what SAEs rebuild in place of what they read. Absent: no. */
  readonly lossRecovered?: boolean
  /** How much of the direction of each active feature is left. Absent: no. */
  readonly latentScaling?: boolean
  /** Count features that a candidate fires and the reference does not. Absent: no. */
  readonly newFeatures?: boolean
  /** Tell survival apart by what is predicted. Absent: no. */
  readonly survivalByKind?: boolean
  /** Absent: none. */
  readonly noiseFloor?: ChoiceOf<typeof AUDIT_OPTIONS.noiseFloor>
  /** Absent: no. */
  readonly noiseNull?: boolean
  /** Absent: anything may be measured. */
  readonly expected?: ExpectedDigests
  readonly allowBadFit: boolean
  /** Stop at the first look at which every rule is decided. Absent: no. */
  readonly untilDecided?: boolean
}
