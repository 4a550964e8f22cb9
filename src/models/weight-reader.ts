/**
 * @file Weights on their way from a checkpoint into a graph: shapes checked, channels cut out, layout [out, in], in the
 * type that the graph computes in. A tensor that several roles share (fused q/k/v, tied embeddings) is decoded once
 * and dropped when its last role was read.
 */

import { weightMissing, weightShape } from '../errors/graph.ts'
import { narrowToBfloat16, narrowToFloat16, widenBfloat16, widenFloat16 } from '../numbers/float16.ts'
import { readWide } from '../tensors/read-wide.ts'
import type { Allocate, TensorData, TensorTable } from '../tensors/tensor.ts'
import { transposedMatrix } from '../tensors/transposed.ts'
import { type BodyProgram, blockRange } from './body-program.ts'
import type {
  BlockWeights,
  Decoder,
  DeltaNetRef,
  LinearRef,
  NormRef,
  WeightMap,
  WeightRef,
} from './decoder-spec.ts'
import { nearestName } from './nearest-name.ts'

export type WeightType = 'float32' | 'float16' | 'bfloat16'

/** Type of the operands of matrix products. float64 is what float32 is checked against: no checkpoint is stored in it. */
export type OperandType = WeightType | 'float64'

/** A matrix [out, in] or a vector [out], row-major. */
export interface Weight {
  readonly type: WeightType
  readonly shape: readonly number[]
  readonly data: Float32Array | Uint16Array
}

export interface WeightReader {
  /** Cut `ref` out of its tensor, in `type` (or as it is stored). Errors: TENSOR_MISSING, WEIGHT_SHAPE, the table's own. */
  read(ref: WeightRef, type: WeightType | 'stored'): Promise<Weight>
  /** The same in float64, with what its table's values were rounded by. */
  readExact(ref: WeightRef): Promise<ExactWeight>
  /** Memory for what is made of weights, with theirs. */
  readonly allocate: Allocate
}

/** A matrix [out, in] or a vector [out], row-major. */
export interface ExactWeight {
  readonly shape: readonly number[]
  readonly data: Float64Array
}

/** Every reference of a body's weights, once per use. */
export function allRefs(weights: WeightMap): readonly WeightRef[] {
  return [...embeddingRefs(weights), ...weights.blocks.flatMap(blockRefs), ...endRefs(weights)]
}

/** Those that a program reads, in its order. */
export function programRefs(program: BodyProgram, decoder: Decoder): readonly WeightRef[] {
  const { weights } = decoder
  const blocks = weights.blocks.slice(...blockRange(program, decoder))
  return [
    ...(program.from === 'ids' ? embeddingRefs(weights) : []),
    ...blocks.flatMap(blockRefs),
    ...(program.to === 'hidden' ? endRefs(weights) : []),
  ]
}

function embeddingRefs({ embedding, positions, tokenVectors, streams }: WeightMap): readonly WeightRef[] {
  const vectors =
    tokenVectors === undefined
      ? []
      : [tokenVectors.table, ...linearRefs([tokenVectors.projection]), ...normRefs(tokenVectors.norm)]
  return [
    embedding,
    ...(positions === null ? [] : [positions]),
    ...vectors,
    ...linearRefs(streams?.begin ?? []),
  ]
}

function endRefs({ streams, finalNorm }: WeightMap): readonly WeightRef[] {
  return [...linearRefs(streams?.end ?? []), ...normRefs(finalNorm)]
}

function linearRefs(linears: readonly (LinearRef | null)[]): readonly WeightRef[] {
  return linears.flatMap((linear) => [linear?.weight ?? [], linear?.bias ?? []].flat())
}

function normRefs(norm: NormRef | null): readonly WeightRef[] {
  return [norm?.gain ?? [], norm?.bias ?? []].flat()
}

function blockRefs(block: BlockWeights): readonly WeightRef[] {
  const { preAttention, qNorm, kNorm, postAttention, preMlp, postMlp } = block
  const { q, k, v, o, gate, up, down, experts, delta } = block
  const linears = [q, k, v, block.outputGate ?? null, o, delta?.write ?? null, delta?.fade ?? null]
  linears.push(gate, up, down, experts?.sharedGate ?? null, experts?.router ?? null)
  const routed = experts?.experts.flatMap((expert) => [expert.gate, expert.up, expert.down]) ?? []
  return [
    ...[preAttention, qNorm, kNorm, postAttention, preMlp, postMlp].flatMap(normRefs),
    ...(block.sinks === undefined ? [] : [block.sinks]),
    ...(delta === undefined ? [] : deltaVectors(delta)),
    ...linearRefs([...linears, ...routed]),
    ...besideRefs(block),
  ]
}

/** What is beside attention, MLP and one stream. */
function besideRefs({
  experts,
  tokenVector,
  altUp,
  laurel,
  outputScale,
}: BlockWeights): readonly WeightRef[] {
  const { beside } = experts ?? {}
  const norms = [beside?.input, beside?.output, beside?.mlpOutput, tokenVector?.norm, laurel?.norm]
  // Its router is read twice.
  const router = altUp === undefined ? [] : [altUp.router.weight, ...normRefs(altUp.routerNorm)]
  return [
    ...[...norms].flatMap((norm) => normRefs(norm ?? null)),
    ...[beside?.routerGain ?? [], beside?.shares ?? [], outputScale ?? [], altUp?.scale ?? []].flat(),
    ...linearRefs([
      tokenVector?.gate ?? null,
      tokenVector?.back ?? null,
      laurel?.left ?? null,
      laurel?.right ?? null,
    ]),
    ...linearRefs([altUp?.predict ?? null, altUp?.correct ?? null]),
    ...[...router, ...router],
  ]
}

