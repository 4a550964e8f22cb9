/**
 * @file What Gemma 2 and 3 share: norms on both sides of attention and MLP, gain 1 + w, a scaled embedding, and attention
 * that differs from block to block.
 *
 * The embedding's factor √d_model is exact here; transformers rounds it to the model's 16-bit type.
 */
import type { AttentionSpec } from '../decoder-spec.ts'
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { ends, gatedMlp, perBlock, qkNorms, sandwichNorms, separateAttention } from './llama-parts.ts'
import { ACTIVATIONS, readEpsilon, type Shape } from './shape.ts'

/** Caps in use: 30 and 50. */
export const GREATEST_SOFTCAP = 1e6
/** Scalars in use: 144 to 256. */
const GREATEST_SCALAR = 1e6

/** query_pre_attn_scalar^−½ */
export function readAttentionScale({ config }: FamilyInput): number {
  return config.number('query_pre_attn_scalar', 1e-6, GREATEST_SCALAR, 256) ** -0.5
}

export interface GemmaVariant {
  readonly family: string
  readonly shape: Shape
  /** One per block. */
  readonly attention: readonly AttentionSpec[]
  readonly logitSoftcap: number | null
  readonly tied: boolean
  /** Where the body's tensors begin, and the name of an untied head. */
  readonly prefix: string
  readonly head: string
}

export function gemmaSandwich(input: FamilyInput, variant: GemmaVariant): FamilyDecoder {
  const { config } = input
  const { shape, prefix } = variant
  config.only('use_bidirectional_attention', false)
  const activation = config.choice('hidden_activation', ACTIVATIONS, 'gelu_pytorch_tanh')
  config.value('hidden_act') // Written by older versions, read by none.
  const mlp = { gated: true, activation, size: shape.d_mlp }
  const bias = config.flag('attention_bias', false)
  const qkNorm = variant.attention[0]?.qkNorm ?? 'none'
  return {
    spec: {
      family: variant.family,
      d_model: shape.d_model,
      n_vocab: shape.n_vocab,
      maxPositions: shape.maxPositions,
      embeddingScale: Math.sqrt(shape.d_model),
      residualScale: 1,
      norm: { kind: 'rms', epsilon: readEpsilon(config, 'rms_norm_eps', 1e-6), gainOffset: 1 },
      blocks: variant.attention.map((attention) => ({ layout: 'sequential', attention, mlp })),
      logitScale: 1,
      logitSoftcap: variant.logitSoftcap,
    },
    weights: {
      ...ends(prefix, variant.head, shape, variant.tied),
      positions: null,
      blocks: perBlock(shape, (layer) => {
        const block = `${prefix}layers.${layer}`
        return {
          ...sandwichNorms(block, shape),
          ...separateAttention(block, shape, { qkv: bias, output: bias }),
          ...qkNorms(block, shape, qkNorm),
          ...gatedMlp(block, shape, false),
        }
      }),
    },
  }
}
