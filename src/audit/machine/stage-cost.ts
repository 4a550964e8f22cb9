/** @file Multiply-adds of each stage, ×2: what progress is weighted by, and what the bench divides by the machine's rate. */
import { besideChannels, mixingChannels } from '../../models/body-program.ts'
import type { BlockSpec, Decoder, DecoderSpec } from '../../models/decoder-spec.ts'
import { DELTA_CHUNK } from '../../models/graph/delta/rule.ts'
import { CPU_TILING } from '../../models/graph/tiled-attention.ts'

/** Keys that a query is multiplied with on average: attention takes its rows in tiles, and keys up to a tile's end. */
function meanKeys(length: number, window: number | null): number {
  let products = 0
  for (let start = 0; start < length; start += CPU_TILING.rows) {
    const end = Math.min(start + CPU_TILING.rows, length)
    products += (end - start) * (end - Math.max(0, start + 1 - (window ?? length)))
  }
  return products / length
}

/** Per token, beside the projections: scores and values, or a delta net's chunks and its state. */
function mixing(attention: BlockSpec['attention'], length: number): number {
  if (attention.kind !== 'delta')
    return 4 * attention.heads * attention.headSize * meanKeys(length, attention.window)
  const { valueHeads, keySize, valueSize } = attention
  const chunk = Math.min(DELTA_CHUNK, length)
  const inverse = 2 * Math.log2(chunk) * chunk
  return 2 * valueHeads * (chunk * (3 * keySize + 2 * valueSize + inverse) + 3 * keySize * valueSize)
}

/** Per token, before the first block and behind the last: projections of its embedding to vectors of all blocks, and of the streams beside the first. */
function vectorCost({ d_model, blocks, tokenVectors, streams }: DecoderSpec): number {
  const others = (streams?.count ?? 1) - 1
  return 2 * d_model * ((tokenVectors?.size ?? 0) * blocks.length + 2 * others * d_model)
}

/** float64 against float32, whole bodies on the CPU: 3 to 4 times (measured on the Gemma-2 fixture). */
const FLOAT64_COST = 4

/** Floating-point operations of the matrix products. */
export const stageCost = {
  /** One forward pass without the unembedding over `tokens` in sequences of `length`, as far as block `end` (exclusive). */
  body(decoder: Decoder, tokens: number, length: number, end = decoder.spec.blocks.length): number {
    const { spec } = decoder
    const { d_model, blocks } = spec
    let perToken = vectorCost(spec)
    for (const block of blocks.slice(0, end)) {
      const { attention, mlp } = block
      perToken += 2 * d_model * mixingChannels(attention) + mixing(attention, length)
      perToken += 2 * d_model * (mlp.size * (mlp.gated ? 3 : 2) + besideChannels(block, spec))
      if (mlp.experts !== undefined) {
        const { count, perToken: chosen, size } = mlp.experts
        perToken += 2 * d_model * (count + 3 * chosen * size)
      }
    }
    return perToken * tokens
  },
  /** The same in float64 on the CPU, up to block `layer`. */
  exactBody(decoder: Decoder, layer: number, tokens: number, length: number): number {
    const share = (layer + 1) / decoder.spec.blocks.length
    return FLOAT64_COST * share * stageCost.body(decoder, tokens, length)
  },
  /** Logits of `models` models. */
  head(decoder: Decoder, tokens: number, models: number): number {
    return 2 * decoder.spec.d_model * decoder.spec.n_vocab * tokens * models
  },
  /** An SAE's encoder over `models` residuals, on `features` of its features. */
  features(d_in: number, features: number, tokens: number, models: number): number {
    return 2 * d_in * features * tokens * models
  },
}
