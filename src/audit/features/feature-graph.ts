/**
 * @file SAE features of a batch of rows, tiled over features and summed over rows inside the graph: feature
 * activations [tokens, d_sae] exist only a tile at a time, in cache.
 *
 * Sums over rows are products with a row of ones, in float32 over at most a few hundred rows; they are added up in
 * float64 outside. The encoder bias already holds −b_dec·W_enc where the SAE subtracts b_dec from its input.
 */
import { GraphBuilder, type GraphModel, type Value } from '../../onnx/graph/graph.ts'
import * as op from '../../onnx/graph/ops.ts'
import type { Bands } from '../close-calls/close-calls.ts'
import type { RunSize } from '../machine/run-size.ts'
import type { Encoder } from '../run/readout.ts'
import { FeatureColumns } from './feature-columns.ts'

/** Tiles are a multiple of this wide: whole vectors. */
const TILE_MULTIPLE = 16
/** Where activations are multiplied on instead of summed, wider tiles make fewer partial sums of the result. */
const TILE_REBUILT = 2048

/**
 * What a firing adds to `firings`: activations are clipped to it, so that a column sum is an exact multiple. One pass
 * instead of a comparison and a cast: a twentieth of the reference's SAE pass. No activation above 0 is that small: it would
 * have to be 10⁻²³ of the rounding of the terms it is the sum of.
 */
export const FIRING = 2 ** -100

/** How activations are cut: at most `featureTile` features at a time, whose rows are summed in `rowParts` parts. */
export type FeatureTiling = Pick<RunSize, 'rowParts' | 'featureTile'>

/** Columns of an encoder, in the order of `features`. */
export function selectFeatures(encoder: Encoder, features: Int32Array): Encoder {
  const { d_in, W_enc, bias, threshold } = encoder
  const width = bias.length
  const selected = new Float32Array(d_in * features.length)
  for (let row = 0; row < d_in; row++) {
    for (let k = 0; k < features.length; k++) {
      selected[row * features.length + k] = W_enc[row * width + (features[k] ?? 0)] ?? 0
    }
  }
  const pick = (values: Float32Array): Float32Array => Float32Array.from(features, (j) => values[j] ?? 0)
  return { d_in, W_enc: selected, bias: pick(bias), threshold: threshold === null ? null : pick(threshold) }
}

/** Half-open feature ranges that cover the encoder, none wider than `tile`. */
export function featureTiles(width: number, tile: number): readonly (readonly [number, number])[] {
  const count = Math.ceil(width / tile)
  const size = Math.ceil(width / count / TILE_MULTIPLE) * TILE_MULTIPLE
  return Array.from({ length: Math.ceil(width / size) }, (_, i) => [
    i * size,
    Math.min((i + 1) * size, width),
  ])
}

/** The weights of one tile as graph values. */
interface Tile {
  readonly W: Value
  readonly bias: Value
  readonly threshold: Value | null
  readonly size: number
}

function tileOf(g: GraphBuilder, encoder: Encoder, [start, end]: readonly [number, number]): Tile {
  const size = end - start
  const { d_in, W_enc, bias, threshold } = encoder
  const width = bias.length
  const columns = new Float32Array(d_in * size)
  for (let row = 0; row < d_in; row++) {
    columns.set(W_enc.subarray(row * width + start, row * width + end), row * size)
  }
  return {
    W: g.initializer(`W_enc_${start}`, 'float32', [d_in, size], columns),
    bias: g.initializer(`bias_${start}`, 'float32', [size], bias.subarray(start, end)),
    threshold:
      threshold === null
        ? null
        : g.initializer(`threshold_${start}`, 'float32', [size], threshold.subarray(start, end)),
    size,
  }
}

/** (n_row, d_in) → (n_row, tile) */
function encode(g: GraphBuilder, x: Value, tile: Tile): Value {
  return activate(g, op.gemmPlain(g, x, tile.W, tile.bias), tile)
}

function activate(g: GraphBuilder, pre: Value, tile: Tile): Value {
  const active = op.relu(g, pre)
  return tile.threshold === null ? active : op.jumpRelu(g, active, tile.threshold)
}

/** Tells which pre-activations of a tile lie in the band around their thresholds: (n_row, tile), 1 or 0; null: not asked. */
type CloseMark = (pre: Value, model: number) => Value | null

/** Inputs `reach_m` (1) per model; without bands nothing is counted. */
class Closeness {
  readonly #g: GraphBuilder
  readonly #bands: Bands | null
  readonly #reaches: readonly Value[]

  constructor(g: GraphBuilder, bands: Bands | null, models: number) {
    this.#g = g
    this.#bands = bands
    const count = bands === null ? 0 : models
    this.#reaches = Array.from({ length: count }, (_, m) => g.input(`reach_${m}`, 'float32', [1]))
  }

