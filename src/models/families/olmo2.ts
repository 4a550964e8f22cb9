/**
 * @file OLMo 2 and 3: norms after attention and MLP and none before, RMS norm over the full width of q and of k. In OLMo 3 three of
 * four blocks slide, and those do not see the scaling of the rope.
 *
 * Source: configuration_olmo2.py, modeling_olmo2.py and those of olmo3 of transformers 4.57 and 5.18 (report: arXiv 2501.00656); defaults are
 * those classes'.
 */
import type { ConfigReader } from '../config-reader.ts'
import type { AttentionSpec, RotarySpec } from '../decoder-spec.ts'
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { layerWindows, slidingLayers } from './layer-windows.ts'
import { wholeHeadRotary } from './llama-like.ts'
import { bodyPrefix, ends, gatedMlp, perBlock, qkNorms, separateAttention } from './llama-parts.ts'
import { ropeBase, ropeSection, rotary } from './rope-scaling.ts'
import { ACTIVATIONS, readEpsilon, readShape, type Shape, type ShapeDefaults } from './shape.ts'
import { rmsNorm } from './weight-refs.ts'

const DEFAULTS: ShapeDefaults = {
  n_vocab: 50_304,
  d_model: 4_096,
  layers: 32,
  heads: 32,
  kvHeads: null,
  headSize: null,
  d_mlp: 11_008,
  maxPositions: 2_048,
}

export function olmo2(input: FamilyInput): FamilyDecoder {
  const shape = readShape(input.config, DEFAULTS)
  const rotary = wholeHeadRotary(input, shape)
  return olmo(input, { family: 'olmo2', shape }, () => ({ window: null, rotary }))
}

export function olmo3(input: FamilyInput): FamilyDecoder {
  const { config } = input
  const shape = readShape(config, DEFAULTS)
  const slides = slidingLayers(config, shape.layers, (layer) => (layer + 1) % 4 !== 0)
  const windows = layerWindows(config, slides, 4_096)
  const { sliding, global } = olmo3Rotaries(input, shape)
  return olmo(input, { family: 'olmo3', shape }, (layer) => ({
    window: windows[layer] ?? null,
    rotary: slides[layer] === true ? sliding : global,
  }))
}

/** transformers 4 scales by rope_scaling what does not slide; 5 has rope_parameters.{full,sliding}_attention. */
function olmo3Rotaries(
  input: FamilyInput,
  shape: Shape,
): { readonly sliding: RotarySpec; readonly global: RotarySpec } {
  const { config, length } = input
  const positions = { length, most: shape.maxPositions, original: null }
  const turns = (section: ConfigReader | null, scaling: ConfigReader | null): RotarySpec =>
    rotary(shape.headSize, ropeBase(config, section, 'rope_theta', 10_000), positions, scaling)
  const kinds = config.section('rope_parameters')
  const [sliding, global] = ['sliding_attention', 'full_attention'].map(
    (kind) => kinds?.section(kind) ?? null,
  )
  if (sliding != null && global != null)
    return { sliding: turns(sliding, sliding), global: turns(global, global) }
  return { sliding: turns(ropeSection(config), null), global: wholeHeadRotary(input, shape) }
}

function olmo(
  { config, ...input }: FamilyInput,
  { family, shape }: { readonly family: string; readonly shape: Shape },
  ofBlock: (layer: number) => Pick<AttentionSpec, 'window' | 'rotary'>,
): FamilyDecoder {
  const attention: Omit<AttentionSpec, 'window' | 'rotary'> = {
    heads: shape.heads,
    kvHeads: shape.kvHeads,
    headSize: shape.headSize,
    scale: shape.headSize ** -0.5,
    softcap: null,
    qkNorm: 'full',
  }
  const mlp = { gated: true, activation: config.choice('hidden_act', ACTIVATIONS, 'silu'), size: shape.d_mlp }
  const bias = config.flag('attention_bias', false)
  const prefix = bodyPrefix({ config, ...input })
  return {
    spec: {
      family,
      d_model: shape.d_model,
      n_vocab: shape.n_vocab,
      maxPositions: shape.maxPositions,
      embeddingScale: 1,
      residualScale: 1,
      norm: { kind: 'rms', epsilon: readEpsilon(config, 'rms_norm_eps', 1e-5), gainOffset: 0 },
      blocks: perBlock(shape, (layer) => ({
        layout: 'sequential',
        attention: { ...attention, ...ofBlock(layer) },
        mlp,
      })),
      logitScale: 1,
      logitSoftcap: null,
    },
    weights: {
      ...ends(prefix, 'lm_head', shape, config.flag('tie_word_embeddings', false)),
      positions: null,
      blocks: perBlock(shape, (layer) => {
        const block = `${prefix}layers.${layer}`
        return {
          preAttention: null,
          ...separateAttention(block, shape, { qkv: bias, output: bias }),
          ...qkNorms(block, shape, 'full'),
          postAttention: rmsNorm(`${block}.post_attention_layernorm`, shape.d_model),
          preMlp: null,
          ...gatedMlp(block, shape, false),
          postMlp: rmsNorm(`${block}.post_feedforward_layernorm`, shape.d_model),
        }
      }),
    },
  }
}
