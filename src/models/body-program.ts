/**
 * @file What a body is run for, as plain data: from where to where, what is read on the way, what is changed on the way. The
 * audit's forward pass is the program from the token ids to the final hidden state; a suffix from stored rows, one range
 * of blocks at a time and a run with an edit are other programs of the same kind (docs/decisions/2026-11-28-body-programs.md).
 *
 * Rows: n_row = sequences · n_token rows of the residual stream, (n_row, d_model); between two blocks those of row-layout.ts.
 */
import { type HookPoint, hookName } from '../contract/hook-point.ts'
import { hookMissing } from '../errors/graph.ts'
import type { GraphBuilder, Value } from '../onnx/graph/graph.ts'
import { attentionOf } from './attention-of.ts'
import type { AttentionSpec, BlockSpec, Decoder, DecoderSpec } from './decoder-spec.ts'
import { type TargetInput, targetInputName } from './target-inputs.ts'

/** Rows in, rows of the same shape and type out, as nodes of a graph. It may add inputs of its own, which each run then gives. */
export type RowsFragment = (g: GraphBuilder, rows: Value) => Value

/** A change of what passes a hook, in the basis that taps are read in. */
export interface Edit {
  readonly hook: HookPoint
  readonly apply: RowsFragment
}

/** Sums over rows of what a target matrix is multiplied by: Σx², Σ|x| or the largest |x| (1, width), or Σxᵀx (width, width). */
export interface InputSum {
  readonly input: TargetInput
  readonly of: 'squares' | 'magnitudes' | 'largest' | 'products'
}

export interface BodyProgram {
  /** Token ids, or the rows before this block. */
  readonly from: 'ids' | number
  /** The rows before this block, or the final hidden state. */
  readonly to: number | 'hidden'
  /** Read after the edit of their hook, where there is one: what the model goes on with. */
  readonly taps: readonly HookPoint[]
  readonly sums: readonly InputSum[]
  /** At most one per hook. */
  readonly edits: readonly Edit[]
}

/** Half-open range of blocks. */
export type BlockRange = readonly [first: number, end: number]

/** The forward pass of an audit. */
export function wholeBody(taps: readonly HookPoint[]): BodyProgram {
  return { from: 'ids', to: 'hidden', taps, sums: [], edits: [] }
}

/** The forward pass as far as the last of these hooks: for an audit that looks at nothing behind it. */
export function bodyUpTo(taps: readonly HookPoint[]): BodyProgram {
  const last = taps.reduce((most, { layer }) => Math.max(most, layer), -1)
  return { ...wholeBody(taps), to: last + 1 }
}

/** What `sum` is called among a body's outputs: `blocks.3.down.input.squares`. */
export function sumName({ input, of }: InputSum): string {
  return `${targetInputName(input)}.${of}`
}

/** The blocks that a program runs. */
export function blockRange({ from, to }: Pick<BodyProgram, 'from' | 'to'>, { spec }: Decoder): BlockRange {
  return [from === 'ids' ? 0 : from, to === 'hidden' ? spec.blocks.length : to]
}

/**
 * Check a program against the model it is for. Errors: HOOK_MISSING for a hook that the model does not have. A range that is none, a place outside
 * of it and a second edit at a hook are defects of ours.
 */
export function checkProgram(program: BodyProgram, decoder: Decoder): void {
  const { taps, edits, sums } = program
  const [first, end] = blockRange(program, decoder)
  if (!(first >= 0 && first <= end && end <= decoder.spec.blocks.length)) {
    throw new RangeError(`no blocks ${first} to ${end}`)
  }
  const hooks = edits.map(({ hook }) => hook)
  for (const hook of [...taps, ...hooks]) checkHook(decoder, hook)
  for (const { layer } of [...taps, ...hooks, ...sums.map(({ input }) => input)]) {
    if (layer < first || layer >= end) throw new RangeError(`block ${layer} is not among ${first} to ${end}`)
  }
  if (new Set(hooks.map(hookName)).size < hooks.length) throw new RangeError('two edits at one hook')
}

/**
 * The same program as several over neighbouring blocks, each of up to `bytes` of weights in float32 or one block: one's
 * end is the next one's start.
 */
export function programParts(program: BodyProgram, decoder: Decoder, bytes: number): readonly BodyProgram[] {
  const range = blockRange(program, decoder)
  const within = ({ layer }: { readonly layer: number }, [first, end]: BlockRange): boolean =>
    layer >= first && layer < end
  const ranges = weightRanges(range, decoder, bytes)
  return ranges.map((part, i) => ({
    from: i === 0 ? program.from : part[0],
    to: i === ranges.length - 1 ? program.to : part[1],
    taps: program.taps.filter((hook) => within(hook, part)),
    sums: program.sums.filter(({ input }) => within(input, part)),
    edits: program.edits.filter(({ hook }) => within(hook, part)),
  }))
}

/**
 * The same for a program whose rows are kept between parts: the embedding is a part of its own, since its table is not in memory beside
 * a block then.
 */
export function streamedParts(program: BodyProgram, decoder: Decoder, bytes: number): readonly BodyProgram[] {
  if (program.from !== 'ids' || program.to === 0) return programParts(program, decoder, bytes)
  const embedding: BodyProgram = { from: 'ids', to: 0, taps: [], sums: [], edits: [] }
  return [embedding, ...programParts({ ...program, from: 0 }, decoder, bytes)]
}

function weightRanges([first, end]: BlockRange, decoder: Decoder, limit: number): readonly BlockRange[] {
  const { spec } = decoder
  const ranges: BlockRange[] = []
  let [start, bytes] = [first, 0]
  for (const [i, block] of spec.blocks.slice(first, end).entries()) {
    const layer = first + i
    const size = blockBytes(block, spec)
    if (layer > start && bytes + size > limit) {
      ranges.push([start, layer])
      ;[start, bytes] = [layer, 0]
    }
    bytes += size
  }
  return [...ranges, [start, end]]
}

