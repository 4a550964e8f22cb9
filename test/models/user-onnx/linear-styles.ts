/**
 * @file Linear layers as exporters and quantizers write them, from a float matrix [out, in]: each says what it puts
 * into the graph and which weights that stands for, by the published rule of its operators.
 */
import { narrowToFloat16 } from '../../../src/numbers/float16.ts'
import { type GraphBuilder, int, type Value } from '../../../src/onnx/graph/graph.ts'
import * as op from '../../../src/onnx/graph/ops.ts'

export interface LinearWeights {
  readonly name: string
  /** (out, in), row-major */
  readonly matrix: Float32Array
  readonly out: number
  readonly in: number
}

/** x (…, in) → (…, out), without bias. */
export type LinearStyle = (g: GraphBuilder, x: Value, weights: LinearWeights) => Value

function transposed({ matrix, out, in: columns }: LinearWeights): Float32Array {
  const turned = new Float32Array(matrix.length)
  for (let n = 0; n < out; n++)
    for (let k = 0; k < columns; k++) turned[k * out + n] = matrix[n * columns + k] ?? 0
  return turned
}

/** torch's exporter: MatMul with the matrix turned. */
export const floatLinear: LinearStyle = (g, x, w) =>
  op.matMul(g, x, g.initializer(`${w.name}.weight`, 'float32', [w.in, w.out], transposed(w)))

/** Weights stored as float16 and widened as they are used. */
export const halfLinear: LinearStyle = (g, x, w) => {
  const half = new Uint16Array(w.matrix.length)
  narrowToFloat16(transposed(w), half)
  const stored = g.initializer(`${w.name}.weight_half`, 'float16', [w.in, w.out], half)
  return op.matMul(g, x, op.cast(g, stored, 'float32'))
}

/** int8 per output channel, symmetric: codes (in, out) and scales (out). */
function int8Columns(w: LinearWeights): { codes: Int8Array; scales: Float32Array } {
  const turned = transposed(w)
  const codes = new Int8Array(turned.length)
  const scales = new Float32Array(w.out)
  for (let n = 0; n < w.out; n++) {
    let most = 0
    for (let k = 0; k < w.in; k++) most = Math.max(most, Math.abs(turned[k * w.out + n] ?? 0))
    scales[n] = most / 127 || 1
    for (let k = 0; k < w.in; k++)
      codes[k * w.out + n] = Math.round((turned[k * w.out + n] ?? 0) / (scales[n] ?? 1))
  }
  return { codes, scales }
}

/** onnxruntime's static quantization, QDQ form: codes and activations through DequantizeLinear. */
export function qdqLinear(largestInput: ReadonlyMap<string, number>): LinearStyle {
  return (g, x, w) => {
    const { codes, scales } = int8Columns(w)
    const stored = g.initializer(`${w.name}.weight_quantized`, 'int8', [w.in, w.out], codes)
    const scale = g.initializer(`${w.name}.weight_scale`, 'float32', [w.out], scales)
    const zeros = g.initializer(`${w.name}.weight_zero_point`, 'int8', [w.out], new Int8Array(w.out))
    const matrix = g.apply(
      'DequantizeLinear',
      [stored, scale, zeros],
      { type: 'float32', shape: [w.in, w.out] },
      { axis: int(1) },
    )
    const inputScale = g.scalar('float32', Math.fround((largestInput.get(w.name) ?? 1) / 127))
    const zero = g.initializer(`${w.name}.input_zero_point`, 'uint8', [], Uint8Array.of(128))
    const q = g.apply('QuantizeLinear', [x, inputScale, zero], { type: 'uint8', shape: x.shape })
    const dequantized = g.apply('DequantizeLinear', [q, inputScale, zero], {
      type: 'float32',
      shape: x.shape,
    })
    return op.matMul(g, dequantized, matrix)
  }
}

/** What the weights of the int8 layers are: codes times scales. */
export function int8Rounded(matrix: Float32Array, out: number, columns: number): Float32Array {
  const { codes, scales } = int8Columns({ name: '', matrix, out, in: columns })
  return matrix.map((_, i) => {
    const n = Math.floor(i / columns)
    return (codes[(i % columns) * out + n] ?? 0) * (scales[n] ?? 0)
  })
}

/** Integer weights that are made floats again before the product. */
export const weightOnlyLinear: LinearStyle = (g, x, w) => {
  const { codes, scales } = int8Columns(w)
  const stored = g.initializer(`${w.name}.weight_quantized`, 'int8', [w.in, w.out], codes)
  const scale = g.initializer(`${w.name}.weight_scale`, 'float32', [w.out], scales)
  const shape = { type: 'float32', shape: [w.in, w.out] } as const
  return op.matMul(g, x, g.apply('DequantizeLinear', [stored, scale], shape, { axis: int(1) }))
}

