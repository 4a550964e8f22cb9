/** @file Activation order: which group each input belongs to, where a checkpoint stores that (`g_idx`). */
import { packedPartValue } from '../../../errors/packed.ts'
import type { RawTensor, RawTensorTable } from '../../../tensors/raw-tensor.ts'
import { readNumbers, requireShape } from '../parts.ts'
import { type InputOrder, inputOrder } from './scaling.ts'

/** Group of each input [K]. Errors: PACKED_PART_SHAPE; PACKED_PART_VALUE when one is outside [0, groups). */
export async function readGroups(
  raw: RawTensorTable,
  tensor: RawTensor,
  K: number,
  groups: number,
): Promise<Int32Array> {
  requireShape(tensor, [K])
  const numbers = await readNumbers(raw, tensor)
  for (let k = 0; k < K; k++) {
    const group = numbers[k]!
    if (group < 0 || group >= groups) {
      throw packedPartValue(tensor.name, `input ${k} is in group ${group}; there are ${groups}`)
    }
  }
  return Int32Array.from(numbers)
}

/** The same for compressed-tensors, where a −1 anywhere means that no order was set: null. */
export async function readOrder(
  raw: RawTensorTable,
  tensor: RawTensor,
  K: number,
  groups: number,
): Promise<InputOrder | null> {
  const numbers = await readNumbers(raw, tensor)
  return numbers.includes(-1) ? null : inputOrder(await readGroups(raw, tensor, K, groups), groups)
}
