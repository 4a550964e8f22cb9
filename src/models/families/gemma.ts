/**
 * @file Gemma 1: Llama's blocks with gain 1 + w, a tanh-GELU gate, heads of their own size and a scaled embedding.
 *
 * Source: configuration_gemma.py and modeling_gemma.py of transformers 4.57 and 5.18 (report: arXiv 2403.08295); defaults
 * are that class's. The first released configs say hidden_act "gelu" and mean the tanh form (transformers 5 repairs it).
 */
import type { Activation } from '../decoder-spec.ts'
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { wholeHeadRotary } from './llama-like.ts'
import { bodyPrefix, ends, gatedMlp, perBlock, preNorms, qkNorms, separateAttention } from './llama-parts.ts'
import { ACTIVATIONS, readEpsilon, readShape, type ShapeDefaults } from './shape.ts'

const DEFAULTS: ShapeDefaults = {
  n_vocab: 256_000,
  d_model: 3_072,
  layers: 28,
  heads: 16,
  kvHeads: 16,
  headSize: 256,
  d_mlp: 24_576,
  maxPositions: 8_192,
}

const GEMMA_ACTIVATIONS: ReadonlyMap<string, Activation> = new Map([...ACTIVATIONS, ['gelu', 'gelu_tanh']])

export function gemma(input: FamilyInput): FamilyDecoder {
  const { config } = input
  const shape = readShape(config, DEFAULTS)
  config.only('use_bidirectional_attention', false)
  const legacy = config.choice('hidden_act', GEMMA_ACTIVATIONS, 'gelu_pytorch_tanh')
  const activation = config.has('hidden_activation')
    ? config.choice('hidden_activation', ACTIVATIONS, 'gelu_pytorch_tanh')
    : legacy
  config.value('hidden_activation')
  const attention = {
    heads: shape.heads,
    kvHeads: shape.kvHeads,
    headSize: shape.headSize,
    scale: shape.headSize ** -0.5,
    softcap: null,
    window: null,
    rotary: wholeHeadRotary(input, shape),
    qkNorm: 'none',
  } as const
  const mlp = { gated: true, activation, size: shape.d_mlp }
  const bias = config.flag('attention_bias', false)
  const prefix = bodyPrefix(input)
  return {
    spec: {
      family: 'gemma',
      d_model: shape.d_model,
      n_vocab: shape.n_vocab,
      maxPositions: shape.maxPositions,
      embeddingScale: Math.sqrt(shape.d_model),
      residualScale: 1,
      norm: { kind: 'rms', epsilon: readEpsilon(config, 'rms_norm_eps', 1e-6), gainOffset: 1 },
      blocks: perBlock(shape, () => ({ layout: 'sequential', attention, mlp })),
      logitScale: 1,
      logitSoftcap: null,
    },
    weights: {
      ...ends(prefix, 'lm_head', shape, config.flag('tie_word_embeddings', true)),
      positions: null,
      blocks: perBlock(shape, (layer) => {
        const block = `${prefix}layers.${layer}`
        return {
          ...preNorms(block, shape),
          ...separateAttention(block, shape, { qkv: bias, output: bias }),
          ...qkNorms(block, shape, 'none'),
          ...gatedMlp(block, shape, false),
        }
      }),
    },
  }
}
