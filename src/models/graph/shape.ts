/** @file What a body's graph is made for: the model, how its runs are cut, and the inputs that say which sequences are run. */
import type { ActivationQuantization } from '../../contract/activation-quantization.ts'
import type { GraphBuilder, Value } from '../../onnx/graph/graph.ts'
import type { BodyProgram } from '../body-program.ts'
import type { Decoder } from '../decoder-spec.ts'
import type { OperandType, WeightType } from '../weight-reader.ts'
import { DeltaTables } from './delta/rule.ts'
import { CausalMasks, type Tiling } from './tiled-attention.ts'

/** A decoder and what else makes its forward pass. */
export interface BodyModel {
  readonly decoder: Decoder
  /** Quantization of the inputs of linear layers, by the name of the layer's weight tensor. */
  readonly activations: ReadonlyMap<string, ActivationQuantization>
  /** (d_model, d_model), row-major: what rows of the residual stream are multiplied by where they are read; null: nothing. */
  readonly basis: Float32Array | null
}

/** Types of 16 bit that operands can be rounded to. */
export type RoundedType = Exclude<WeightType, 'float32'>

/** How runs are cut, and in which arithmetic. */
export interface BodyShape {
  /** Sequences run together; fixed when the graph is built. */
  readonly sequences: number
  /** Longest sequence that will be run: the rotary tables have this many rows. */
  readonly length: number
  /** Type of the operands of matrix products and attention. */
  readonly type: OperandType
  /**
   * With float32 operands: round them to this type wherever a graph in it would, and go on in float32. So the CPU computes what a
   * device computes in 16 bit, but for the order of sums. Absent: nothing is rounded.
   */
  readonly rounding?: RoundedType | null
  /** How attention is cut into plain products (tiled-attention.ts); null: the engine's fused kernel. */
  readonly tiling: Tiling | null
  /** Hidden units of an MLP that are computed at a time, in float32 graphs (mlp.ts); null: all. */
  readonly hiddenTile: number | null
  /** Rows that sequences of a run have in common are computed once (SharedRows), in programs that start from rows. Absent: all rows of all sequences. */
  readonly sharesRows?: boolean
}

/**
 * Of runs whose sequences begin alike. Attention sees every sequence whole; all else sees the n_row computed rows, fewer than sequences · n_token:
 * rows of a block depend on others by attention alone.
 */
export interface SharedRows {
  /** (sequences · n_token) int64: which computed row stands there. */
  readonly computed: Value
  /** (n_row) int64: one of the places where each computed row stands. */
  readonly places: Value
}

export const COMPUTED_ROW = 'computed_row'
export const ROW_PLACES = 'row_places'

/** (n_row, 1), with programs that sum: 1 for rows that count, 0 for those that fill up. */
export const COUNTED_ROWS = 'counted_rows'

/** What bodies in one graph share: which sequences they run. */
export interface SequenceInputs {
  readonly sequences: number
  /** (sequences, n_token) int64; null: no program in the graph begins with the ids. */
  readonly ids: Value | null
  /** (sequences) int32: n_token − 1 */
  readonly lastPosition: Value
  /** n_token, int32 scalar */
  readonly length: Value
  /** (n_row, 1); null: no program in the graph sums. */
  readonly countedRows: Value | null
  /** Null: the fused kernel. */
  readonly masks: CausalMasks | null
  /** Null: every row of every sequence is computed. */
  readonly shared: SharedRows | null
  readonly delta: DeltaTables
}

/** Residual stream, norms and masks are in this type. */
export function wideType(type: OperandType): 'float32' | 'float64' {
  return type === 'float64' ? 'float64' : 'float32'
}

/** Inputs `ids` (where a program begins with them), `last_position`, `length`, `counted_rows` (where one sums), and which rows are shared. */
export function sequenceInputs(
  g: GraphBuilder,
  shape: BodyShape,
  programs: readonly BodyProgram[],
): SequenceInputs {
  const { sequences, tiling, length: longest, sharesRows = false } = shape
  const wide = wideType(shape.type)
  const hasSums = programs.some(({ sums }) => sums.length > 0)
  const hasIds = programs.some(({ from }) => from === 'ids')
  const lastPosition = g.input('last_position', 'int32', [sequences])
  const length = g.input('length', 'int32', [])
  return {
    sequences,
    ids: hasIds ? g.input('ids', 'int64', [sequences, 'n_token']) : null,
    lastPosition,
    length,
    shared: sharesRows
      ? {
          computed: g.input(COMPUTED_ROW, 'int64', ['n_place']),
          places: g.input(ROW_PLACES, 'int64', ['n_row']),
        }
      : null,
    countedRows: hasSums ? g.input(COUNTED_ROWS, wide, ['n_row', 1]) : null,
    masks: tiling === null ? null : new CausalMasks(g, tiling, longest, length, wide),
    delta: new DeltaTables(g, longest, length, wide),
  }
}
