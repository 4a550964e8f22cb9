/**
 * @file What Gemma 3n and 4 share: embeddings of each block for a token, and blocks at the end that attend to the keys and values of the last
 * block of their kind before them.
 */
import type { TokenVectorRef, TokenVectorsRef, TokenVectorsSpec } from '../beside-stream.ts'
import type { ConfigReader } from '../config-reader.ts'
import type { Activation } from '../decoder-spec.ts'
import { MOST_VOCABULARY, type Shape, WIDEST } from './shape.ts'
import { linear, matrix, rmsNorm } from './weight-refs.ts'

/** Null: `hidden_size_per_layer_input` is 0 or null, so that there are none. */
export function readTokenVectors(config: ConfigReader, activation: Activation): TokenVectorsSpec | null {
  const key = 'hidden_size_per_layer_input'
  const isNone = config.value(key) === 0 || config.value(key) === null
  const n_vocab = config.count('vocab_size_per_layer_input', MOST_VOCABULARY, 262_144)
  return isNone ? null : { size: config.count(key, WIDEST, 256), n_vocab, activation }
}

/** The table and projection of all blocks. */
export function tokenVectorsRef(
  prefix: string,
  shape: Pick<Shape, 'layers' | 'd_model'>,
  spec: TokenVectorsSpec,
): TokenVectorsRef {
  const width = shape.layers * spec.size
  return {
    table: matrix(`${prefix}embed_tokens_per_layer.weight`, spec.n_vocab, width),
    projection: linear(`${prefix}per_layer_model_projection`, width, shape.d_model, false),
    norm: rmsNorm(`${prefix}per_layer_projection_norm`, spec.size),
  }
}

/** One block's. */
export function tokenVectorRef(block: string, d_model: number, { size }: TokenVectorsSpec): TokenVectorRef {
  return {
    gate: linear(`${block}.per_layer_input_gate`, size, d_model, false),
    back: linear(`${block}.per_layer_projection`, d_model, size, false),
    norm: rmsNorm(`${block}.post_per_layer_input_norm`, d_model),
  }
}

/**
 * Of each block the earlier one whose keys it reads, null: its own. The last `num_kv_shared_layers` read those of the last block before them
 * that slides as they do. Errors: there is none such.
 */
export function readSharedKeys(
  config: ConfigReader,
  sliding: readonly boolean[],
  fallback: number,
): readonly (number | null)[] {
  const key = 'num_kv_shared_layers'
  const shared = config.value(key) === 0 ? 0 : config.count(key, Math.max(1, sliding.length - 1), fallback)
  const own = sliding.slice(0, sliding.length - shared)
  return sliding.map((slides, layer) => {
    if (layer < own.length) return null
    const source = own.lastIndexOf(slides)
    if (source < 0)
      throw config.unsupported(
        key,
        `a number that leaves a ${slides ? 'sliding' : 'global'} block before them`,
      )
    return source
  })
}

/** Tensors of those blocks that checkpoints store and nobody reads, as transformers has it. */
export function unreadKeys(blocks: readonly string[], keysOf: readonly (number | null)[]): readonly string[] {
  return blocks
    .filter((_, layer) => (keysOf[layer] ?? null) !== null)
    .flatMap((block) =>
      ['k_proj.weight', 'k_proj.bias', 'v_proj.weight', 'v_proj.bias', 'k_norm.weight', 'v_norm.weight'].map(
        (name) => `${block}.self_attn.${name}`,
      ),
    )
}
