/**
 * @file A checkpoint whose projections come out compressed: the table of the reference with its `read` wrapped.
 *
 * Only the named projections change (attention and MLP matrices, arXiv 2606.03002); embeddings, norms, biases and the
 * unembedding pass through as they are stored. A fused matrix is compressed as it is stored: its rows are channels.
 */

import type { CandidateReport } from '../contract/report/report-schema.ts'
import { compressionShapeMismatch } from '../errors/compression.ts'
import { toFloat32 } from '../numbers/half.ts'
import type { TensorData, TensorTable } from '../tensors/tensor.ts'
import type { CompressionPlan } from './plan.ts'
import { pruneMagnitude } from './prune.ts'
import { type Channels, groupsPerChannel, roundingRemainder, roundToNearest } from './round-to-nearest.ts'

/** Stored tensor name → its sides. */
export type Projections = ReadonlyMap<string, Channels>

/** Bits of a stored scale, for the mean: what deployed formats use (GPTQ, AWQ, GGUF all store float16). */
const SCALE_BITS = 16

/** The same tensors; reading a projection compresses it (float32 from then on). Errors: COMPRESSION_SHAPE_MISMATCH. */
export function compressTable(
  table: TensorTable,
  projections: Projections,
  plan: CompressionPlan,
): TensorTable {
  return {
    entries: table.entries,
    read: async (name) => {
      const tensor = await table.read(name)
      const channels = projections.get(name)
      return channels === undefined ? tensor : compressTensor(name, tensor, channels, plan)
    },
    close: () => table.close(),
  }
}

/**
 * What float32 took from the compressed projections, for runs in float64: the compressed table's values and these add up
 * to what the plan says. It holds those projections only. Null: nothing was taken.
 */
export function remainderTable(
  table: TensorTable,
  projections: Projections,
  plan: CompressionPlan,
): TensorTable | null {
  if (plan.method === 'prune') return null
  return {
    entries: new Map([...table.entries].filter(([name]) => projections.has(name))),
    read: async (name) => {
      const tensor = await table.read(name)
      const channels = projections.get(name)
      if (channels === undefined) throw new RangeError(`${name} has no remainder`)
      const weight = projection(name, tensor, channels)
      return { type: 'float32', shape: tensor.shape, data: roundingRemainder(weight, channels, plan) }
    },
    close: () => table.close(),
  }
}

/** A projection's weights, its shape checked. Errors: COMPRESSION_SHAPE_MISMATCH. */
function projection(name: string, tensor: TensorData, channels: Channels): Float32Array {
  const expected = channels.layout === 'out-in' ? [channels.out, channels.in] : [channels.in, channels.out]
  if (tensor.shape.length !== 2 || tensor.shape[0] !== expected[0] || tensor.shape[1] !== expected[1]) {
    throw compressionShapeMismatch(name, tensor.shape, expected)
  }
  return toFloat32(tensor)
}

function compressTensor(
  name: string,
  tensor: TensorData,
  channels: Channels,
  plan: CompressionPlan,
): TensorData {
  const weight = projection(name, tensor, channels)
  const data =
    plan.method === 'rtn' ? roundToNearest(weight, channels, plan) : pruneMagnitude(weight, plan.sparsity)
  return { type: 'float32', shape: tensor.shape, data }
}

/**
 * What report.json says of the compression. `bits` is the mean stored size of a compressed weight: the integers' bits
 * and a 16-bit scale per channel or group (rtn:4,group=128 → 4.125); null for pruning, whose size depends on the format.
 */
export function describeCompression(
  plan: CompressionPlan,
  projections: Projections,
): NonNullable<CandidateReport['compression']> {
  const sides = [...projections.values()]
  const parameters = sides.reduce((sum, side) => sum + side.out * side.in, 0)
  const counted = { tensors: sides.length, parameters }
  if (plan.method === 'prune') return { method: 'prune', bits: null, sparsity: plan.sparsity, ...counted }
  const scales = sides.reduce((sum, side) => sum + side.out * groupsPerChannel(side.in, plan.group), 0)
  const bits = parameters === 0 ? plan.bits : plan.bits + (SCALE_BITS * scales) / parameters
  if (plan.group === null) return { method: 'rtn', bits, ...counted }
  return { method: 'rtn', bits, groupSize: plan.group, ...counted }
}
