/**
 * @file Where a graph has the weights of its tiles from. As constants of its own: the engine copies them several times while it loads the
 * graph, and packs them for its products. Or as inputs of every run, read where they lie in memory: no copy, nothing to load, and one
 * graph for every slab of features (docs/decisions/2026-11-29-wide-encoders.md).
 */
import { present } from '../../numbers/present.ts'
import type { GraphBuilder, Value } from '../../onnx/graph/graph.ts'
import * as op from '../../onnx/graph/ops.ts'
import type { TensorInput } from '../../onnx/sessions/session.ts'
import { type FeatureRange, ruleAmong } from '../../sae/dictionary.ts'
import type { Encoder } from '../run/readout.ts'

/** What graphs over features are made of. */
export interface FeatureWeights {
  readonly encoder: Encoder
  /** (features, d_out), row-major; null: nothing is rebuilt. */
  readonly W_dec: Float32Array | null
}

/**
 * Vectors over features. A threshold is taken off the bias, so that what lies above 0 fires; relu comes first, so that one below 0 is as good
 * as 0.
 */
export type FeatureVector = 'bias' | 'threshold'

/** Weights of a range of features as values of a graph. */
export interface TileWeights {
  /** Are there thresholds? */
  readonly jumps: boolean
  /** (size); null: there is none. */
  vector(name: FeatureVector, range: FeatureRange): Value | null
  /** Columns of W_enc: (d_in, size). */
  columns(range: FeatureRange): Value
  /** Rows of W_dec: (size, d_out). RangeError: there is none. */
  rows(range: FeatureRange): Value
}

function vectorOf(
  { encoder: { bias, threshold } }: FeatureWeights,
  name: FeatureVector,
  [start, end]: FeatureRange,
): Float32Array | null {
  const heights = threshold?.subarray(start, end).map((theta) => Math.max(theta, 0)) ?? null
  if (name === 'threshold') return heights
  const own = bias.subarray(start, end)
  return heights === null ? own : own.map((value, j) => value - present(heights[j]))
}

function decoderOf({ encoder, W_dec }: FeatureWeights): { W_dec: Float32Array; d_out: number } {
  if (W_dec === null) throw new RangeError('nothing is rebuilt here')
  return { W_dec, d_out: W_dec.length / encoder.bias.length }
}

/** Constants of the graph. `name` tells those of several encoders in one graph apart. */
export function constantWeights(g: GraphBuilder, of: FeatureWeights, name = ''): TileWeights {
  const { d_in, W_enc, bias } = of.encoder
  const width = bias.length
  return {
    jumps: of.encoder.threshold !== null,
    vector(vector, range) {
      const values = vectorOf(of, vector, range)
      if (values === null) return null
      return g.initializer(`${name}${vector}_${range.join('_')}`, 'float32', [values.length], values)
    },
    columns([start, end]) {
      const size = end - start
      const columns = new Float32Array(d_in * size)
      for (let row = 0; row < d_in; row++)
        columns.set(W_enc.subarray(row * width + start, row * width + end), row * size)
      return g.initializer(`${name}W_enc_${start}`, 'float32', [d_in, size], columns)
    },
    rows([start, end]) {
      const { W_dec, d_out } = decoderOf(of)
      const rows = W_dec.subarray(start * d_out, end * d_out)
      return g.initializer(`${name}W_dec_${start}`, 'float32', [end - start, d_out], rows)
    },
  }
}

/**
 * Inputs of the graph, of a slab of as many features as `of` has: `W_enc` (d_in, n) of all features and `first` (1), the slab's first
 * among them; of the slab alone vectors by their names and `W_dec` (features, d_out).
 */
export function givenWeights(g: GraphBuilder, of: FeatureWeights): TileWeights {
  const { d_in, bias } = of.encoder
  const slab = bias.length
  const inputs = new Map<string, Value>()
  const input = (name: string, make: () => Value): Value => {
    const known = inputs.get(name) ?? make()
    inputs.set(name, known)
    return known
  }
  const jumps = of.encoder.threshold !== null
  return {
    jumps,
    vector(vector, [start, end]) {
      if (vector === 'threshold' && !jumps) return null
      return op.columns(
        g,
        input(vector, () => g.input(vector, 'float32', [slab])),
        start,
        end,
      )
    },
    columns([start, end]) {
      const all = input('W_enc', () => g.input('W_enc', 'float32', [d_in, 'n_feature']))
      const first = input('first', () => g.input('first', 'int64', [1]))
      const [from, to] = [op.add(g, first, g.integers([start])), op.add(g, first, g.integers([end]))]
      return { ...op.range(g, all, 1, from, to), shape: [d_in, end - start] }
    },
    rows([start, end]) {
      const { d_out } = decoderOf(of)
      const all = input('W_dec', () => g.input('W_dec', 'float32', [slab, d_out]))
      const rows = op.range(g, all, 0, g.integers([start]), g.integers([end]))
      return { ...rows, shape: [end - start, d_out] }
    },
  }
}

/** What `givenWeights` asks for, of the features in the range: of matrices views, no copies. */
export function givenInputs(of: FeatureWeights, [start, end]: FeatureRange): Record<string, TensorInput> {
  const { d_in, W_enc, bias } = of.encoder
  const inputs: Record<string, TensorInput> = {
    W_enc: { type: 'float32', data: W_enc, dims: [d_in, bias.length] },
    first: { type: 'int64', data: BigInt64Array.of(BigInt(start)), dims: [1] },
  }
  for (const name of ['bias', 'threshold'] as const) {
    const data = vectorOf(of, name, [start, end])
    if (data !== null) inputs[name] = { type: 'float32', data, dims: [end - start] }
  }
  if (of.W_dec !== null) {
    const { W_dec, d_out } = decoderOf(of)
    inputs.W_dec = {
      type: 'float32',
      data: W_dec.subarray(start * d_out, end * d_out),
      dims: [end - start, d_out],
    }
  }
  return inputs
}

/** The weights of a slab of features, whose graph serves every slab of as many. */
export function slabWeights({ encoder, W_dec }: FeatureWeights, [start, end]: FeatureRange): FeatureWeights {
  const { bias, threshold } = encoder
  const d_out = W_dec === null ? 0 : W_dec.length / bias.length
  return {
    encoder: {
      ...encoder,
      bias: bias.subarray(start, end),
      threshold: threshold?.subarray(start, end) ?? null,
      activatesBy: ruleAmong(encoder.activatesBy, bias.length, end - start),
    },
    W_dec: W_dec?.subarray(start * d_out, end * d_out) ?? null,
  }
}
