/**
 * @file SAE features of a batch of rows, tiled over features and summed over rows inside the graph: feature
 * activations [tokens, d_sae] exist only a tile at a time, in cache.
 *
 * Sums over rows are products with a row of ones, in float32 over at most a few hundred rows; they are added up in
 * float64 outside. For features that activate by themselves; by the row: row-pass.ts. The encoder bias already holds −b_dec·W_enc where the SAE subtracts b_dec from its input.
 */
import type { PositionSlice } from '../../contract/options/positions.ts'
import { present } from '../../numbers/present.ts'
import { GraphBuilder, type GraphModel, type Shape, type Value } from '../../onnx/graph/graph.ts'
import * as op from '../../onnx/graph/ops.ts'
import type { FeatureRange } from '../../sae/dictionary.ts'
import type { CandidateTile } from '../../statistics/features/feature-moments.ts'
import type { Bands } from '../close-calls/close-calls.ts'
import type { RunSize } from '../machine/run-size.ts'
import type { Encoder } from '../run/readout.ts'
import { activate, type EncoderTile, featureTiles, preActivations, tileOf } from './encoder-graph.ts'
import { FeatureColumns } from './feature-columns.ts'
import { prepareRows } from './prepared-rows.ts'
import { constantWeights, givenWeights, type TileWeights } from './tile-weights.ts'

/**
 * What a firing adds to `firings`: activations are clipped to it, so that a column sum is an exact multiple. One pass
 * instead of a comparison and a cast: a twentieth of the reference's SAE pass. No activation above 0 is that small: it would
 * have to be 10⁻²³ of the rounding of the terms it is the sum of.
 */
export const FIRING = 2 ** -100

/** The same for a product of two activations, either of which may be as small as 2⁻⁶⁰. */
export const FIRING_TOGETHER = 2 ** -120

/** Beyond the end of any sequence: positions are whole numbers of float32. */
const LAST_POSITION = 2 ** 24

/** How activations are cut: at most `featureTile` features at a time, whose rows are summed in `rowParts` parts. */
export type FeatureTiling = Pick<RunSize, 'rowParts' | 'featureTile'>

/** Tells which pre-activations of a tile lie in the band around their thresholds: (n_row, tile), 1 or 0; null: not asked. */
type CloseMark = (pre: Value, model: number) => Value | null

/** Marks what lies in the bands of a tile; without bands nothing is counted. */
class Closeness {
  readonly #g: GraphBuilder
  readonly #weights: TileWeights
  readonly #reaches: readonly Value[]

  constructor(g: GraphBuilder, weights: TileWeights, reaches: readonly Value[]) {
    this.#g = g
    this.#weights = weights
    this.#reaches = reaches
  }