  of([start, end]: readonly [number, number], tile: Tile): CloseMark {
    const { threshold } = tile
    if (this.#bands === null || threshold === null) return () => null
    const g = this.#g
    const part = (name: 'slack' | 'scale', values: Float32Array): Value =>
      g.initializer(`${name}_${start}`, 'float32', [end - start], values.subarray(start, end))
    const slack = part('slack', this.#bands.slack)
    const scale = part('scale', this.#bands.scale)
    return (pre, model) => {
      const reach = this.#reaches[model]
      if (reach === undefined) return null
      const band = op.add(g, op.mul(g, scale, reach), slack)
      const near = op.less(g, op.abs(g, op.sub(g, pre, threshold)), band)
      return op.cast(g, near, 'float32')
    }
  }
}

/**
 * The reference alone. Inputs: `x_0` (n_row, d_in), n_row a multiple of rowParts; `ones` (rowParts, 1, n_row / rowParts): 1 for rows
 * that are summed, 0 for rows that fill up (copies of a row that is: they do not change the peak).
 * Outputs, (1, d_sae): `sum` Σa, `squares` Σa², `firings` #(a > 0) in units of FIRING, `peak` max a; with bands also
 * `close_0`, how many pre-activations lie in them.
 */
export function referenceGraph(
  encoder: Encoder,
  { rowParts, featureTile }: FeatureTiling,
  bands: Bands | null = null,
): GraphModel {
  const g = new GraphBuilder()
  const x = g.input('x_0', 'float32', ['n_row', encoder.d_in])
  const columns = new FeatureColumns(g, rowParts)
  const closeness = new Closeness(g, bands, 1)
  for (const range of featureTiles(encoder.bias.length, featureTile)) {
    const tile = tileOf(g, encoder, range)
    const pre = op.gemmPlain(g, x, tile.W, tile.bias)
    const a = activate(g, pre, tile)
    const close = closeness.of(range, tile)(pre, 0)
    if (close !== null) columns.sum('close_0', close)
    columns.sum('sum', a)
    columns.sum('squares', op.mul(g, a, a))
    columns.sum('firings', op.clip(g, a, g.scalar('float32', 0), g.scalar('float32', FIRING)))
    columns.peak('peak', a)
  }
  columns.output(encoder.bias.length)
  return g.build()
}

/**
 * Candidates beside the reference. Inputs: `x_0` the reference's rows, `x_1` … the candidates', `ones` as above.
 * Outputs, (1, features), per candidate c ≥ 1: `sum_c` Σb, `squares_c` Σb², `product_c` Σab; with bands also `close_m` of
 * every model m ≥ 0.
 */
export function candidateGraph(
  encoder: Encoder,
  candidates: number,
  { rowParts, featureTile }: FeatureTiling,
  bands: Bands | null = null,
): GraphModel {
  const g = new GraphBuilder()
  const inputs = Array.from({ length: candidates + 1 }, (_, c) =>
    g.input(`x_${c}`, 'float32', ['n_row', encoder.d_in]),
  )
  const columns = new FeatureColumns(g, rowParts)
  const closeness = new Closeness(g, bands, inputs.length)
  for (const range of featureTiles(encoder.bias.length, featureTile)) {
    const tile = tileOf(g, encoder, range)
    const mark = closeness.of(range, tile)
    const [a, ...bs] = inputs.map((x, m) => {
      const pre = op.gemmPlain(g, x, tile.W, tile.bias)
      const close = mark(pre, m)
      if (close !== null) columns.sum(`close_${m}`, close)
      return activate(g, pre, tile)
    })
    if (a === undefined) continue
    for (const [i, b] of bs.entries()) {
      columns.sum(`sum_${i + 1}`, b)
      columns.sum(`squares_${i + 1}`, op.mul(g, b, b))
      columns.sum(`product_${i + 1}`, op.mul(g, a, b))
    }
  }
  columns.output(encoder.bias.length)
  return g.build()
}

/** How well the SAE rebuilds its input. Input: `x_0` (n_row, d_in). Output: `rebuilt` (n_row, d_in). */
export function rebuildGraph(encoder: Encoder, W_dec: Float32Array, b_dec: Float32Array): GraphModel {
  const g = new GraphBuilder()
  const { d_in } = encoder
  const x = g.input('x_0', 'float32', ['n_row', d_in])
  let rebuilt = g.initializer('b_dec', 'float32', [d_in], b_dec)
  for (const range of featureTiles(encoder.bias.length, TILE_REBUILT)) {
    const [start, end] = range
    const a = encode(g, x, tileOf(g, encoder, range))
    const decoder = g.initializer(
      `W_dec_${start}`,
      'float32',
      [end - start, d_in],
      W_dec.subarray(start * d_in, end * d_in),
    )
    rebuilt = op.add(g, op.matMul(g, a, decoder), rebuilt)
  }
  g.output('rebuilt', rebuilt)
  return g.build()
}
