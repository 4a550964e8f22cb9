/**
 * @file Stored tensors that a decoder reads nothing from. Inside its blocks they mean another architecture (inner norms,
 * LoRA beside the weights, biases that the config switches off): such a checkpoint is refused. So is one that stores tensors
 * of its blocks twice, under two prefixes. Elsewhere (blocks beyond num_hidden_layers) they are told in a warning, because
 * somebody may have meant them.
 *
 * Nothing is said of what Hugging Face leaves out as well: buffers that are computed anew, parts of packed weights, scales of
 * the key/value cache, the image and sound sides of Gemma 3, 3n and 4, Mistral 3 and Qwen-VL, heads that predict several tokens.
 */
import type { WeightMap } from '../decoder-spec.ts'
import { allRefs } from '../weight-reader.ts'
import type { TensorNames } from './tensor-names.ts'

/** Buffers that checkpoints carry along and that are computed, not learned. */
const BUFFERS =
  /(?:^|\.)(?:rotary_emb\.(?:inv_freq|cos_cached|sin_cached)|(?:attention|attn)\.(?:bias|masked_bias))$/

/** Parts of a model beside its text decoder: `_keys_to_ignore_on_load_unexpected` of transformers, and the images and sound of Gemma 3, 3n and 4, Mistral 3 and Qwen-VL. */
const BESIDE =
  /^(?:model\.)?(?:vision\w*|visual|audio_tower|embed_(?:vision|audio)|multi_modal_projector|mtp\w*)\./

/** Scales of the key/value cache and of attention's products; quantizing these is not simulated (the packing says so). */
const CACHE_SCALES = /(?:^|[._])(?:k|v|kv|q|prob|output)_(?:scale|zero_point)$/

/** What quantizers store beside a weight. Only beside one: a scale by itself (AWQ's act.scales) changes the model. */
const PART =
  /^(.+)\.(?:(?:weight|input|output)_\w+|weight\..+|scales?|zeros?|zero_point|qzeros|g_idx|perm|SCB|\w+_quantizer\..+)$/

/** Modules around the text decoder whose number and order differ between versions of transformers and between quantizers. */
const AROUND_TEXT = /^(?:(?:model|language_model|text_model|transformer|module|_orig_mod|base_model)\.)+/

/** Names that are shown; the others are counted. */
const SHOWN_NAMES = 3

/** Is this stored tensor a leftover buffer, no weight? */
export function isIgnoredBuffer(name: string): boolean {
  return BUFFERS.test(name)
}

export interface Unread {
  /** Names of tensors that lie in one of the decoder's blocks. */
  readonly inBlocks: readonly string[]
  /** Tensors of the decoder's blocks that are there again under other prefixes. */
  readonly twice: readonly { readonly read: string; readonly other: string }[]
  /** About the others. */
  readonly warnings: readonly string[]
}

/** `unused`: tensors of its blocks that a family's own code leaves too. */
export function unreadTensors(
  weights: WeightMap,
  names: TensorNames,
  unused: readonly string[] = [],
): Unread {
  const { weight, bias } = weights.unembedding
  const read = new Set(
    [...allRefs(weights), weight, ...(bias === null ? [] : [bias])].map((ref) => ref.tensor),
  )
  const left = new Set(unused)
  const unread = [...names].filter((name) => !read.has(name) && !left.has(name) && !isLeftOut(name, names))
  const blocks = new Set(weights.blocks.map(({ o }) => blockOf(o.weight.tensor)))
  const inBlocks = unread.filter((name) => blocks.has(blockOf(name)))
  const others = unread.filter((name) => !inBlocks.includes(name))
  const readNames = new Map([...read].filter(isInBlock).map((name) => [withoutPrefixes(name), name]))
  const twice = others.flatMap((other) => {
    const name = readNames.get(withoutPrefixes(other))
    return name === undefined ? [] : [{ read: name, other }]
  })
  return { inBlocks, twice, warnings: others.length === 0 ? [] : [othersWarning(others)] }
}

/** `model.layers.3.` of `model.layers.3.mlp.up_proj.weight`; the name itself where it has no number. */
function blockOf(name: string): string {
  return /^.*?\.\d+\./.exec(name)?.[0] ?? name
}

function isInBlock(name: string): boolean {
  return blockOf(name) !== name
}

function withoutPrefixes(name: string): string {
  return name.replace(AROUND_TEXT, '')
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