  of(range: FeatureRange, { threshold }: EncoderTile): CloseMark {
    if (threshold === null) return () => null
    const g = this.#g
    const [slack, scale] = [this.#weights.vector('slack', range), this.#weights.vector('scale', range)]
    if (slack === null || scale === null) return () => null
    return (pre, model) => {
      const reach = this.#reaches[model]
      if (reach === undefined) return null
      const band = op.add(g, op.mul(g, scale, reach), slack)
      const near = op.less(g, op.abs(g, op.sub(g, pre, threshold)), band)
      return op.cast(g, near, 'float32')
    }
  }
}

/** What the sums are made of. */
export interface SumInputs {
  /** (n_row, d_in) per model, the reference's first; n_row is a multiple of rowParts. */
  readonly rows: readonly Value[]
  /**
   * (rowParts, places, n_row / rowParts): 1 for rows that are summed there, 0 for others. With one place rows that are not summed are copies
   * of one that is: they do not change the peak.
   */
  readonly ones: Value
  /** (1) per model, how far its bands reach; none without bands. */
  readonly reaches: readonly Value[]
}

/** An encoder, how its sums are cut, and where its activations are too close to call. */
export interface SumPlan {
  readonly encoder: Encoder
  readonly tiling: FeatureTiling
  /** Null: float32 decides. */
  readonly bands: Bands | null
  /** Tells the weights of several read-outs in one graph apart. */
  readonly name?: string
  /** Are weights inputs of the graph (givenWeights), for a slab of as many features as the encoder has biases? Absent: constants of it. */
  readonly given?: boolean
}

/** Which sums are wanted. */
export interface WantedSums {
  /** Of the reference by itself. */
  readonly reference: boolean
  /** Of candidates beside it. */
  readonly candidates: boolean
  /** Where in each sequence the reference fires most. Absent: not asked. */
  readonly highest?: SequenceRows
}

/** How rows are sequences: so many of equal length, and which of their positions count. */
export interface SequenceRows {
  readonly sequences: number
  readonly at: PositionSlice
}

/**
 * Sums over the rows, (places, d_sae) each: of the reference `sum` Σa, `squares` Σa², `firings` #(a > 0) in units of FIRING, `peak` max a; per
 * candidate c ≥ 1 `sum_c` Σb, `squares_c` Σb², `product_c` Σab, `together_c` #(a > 0, b > 0) in units of FIRING_TOGETHER, `either_c`
 * #(a > 0 or b > 0) in units of FIRING. With bands also `close_m` of every model m ≥ 0: how many
 * pre-activations lie in them. With `highest`, (sequences, d_sae) each: `highest` the largest a of a sequence, `where` at which of the positions
 * `at`, and per candidate `there_c` its b at that position.
 */
export function featureSums(
  g: GraphBuilder,
  { encoder, tiling, bands, name = '', given = false }: SumPlan,
  { rows, ones, reaches }: SumInputs,
  wanted: WantedSums,
): ReadonlyMap<string, Value> {
  const columns = new FeatureColumns(g, ones)
  const of = { encoder, bands, W_dec: null }
  const weights = given ? givenWeights(g, of) : constantWeights(g, of, name)
  const closeness = new Closeness(g, weights, reaches)
  const models = wanted.candidates ? rows : rows.slice(0, 1)
  const prepared = models.map((x) => prepareRows(g, x, encoder.input).rows)
  const zero = g.scalar('float32', 0)
  for (const range of featureTiles(encoder.bias.length, tiling.featureTile)) {
    const tile = tileOf(weights, range)
    const mark = closeness.of(range, tile)
    const [a, ...bs] = prepared.map((x, m) => {
      const pre = preActivations(g, x, tile)
      const close = mark(pre, m)
      if (close !== null) columns.sum(`close_${m}`, close)
      return activate(g, pre, tile)
    })
    if (a === undefined) throw new RangeError('sums without a reference')
    if (wanted.reference) {
      columns.sum('sum', a)
      columns.sum('squares', op.mul(g, a, a))
      columns.sum('firings', op.clip(g, a, zero, g.scalar('float32', FIRING)))
      columns.peak('peak', a)
    }
    for (const [i, b] of bs.entries()) {
      columns.sum(`sum_${i + 1}`, b)
      columns.sum(`squares_${i + 1}`, op.mul(g, b, b))
      const product = op.mul(g, a, b)
      columns.sum(`product_${i + 1}`, product)
      columns.sum(`together_${i + 1}`, op.clip(g, product, zero, g.scalar('float32', FIRING_TOGETHER)))
      columns.sum(`either_${i + 1}`, op.clip(g, op.add(g, a, b), zero, g.scalar('float32', FIRING)))
    }
    if (wanted.highest !== undefined) addHighest(g, columns, wanted.highest, [a, ...bs])
  }
  return columns.values(encoder.bias.length)
}

function addHighest(
  g: GraphBuilder,
  columns: FeatureColumns,
  { sequences, at }: SequenceRows,
  activations: readonly Value[],
): void {
  const [a, ...bs] = activations.map((x) => {
    const size = present(x.shape[1])
    const apart = op.reshape(g, x, [sequences, -1, Number(size)], [sequences, 'n_token', size])
    return positionsAt(g, apart, at)
  })
  if (a === undefined) return
  const flat = (x: Value): Value => {
    const size = present(x.shape[2])
    return op.reshape(g, x, [sequences, -1], [sequences, size])
  }
  const where = op.argMax(g, a, 1)
  columns.block('highest', flat(op.reduceMax(g, a, 1)))
  columns.block('where', flat(op.cast(g, where, 'float32')))
  for (const [i, b] of bs.entries()) columns.block(`there_${i + 1}`, flat(op.gatherElements(g, b, where, 1)))
}

/** Of (sequences, n_token, d) those positions. */
function positionsAt(g: GraphBuilder, x: Value, { start, end, step }: PositionSlice): Value {
  const isAll = start === 0 && end === null && step === 1
  return isAll ? x : op.every(g, x, 1, { start, end: end ?? LAST_POSITION, step })
}

/** Those of the reference alone. */
export function referenceSums(g: GraphBuilder, plan: SumPlan, inputs: SumInputs): ReadonlyMap<string, Value> {
  return featureSums(g, plan, inputs, { reference: true, candidates: false })
}

/** Those of candidates beside it. */
export function candidateSums(g: GraphBuilder, plan: SumPlan, inputs: SumInputs): ReadonlyMap<string, Value> {
  return featureSums(g, plan, inputs, { reference: false, candidates: true })
}

/** Inputs of a graph of sums alone: `x_m` (n_row, d_in) per model, `ones`, and with bands `reach_m` (1) per model. */
function sumInputs(g: GraphBuilder, { encoder, tiling, bands }: SumPlan, models: number): SumInputs {
  const each = (name: string, shape: Shape): readonly Value[] =>
    Array.from({ length: models }, (_, m) => g.input(`${name}_${m}`, 'float32', shape))
  return {
    rows: each('x', ['n_row', encoder.d_in]),
    ones: g.input('ones', 'float32', [tiling.rowParts, 1, 'n_part']),
    reaches: bands === null ? [] : each('reach', [1]),
  }
}

/** The reference's sums as a graph of their own. */
export function referenceGraph(plan: SumPlan): GraphModel {
  const g = new GraphBuilder()
  g.outputs(referenceSums(g, plan, sumInputs(g, plan, 1)))
  return g.build()
}

/** The sums of candidates beside the reference as a graph of their own. */
export function candidateGraph(plan: SumPlan, candidates: number): GraphModel {
  const g = new GraphBuilder()
  g.outputs(candidateSums(g, plan, sumInputs(g, plan, candidates + 1)))
  return g.build()
}

/** Sums of candidate `c` (0 is the first) among what a graph gave, counts in their unit. */
export function candidateTile(figure: (name: string) => Float32Array, c: number): CandidateTile {
  return {
    sum: figure(`sum_${c + 1}`),
    sumOfSquares: figure(`squares_${c + 1}`),
    product: figure(`product_${c + 1}`),
    together: figure(`together_${c + 1}`).map((sum) => sum / FIRING_TOGETHER),
    either: figure(`either_${c + 1}`).map((sum) => sum / FIRING),
  }
}
