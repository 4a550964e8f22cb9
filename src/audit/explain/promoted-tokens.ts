/**
 * @file Which tokens a feature speaks for: its decoder row through the final norm's gain and the unembedding (the logit lens), the
 * highest first. Only of what is added to the residual stream; the final norm's division is the same for every token.
 */

import { isInStream } from '../../contract/hook-point.ts'
import { asFloat32, weightReader } from '../../models/weight-reader.ts'
import { present } from '../../numbers/present.ts'
import { GraphBuilder, type GraphModel } from '../../onnx/graph/graph.ts'
import * as op from '../../onnx/graph/ops.ts'
import { createSession, type Device } from '../../onnx/sessions/session.ts'
import type { Dictionary } from '../../sae/dictionary.ts'
import { openUnembedding } from '../capture/unembedding.ts'
import type { Model } from '../subjects/model.ts'

/** Bytes of the unembedding that are held at a time. */
const PART_BYTES = 64e6

/** Token ids of each feature, `most` at most; null: what it rebuilds is no part of the residual stream. */
export async function promotedTokens(
  model: Model,
  dictionary: Dictionary,
  features: Int32Array,
  { device, most }: { readonly device: Device; readonly most: number },
): Promise<readonly (readonly number[])[] | null> {
  const { d_model } = model.decoder.spec
  if (!dictionary.rebuilds || !isInStream(dictionary.predicts) || dictionary.b_dec.length !== d_model)
    return null
  const float32 = { ...device, bodyType: 'float32' } as const
  const unembedding = await openUnembedding(model, float32)
  const directions = await readDirections(model, dictionary, features)
  const session = await createSession(scoreGraph(directions, d_model), float32, 'the unembedding')
  const best = Array.from(features, (): Scored[] => [])
  try {
    const step = Math.max(1, Math.floor(PART_BYTES / (4 * d_model)))
    for (let start = 0; start < unembedding.n_vocab; start += step) {
      const end = Math.min(start + step, unembedding.n_vocab)
      const { matrix } = await unembedding.tokens(start, end)
      if (!(matrix instanceof Float32Array)) return null
      const tokens = { type: 'float32' as const, data: matrix, dims: [end - start, d_model] }
      keepBest(best, (await session.run({ tokens })).float32('scores'), start, most)
    }
  } finally {
    await session.release()
  }
  return best.map((of) => of.map(({ id }) => id))
}

interface Scored {
  readonly id: number
  readonly score: number
}

/** `scores`: (token, feature), from token `start` on. */
function keepBest(best: readonly Scored[][], scores: Float32Array, start: number, most: number): void {
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!
    const of = present(best[i % best.length])
    if (of.length === most && score <= present(of.at(-1)).score) continue
    const place = of.findIndex((one) => one.score < score)
    of.splice(place < 0 ? of.length : place, 0, { id: start + Math.floor(i / best.length), score })
    if (of.length > most) of.pop()
  }
}

/** (d_model, features): decoder rows times the final norm's gain; a LayerNorm takes their mean off first. */
async function readDirections(
  { decoder, tensors }: Model,
  dictionary: Dictionary,
  features: Int32Array,
): Promise<Float32Array> {
  const { norm, d_model } = decoder.spec
  const { gain: ref } = decoder.weights.finalNorm
  const stored = ref && asFloat32(await weightReader(tensors, [ref]).read(ref, 'float32'))
  const out = new Float32Array(d_model * features.length)
  for (const [k, feature] of features.entries()) {
    const row = await dictionary.W_dec([feature, feature + 1])
    const mean = norm.kind === 'layer' ? row.reduce((sum, value) => sum + value, 0) / d_model : 0
    for (const [i, value] of row.entries())
      out[i * features.length + k] =
        (value - mean) * (stored === null ? 1 : present(stored[i]) + norm.gainOffset)
  }
  return out
}

/** Input `tokens` (n_token, d_model); output `scores` (n_token, features). */
function scoreGraph(directions: Float32Array, d_model: number): GraphModel {
  const g = new GraphBuilder()
  const count = directions.length / d_model
  const tokens = g.input('tokens', 'float32', ['n_token', d_model])
  const D = g.initializer('directions', 'float32', [d_model, count], directions)
  g.output('scores', op.matMul(g, tokens, D))
  return g.build()
}
