/**
 * @file What a user's model is fed and where its logits are. Known inputs are those of Optimum, transformers.js,
 * onnxruntime-genai and torch exports of decoders: token ids, a mask of ones, positions 0, 1, …, and an empty past.
 * Anything else is refused by name, because a made-up value would change what the model computes.
 */
import { onnxFixedLength, onnxInput, onnxNoLogits, onnxNoTokens } from '../../errors/user-onnx.ts'
import type { OnnxModel, ValueInfo } from '../../onnx/graph/onnx-model.ts'
import type { TensorInput } from '../../onnx/sessions/session.ts'
import { elementName, FLOAT_TYPES } from './element-types.ts'

/** Batch and length of one run. */
export interface RunShape {
  readonly batch: number
  readonly length: number
}

export interface Signature {
  readonly ids: string
  readonly logits: ValueInfo
  /** The batch the model was exported for; null: any. */
  readonly batch: number | null
  /** The length the model was exported for; null: any. */
  readonly length: number | null
  /** The inputs besides the ids. */
  readonly others: readonly FedInput[]
  readonly idsType: 'int64' | 'int32'
}

/** An input whose value follows from the shape of the run. */
export interface FedInput {
  readonly name: string
  readonly value: (shape: RunShape) => TensorInput
}

const INT32 = 6
const INT64 = 7
const BOOL = 9
const FLOAT = 1
const FLOAT16 = 10

const IDS = /^(input_ids|input|inputs|tokens|token_ids|ids|input_tokens)$/i

/** Work out inputs and logits from the model's own declarations. Errors: ONNX_NO_TOKENS, ONNX_INPUT, ONNX_NO_LOGITS. */
export function readSignature(file: string, model: OnnxModel): Signature {
  const isIds = ({ name, type }: ValueInfo): boolean => IDS.test(name) && (type === INT64 || type === INT32)
  const ids = model.inputs.find(isIds)
  if (ids === undefined) {
    throw onnxNoTokens(
      file,
      model.inputs.map((input) => `${input.name} (${typeText(input)})`),
    )
  }
  if (ids.shape !== null && ids.shape.length !== 2) {
    throw onnxInput(file, ids.name, typeText(ids), 'must have two dimensions, batch and sequence')
  }
  return {
    ids: ids.name,
    idsType: ids.type === INT32 ? 'int32' : 'int64',
    batch: ids.shape?.[0] ?? null,
    length: ids.shape?.[1] ?? null,
    logits: logitsOf(file, model),
    others: model.inputs.filter((input) => input !== ids).map((input) => fedInput(file, input)),
  }
}

/** `float16 [?, 12, ?, 64]` */
export function typeText({ type, shape }: ValueInfo): string {
  const dims = shape === null ? '[…]' : `[${shape.map((dim) => dim ?? '?').join(', ')}]`
  return `${elementName(type)} ${dims}`
}

/** All inputs of one run over `batch` sequences of `length` ids each. Errors: ONNX_FIXED_LENGTH. */
export function feeds(
  file: string,
  signature: Signature,
  ids: Int32Array,
  shape: RunShape,
): Readonly<Record<string, TensorInput>> {
  const { batch, length } = shape
  if (signature.length !== null && signature.length !== length) {
    throw onnxFixedLength(file, signature.length, length)
  }
  const inputs: Record<string, TensorInput> = {
    [signature.ids]: integers(signature.idsType, ids, [batch, length]),
  }
  for (const { name, value } of signature.others) inputs[name] = value(shape)
  return inputs
}

function integers(type: 'int64' | 'int32', data: Int32Array, dims: readonly number[]): TensorInput {
  if (type === 'int32') return { type, data, dims }
  return { type, data: BigInt64Array.from(data, BigInt), dims }
}

function fedInput(file: string, input: ValueInfo): FedInput {
  const { name } = input
  const key = name.toLowerCase()
  const refuse = (reason: string): never => {
    throw onnxInput(file, name, typeText(input), reason)
  }
  if (/^(attention_mask|mask)$/.test(key)) return { name, value: mask(input, refuse) }
  if (key === 'position_ids') return { name, value: perToken(input, refuse, (position) => position) }
  if (key === 'token_type_ids') return { name, value: perToken(input, refuse, () => 0) }
  if (key === 'cache_position') {
    const type = integerType(input, refuse)
    return { name, value: ({ length }) => integers(type, positions(length), [length]) }
  }
  if (key === 'use_cache_branch') {
    if (input.type !== BOOL) refuse('must be a boolean')
    return { name, value: () => ({ type: 'bool', data: Uint8Array.of(0), dims: scalarDims(input) }) }
  }
  // 0 means the logits of every position (transformers' num_logits_to_keep).
  if (/^(num_)?logits_to_keep$/.test(key)) return { name, value: scalar(input, refuse, () => 0) }
  if (/^past_seq(uence)?_len(gth)?$/.test(key)) return { name, value: scalar(input, refuse, () => 0) }
  if (/^total_seq(uence)?_len(gth)?$/.test(key)) return { name, value: scalar(input, refuse, (n) => n) }
  if (/^past|^cache_[kv]|(^|[._])(past|cache)[._].*(key|value)/.test(key))
    return { name, value: emptyPast(input, refuse) }
  return refuse('is not an input that saegate knows how to feed')
}

