/**
 * @file How a checkpoint may store a family's weights otherwise than the family's own file expects, where the names that
 * are there leave no doubt.
 *
 * - The config ties unembedding and embedding: another unembedding that is stored counts all the same (transformers 5 and
 *   vLLM load it), and of the pair either may be stored alone. Copies are not among `names` (checkpoints/redundant.ts).
 * - q, k, v in one `qkv_proj`, gate and up in one `gate_up_proj`, rows in that order: what vLLM and Phi-3 store.
 * - A bias on q, k and v without one on the output: llama.cpp adds what is there, transformers sets the missing one to 0.
 */
import type { BlockWeights, LinearRef, WeightMap, WeightRef } from '../decoder-spec.ts'
import type { FamilyDecoder } from './family.ts'
import type { TensorNames } from './tensor-names.ts'
import { linear, take } from './weight-refs.ts'

/** Unembeddings under the names that families give them. */
const HEADS: readonly string[] = ['lm_head.weight', 'embed_out.weight', 'language_model.lm_head.weight']

export interface Stored {
  readonly decoder: FamilyDecoder
  readonly warnings: readonly string[]
}

/** The same decoder, its weights looked for where they lie. Without names: as the family says. */
export function asStored(decoder: FamilyDecoder, names: TensorNames): Stored {
  if (names.isEmpty) return { decoder, warnings: [] }
  const warnings = new Set<string>()
  const { weights } = decoder
  const blocks = weights.blocks.map((block) => storedBlock(block, names, warnings))
  const ends = storedEnds(weights, names, warnings)
  return { decoder: { ...decoder, weights: { ...weights, ...ends, blocks } }, warnings: [...warnings] }
}

function storedEnds(
  { embedding, unembedding }: WeightMap,
  names: TensorNames,
  warnings: Set<string>,
): Pick<WeightMap, 'embedding' | 'unembedding'> {
  const head = HEADS.find((name) => names.has(name))
  if (unembedding.weight.tensor !== embedding.tensor || head === undefined) return { embedding, unembedding }
  const weight: WeightRef = { ...embedding, tensor: head }
  if (!names.has(embedding.tensor)) return { embedding: weight, unembedding: { weight, bias: null } }
  warnings.add(
    `${head} is stored and is not the embedding, though the config ties the two: the stored one is used, as transformers 5 and vLLM do`,
  )
  return { embedding, unembedding: { weight, bias: null } }
}

function storedBlock(block: BlockWeights, names: TensorNames, warnings: Set<string>): BlockWeights {
  const { k: ownKeys, v: ownValues } = block
  const [q, k, v] =
    ownKeys === null || ownValues === null
      ? [block.q, ownKeys, ownValues]
      : fused([block.q, ownKeys, ownValues], ['q_proj', 'qkv_proj'], names, warnings)
  const { gate, up } = block
  const [storedGate, storedUp] =
    gate === null || up === null
      ? [gate, up]
      : fused([gate, up], ['gate_proj', 'gate_up_proj'], names, warnings)
  return {
    ...block,
    q: q ?? block.q,
    k: k ?? ownKeys,
    v: v ?? ownValues,
    o: withoutMissingBias(block, names),
    gate: storedGate ?? gate,
    up: storedUp ?? up,
  }
}

/** Some matrices that lie in one stored tensor, their rows one after the other; as they are where they do not. */
function fused(
  parts: readonly LinearRef[],
  [first, together]: readonly [first: string, together: string],
  names: TensorNames,
  warnings: Set<string>,
): readonly LinearRef[] {
  const own = parts[0]?.weight.tensor ?? ''
  const ending = `.${first}.weight`
  const module = `${own.slice(0, -ending.length)}.${together}`
  if (!own.endsWith(ending) || names.has(own) || !names.has(`${module}.weight`)) return parts
  warnings.add(`${together} holds several matrices of a block; its rows are read in the order of its name`)
  const rows = parts.map(({ weight }) => weight.storedShape[0] ?? 0)
  const all = rows.reduce((sum, count) => sum + count, 0)
  const whole = linear(module, all, parts[0]?.weight.storedShape[1] ?? 0, names.has(`${module}.bias`))
  let start = 0
  return rows.map((count) => {
    start += count
    return take(whole, [[start - count, start]])
  })
}

function withoutMissingBias({ q, o }: BlockWeights, names: TensorNames): LinearRef {
  const isQueryAlone = q.bias !== null && names.has(q.bias.tensor) && o.bias !== null
  return isQueryAlone && o.bias !== null && !names.has(o.bias.tensor) ? { ...o, bias: null } : o
}
