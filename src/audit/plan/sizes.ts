/** @file What an audit's parts come to in bytes, as a plan takes them. */

import type { AuditPlan } from '../../contract/plan/plan-schema.ts'
import type { CalibrationSize } from './calibration-plan.ts'
import type { Kept, SaeSize } from './sae-memory.ts'

/** One model whose body is loaded. Bytes. */
export interface ModelSize {
  readonly name: string
  /** Blocks as they are multiplied (float32 on the CPU), each. */
  readonly blocks: readonly number[]
  /** The embedding, and a table of vectors of tokens where there is one, as they are stored: rows are only taken from them. */
  readonly embedding: number
  /** The largest tensor, decoded: read before it is cut and widened. */
  readonly largestTensor: number
  /** The unembedding as it is multiplied, and what of it is in memory at once. */
  readonly unembedding: number
  readonly unembeddingRange: number
  /** Bytes of the files that are read for one forward pass, and for the head. */
  readonly stored: number
}

/** A user's ONNX model, held whole by the engine. */
export interface UserModelSize {
  readonly name: string
  readonly bytes: number
}

/** Rows of activations in float32 or as they are stored, by what they are for. */
export interface RowsSize {
  /** Of one model: hooks and final states. */
  readonly perModel: number
  /** Between two ranges of a streamed model. */
  readonly between: number
  /** Beside those of all models, while one of them is run on from a hook with other rows. Absent: none is. */
  readonly replaced?: number
  /** Models whose rows are held together. */
  readonly models: number
}

export interface PlanSizes {
  readonly models: readonly ModelSize[]
  readonly userModels: readonly UserModelSize[]
  readonly saes: readonly SaeSize[]
  readonly rows: RowsSize
  /** Null: nothing is calibrated. */
  readonly calibration: CalibrationSize | null
  /** Losses per token while the vocabulary is gone through. */
  readonly losses: number
  /** Copies of weights that run side by side. */
  readonly lanes: number
  /** How candidates are measured beside the reference. */
  readonly rounds: AuditPlan['rounds']
  /** While a round in one graph is loaded; 0: rounds go stage by stage. */
  readonly roundLoading: number
}

export interface PlanMachine {
  readonly available: number
  readonly limitedBy: 'machine' | 'container'
  /** --memory */
  readonly rowBudget: number
  readonly onDevice: boolean
  readonly temporary: { readonly folder: string; readonly free: number | null }
  readonly bytesPerSecond: number | null
}

export const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
export const most = <T>(items: readonly T[], of: (item: T) => number): number => Math.max(0, ...items.map(of))

export const wholeBody = ({ blocks, embedding }: ModelSize): number => total(blocks) + embedding
export const largestRange = ({ blocks, embedding }: ModelSize): number => Math.max(embedding, ...blocks)

/** Where SAEs and models are, all of it in memory or a range at a time. */
export interface Held {
  readonly saes: Kept
  readonly held: Kept
}

export function rowBytes({ rows }: PlanSizes, held: Held['held']): number {
  return rows.perModel * rows.models + (held === 'stream' ? rows.between : 0) + (rows.replaced ?? 0)
}

/** They are there before any row, and stay. */
export const keptProducts = ({ calibration }: PlanSizes): number => calibration?.kept ?? 0