type Refuse = (reason: string) => never

function integerType({ type }: ValueInfo, refuse: Refuse): 'int64' | 'int32' {
  if (type === INT64) return 'int64'
  return type === INT32 ? 'int32' : refuse('must be int64 or int32')
}

function positions(length: number): Int32Array {
  return Int32Array.from({ length }, (_, i) => i)
}

/** (batch, sequence), ones: every token is seen. */
function mask(input: ValueInfo, refuse: Refuse): FedInput['value'] {
  if (input.shape !== null && input.shape.length !== 2)
    return refuse('must have two dimensions, batch and sequence')
  const dims = ({ batch, length }: RunShape): readonly number[] => [batch, length]
  const size = ({ batch, length }: RunShape): number => batch * length
  if (input.type === FLOAT)
    return (shape) => ({ type: 'float32', data: new Float32Array(size(shape)).fill(1), dims: dims(shape) })
  if (input.type === BOOL)
    return (shape) => ({ type: 'bool', data: new Uint8Array(size(shape)).fill(1), dims: dims(shape) })
  const type = integerType(input, refuse)
  return (shape) => integers(type, new Int32Array(size(shape)).fill(1), dims(shape))
}

/** (batch, sequence) of a number per position. */
function perToken(input: ValueInfo, refuse: Refuse, of: (position: number) => number): FedInput['value'] {
  if (input.shape !== null && input.shape.length !== 2)
    return refuse('must have two dimensions, batch and sequence')
  const type = integerType(input, refuse)
  return ({ batch, length }) =>
    integers(
      type,
      Int32Array.from({ length: batch * length }, (_, i) => of(i % length)),
      [batch, length],
    )
}

function scalarDims({ shape }: ValueInfo): readonly number[] {
  return shape === null ? [1] : shape.map(() => 1)
}

function scalar(input: ValueInfo, refuse: Refuse, of: (length: number) => number): FedInput['value'] {
  const type = integerType(input, refuse)
  return ({ length }) => integers(type, Int32Array.of(of(length)), scalarDims(input))
}

/** The first open dimension is the batch, the others are the length of the past: none. */
function emptyPast(input: ValueInfo, refuse: Refuse): FedInput['value'] {
  const { shape, type } = input
  if (shape === null || shape.length < 3) return refuse('is a past whose shape is not declared')
  const open = shape.flatMap((dim, axis) => (dim === null ? [axis] : []))
  const [batchAxis] = open
  // A batch that is fixed leaves one open dimension: the past itself.
  const fixedBatch = open.length === 1
  if (batchAxis === undefined) return refuse('is a past of fixed length, which cannot be empty')
  if (type !== FLOAT && type !== FLOAT16) return refuse('is a past that is neither float32 nor float16')
  return ({ batch }) => {
    const dims = shape.map((dim, axis) => dim ?? (axis === batchAxis && !fixedBatch ? batch : 0))
    return type === FLOAT
      ? { type: 'float32', data: new Float32Array(0), dims }
      : { type: 'float16', data: new Uint16Array(0), dims }
  }
}

function logitsOf(file: string, model: OnnxModel): ValueInfo {
  const isFloat = ({ type }: ValueInfo): boolean => type === null || FLOAT_TYPES.has(type)
  const named = model.outputs.find((output) => isFloat(output) && /(^|[./])logits$/i.test(output.name))
  if (named !== undefined) return named
  const shaped = model.outputs.filter(
    (output) =>
      isFloat(output) && output.shape?.length === 3 && !/hidden|present|past|cache/i.test(output.name),
  )
  const [only, ...more] = shaped
  if (only !== undefined && more.length === 0) return only
  throw onnxNoLogits(
    file,
    model.outputs.map((output) => `${output.name} (${typeText(output)})`),
  )
}
