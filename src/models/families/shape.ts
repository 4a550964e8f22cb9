/**
 * @file The sizes that every family has, read and checked: widths, heads, layers, vocabulary.
 *
 * The caps are far above any model in use; they keep a hostile config from making us build millions of blocks or
 * numbers that overflow, before the tensors' own shapes are compared.
 */
import type { ConfigReader } from '../config-reader.ts'
import type { Activation } from '../decoder-spec.ts'

/** Largest published decoder: 126 layers (Llama 3.1 405B). */
export const MOST_LAYERS = 1_024
/** Largest published: 128 query heads. */
export const MOST_HEADS = 4_096
/** Largest published: d_model 18,432, d_mlp 73,728. */
export const WIDEST = 1 << 20
/** Largest published: 262,208 rows (Gemma 3). */
export const MOST_VOCABULARY = 1 << 24
/** Largest published: 10 million positions. */
export const MOST_POSITIONS = 1 << 30

/** transformers' activation names (activations.py, ACT2FN) and what they compute. */
export const ACTIVATIONS: ReadonlyMap<string, Activation> = new Map([
  ['gelu', 'gelu'],
  ['gelu_python', 'gelu'],
  ['gelu_new', 'gelu_tanh'],
  ['gelu_fast', 'gelu_tanh'],
  ['gelu_pytorch_tanh', 'gelu_tanh'],
  ['silu', 'silu'],
  ['swish', 'silu'],
  ['relu', 'relu'],
])

/** Sizes of one decoder; every block has the same. */
export interface Shape {
  readonly d_model: number
  readonly n_vocab: number
  readonly layers: number
  readonly heads: number
  readonly kvHeads: number
  readonly headSize: number
  readonly d_mlp: number
  readonly maxPositions: number
}

/** Values for keys that are absent, from the family's configuration class in transformers 4.57 (5.18 agrees). */
export interface ShapeDefaults {
  readonly n_vocab: number
  readonly d_model: number
  readonly layers: number
  readonly heads: number
  /** null: as many as query heads. */
  readonly kvHeads: number | null
  /** null: d_model / heads. */
  readonly headSize: number | null
  readonly d_mlp: number
  readonly maxPositions: number
}

/** d_model / heads where the family has no head_dim of its own; an error where it does not divide. */
export function dividedHeadSize(
  config: ConfigReader,
  headsKey: string,
  heads: number,
  d_model: number,
): number {
  if (d_model % heads !== 0) throw config.unsupported(headsKey, `a divisor of the hidden size ${d_model}`)
  return d_model / heads
}

/** Sizes under the key names that Llama and its successors share. Errors name the key. */
export function readShape(config: ConfigReader, defaults: ShapeDefaults): Shape {
  return {
    ...readSizes(config, defaults),
    d_mlp: config.count('intermediate_size', WIDEST, defaults.d_mlp),
  }
}

/** The same where MLPs differ from block to block. */
export function readSizes(config: ConfigReader, defaults: ShapeDefaults): Omit<Shape, 'd_mlp'> {
  const d_model = config.count('hidden_size', WIDEST, defaults.d_model)
  const heads = config.count('num_attention_heads', MOST_HEADS, defaults.heads)
  // Absent: the family's own default. A stored null: as many as query heads (transformers, "backward compatibility").
  const kvHeads = config.countOrNull('num_key_value_heads', MOST_HEADS, defaults.kvHeads) ?? heads
  if (heads % kvHeads !== 0)
    throw config.unsupported('num_key_value_heads', `a divisor of the ${heads} query heads`)
  const headSize =
    config.countOrNull('head_dim', WIDEST, defaults.headSize) ??
    dividedHeadSize(config, 'num_attention_heads', heads, d_model)
  return {
    d_model,
    heads,
    kvHeads,
    headSize,
    n_vocab: config.count('vocab_size', MOST_VOCABULARY, defaults.n_vocab),
    layers: config.count('num_hidden_layers', MOST_LAYERS, defaults.layers),
    maxPositions: config.count('max_position_embeddings', MOST_POSITIONS, defaults.maxPositions),
  }
}

/** Epsilon of a norm. */
export function readEpsilon(config: ConfigReader, key: string, fallback: number): number {
  return config.number(key, 0, 1, fallback)
}