/** Weights of a block's linear layers in float32. */
export function blockBytes(block: BlockSpec, spec: Pick<DecoderSpec, 'd_model' | 'tokenVectors'>): number {
  const { attention, mlp } = block
  const experts = mlp.experts === undefined ? 0 : mlp.experts.count * (3 * mlp.experts.size + 1)
  const beside = besideChannels(block, spec)
  return 4 * spec.d_model * (mixingChannels(attention) + mlp.size * (mlp.gated ? 3 : 2) + experts + beside)
}

/** Rows of width d_model in the matrices beside attention and MLP: of a token's vector, and of LAuReL. */
export function besideChannels(
  { laurelRank = 0 }: Pick<BlockSpec, 'laurelRank'>,
  { tokenVectors }: Pick<DecoderSpec, 'tokenVectors'>,
): number {
  return 2 * ((tokenVectors?.size ?? 0) + laurelRank)
}

/** Rows of width d_model in the matrices of attention, or of a delta net. */
export function mixingChannels(attention: BlockSpec['attention']): number {
  if (attention.kind === 'delta') {
    const { keyHeads, keySize, valueHeads, valueSize } = attention
    return 2 * keyHeads * keySize + 3 * valueHeads * valueSize + 2 * valueHeads
  }
  const { heads, headSize, outputGate } = attention
  return headSize * ((outputGate === true ? 3 : 2) * heads + keyHeads(attention))
}

/** Heads that k and v have together in the block's own matrices. */
function keyHeads({ kvHeads, keysOf, valuesOfKeys }: AttentionSpec): number {
  if (keysOf !== undefined) return 0
  return valuesOfKeys === true ? kvHeads : 2 * kvHeads
}

/** Weights that a program's blocks multiply by, in float32, and the embedding where it starts with it. */
export function rangeBytes(program: Pick<BodyProgram, 'from' | 'to'>, decoder: Decoder): number {
  const { spec } = decoder
  const ends =
    (program.from === 'ids' ? beginBytes(spec) : 0) + (program.to === 'hidden' ? endBytes(spec) : 0)
  return spec.blocks
    .slice(...blockRange(program, decoder))
    .reduce((sum, block) => sum + blockBytes(block, spec), ends)
}

/** What is read before the first block: the embedding, and where they are the tables and projections beside it. */
function beginBytes(spec: DecoderSpec): number {
  const { blocks, d_model, n_vocab, tokenVectors } = spec
  const vectors = (tokenVectors?.size ?? 0) * blocks.length * ((tokenVectors?.n_vocab ?? 0) + d_model)
  return 4 * (n_vocab * d_model + vectors) + endBytes(spec)
}

/** Projections of the streams beside the first, which there are as many of behind the last block as before the first. */
const endBytes = ({ d_model, streams }: DecoderSpec): number => 4 * ((streams?.count ?? 1) - 1) * d_model ** 2

/** Weights of the whole body in float32: its linear layers, and the embedding. */
export function bodyBytes({ spec }: Decoder): number {
  return spec.blocks.reduce((sum, block) => sum + blockBytes(block, spec), beginBytes(spec) + endBytes(spec))
}

/** Width of a tapped value. Errors: HOOK_MISSING. */
export function hookWidth(decoder: Decoder, hook: HookPoint): number {
  return placeWidth(checkHook(decoder, hook), hook.name, decoder.spec.d_model)
}

/** Width of what passes a place of a block: that of all heads side by side need not be d_model (Gemma-2-2B: 2048 of 2304). */
export function placeWidth({ attention }: BlockSpec, name: HookPoint['name'], d_model: number): number {
  if (attention.kind === 'delta')
    return name === 'attn.hook_z' ? attention.valueHeads * attention.valueSize : d_model
  switch (name) {
    case 'attn.hook_q':
    case 'attn.hook_z':
      return attention.heads * attention.headSize
    case 'attn.hook_k':
    case 'attn.hook_v':
      return attention.kvHeads * attention.headSize
    default:
      return d_model
  }
}

/** Places that a delta net does not have: between projection and norm there is a convolution. */
const OF_ATTENTION: readonly HookPoint['name'][] = ['attn.hook_q', 'attn.hook_k', 'attn.hook_v']
const OF_KEYS: readonly HookPoint['name'][] = ['attn.hook_k', 'attn.hook_v']

function checkHook(decoder: Decoder, hook: HookPoint): BlockSpec {
  const block = decoder.spec.blocks[hook.layer]
  const { length } = decoder.spec.blocks
  if (block === undefined) throw hookMissing(hookName(hook), `the model has blocks 0 to ${length - 1}`)
  if (hook.name === 'ln2.hook_normalized' && decoder.weights.blocks[hook.layer]?.preMlp === null) {
    throw hookMissing(hookName(hook), 'no norm stands before the MLP in this model')
  }
  if (hook.name === 'hook_resid_mid' && block.layout === 'parallel') {
    throw hookMissing(
      hookName(hook),
      'attention and MLP run in parallel in this model, so there is no resid_mid',
    )
  }
  if (block.attention.kind === 'delta' && OF_ATTENTION.includes(hook.name)) {
    throw hookMissing(
      hookName(hook),
      'this block has a gated delta net in place of attention; of its inside, attn.hook_z can be read',
    )
  }
  const keysOf = attentionOf(block)?.keysOf
  if (keysOf !== undefined && OF_KEYS.includes(hook.name)) {
    throw hookMissing(
      hookName(hook),
      `this block attends to the keys and values of block ${keysOf}, where they can be read`,
    )
  }
  return block
}
