/**
 * @file What of a user's model is quantized, read off its nodes: which operators hold integer weights, how many bits a
 * weight takes with its scales, and what quantizes activations while the model runs. Operators of onnxruntime:
 * https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md
 */
import type { OnnxModel, OnnxNode, TensorInfo } from '../../onnx/graph/onnx-model.ts'
import { elementBits, elementName, FLOAT_TYPES } from './element-types.ts'

export interface OnnxQuantization {
  /** `onnx MatMulNBits 4-bit block 32 accuracy_level 4`, `onnx float16` */
  readonly method: string
  /** Mean stored bits of a quantized weight with its scales and zero points; of any weight where none is quantized. */
  readonly bits: number
  readonly tensors: number
  /** Weights in these tensors. */
  readonly parameters: number
  /** How activations are quantized at run time, in words; null: not at all. */
  readonly activations: string | null
}

/** A quantized weight matrix. */
interface Packed {
  readonly tensor: string
  readonly method: string
  readonly weights: number
  readonly bits: number
}

/** Describe the quantization of a model; pure, from its structure. */
export function quantizationOf(model: OnnxModel): OnnxQuantization {
  const packed = new Map<string, Packed>()
  for (const node of model.nodes) {
    const found = packedWeight(model, node)
    if (found !== null) packed.set(found.tensor, found)
  }
  const activations = activationsInWords(model.nodes)
  if (packed.size === 0) return { ...floats(model), activations }
  const all = [...packed.values()]
  const parameters = all.reduce((sum, { weights }) => sum + weights, 0)
  return {
    method: `onnx ${commonest(all.map(({ method, weights }) => [method, weights])).join(' + ')}`,
    bits: all.reduce((sum, { bits }) => sum + bits, 0) / Math.max(1, parameters),
    tensors: all.length,
    parameters,
    activations,
  }
}

/** Whether any node holds a quantized weight. */
export function isQuantized(model: OnnxModel): boolean {
  return model.nodes.some((node) => packedWeight(model, node) !== null)
}

function floats(model: OnnxModel): Omit<OnnxQuantization, 'activations'> {
  const tensors = [...model.initializers.values()].filter(({ type }) => FLOAT_TYPES.has(type))
  const parameters = tensors.reduce((sum, tensor) => sum + count(tensor), 0)
  const bits = tensors.reduce((sum, tensor) => sum + count(tensor) * elementBits(tensor.type), 0)
  const types = commonest(tensors.map((tensor) => [elementName(tensor.type), count(tensor)]))
  return {
    method: `onnx ${types[0] ?? 'without weights'}`,
    bits: bits / Math.max(1, parameters),
    tensors: tensors.length,
    parameters,
  }
}

/** Labels by descending weight, at most three. */
function commonest(labelled: readonly (readonly [string, number])[]): readonly string[] {
  const sums = new Map<string, number>()
  for (const [label, weight] of labelled) sums.set(label, (sums.get(label) ?? 0) + weight)
  return [...sums]
    .sort(([, a], [, b]) => b - a)
    .slice(0, 3)
    .map(([label]) => label)
}

function count({ dims }: TensorInfo): number {
  return dims.reduce((product, dim) => product * dim, 1)
}

/** Bits of a stored tensor; 0 when it is not an initializer. */
function storedBits(model: OnnxModel, name: string | undefined): number {
  const tensor = model.initializers.get(name ?? '')
  return tensor === undefined ? 0 : count(tensor) * elementBits(tensor.type)
}

function packedWeight(model: OnnxModel, node: OnnxNode): Packed | null {
  switch (node.op) {
    case 'MatMulNBits':
      return matMulNBits(model, node)
    case 'MatMulBnb4':
      return withScales(model, node, 1, [1, 2], 'MatMulBnb4 4-bit', integer(node, 'K') * integer(node, 'N'))
    case 'GatherBlockQuantized':
      return gatherBlockQuantized(model, node)
    case 'DequantizeLinear':
      return plain(model, node, 0, [0, 1, 2], 'DequantizeLinear')
    case 'MatMulInteger':
      return plain(model, node, 1, [1, 3], 'MatMulInteger')
    case 'DynamicQuantizeMatMul':
    case 'MatMulIntegerToFloat':
      return plain(model, node, 1, [1, 2, 4], node.op)
    case 'QLinearMatMul':
    case 'QGemm':
      return plain(model, node, 3, [3, 4, 5], node.op)
    case 'QAttention':
      return plain(model, node, 1, [1, 4], node.op)
    default:
      return null
  }
}

