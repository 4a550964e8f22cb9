/**
 * @file SAE features of a batch of rows, tiled over features and summed over rows inside the graph: feature
 * activations [tokens, d_sae] exist only a tile at a time, in cache.
 *
 * Sums over rows are products with a row of ones, in float32 over at most a few hundred rows; they are added up in
 * float64 outside. For features that activate by themselves; by the row: row-pass.ts. The encoder bias already holds −b_dec·W_enc where the SAE subtracts b_dec from its input.
 */
import type { PositionSlice } from '../../contract/options/positions.ts'
import { present } from '../../numbers/present.ts'
import { GraphBuilder, type GraphModel, type Value } from '../../onnx/graph/graph.ts'
import * as op from '../../onnx/graph/ops.ts'
import type { CandidateTile } from '../../statistics/features/feature-moments.ts'
import type { RunSize } from '../machine/run-size.ts'
import type { Encoder } from '../run/readout.ts'
import { activate, featureTiles, preActivations, tileOf } from './encoder-graph.ts'
import { FeatureColumns } from './feature-columns.ts'
import { prepareRows } from './prepared-rows.ts'
import { constantWeights, givenWeights } from './tile-weights.ts'

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

/** What the sums are made of. */
export interface SumInputs {
  /** (n_row, d_in) per model, the reference's first; n_row is a multiple of rowParts. */
  readonly rows: readonly Value[]
  /**
   * (rowParts, places, n_row / rowParts): 1 for rows that are summed there, 0 for others. With one place rows that are not summed are copies
   * of one that is: they do not change the peak.
   */
  readonly ones: Value
}

/** An encoder, and how its sums are cut. */
export interface SumPlan {
  readonly encoder: Encoder
  readonly tiling: FeatureTiling
  /** Is it asked how near activations come to their thresholds? Where all rows are of one place. */
  readonly near?: boolean
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
 * #(a > 0 or b > 0) in units of FIRING. With `near` and thresholds also `near_m` of every model m ≥ 0: the
 * smallest |z − θ| of the rows, z what a feature fires by. With `highest`, (sequences, d_sae) each: `highest` the largest a of a sequence, `where` at which of the positions
 * `at`, and per candidate `there_c` its b at that position.
 */
export function featureSums(
  g: GraphBuilder,
  { encoder, tiling, near = false, name = '', given = false }: SumPlan,
  { rows, ones }: SumInputs,
  wanted: WantedSums,
): ReadonlyMap<string, Value> {
  const columns = new FeatureColumns(g, ones)
  const of = { encoder, W_dec: null }
  const weights = given ? givenWeights(g, of) : constantWeights(g, of, name)
  const models = wanted.candidates ? rows : rows.slice(0, 1)
  const prepared = models.map((x) => prepareRows(g, x, encoder.input).rows)
  const zero = g.scalar('float32', 0)
  const isRaised = weights.jumps && !wanted.candidates && wanted.highest === undefined
  for (const range of featureTiles(encoder.bias.length, tiling.featureTile)) {
    const tile = tileOf(weights, range)
    const [a, ...bs] = prepared.map((x, m) => {
      const above = preActivations(g, x, tile)
      if (near && weights.jumps) columns.least(`near_${m}`, op.abs(g, above))
      return isRaised ? op.relu(g, above) : activate(g, above, tile)
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
  const width = encoder.bias.length
  const figures = columns.values(width)
  return isRaised ? raised(g, figures, present(weights.vector('threshold', [0, width]))) : figures
}

/**
 * Sums of activations from those of what lies above thresholds, r: a = r + θ where r > 0, so that Σa = Σr + θn and Σa² = Σr² + θ(2 Σr + θn)
 * of n firings. No tile has to be compared and chosen from for that.
 */
function raised(
  g: GraphBuilder,
  figures: ReadonlyMap<string, Value>,
  heights: Value,
): ReadonlyMap<string, Value> {
  const of = (name: string): Value => present(figures.get(name), name)
  const zero = g.scalar('float32', 0)
  const all = op.mul(g, heights, op.mul(g, of('firings'), g.scalar('float32', 1 / FIRING)))
  const twice = op.add(g, of('sum'), op.add(g, of('sum'), all))
  const peak = op.where(g, op.greater(g, of('peak'), zero), op.add(g, of('peak'), heights), zero)
  return new Map([
    ...figures,
    ['sum', op.add(g, of('sum'), all)],
    ['squares', op.add(g, of('squares'), op.mul(g, heights, twice))],
    ['peak', peak],
  ])
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

/** Inputs of a graph of sums alone: `x_m` (n_row, d_in) per model, and `ones`. */
function sumInputs(g: GraphBuilder, { encoder, tiling }: SumPlan, models: number): SumInputs {
  return {
    rows: Array.from({ length: models }, (_, m) => g.input(`x_${m}`, 'float32', ['n_row', encoder.d_in])),
    ones: g.input('ones', 'float32', [tiling.rowParts, 1, 'n_part']),
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
