/** @file The blocks of Gemma 4: heads of two sizes, ropes of two kinds, keys of other blocks, values of keys, experts beside an MLP. Source: as gemma4.ts. */
import type { ConfigReader } from '../config-reader.ts'
import type { Activation, AttentionSpec, BlockWeights, RotarySpec } from '../decoder-spec.ts'
import { type BlockMlp, expertHalves, readExpertCounts } from './experts.ts'
import type { FamilyInput } from './family.ts'
import { layerWindows, slidingLayers } from './layer-windows.ts'
import { gatedMlp, qkNorms } from './llama-parts.ts'
import { isProportional, proportionalRope, readProportion } from './proportional-rope.ts'
import { ropeBase, rotary } from './rope-scaling.ts'
import { MOST_HEADS, type Shape, WIDEST } from './shape.ts'
import { readSharedKeys } from './token-vectors.ts'
import { linear, rmsNorm, vector } from './weight-refs.ts'

/** The attention of one block, and its shape with heads of its own size. */
export interface Gemma4Block {
  readonly shape: Shape
  readonly attention: AttentionSpec
  readonly mlp: BlockMlp
}

/** How blocks are read. */
export interface BlocksAsked {
  /** Keys visible where a block slides and the config does not say. */
  readonly window: number
  readonly hasExperts: boolean
  readonly activation: Activation
  readonly named: readonly string[]
}

export function readBlocks(input: FamilyInput, shape: Shape, asked: BlocksAsked): readonly Gemma4Block[] {
  const { config } = input
  const said = slidingLayers(config, shape.layers, (layer) => (layer + 1) % 6 !== 0)
  // The last one is global whatever is said.
  const sliding = said.map((slides, layer) => slides && layer < shape.layers - 1)
  const windows = layerWindows(config, sliding, asked.window)
  const sources = readSharedKeys(config, sliding, 0)
  const isDouble = config.flag('use_double_wide_mlp', false)
  const sizes = readHeads(config, shape, sliding)
  const ofKeys = config.flag('attention_k_eq_v', false)
  const mlp = asked.hasExperts ? readMlp(config, shape, asked.activation) : plainMlp(asked.activation)
  return sliding.map((slides, layer) => {
    const own = { ...shape, ...sizes(layer) }
    const source = sources[layer] ?? null
    const wide = isDouble && source !== null ? 2 * shape.d_mlp : shape.d_mlp
    return {
      shape: own,
      mlp: mlp(asked.named[layer] ?? '', { ...own, d_mlp: wide }),
      attention: {
        heads: own.heads,
        kvHeads: own.kvHeads,
        headSize: own.headSize,
        scale: 1,
        softcap: null,
        window: windows[layer] ?? null,
        rotary: readRotary(input, own, slides),
        qkNorm: 'head',
        valueNorm: true,
        ...(ofKeys && !slides ? { valuesOfKeys: true } : {}),
        ...(source === null ? {} : { keysOf: source }),
      },
    }
  })
}

type Heads = Pick<Shape, 'headSize' | 'kvHeads'>

/** Heads of a block: `per_layer_config`, or global_head_dim and, with attention_k_eq_v, num_global_key_value_heads of global ones. */
function readHeads(
  config: ConfigReader,
  shape: Shape,
  sliding: readonly boolean[],
): (layer: number) => Heads {
  const perLayer = config.section('per_layer_config')
  const size = config.countOrNull('global_head_dim', WIDEST, 512) ?? shape.headSize
  const global = config.countOrNull('num_global_key_value_heads', MOST_HEADS, null)
  const kvHeads = config.flag('attention_k_eq_v', false) ? (global ?? shape.kvHeads) : shape.kvHeads
  return (layer) => {
    const own = perLayer?.section(String(layer)) ?? null
    const usual: Heads = perLayer !== null || sliding[layer] === true ? shape : { headSize: size, kvHeads }
    const read = {
      headSize: own?.count('head_dim', WIDEST, usual.headSize) ?? usual.headSize,
      kvHeads: own?.count('num_key_value_heads', MOST_HEADS, usual.kvHeads) ?? usual.kvHeads,
    }
    if (shape.heads % read.kvHeads !== 0)
      throw config.unsupported('num_global_key_value_heads', `a divisor of the ${shape.heads} query heads`)
    if (read.headSize % 2 !== 0) throw config.unsupported('global_head_dim', 'an even number')
    return read
  }
}