function deltaVectors({ convolutions, fadeRate, fadeBias, norm }: DeltaNetRef): readonly WeightRef[] {
  const { q, k, v } = convolutions
  return [q, k, v, fadeRate, fadeBias, ...normRefs(norm)]
}

/** Check every tensor of a decoder against the checkpoint's table of contents, before anything is read. */
export function checkShapes(table: TensorTable, refs: readonly WeightRef[], where: string): void {
  for (const ref of refs) {
    const entry = table.entries.get(ref.tensor)
    if (entry === undefined) {
      const wanted = new Set(refs.map(({ tensor }) => tensor))
      const others = [...table.entries.keys()].filter((name) => !wanted.has(name))
      throw weightMissing(where, ref.tensor, ref.storedShape, nearestName(ref.tensor, others))
    }
    if (entry.shape.join() !== ref.storedShape.join()) {
      throw weightShape(where, ref.tensor, entry.shape, ref.storedShape)
    }
  }
}

/**
 * A reader over the uses in `refs`: a tensor is kept from its first use to its last. `remainder`: what to add to the
 * tensors that it has, where they are read in float64. `allocate`: memory for what is read in float32; absent: new.
 */
export function weightReader(
  table: TensorTable,
  refs: readonly WeightRef[],
  remainder: TensorTable | null = null,
  allocate: Allocate = (length) => new Float32Array(length),
): WeightReader {
  const read = cutter(table, refs, allocate)
  const rest = remainder === null ? null : cutter(remainder, refs, allocate)
  return {
    allocate,
    read,
    async readExact(ref) {
      const stored = await read(ref, 'float32')
      const data = new Float64Array(asFloat32(stored))
      if (rest !== null && remainder?.entries.has(ref.tensor)) {
        const small = asFloat32(await rest(ref, 'float32'))
        for (let i = 0; i < data.length; i++) data[i] = data[i]! + small[i]!
      }
      return { shape: stored.shape, data }
    },
  }
}

function cutter(table: TensorTable, refs: readonly WeightRef[], allocate: Allocate): WeightReader['read'] {
  const uses = new Map<string, number>()
  for (const ref of refs) uses.set(ref.tensor, (uses.get(ref.tensor) ?? 0) + 1)
  const held = new Map<string, TensorData>()
  return async (ref, type) => {
    const read = (): Promise<TensorData> =>
      type === 'float32' ? readWide(table, ref.tensor, allocate) : table.read(ref.tensor)
    const tensor = held.get(ref.tensor) ?? (await read())
    const left = (uses.get(ref.tensor) ?? 1) - 1
    uses.set(ref.tensor, left)
    if (left > 0) held.set(ref.tensor, tensor)
    else held.delete(ref.tensor)
    return converted(cut(tensor, ref), type)
  }
}

/** The channels of `ref` out of its tensor, as [out, in]. */
export function cut(tensor: TensorData, ref: WeightRef): Weight {
  const { type, data, shape } = tensor
  const [rows = 1, ...inner] = shape
  // What has more axes than two (a convolution's [channels, 1, reach]) is a matrix of its channels.
  const columns = inner.reduce((product, size) => product * size, 1)
  if (shape.length < 2)
    return { type, ...cutRows(data, ref.channels, rows, 1), shape: [channelCount(ref, rows)] }
  if (ref.layout === 'in-out') {
    const turned = transposedMatrix(data, rows, columns)
    const { data: taken } = cutRows(turned, ref.channels, columns, rows)
    return { type, data: taken, shape: [channelCount(ref, columns), rows] }
  }
  const { data: taken } = cutRows(data, ref.channels, rows, columns)
  return { type, data: taken, shape: [channelCount(ref, rows), columns] }
}

function channelCount(ref: WeightRef, all: number): number {
  return ref.channels === null ? all : ref.channels.reduce((sum, [start, end]) => sum + end - start, 0)
}

function cutRows(
  data: Float32Array | Uint16Array,
  channels: WeightRef['channels'],
  rows: number,
  width: number,
): { data: Float32Array | Uint16Array } {
  if (channels === null) return { data }
  if (channels.length === 1 && channels[0] !== undefined) {
    return { data: data.subarray(channels[0][0] * width, channels[0][1] * width) }
  }
  const count = channels.reduce((sum, [start, end]) => sum + end - start, 0)
  const out = data instanceof Float32Array ? new Float32Array(count * width) : new Uint16Array(count * width)
  let at = 0
  for (const [start, end] of channels) {
    if (end > rows) throw new RangeError(`channels ${start}-${end} of ${rows}`)
    out.set(data.subarray(start * width, end * width), at)
    at += (end - start) * width
  }
  return { data: out }
}

/** The same values in another type; 16-bit to another 16-bit goes through float32. */
function converted(weight: Weight, type: WeightType | 'stored'): Weight {
  return type === 'stored' ? weight : asType(weight, type)
}

/** The same values in another type. */
export function asType(weight: Weight, type: WeightType): Weight {
  if (weight.type === type) return weight
  const wide = asFloat32(weight)
  if (type === 'float32') return { type, shape: weight.shape, data: wide }
  const data = new Uint16Array(wide.length)
  if (type === 'float16') narrowToFloat16(wide, data)
  else narrowToBfloat16(wide, data)
  return { type, shape: weight.shape, data }
}

/** Values as float32; a float32 weight is returned as it is, not copied. */
export function asFloat32(weight: Weight): Float32Array {
  const { type, data } = weight
  if (data instanceof Float32Array) return data
  const wide = new Float32Array(data.length)
  if (type === 'bfloat16') widenBfloat16(data, wide)
  else widenFloat16(data, wide)
  return wide
}
