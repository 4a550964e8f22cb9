/**
 * @file Activations that jump: a JumpReLU gives 0 up to its threshold θ and the pre-activation z beyond it. Where z lies
 * nearer to θ than float32 can tell, a sum over tokens is off by a whole θ, and ρ of a feature that fires n times by up to
 * 1 / n. Such pairs of a row and a feature are close calls: feature-graph.ts finds where they are, close-cells.ts which
 * they are, referee.ts has them decided in float64.
 *
 * Shapes: (d_sae). z = x · W_enc + bias, x as the encoder sees it (centred or not); columns of W_enc are read when they are wanted.
 */
import { present } from '../../numbers/present.ts'
import type { EncoderWeights } from '../../sae/dictionary.ts'
import type { Encoder } from '../run/readout.ts'
import { pickFeatures, type StoredEncoder } from '../run/stored-encoder.ts'

/** An encoder with thresholds, as float64 sees it. */
export interface JumpEncoder {
  readonly d_in: number
  readonly bias: Float64Array
  /** θ. Relu comes first, so at θ ≤ 0 nothing jumps. */
  readonly threshold: Float32Array
  /** ‖w_j‖ */
  readonly norms: Float64Array
  /** Weights of ascending features. Errors: those of reading W_enc. */
  readonly pick: (features: Int32Array) => Promise<Weights>
}

/** Weights of some features in memory, in the order that they were asked for: (d_in, features). */
export type Weights = Pick<Encoder, 'd_in' | 'W_enc'>

/** How far z of a float32 residual lies from z of the float64 one, in units of ‖x‖ · ‖w_j‖. */
export interface Float32Error {
  /** Root mean square. */
  readonly typical: number
  /** Nothing is farther off. */
  readonly band: number
}

/** What float32 can tell of an encoder. */
export interface Jumps extends JumpEncoder {
  readonly error: Float32Error
}

/** Does any activation of it jump? */
export function canJump({ threshold }: Pick<EncoderWeights, 'threshold'>): boolean {
  return threshold?.some((theta) => theta > 0) ?? false
}

/** Null: nothing jumps, or rows are normalised first, which is float32's own. */
export function jumpEncoder(encoder: StoredEncoder): JumpEncoder | null {
  const { d_in, input, threshold, exact } = encoder
  if (input !== 'plain' || threshold === null || !canJump(encoder)) return null
  return { d_in, ...exact, threshold, pick: (features) => pickFeatures(encoder, features) }
}

/** What a z stands for. */
export function jumpRelu(z: number, threshold: number): number {
  return z > Math.max(threshold, 0) ? z : 0
}

/** Distance of z from its threshold in units of ‖x‖ · ‖w_j‖: below `error.band` it is a close call. */
export function distance(jumps: JumpEncoder, feature: number, z: number, rowNorm: number): number {
  const theta = present(jumps.threshold[feature])
  const unit = rowNorm * present(jumps.norms[feature])
  return theta <= 0 || unit === 0 ? Number.POSITIVE_INFINITY : Math.abs(z - theta) / unit
}

/** Column k of weights, (d_in). */
export function columnOf({ d_in, W_enc }: Weights, k: number): Float64Array {
  const width = W_enc.length / d_in
  return Float64Array.from({ length: d_in }, (_, i) => present(W_enc[i * width + k]))
}

/** z of row `row` of x (n_row, d_in), summed in float64. */
export function preActivation(
  column: Float64Array,
  bias: number,
  x: Float32Array | Float64Array,
  row: number,
): number {
  const width = column.length
  let z = bias
  for (let i = 0, at = row * width; i < width; i++, at++) z += present(column[i]) * present(x[at])
  return z
}

/** ‖x‖ of each row. */
export function rowNorms(x: Float32Array | Float64Array, width: number): Float64Array {
  const norms = new Float64Array(x.length / width)
  for (let i = 0; i < x.length; i++) {
    const row = Math.floor(i / width)
    norms[row] = present(norms[row]) + present(x[i]) ** 2
  }
  return norms.map(Math.sqrt)
}

/** Unit roundoff of float32. */
const ROUNDOFF = 2 ** -24
/** Products of d terms are off by about √d roundings of ‖x‖ · ‖w‖ at most (Higham and Mary 2019, SIAM J. Sci. Comput. 41). */
const productError = ({ d_in }: JumpEncoder): number => Math.sqrt(d_in) * ROUNDOFF

/**
 * Where float32 cannot tell on which side of its threshold a pre-activation lies: |z − θ| < slack + reach · scale, with the
 * reach given to each run. (features) both.
 */
export interface Bands {
  readonly slack: Float32Array
  readonly scale: Float32Array
}

/** Bands of a graph over features of the encoder, by their ids: they hold its own rounding too. */
export function graphBands({ bias, threshold, norms }: JumpEncoder, ids: Int32Array): Bands {
  const slack = (j: number): number => {
    const theta = present(threshold[j])
    // Below 0 nothing is near, whatever the reach times a scale of 0.
    return theta <= 0 ? -1 : 4 * ROUNDOFF * (theta + Math.abs(present(bias[j])))
  }
  return {
    slack: Float32Array.from(ids, slack),
    scale: Float32Array.from(ids, (j) => (present(threshold[j]) <= 0 ? 0 : present(norms[j]))),
  }
}

/** How far the bands reach in a batch of rows of these norms. */
export function graphReach(jumps: Jumps, norms: Float64Array): number {
  const largest = norms.reduce((most, norm) => Math.max(most, norm), 0)
  return largest * (jumps.error.band + productError(jumps))
}
