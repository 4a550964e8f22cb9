/** @file Do two models take tensors from the same place? Told by their plans, so that nothing has to be read. */
import { sameSource } from '../../../compression/tensor-plan.ts'
import type { WeightRef } from '../../../models/decoder-spec.ts'
import type { Model } from '../model.ts'

/** Models of different decoders, or whose tensors would have to be compared, are none. */
function haveSameSources(a: Model, b: Model, refs: readonly (WeightRef | null)[]): boolean {
  if (a.decoder !== b.decoder) return false
  return refs.every(
    (ref) => ref === null || sameSource(a.plan.sources.get(ref.tensor), b.plan.sources.get(ref.tensor)),
  )
}

/** Do the plans already say that both unembeddings are one? */
export function haveSameUnembedding(a: Model, b: Model): boolean {
  const { weight, bias } = a.decoder.weights.unembedding
  return haveSameSources(a, b, [weight, bias])
}

/** The table of token embeddings, likewise. */
export function haveSameEmbedding(a: Model, b: Model): boolean {
  return haveSameSources(a, b, [a.decoder.weights.embedding])
}
