/**
 * @file Stored tensors that a decoder reads nothing from: said in a warning, because a checkpoint may store more than its
 * config asks for (biases beside `attention_bias: false`, blocks beyond num_hidden_layers, an unembedding beside
 * tie_word_embeddings), and somebody may have meant it.
 *
 * Nothing is said of what Hugging Face leaves out as well: buffers that are computed anew, parts of packed weights, scales of
 * the key/value cache, the image side of Gemma 3, heads that predict several tokens.
 */
import type { WeightMap } from '../decoder-spec.ts'
import { allRefs } from '../weight-reader.ts'
import type { TensorNames } from './tensor-names.ts'

/** Buffers that checkpoints carry along and that are computed, not learned. */
const BUFFERS =
  /(?:^|\.)(?:rotary_emb\.(?:inv_freq|cos_cached|sin_cached)|(?:attention|attn)\.(?:bias|masked_bias))$/

/** Parts of a model beside its text decoder: `_keys_to_ignore_on_load_unexpected` of transformers, and Gemma 3's images. */
const BESIDE = /^(?:model\.)?(?:vision\w*|multi_modal_projector|mtp\w*)\./

/** Scales of the key/value cache and of attention's products; quantizing these is not simulated (the packing says so). */
const CACHE_SCALES = /(?:^|[._])(?:k|v|kv|q|prob|output)_(?:scale|zero_point)$/

/** What quantizers store beside a weight. Only beside one: a scale by itself (AWQ's act.scales) changes the model. */
const PART =
  /^(.+)\.(?:(?:weight|input|output)_\w+|weight\..+|scales?|zeros?|zero_point|qzeros|g_idx|perm|SCB|\w+_quantizer\..+)$/

/** Unembeddings under the names that families give them. */
const UNEMBEDDING = /(?:^|\.)(?:lm_head|embed_out)\.weight$/

/** Names that are shown; the others are counted. */
const SHOWN_NAMES = 3

/** Is this stored tensor a leftover buffer, no weight? */
export function isIgnoredBuffer(name: string): boolean {
  return BUFFERS.test(name)
}

export function unreadTensorWarnings(weights: WeightMap, names: TensorNames): readonly string[] {
  const { weight, bias } = weights.unembedding
  const read = new Set(
    [...allRefs(weights), weight, ...(bias === null ? [] : [bias])].map((ref) => ref.tensor),
  )
  const unread = [...names].filter((name) => !read.has(name) && !isLeftOut(name, names))
  const tied = weight.tensor === weights.embedding.tensor
  const heads = unread.filter((name) => tied && UNEMBEDDING.test(name))
  const others = unread.filter((name) => !heads.includes(name))
  return [
    ...heads.map(
      (name) => `${name} is stored but not used: the config ties the unembedding to the embedding`,
    ),
    ...(others.length === 0 ? [] : [othersWarning(others)]),
  ]
}

function isLeftOut(name: string, names: TensorNames): boolean {
  if (BUFFERS.test(name) || BESIDE.test(name) || CACHE_SCALES.test(name)) return true
  const module = PART.exec(name)?.[1]
  return module !== undefined && names.has(`${module}.weight`)
}

function othersWarning(unread: readonly string[]): string {
  const shown = unread.slice(0, SHOWN_NAMES).join(', ')
  const more = unread.length > SHOWN_NAMES ? ', …' : ''
  return `${unread.length} ${unread.length === 1 ? 'tensor is' : 'tensors are'} not read: ${shown}${more}`
}
