/** @file An exported encoder's weights, from what its graph was read to do and the constants that stand in it. */
import { onnxEncoderUnread } from '../../errors/sae.ts'
import type { ActivatesBy, EncoderInMemory } from '../dictionary.ts'
import { scaleColumns } from '../forms.ts'
import { rowRule } from '../row-rule.ts'
import { type SaeSize, transposed as turned } from '../weights.ts'
import type { Constant } from './graph-run.ts'
import type { Affine, Features, Mask, Product, Rebuilt, Step } from './traced.ts'

/** Columns of a gate and of its magnitude may differ by float32 rounding of the factor between them. */
const SAME_COLUMN = 1e-5

export interface Figures {
  /** For messages. */
  readonly place: string
  readonly constants: ReadonlyMap<string, Constant>
}

/** Constants that the features depend on. */
export function namesOf({ of, mask, largest, scaled, zeros }: Features): readonly string[] {
  const gate = mask === null ? [] : [...affineNames(mask.of), mask.threshold]
  const names = [...affineNames(of), ...gate, ...(largest === null ? [] : [largest.k]), ...zeros]
  return [...new Set([...names, ...scaled.map(({ by }) => by)])]
}

/** Constants that what is rebuilt depends on, beyond the features. */
export function rebuiltNames({ product, after }: Rebuilt): readonly string[] {
  return [...new Set([product.by, ...after.map(({ by }) => by)])]
}

const affineNames = ({ before, product, after }: Affine): readonly string[] => [
  ...[...before, ...after].map(({ by }) => by),
  ...(product === null ? [] : [product.by]),
]

/** Errors: SAE_ONNX_UNREAD, SAE_CONFIG_INVALID, SAE_K_TOO_LARGE. */
export function encoderFigures(
  figures: Figures,
  features: Features,
): { size: SaeSize; encoder: EncoderInMemory } {
  const { place } = figures
  for (const name of features.zeros)
    if (constantOf(figures, name).data.some((value) => value !== 0))
      throw onnxEncoderUnread(place, 'features that do not fire are not zero')
  const affine = affineFigures(figures, features.of)
  const { size, W_enc, b_enc } = affine
  const { largest, mask } = features
  let threshold = mask === null ? null : thresholdOf(figures, affine, features, mask)
  const rectified = features.rectified || (threshold?.every((value) => value >= 0) ?? false)
  if (!rectified) throw onnxEncoderUnread(place, 'its features can be negative: there is no ReLU')
  const factors = scaleOf(figures, features.scaled, size.d_sae)
  if (factors !== null) {
    if (largest !== null || factors.some((factor) => !(factor > 0)))
      throw onnxEncoderUnread(place, 'activations are multiplied after they were chosen')
    scaleColumns(W_enc, factors)
    b_enc.forEach((bias, f) => {
      b_enc[f] = bias * factors[f]!
    })
    threshold = threshold?.map((value, f) => value * factors[f]!) ?? null
  }
  const k = largest === null ? null : constantOf(figures, largest.k).data[0]
  const activatesBy: ActivatesBy =
    k === null ? 'feature' : rowRule({ file: place, key: 'k' }, 'topk', k, size.d_sae)
  const encoder = {
    activatesBy,
    W_enc,
    b_enc: Float32Array.from(b_enc),
    threshold: threshold === null ? null : Float32Array.from(threshold),
  }
  return { size, encoder }
}

interface AffineFigures {
  readonly size: SaeSize
  /** (d_in, d_sae) */
  readonly W_enc: Float32Array
  /** (d_sae) */
  readonly b_enc: Float64Array
}

/** What x is multiplied by, and the rest: what is done to x before is taken to the other side, in float64. */
function affineFigures(figures: Figures, { before, product, after }: Affine): AffineFigures {
  if (product === null) throw onnxEncoderUnread(figures.place, 'its input is not multiplied with a matrix')
  const W_enc = matrixOf(figures, product)
  const { rows: d_in, columns: d_sae, data } = W_enc
  const input = stepsOf(figures, before, d_in)
  const output = stepsOf(figures, after, d_sae)
  const b_enc = new Float64Array(d_sae)
  for (let i = 0; i < d_in; i++) {
    const shift = input.shift[i]!
    for (let f = 0; shift !== 0 && f < d_sae; f++) b_enc[f]! += shift * data[i * d_sae + f]!
  }
  for (let f = 0; f < d_sae; f++) b_enc[f] = b_enc[f]! * output.factor[f]! + output.shift[f]!
  for (let i = 0; i < d_in; i++) {
    const factor = input.factor[i]!
    for (let f = 0; f < d_sae; f++) data[i * d_sae + f]! *= factor * output.factor[f]!
  }
  return { size: { d_in, d_sae }, W_enc: data, b_enc }
}

