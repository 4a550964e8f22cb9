/**
 * @file Stored tensors that say nothing of their own: biases of zeros (GPTQ tools write one for every layer, whether it has
 * one or not), and an unembedding that is a copy of the embedding.
 *
 * A family is not told of them, so they neither mean that a layer has a bias nor that two tied matrices differ.
 */
import { createHash } from 'node:crypto'
import type { RawTensor, RawTensorTable } from '../tensors/raw-tensor.ts'

/** Of two large tensors, before they are compared whole. */
const LOOKED_AT_BYTES = 2 ** 20
/** Longer vectors are no bias. */
const MOST_BIAS_BYTES = 2 ** 22

const EMBEDDING = /(?:^|\.)(?:embed_tokens|embed_in|wte)\.weight$/
const HEAD = /(?:^|\.)(?:lm_head|embed_out)\.weight$/

/** Errors: those of reading. */
export async function redundantTensors(raw: RawTensorTable): Promise<ReadonlySet<string>> {
  const redundant = new Set<string>()
  for (const tensor of raw.entries.values()) {
    if (isBias(tensor) && (await raw.readBytes(tensor.name)).every((byte) => byte === 0))
      redundant.add(tensor.name)
  }
  const tensors = [...raw.entries.values()]
  const embedding = tensors.find(({ name }) => EMBEDDING.test(name))
  const head = tensors.find(({ name }) => HEAD.test(name))
  if (embedding !== undefined && head !== undefined && (await areCopies(raw, embedding, head)))
    redundant.add(head.name)
  return redundant
}

function isBias({ name, shape, start, end }: RawTensor): boolean {
  return name.endsWith('.bias') && shape.length === 1 && end - start <= MOST_BIAS_BYTES
}

/** Most differ from the start. What does not is hashed, one after the other: these are the largest tensors of a model. */
async function areCopies(raw: RawTensorTable, a: RawTensor, b: RawTensor): Promise<boolean> {
  if (a.dtype !== b.dtype || a.shape.join() !== b.shape.join()) return false
  const beginning = [0, Math.min(LOOKED_AT_BYTES, a.end - a.start)] as const
  const [one, other] = [await raw.readBytes(a.name, beginning), await raw.readBytes(b.name, beginning)]
  if (Buffer.compare(one, other) !== 0) return false
  const hash = async ({ name }: RawTensor) =>
    createHash('sha256')
      .update(await raw.readBytes(name))
      .digest('hex')
  return (await hash(a)) === (await hash(b))
}
