/**
 * @file Llama's decoder with the few things its nearest relatives change: biases, windows, a norm on q and k,
 * blocks that do not rotate, constant factors.
 *
 * Source: modeling_llama.py of transformers 4.57. Used by Llama, Mistral, Qwen2, Qwen3, SmolLM3 and Granite; the others have other norms or
 * other matrices and are written out.
 */
import type { AttentionSpec, DecoderSpec, RotarySpec } from '../decoder-spec.ts'
import type { BlockMlp } from './experts.ts'
import type { FamilyDecoder, FamilyInput } from './family.ts'
import {
  bodyPrefix,
  ends,
  gatedMlp,
  headModule,
  perBlock,
  preNorms,
  qkNorms,
  separateAttention,
} from './llama-parts.ts'
import { type IMAGE_KINDS, ropeBase, ropeSection, rotary, rotarySize } from './rope-scaling.ts'
import { ACTIVATIONS, MOST_POSITIONS, readEpsilon, type Shape } from './shape.ts'
import { vector } from './weight-refs.ts'

/** What a relative of Llama says about itself. */
export interface LlamaLike {
  /** model_type */
  readonly family: string
  readonly shape: Shape
  readonly qkvBias: boolean
  readonly outputBias: boolean
  readonly mlpBias: boolean
  readonly qkNorm: AttentionSpec['qkNorm']
  /** Per block: keys visible, or null for all. */
  readonly windows: readonly (number | null)[]
  /** Per block: are q and k rotated? Absent: in all. */
  readonly rotated?: readonly boolean[]
  /** Is the unembedding the embedding where the config does not say? Absent: no. */
  readonly tied?: boolean
  /** Base of the rotation where the config says none. */
  readonly ropeBase?: number
  /** Names of ropes. Absent: the usual ones. */
  readonly ropeKinds?: typeof IMAGE_KINDS
  /** Of norms, where the config says none. Absent: 1e-6. */
  readonly epsilon?: number
  /** Absent: none but 1/√headSize on q·k. */
  readonly factors?: Factors
  /** MLP of a block whose tensors begin with `block.`, in place of Llama's. Absent: Llama's. */
  readonly mlp?: (block: string, layer: number) => BlockMlp
  /** Do queries grow with their position? Absent: no. */
  readonly queryGrowth?: AttentionSpec['queryGrowth']
  /** Has each head a sink (gpt-oss)? Absent: no. */
  readonly sinks?: boolean
}

/** Constant factors on the way through the decoder. */
export interface Factors extends Pick<DecoderSpec, 'embeddingScale' | 'residualScale' | 'logitScale'> {
  /** On q·k. */
  readonly attentionScale: number
}

/** Rotation of whole heads; base and scaling from the config. */
export function wholeHeadRotary(
  input: FamilyInput,
  shape: Shape,
  base = 10_000,
  kinds: typeof IMAGE_KINDS | undefined = undefined,
): RotarySpec {
  const { config, length } = input
  config.only('partial_rotary_factor', 1)
  const section = ropeSection(config)
  section?.only('partial_rotary_factor', 1)
  const original = config.countOrNull('original_max_position_embeddings', MOST_POSITIONS, null)
  return rotary(
    rotarySize(config, 'head_dim', 1, shape.headSize),
    ropeBase(config, section, 'rope_theta', base),
    { length, most: shape.maxPositions, original },
    section,
    kinds,
  )
}

export function llamaLike(input: FamilyInput, variant: LlamaLike): FamilyDecoder {
  const { config } = input
  const { shape, windows, qkNorm, rotated } = variant
  const none = { embeddingScale: 1, residualScale: 1, logitScale: 1, attentionScale: shape.headSize ** -0.5 }
  const { attentionScale, ...scales } = variant.factors ?? none
  const rotary = wholeHeadRotary(input, shape, variant.ropeBase, variant.ropeKinds)
  const attention = {
    heads: shape.heads,
    kvHeads: shape.kvHeads,
    headSize: shape.headSize,
    scale: attentionScale,
    softcap: null,
    qkNorm,
    ...(variant.queryGrowth === undefined ? {} : { queryGrowth: variant.queryGrowth }),
  }
  const usual = {
    gated: true,
    activation: config.choice('hidden_act', ACTIVATIONS, 'silu'),
    size: shape.d_mlp,
  }
  const prefix = bodyPrefix(input)
  const mlps = perBlock(shape, (layer): BlockMlp => {
    const block = `${prefix}layers.${layer}`
    if (variant.mlp !== undefined) return variant.mlp(block, layer)
    return { spec: usual, weights: gatedMlp(block, shape, variant.mlpBias) }
  })
  return {
    spec: {
      family: variant.family,
      d_model: shape.d_model,
      n_vocab: shape.n_vocab,
      maxPositions: shape.maxPositions,
      ...scales,
      norm: {
        kind: 'rms',
        epsilon: readEpsilon(config, 'rms_norm_eps', variant.epsilon ?? 1e-6),
        gainOffset: 0,
      },
      blocks: windows.map((window, layer) => ({
        layout: 'sequential',
        attention: { ...attention, window, rotary: rotated?.[layer] === false ? null : rotary },
        mlp: mlps[layer]?.spec ?? usual,
      })),
      logitSoftcap: null,
    },
    weights: {
      ...ends(prefix, headModule(input), shape, config.flag('tie_word_embeddings', variant.tied ?? false)),
      positions: null,
      blocks: perBlock(shape, (layer) => {
        const block = `${prefix}layers.${layer}`
        return {
          ...preNorms(block, shape),
          ...separateAttention(block, shape, { qkv: variant.qkvBias, output: variant.outputBias }),
          ...qkNorms(block, shape, qkNorm),
          ...(mlps[layer]?.weights ?? gatedMlp(block, shape, variant.mlpBias)),
          ...(variant.sinks === true ? { sinks: vector(`${block}.self_attn.sinks`, shape.heads) } : {}),
        }
      }),
    },
  }
}
