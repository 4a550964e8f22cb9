/** @file A model's unembedding: read from its file by ranges of the vocabulary, and compared with another's. */
import type { Unembedding } from '../../models/graph/head.ts'
import { asFloat32, asType, weightReader } from '../../models/weight-reader.ts'
import type { Device } from '../../onnx/sessions/session.ts'
import { hasRows, tensorRows } from '../../tensors/tensor-rows.ts'
import type { Model } from '../subjects/model.ts'

/** An unembedding that is not in memory: rows of it are, while they are used. */
export interface StoredUnembedding extends Omit<Unembedding, 'matrix'> {
  /** Tokens [start, end) as an unembedding of their own. Errors: the checkpoint's own. */
  tokens(start: number, end: number): Promise<Unembedding>
}

/** Bytes of float32 that are compared at a time. */
const COMPARED_BYTES = 64e6

/** In the type that the device multiplies in. A matrix whose rows cannot be read apart is kept whole as long as this is. */
export async function openUnembedding(model: Model, device: Device): Promise<StoredUnembedding> {
  const { spec, weights } = model.decoder
  const { weight, bias: biasRef } = weights.unembedding
  const { n_vocab, d_model, logitScale: scale, logitSoftcap: softcap } = spec
  const type = device.bodyType
  const bias =
    biasRef === null ? null : asFloat32(await weightReader(model.tensors, [biasRef]).read(biasRef, 'float32'))
  const isAsStored = weight.layout === 'out-in' && weight.channels === null
  const rows = isAsStored ? tensorRows(model.tensors, weight.tensor) : null
  let whole: Promise<Unembedding['matrix']> | null = null
  const matrixOf = async (start: number, end: number): Promise<Unembedding['matrix']> => {
    if (rows !== null) return asType(await rows([start, end]), type).data
    whole ??= weightReader(model.tensors, [weight])
      .read(weight, type)
      .then(({ data }) => data)
    return (await whole).subarray(start * d_model, end * d_model)
  }
  return {
    ...{ n_vocab, d_model, type, bias, scale, softcap },
    async tokens(start, end) {
      const matrix = await matrixOf(start, end)
      return {
        n_vocab: end - start,
        d_model,
        type,
        matrix,
        bias: bias?.subarray(start, end) ?? null,
        scale,
        softcap,
      }
    },
  }
}

/** Can a range of it be read without the rest? */
export function hasTiles({ decoder, tensors }: Pick<Model, 'decoder' | 'tensors'>): boolean {
  const { weight } = decoder.weights.unembedding
  return weight.layout === 'out-in' && weight.channels === null && hasRows(tensors, weight.tensor)
}

/** Same numbers: then both models share one matrix product in the head. Errors: the checkpoints' own. */
export async function sameUnembedding(a: StoredUnembedding, b: StoredUnembedding): Promise<boolean> {
  if (a.type !== b.type || a.scale !== b.scale || a.softcap !== b.softcap) return false
  if ((a.bias === null) !== (b.bias === null)) return false
  if (a.n_vocab !== b.n_vocab || a.d_model !== b.d_model) return false
  if (a.bias !== null && b.bias !== null && !equal(a.bias, b.bias)) return false
  const step = Math.max(1, Math.floor(COMPARED_BYTES / (4 * a.d_model)))
  for (let start = 0; start < a.n_vocab; start += step) {
    const end = Math.min(start + step, a.n_vocab)
    const [ours, theirs] = [await a.tokens(start, end), await b.tokens(start, end)]
    if (!equal(ours.matrix, theirs.matrix)) return false
  }
  return true
}

function equal(a: Float32Array | Uint16Array, b: Float32Array | Uint16Array): boolean {
  const bytes = (array: Float32Array | Uint16Array): Uint8Array =>
    new Uint8Array(array.buffer, array.byteOffset, array.byteLength)
  return Buffer.compare(bytes(a), bytes(b)) === 0
}