/** Elementwise steps as one: value · factor + shift, (width) each. */
function stepsOf(figures: Figures, steps: readonly Step[], width: number) {
  const factor = new Float64Array(width).fill(1)
  const shift = new Float64Array(width)
  for (const { op, by } of steps) {
    const row = rowOf(figures, by, width)
    for (let i = 0; i < width; i++) {
      const value = row[i]!
      if (op === 'Add') shift[i]! += value
      else if (op === 'Sub') shift[i]! -= value
      else {
        factor[i] = op === 'Mul' ? factor[i]! * value : factor[i]! / value
        shift[i] = op === 'Mul' ? shift[i]! * value : shift[i]! / value
      }
    }
  }
  return { factor, shift }
}

/** Null: not scaled. */
function scaleOf(figures: Figures, steps: readonly Step[], width: number): Float64Array | null {
  return steps.length === 0 ? null : stepsOf(figures, steps, width).factor
}

/**
 * θ of z, where the mask is of z itself, of its relu (which is above a negative θ wherever z is above 0), or of a gate u with
 * z = g·u + c, g > 0 for each feature: u > θ where z > g·θ + c.
 */
function thresholdOf(figures: Figures, z: AffineFigures, features: Features, mask: Mask): Float64Array {
  const { d_sae, d_in } = z.size
  const threshold = Float64Array.from(rowOf(figures, mask.threshold, d_sae))
  if (mask.of === features.of)
    return mask.rectified ? threshold.map((value) => Math.max(value, 0)) : threshold
  const u = affineFigures(figures, mask.of)
  if (mask.rectified || u.size.d_in !== d_in || u.size.d_sae !== d_sae)
    throw onnxEncoderUnread(figures.place, 'it is gated by something else than its own features')
  for (let f = 0; f < d_sae; f++) {
    const gain = columnGain(u.W_enc, z.W_enc, f, z.size)
    if (gain === null)
      throw onnxEncoderUnread(figures.place, 'gates and magnitudes are of different directions')
    threshold[f] = gain * (threshold[f]! - u.b_enc[f]!) + z.b_enc[f]!
  }
  return threshold
}

/** g > 0 with z's column f = g · u's; null: there is none. */
function columnGain(u: Float32Array, z: Float32Array, f: number, { d_in, d_sae }: SaeSize): number | null {
  let largest = f
  for (let i = 0; i < d_in; i++) {
    const at = i * d_sae + f
    if (Math.abs(u[at]!) > Math.abs(u[largest]!)) largest = at
  }
  const gain = z[largest]! / u[largest]!
  const slack = SAME_COLUMN * Math.abs(z[largest]!)
  for (let i = 0; i < d_in; i++) {
    const at = i * d_sae + f
    if (!(Math.abs(z[at]! - gain * u[at]!) <= slack)) return null
  }
  return gain > 0 ? gain : null
}

/** (d_sae, d_out) and (d_out). Errors: SAE_ONNX_UNREAD. */
export function decoderFigures(
  figures: Figures,
  { product, after }: Rebuilt,
  { d_sae }: SaeSize,
): { W_dec: Float32Array; b_dec: Float32Array } {
  const { rows, columns, data } = matrixOf(figures, product)
  if (rows !== d_sae) throw onnxEncoderUnread(figures.place, `its decoder takes ${rows} features of ${d_sae}`)
  const { factor, shift } = stepsOf(figures, after, columns)
  scaleColumns(data, factor)
  return { W_dec: data, b_dec: Float32Array.from(shift) }
}

function constantOf({ constants, place }: Figures, name: string): Constant {
  const constant = constants.get(name)
  if (constant === undefined)
    throw onnxEncoderUnread(place, `its value "${name.slice(0, 80)}" is not to be had`)
  return constant
}

/** A constant that is added to every row, or multiplies it: one number, or one of each column. */
function rowOf(figures: Figures, name: string, width: number): Float32Array {
  const { data } = constantOf(figures, name)
  if (data.length === 1) return new Float32Array(width).fill(data[0]!)
  const row = data.subarray(0, width)
  if (data.length % width !== 0 || data.some((value, i) => value !== row[i % width]))
    throw onnxEncoderUnread(
      figures.place,
      `its constant "${name.slice(0, 80)}" is not the same for every row`,
    )
  return row
}

/** A matrix as x is multiplied with it, (rows, columns); a copy. */
function matrixOf(figures: Figures, { by, transposed }: Product) {
  const { data, dims } = constantOf(figures, by)
  const [first = 0, second = 0] = dims.slice(-2)
  if (dims.length < 2 || first * second !== data.length || data.length === 0)
    throw onnxEncoderUnread(figures.place, `its constant "${by.slice(0, 80)}" is no matrix`)
  if (!transposed) return { rows: first, columns: second, data: data.slice() }
  return { rows: second, columns: first, data: turned(data, first, second) }
}
