/** @file The memory of this machine: does a model fit, asked before anything of it is read; what captures may take of it. */

import { totalmem } from 'node:os'
import { constrainedMemory } from 'node:process'
import { modelTooLarge } from '../../errors/audit.ts'
import type { WeightMap } from '../../models/decoder-spec.ts'
import { allRefs } from '../../models/weight-reader.ts'
import type { TensorTable } from '../../tensors/tensor.ts'

/**
 * What an audit needs, as a multiple of the weights in float32: loading takes 1.0 (measured on a Llama of 270 M weights, as
 * bfloat16 and as GPTQ), the reference's unembedding and the captures come on top.
 */
export const PEAK_FACTOR = 1.3

/** Bytes that captures may still hold in memory, shared by all stores of an audit. */
export interface MemoryBudget {
  bytesLeft: number
}

/** Bytes of memory: the machine's, or what its container may use. */
export function availableMemory(): number {
  const limit = constrainedMemory()
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem()
}

/** Errors: MODEL_TOO_LARGE. */
export function requireMemory(
  name: string,
  weights: WeightMap,
  tensors: TensorTable,
  available: number,
): void {
  const { unembedding } = weights
  const used = new Set([...allRefs(weights), unembedding.weight].map((ref) => ref.tensor))
  let parameters = 0
  for (const tensor of used) {
    parameters += (tensors.entries.get(tensor)?.shape ?? []).reduce((product, size) => product * size, 1)
  }
  const needed = PEAK_FACTOR * 4 * parameters
  if (needed > available) throw modelTooLarge(name, parameters, gigabytes(needed), gigabytes(available))
}

const gigabytes = (bytes: number): string => `${(bytes / 1e9).toFixed(1)} GB`
