/** @file The elements of a view of a storage, one after the other. */
import { pytorchMalformed } from '../errors/pytorch.ts'
import { DTYPE_BYTES, elementCount } from '../tensors/raw-tensor.ts'
import type { PickledTensor } from './values.ts'

/** A view may repeat elements (a stride of 0): of so many times its storage is made no tensor. */
const MOST_REPEATED = 4

/** Row-major bytes of the tensor, in a buffer of their own. Errors: PYTORCH_MALFORMED. */
export function contiguous(file: string, tensor: PickledTensor, storage: Uint8Array): Uint8Array {
  const { shape, stride, offset } = tensor
  const size = DTYPE_BYTES[tensor.storage.dtype]
  const count = elementCount(shape) ?? 0
  if (count * size > MOST_REPEATED * storage.byteLength)
    throw pytorchMalformed(file, `a tensor of [${shape.join(', ')}] repeats a small storage`)
  if (isRowMajor(shape, stride)) return storage.slice(offset * size, (offset + count) * size)
  const out = new Uint8Array(count * size)
  const place = new Array<number>(shape.length).fill(0)
  for (let i = 0, from = offset; i < count; i++) {
    for (let b = 0; b < size; b++) out[i * size + b] = storage[from * size + b] ?? 0
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      place[axis] = (place[axis] ?? 0) + 1
      from += stride[axis] ?? 0
      if ((place[axis] ?? 0) < (shape[axis] ?? 0)) break
      from -= (stride[axis] ?? 0) * (shape[axis] ?? 0)
      place[axis] = 0
    }
  }
  return out
}

/** Do the elements stand in the storage one after the other, as a row-major tensor has them? */
export function isRowMajor(shape: readonly number[], stride: readonly number[]): boolean {
  let wanted = 1
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && stride[axis] !== wanted) return false
    wanted *= shape[axis] ?? 1
  }
  return true
}
