/**
 * @file What an error in a matrix comes to in the residual stream, to first order and without running anything: its inputs' mean
 * squares times its own squares, carried over to the matrix that writes, and projected on the directions of a
 * dictionary. Inputs count as uncorrelated, and what a later block makes of an error is left out: it orders tensors,
 * and what the swaps themselves find stands beside it.
 *
 * Shapes: matrices are (out, in) row-major; probes (R, d_model).
 */
import type { AttentionSpec, ChannelRange, DeltaNetSpec } from '../../models/decoder-spec.ts'
import type { TargetRole } from '../../models/target-inputs.ts'
import { present } from '../../numbers/present.ts'

/** Mean squares over tokens of what each output channel gives, were inputs uncorrelated: Σ_j M_ij² E[x_j²]. (out) */
export function outputSquares(matrix: Float32Array, inputs: ArrayLike<number>): Float64Array {
  const width = inputs.length
  const squares = new Float64Array(matrix.length / width)
  for (let i = 0; i < squares.length; i++) {
    let sum = 0
    for (let j = 0; j < width; j++) sum += matrix[i * width + j]! ** 2 * inputs[j]!
    squares[i] = sum
  }
  return squares
}

/** Directions that what is written is read by; null: its length counts, in every direction alike. */
export interface Probes {
  readonly count: number
  /** (R, d_model) */
  readonly rows: Float64Array
}

/** Each probe's elements times factors: of the norm behind the matrix. */
export function scaledProbes({ count, rows }: Probes, factors: ArrayLike<number>): Probes {
  const width = rows.length / count
  return { count, rows: rows.map((value, at) => value * present(factors[at % width])) }
}

/** ‖P m_j‖² of every column m_j of a matrix that writes. (in) */
export function columnEnergy(matrix: Float32Array, width: number, probes: Probes | null): Float64Array {
  const energy = new Float64Array(width)
  const out = matrix.length / width
  if (probes === null) {
    for (let at = 0; at < matrix.length; at++) energy[at % width]! += matrix[at]! ** 2
    return energy
  }
  const projected = new Float64Array(width)
  for (let r = 0; r < probes.count; r++) {
    projected.fill(0)
    for (let i = 0; i < out; i++) {
      const weight = probes.rows[r * out + i]!
      for (let j = 0; j < width; j++) projected[j]! += weight * matrix[i * width + j]!
    }
    for (let j = 0; j < width; j++) energy[j]! += projected[j]! ** 2
  }
  return energy
}

/** Σ a_i b_i */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

/** What the inputs of the writing matrix carry, each by its own energy: Σ_i E[z_i²] relative_i energy_i. */
export interface Writer {
  /** E[z_i²] */
  readonly inputs: ArrayLike<number>
  /** ‖P w_i‖² */
  readonly energy: Float64Array
}

export function carriedOver({ inputs, energy }: Writer, relative: (input: number) => number): number {
  let sum = 0
  for (let i = 0; i < energy.length; i++) sum += inputs[i]! * relative(i) * energy[i]!
  return sum
}

/** An error relative to what it is an error of; of nothing there is none. */
export function relativeError(error: ArrayLike<number>, size: ArrayLike<number>, i: number): number {
  const whole = size[i]!
  return whole > 0 ? error[i]! / whole : 0
}

/** The value channel that input i of the output projection is a mean of: heads in groups share one. */
export function valueChannel({ heads, kvHeads, headSize }: AttentionSpec, i: number): number {
  return Math.floor(Math.floor(i / headSize) / (heads / kvHeads)) * headSize + (i % headSize)
}

/** The channels of q, k or v of a delta net that input i of its output projection is made with; null: of another matrix. */
export function deltaChannels(
  { keyHeads, keySize, valueHeads, valueSize }: DeltaNetSpec,
  role: TargetRole,
): ((input: number) => ChannelRange) | null {
  if (role === 'v') return (i) => [i, i + 1]
  if (role !== 'q' && role !== 'k') return null
  return (i) => {
    const head = Math.floor(Math.floor(i / valueSize) / (valueHeads / keyHeads))
    return [head * keySize, (head + 1) * keySize]
  }
}

/**
 * By how much a head's output moves, relative to itself, where its scores are off: their variance, 1 at most. `errors` of one side
 * (query or key), `sizes` of the other.
 */
export function scoreError(
  attention: AttentionSpec,
  side: 'q' | 'k',
  errors: ArrayLike<number>,
  sizes: ArrayLike<number>,
): Float64Array {
  const { heads, kvHeads, headSize, scale } = attention
  return Float64Array.from({ length: heads }, (_, head) => {
    const shared = Math.floor(head / (heads / kvHeads))
    const [mine, other] = side === 'q' ? [head, shared] : [shared, head]
    let sum = 0
    for (let k = 0; k < headSize; k++) sum += errors[mine * headSize + k]! * sizes[other * headSize + k]!
    return Math.min(1, scale ** 2 * sum)
  })
}