/** The same in blocks of 32 weights, which onnxruntime makes MatMulNBits of. */
export const weightOnlyBlocks: LinearStyle = (g, x, w) => {
  const { codes, scales } = int4Blocks(w)
  const turned = new Uint8Array(codes.length)
  const factors = new Float32Array(scales.length)
  const blocks = w.in / BLOCK
  for (let n = 0; n < w.out; n++) {
    for (let k = 0; k < w.in; k++) turned[k * w.out + n] = codes[n * w.in + k] ?? 0
    for (let b = 0; b < blocks; b++) factors[b * w.out + n] = scales[n * blocks + b] ?? 0
  }
  const stored = g.initializer(`${w.name}.weight_quantized`, 'uint8', [w.in, w.out], turned)
  const scale = g.initializer(`${w.name}.weight_scale`, 'float32', [blocks, w.out], factors)
  const eights = new Uint8Array(factors.length).fill(8)
  const zero = g.initializer(`${w.name}.weight_zero`, 'uint8', [blocks, w.out], eights)
  const shape = { type: 'float32', shape: [w.in, w.out] } as const
  const attributes = { axis: int(0), block_size: int(BLOCK) }
  return op.matMul(g, x, g.apply('DequantizeLinear', [stored, scale, zero], shape, attributes))
}

/** One zero point for the weights of a whole model. */
export function sharedZeroLinear(): LinearStyle {
  let zero: Value | null = null
  return (g, x, w) => {
    zero ??= g.initializer('shared.zero_point', 'int8', [], new Int8Array(1))
    return dynamicProduct(g, x, w, zero)
  }
}

/** onnxruntime's dynamic quantization. */
export const dynamicLinear: LinearStyle = (g, x, w) => dynamicProduct(g, x, w, null)

function dynamicProduct(g: GraphBuilder, x: Value, w: LinearWeights, weightZero: Value | null): Value {
  const { codes, scales } = int8Columns(w)
  const stored = g.initializer(`${w.name}.weight_quantized`, 'int8', [w.in, w.out], codes)
  const scale = g.initializer(`${w.name}.weight_scale`, 'float32', [w.out], scales)
  const [q, xScale, zero] = g.node(
    'DynamicQuantizeLinear',
    [x],
    [
      { type: 'uint8', shape: x.shape },
      { type: 'float32', shape: [] },
      { type: 'uint8', shape: [] },
    ],
  )
  if (q === undefined || xScale === undefined || zero === undefined) throw new Error('DynamicQuantizeLinear')
  const shape = [...x.shape.slice(0, -1), w.out]
  const product = g.apply('MatMulInteger', [q, stored, zero, ...(weightZero === null ? [] : [weightZero])], {
    type: 'int32',
    shape,
  })
  return op.mul(g, op.cast(g, product, 'float32'), op.mul(g, scale, xScale))
}

const BLOCK = 32

/** int4 in blocks along the input, zero point 8: codes 0 to 15 and a scale per block. */
function int4Blocks(w: LinearWeights): { codes: Uint8Array; scales: Float32Array; rounded: Float32Array } {
  const codes = new Uint8Array(w.matrix.length)
  const scales = new Float32Array(w.matrix.length / BLOCK)
  const rounded = new Float32Array(w.matrix.length)
  for (let b = 0; b < scales.length; b++) {
    let most = 0
    for (let i = 0; i < BLOCK; i++) most = Math.max(most, Math.abs(w.matrix[b * BLOCK + i] ?? 0))
    const scale = Math.fround(most / 7) || 1
    scales[b] = scale
    for (let i = b * BLOCK; i < (b + 1) * BLOCK; i++) {
      const code = Math.max(0, Math.min(15, Math.round((w.matrix[i] ?? 0) / scale) + 8))
      codes[i] = code
      rounded[i] = (code - 8) * scale
    }
  }
  return { codes, scales, rounded }
}

/** What the int4 layer's weights are: (code − 8) · scale. */
export function int4Rounded(matrix: Float32Array, out: number, columns: number): Float32Array {
  return int4Blocks({ name: '', matrix, out, in: columns }).rounded
}

/** onnxruntime-genai's int4: MatMulNBits, B (N, blocks, 16) low nibble first, scales (N · blocks). */
export function int4Linear(accuracyLevel: number): LinearStyle {
  return (g, x, w) => {
    const { codes, scales } = int4Blocks(w)
    const packed = new Uint8Array(codes.length / 2)
    for (let i = 0; i < packed.length; i++) packed[i] = (codes[2 * i] ?? 0) | ((codes[2 * i + 1] ?? 0) << 4)
    const blocks = w.in / BLOCK
    const b = g.initializer(`${w.name}.qweight`, 'uint8', [w.out, blocks, BLOCK / 2], packed)
    const s = g.initializer(`${w.name}.scales`, 'float32', [w.out * blocks], scales)
    const attributes = {
      K: int(w.in),
      N: int(w.out),
      bits: int(4),
      block_size: int(BLOCK),
      ...(accuracyLevel === 0 ? {} : { accuracy_level: int(accuracyLevel) }),
    }
    const shape = [...x.shape.slice(0, -1), w.out]
    return g.apply('MatMulNBits', [x, b, s], { type: 'float32', shape }, attributes, 'com.microsoft')
  }
}