function integer(node: OnnxNode, attribute: string): number {
  const value = node.attributes.get(attribute)
  return typeof value === 'number' ? value : 0
}

function matMulNBits(model: OnnxModel, node: OnnxNode): Packed | null {
  const accuracy = integer(node, 'accuracy_level')
  const level = accuracy === 0 ? '' : ` accuracy_level ${accuracy}`
  const method = `MatMulNBits ${integer(node, 'bits') || 4}-bit block ${integer(node, 'block_size')}${level}`
  return withScales(model, node, 1, [1, 2, 3], method, integer(node, 'K') * integer(node, 'N'))
}

/** Indices of 4 bits lie two to a byte in a uint8 tensor, or in int4. */
function gatherBlockQuantized(model: OnnxModel, node: OnnxNode): Packed | null {
  const tensor = model.initializers.get(node.inputs[0] ?? '')
  if (tensor === undefined) return null
  const bits = integer(node, 'bits') || 4
  const weights = Math.floor((count(tensor) * elementBits(tensor.type)) / bits)
  const method = `GatherBlockQuantized ${bits}-bit block ${integer(node, 'block_size') || 128}`
  return withScales(model, node, 0, [0, 2, 3], method, weights)
}

/** A matrix of one integer (or 8-bit float) per weight. */
function plain(
  model: OnnxModel,
  node: OnnxNode,
  weight: number,
  stored: readonly number[],
  op: string,
): Packed | null {
  const tensor = model.initializers.get(node.inputs[weight] ?? '')
  // Vectors are biases.
  if (tensor === undefined || tensor.dims.length < 2 || FLOAT_TYPES.has(tensor.type)) return null
  const block = integer(node, 'block_size')
  const blocks = block === 0 ? '' : ` block ${block}`
  return withScales(model, node, weight, stored, `${op} ${elementName(tensor.type)}${blocks}`, count(tensor))
}

function withScales(
  model: OnnxModel,
  node: OnnxNode,
  weight: number,
  stored: readonly number[],
  method: string,
  weights: number,
): Packed | null {
  const tensor = node.inputs[weight] ?? ''
  if (!model.initializers.has(tensor)) return null
  const bits = stored.reduce((sum, input) => sum + storedBits(model, node.inputs[input]), 0)
  return { tensor, method, weights, bits }
}

const DYNAMIC = new Set(['DynamicQuantizeLinear', 'DynamicQuantizeMatMul', 'QAttention'])

/** Are activations quantized by their range over all rows of a run? Sequences that run together then change each other. */
export function hasRunRanges(model: OnnxModel): boolean {
  return model.nodes.some(({ op }) => DYNAMIC.has(op))
}

/** accuracy_level of MatMulNBits: what the kernel may round its activations to. */
const ACCURACY: Readonly<Record<number, string>> = { 2: 'float16', 3: 'bfloat16', 4: 'int8 per block' }

function activationsInWords(nodes: readonly OnnxNode[]): string | null {
  const words = new Set<string>()
  const weights = new Set(nodes.filter(({ op }) => op === 'DequantizeLinear').map(({ inputs }) => inputs[0]))
  for (const node of nodes) {
    const rounded = ACCURACY[integer(node, 'accuracy_level')]
    if (node.op === 'MatMulNBits' && rounded !== undefined) {
      words.add(`${rounded} inside MatMulNBits (accuracy_level ${integer(node, 'accuracy_level')})`)
    }
    if (node.op === 'DynamicQuantizeLinear') words.add('uint8 per tensor, dynamic (DynamicQuantizeLinear)')
    if (node.op === 'DynamicQuantizeMatMul' || node.op === 'QAttention')
      words.add(`8-bit per tensor, dynamic (${node.op})`)
    if (node.op === 'QuantizeLinear' && weights.has(node.outputs[0]))
      words.add('static scales (QuantizeLinear)')
    if (/^QLinear|^QGemm$/.test(node.op)) words.add(`static scales (${node.op})`)
  }
  return words.size === 0 ? null : [...words].join('; ')
}
