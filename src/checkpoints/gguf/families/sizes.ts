/** @file What every architecture's metadata has, and what is read off the tensors: vocabulary rows, ties, biases. */

import { tensorMissing } from '../../../errors/checkpoints.ts'
import { ggufModelUnsupported, ggufShapeWrong } from '../../../errors/gguf.ts'
import type { JsonObject, JsonValue } from '../../../sources/json.ts'
import type { GgufModel } from './family.ts'

export interface Sizes {
  readonly d_model: number
  readonly layers: number
  readonly heads: number
  readonly kvHeads: number
  readonly headSize: number
  readonly d_mlp: number
  readonly positions: number
  /** Rows of token_embd: may be padded, or cut, against the tokenizer's vocabulary. */
  readonly n_vocab: number
}

/** Errors: GGUF_KEY_MISSING, GGUF_KEY_INVALID, TENSOR_MISSING, GGUF_MODEL_UNSUPPORTED (unequal key and value). */
export function readSizes(model: GgufModel): Sizes {
  const { metadata, file } = model
  const d_model = metadata.count('embedding_length')
  const heads = metadata.count('attention.head_count')
  const headSize = metadata.countOr('attention.key_length', d_model / heads)
  if (!Number.isInteger(headSize)) {
    throw metadata.refuse('attention.head_count', heads, `a divisor of the embedding length ${d_model}`)
  }
  if (metadata.countOr('attention.value_length', headSize) !== headSize) {
    throw ggufModelUnsupported(file, 'keys and values have different lengths')
  }
  return {
    d_model,
    layers: blockCount(model),
    heads,
    kvHeads: metadata.countOr('attention.head_count_kv', heads),
    headSize,
    d_mlp: hiddenUnits(model),
    positions: metadata.count('context_length'),
    n_vocab: embeddingRows(model, d_model),
  }
}

/** Of an MLP that every token is given to; models whose MLPs are all experts may not say it. */
function hiddenUnits({ metadata }: GgufModel): number {
  const stated = metadata.countOr('feed_forward_length', null)
  return (
    stated ?? metadata.countOr('expert_feed_forward_length', null) ?? metadata.count('feed_forward_length')
  )
}

/** Of the delta nets of a model that has such: `ssm.*`, as llama.cpp names them. */
export interface DeltaSizes {
  readonly keyHeads: number
  readonly valueHeads: number
  readonly keySize: number
  readonly valueSize: number
}

/** Errors: GGUF_KEY_MISSING, GGUF_KEY_INVALID. */
export function deltaSizes({ metadata }: GgufModel): DeltaSizes {
  const keyHeads = metadata.count('ssm.group_count')
  const valueHeads = metadata.count('ssm.time_step_rank')
  const values = metadata.count('ssm.inner_size')
  if (valueHeads % keyHeads !== 0)
    throw metadata.refuse('ssm.time_step_rank', valueHeads, `a multiple of the ${keyHeads} key heads`)
  if (values % valueHeads !== 0)
    throw metadata.refuse('ssm.inner_size', values, `a multiple of the ${valueHeads} value heads`)
  return { keyHeads, valueHeads, keySize: metadata.count('ssm.state_size'), valueSize: values / valueHeads }
}

/** Blocks behind the last, which predict further tokens and are no part of the model that is run. */
export function predictingBlocks({ metadata }: GgufModel): number {
  return metadata.wholeOr('nextn_predict_layers', 0)
}

/** Every block has tensors, so a file cannot make us build more blocks than it has tensors. */
function blockCount(model: GgufModel): number {
  const { metadata, tensors } = model
  const all = metadata.count('block_count')
  if (all > tensors.size) {
    throw metadata.refuse('block_count', all, `at most the number of tensors, ${tensors.size}`)
  }
  const layers = all - predictingBlocks(model)
  if (layers < 1) throw metadata.refuse('nextn_predict_layers', all - layers, `less than ${all} blocks`)
  return layers
}

function embeddingRows({ file, tensors }: GgufModel, d_model: number): number {
  const embedding = tensors.get('token_embd.weight')
  if (embedding === undefined) throw tensorMissing(file, 'token_embd.weight')
  const [rows, width] = embedding.shape
  if (rows === undefined || width !== d_model || embedding.shape.length !== 2) {
    throw ggufShapeWrong(file, embedding.name, embedding.shape, `(rows, ${d_model}) is expected`)
  }
  return rows
}

/** Without an unembedding of its own a model reads its logits off the embedding. */
export function isTied({ tensors }: GgufModel): boolean {
  return !tensors.has('output.weight')
}

/** Keys under Llama's names, which its successors share. */
export function llamaKeys(model: GgufModel, modelType: string, architecture: string): JsonObject {
  const { metadata } = model
  const sizes = readSizes(model)
  return {
    architectures: [architecture],
    model_type: modelType,
    hidden_size: sizes.d_model,
    num_hidden_layers: sizes.layers,
    num_attention_heads: sizes.heads,
    num_key_value_heads: sizes.kvHeads,
    intermediate_size: sizes.d_mlp,
    rms_norm_eps: metadata.positive('attention.layer_norm_rms_epsilon'),
    vocab_size: sizes.n_vocab,
    max_position_embeddings: sizes.positions,
    tie_word_embeddings: isTied(model),
    ...tokenIds(model),
  }
}

export function tokenIds({ metadata }: GgufModel): JsonObject {
  const ids: Record<string, JsonValue> = {}
  for (const name of ['bos', 'eos']) {
    const id = metadata.tokenId(`${name}_token_id`)
    if (id !== null) ids[`${name}_token_id`] = id
  }
  return ids
}

/** Experts of a block, 0 for a model without. */
export function expertCount({ metadata }: GgufModel): number {
  return metadata.wholeOr('expert_count', 0)
}

/** `rope.dimension_count`, which must be the whole head where a family rotates the whole head. */
export function requireFullRotary({ metadata }: GgufModel, headSize: number): void {
  const rotated = metadata.countOr('rope.dimension_count', headSize)
  if (rotated !== headSize)
    throw metadata.refuse('rope.dimension_count', rotated, `the head size, ${headSize}`)
}
