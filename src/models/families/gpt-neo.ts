/**
 * @file GPT-Neo and the TinyStories models: GPT-2 with plain [out, in] matrices, unscaled scores, and blocks that see only
 * the last window_size keys.
 *
 * Source: configuration_gpt_neo.py and modeling_gpt_neo.py of transformers 4.57; defaults are that class's.
 */

import type { ConfigReader } from '../config-reader.ts'
import type { BlockSpec, BlockWeights } from '../decoder-spec.ts'
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { perBlock } from './llama-parts.ts'
import {
  ACTIVATIONS,
  dividedHeadSize,
  MOST_HEADS,
  MOST_LAYERS,
  MOST_POSITIONS,
  MOST_VOCABULARY,
  readEpsilon,
  type Shape,
  WIDEST,
} from './shape.ts'
import { layerNorm, linear, matrix } from './weight-refs.ts'

const LOCAL: ReadonlyMap<string, boolean> = new Map([
  ['global', false],
  ['local', true],
])

function readNeoShape(config: ConfigReader): Shape {
  const d_model = config.count('hidden_size', WIDEST, 2_048)
  const heads = config.count('num_heads', MOST_HEADS, 16)
  return {
    d_model,
    heads,
    kvHeads: heads,
    headSize: dividedHeadSize(config, 'num_heads', heads, d_model),
    n_vocab: config.count('vocab_size', MOST_VOCABULARY, 50_257),
    layers: config.count('num_layers', MOST_LAYERS, 24),
    d_mlp: config.count('intermediate_size', WIDEST, 4 * d_model),
    maxPositions: config.count('max_position_embeddings', MOST_POSITIONS, 2_048),
  }
}

/** attention_types, run-length coded: [[["global", "local"], 12]]; expanded it must name every block. */
function localFromTypes(config: ConfigReader, layers: number): boolean[] {
  const allowed = `a list of [[words from: global, local], times], ${layers} words in all`
  const types = config.value('attention_types') ?? [[['global', 'local'], layers / 2]]
  if (!Array.isArray(types)) throw config.unsupported('attention_types', allowed)
  const local: boolean[] = []
  for (const entry of types) {
    const [kinds, times] = Array.isArray(entry) ? entry : []
    if (!Array.isArray(kinds) || typeof times !== 'number' || !(kinds.length > 0)) {
      throw config.unsupported('attention_types', allowed)
    }
    for (let turn = 0; turn < times && local.length <= layers; turn++) {
      for (const kind of kinds.slice(0, MOST_LAYERS)) {
        const slides = typeof kind === 'string' ? LOCAL.get(kind) : undefined
        if (slides === undefined) throw config.unsupported('attention_types', allowed)
        local.push(slides)
      }
    }
  }
  if (local.length !== layers) throw config.unsupported('attention_types', allowed)
  return local
}

function neoBlocks(config: ConfigReader, shape: Shape): BlockSpec[] {
  const window = config.count('window_size', MOST_POSITIONS, 256)
  const local = localFromTypes(config, shape.layers)
  // The same, written out; files carry both.
  const expanded = config.choices('attention_layers', shape.layers, LOCAL)
  if (expanded?.some((slides, layer) => slides !== local[layer])) {
    throw config.unsupported('attention_layers', 'what attention_types expands to')
  }
  const activation = config.choice('activation_function', ACTIVATIONS, 'gelu_new')
  return local.map((slides) => ({
    layout: 'sequential',
    attention: {
      heads: shape.heads,
      kvHeads: shape.heads,
      headSize: shape.headSize,
      scale: 1,
      softcap: null,
      window: slides ? window : null,
      rotary: null,
      qkNorm: 'none',
    },
    mlp: { gated: false, activation, size: shape.d_mlp },
  }))
}

function neoBlock(block: string, shape: Shape): BlockWeights {
  const d = shape.d_model
  const attention = `${block}.attn.attention`
  return {
    preAttention: layerNorm(`${block}.ln_1`, d),
    q: linear(`${attention}.q_proj`, d, d, false),
    k: linear(`${attention}.k_proj`, d, d, false),
    v: linear(`${attention}.v_proj`, d, d, false),
    o: linear(`${attention}.out_proj`, d, d, true),
    qNorm: null,
    kNorm: null,
    postAttention: null,
    preMlp: layerNorm(`${block}.ln_2`, d),
    gate: null,
    up: linear(`${block}.mlp.c_fc`, shape.d_mlp, d, true),
    down: linear(`${block}.mlp.c_proj`, d, shape.d_mlp, true),
    postMlp: null,
  }
}

export function gptNeo({ config, names }: FamilyInput): FamilyDecoder {
  const shape = readNeoShape(config)
  const prefix = names.prefix('wte.weight', ['transformer.', ''])
  const embedding = matrix(`${prefix}wte.weight`, shape.n_vocab, shape.d_model)
  const tied = config.flag('tie_word_embeddings', true)
  return {
    spec: {
      family: 'gpt_neo',
      d_model: shape.d_model,
      n_vocab: shape.n_vocab,
      maxPositions: shape.maxPositions,
      embeddingScale: 1,
      residualScale: 1,
      norm: { kind: 'layer', epsilon: readEpsilon(config, 'layer_norm_epsilon', 1e-5), gainOffset: 0 },
      blocks: neoBlocks(config, shape),
      logitScale: 1,
      logitSoftcap: null,
    },
    weights: {
      embedding,
      positions: matrix(`${prefix}wpe.weight`, shape.maxPositions, shape.d_model),
      blocks: perBlock(shape, (layer) => neoBlock(`${prefix}h.${layer}`, shape)),
      finalNorm: layerNorm(`${prefix}ln_f`, shape.d_model),
      unembedding: tied
        ? { weight: embedding, bias: null }
        : linear('lm_head', shape.n_vocab, shape.d_model, false),
    },
  }
}
