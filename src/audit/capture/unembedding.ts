/** @file A model's unembedding: read, and compared with another's. */
import type { Unembedding } from '../../models/graph/head.ts'
import { asFloat32, weightReader } from '../../models/weight-reader.ts'
import type { Device } from '../../onnx/sessions/session.ts'
import type { Model } from '../subjects/model.ts'

/** Read the unembedding in the type that the device multiplies in. */
export async function loadUnembedding(model: Model, device: Device): Promise<Unembedding> {
  const { spec, weights } = model.decoder
  const { weight, bias } = weights.unembedding
  const refs = bias === null ? [weight] : [weight, bias]
  const reader = weightReader(model.tensors, refs)
  const matrix = await reader.read(weight, device.bodyType)
  return {
    n_vocab: spec.n_vocab,
    d_model: spec.d_model,
    type: device.bodyType,
    matrix: matrix.data,
    bias: bias === null ? null : asFloat32(await reader.read(bias, 'float32')),
    softcap: spec.logitSoftcap,
  }
}

/** Same numbers: then both models share one matrix product in the head. */
export function sameUnembedding(a: Unembedding, b: Unembedding): boolean {
  const bytes = (array: Float32Array | Uint16Array): Uint8Array =>
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
  const equal = (x: Uint8Array, y: Uint8Array): boolean => Buffer.compare(x, y) === 0
  if (a.type !== b.type || a.softcap !== b.softcap || (a.bias === null) !== (b.bias === null)) return false
  if (a.bias !== null && b.bias !== null && !equal(bytes(a.bias), bytes(b.bias))) return false
  return equal(bytes(a.matrix), bytes(b.matrix))
}