function readRotary({ config, length }: FamilyInput, shape: Shape, slides: boolean): RotarySpec {
  const key = slides ? 'sliding_attention' : 'full_attention'
  const all = config.section('rope_parameters')
  const section = all?.section(key) ?? null
  const base = ropeBase(
    config,
    section,
    slides ? 'rope_local_base_freq' : 'rope_theta',
    slides ? 10_000 : 1e6,
  )
  if (all === null && !slides) return proportionalRope(shape.headSize, base, { share: 0.25, factor: 1 })
  if (section !== null && isProportional(section))
    return proportionalRope(shape.headSize, base, readProportion(section))
  section?.only('partial_rotary_factor', 1)
  return rotary(shape.headSize, base, { length, most: shape.maxPositions, original: null }, section)
}

/** Keys of another block, values of its own keys, or both its own. */
export function attentionOfBlock(
  block: string,
  { shape, attention }: Gemma4Block,
  bias: boolean,
): Pick<BlockWeights, 'q' | 'k' | 'v' | 'o' | 'qNorm' | 'kNorm'> {
  const { heads, kvHeads, headSize, d_model } = shape
  const module = `${block}.self_attn`
  const keys = (name: string) => linear(`${module}.${name}`, kvHeads * headSize, d_model, bias)
  const isShared = attention.keysOf !== undefined
  const norms = qkNorms(block, shape, 'head')
  return {
    q: linear(`${module}.q_proj`, heads * headSize, d_model, bias),
    k: isShared ? null : keys('k_proj'),
    v: isShared || attention.valuesOfKeys === true ? null : keys('v_proj'),
    o: linear(`${module}.o_proj`, d_model, heads * headSize, bias),
    ...norms,
    kNorm: isShared ? null : norms.kNorm,
  }
}

type MakeMlp = (block: string, shape: Shape) => BlockMlp

const plainMlp =
  (activation: Activation): MakeMlp =>
  (block, shape) => ({
    spec: { gated: true, activation, size: shape.d_mlp },
    weights: gatedMlp(block, shape, false),
  })

/** Plain, or with experts beside it that read the stream through norms of their own. */
function readMlp(config: ConfigReader, shape: Shape, activation: Activation): MakeMlp {
  const plain = plainMlp(activation)
  const keys = ['num_experts', 'top_k_experts', 'moe_intermediate_size']
  if (!config.flag('enable_moe_block', false)) {
    for (const key of keys) config.value(key)
    return plain
  }
  const counts = readExpertCounts(config, shape, {
    countKey: 'num_experts',
    perTokenKey: 'top_k_experts',
    count: 128,
    perToken: 8,
  })
  const size = config.count('moe_intermediate_size', WIDEST)
  return (block, own) => {
    const { spec, weights } = plain(block, own)
    const norm = (name: string) => rmsNorm(`${block}.${name}`, own.d_model)
    const sides = { d_model: own.d_model, size }
    return {
      spec: { ...spec, experts: { ...counts, size, routing: 'chosen' } },
      weights: {
        ...weights,
        experts: {
          router: linear(`${block}.router.proj`, counts.count, own.d_model, false),
          experts: Array.from({ length: counts.count }, (_, i) =>
            expertHalves(`${block}.experts.${i}`, sides),
          ),
          sharedGate: null,
          beside: {
            routerGain: vector(`${block}.router.scale`, own.d_model),
            shares: vector(`${block}.router.per_expert_scale`, counts.count),
            input: norm('pre_feedforward_layernorm_2'),
            output: norm('post_feedforward_layernorm_2'),
            mlpOutput: norm('post_feedforward_layernorm_1'),
          },
        },
      },
    }
  }
}
