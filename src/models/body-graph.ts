/**
 * @file The body of a decoder as one ONNX graph: token ids in; residual taps and the final normed hidden state out.
 *
 * Shapes: n_block sequences of n_token tokens run together; n_row = n_block · n_token rows of the residual stream.
 * The residual stream, norms and activation functions are float32 on every device; on a GPU only what goes into a
 * matrix product or attention is rounded to the checkpoint's 16-bit type. So the CPU graph is the same graph without
 * the casts. With operands in float64 everything is float64 ("wide"), on the CPU only and with tiled attention only: what
 * float32 is checked against (audit/close-calls/close-calls.ts). The unembedding is not here: see head-graph.ts.
 */
import type { ActivationQuantization } from '../contract/activation-quantization.ts'
import type { HookPoint } from '../contract/hook-point.ts'
import { hookName } from '../contract/hook-point.ts'
import { hookMissing } from '../errors/graph.ts'
import { GraphBuilder, type GraphModel, type Value } from '../onnx/graph/graph.ts'
import * as op from '../onnx/graph/ops.ts'
import { attention } from './attention-graph.ts'
import type { BlockSpec, BlockWeights, Decoder } from './decoder-spec.ts'
import { GraphWeights } from './graph-weights.ts'
import { mlp } from './mlp-graph.ts'
import { CausalMasks, type Tiling } from './tiled-attention.ts'
import type { OperandType, WeightReader } from './weight-reader.ts'

export interface BodyShape {
  /** Sequences run together; fixed when the graph is built. */
  readonly blocks: number
  /** Longest sequence that will be run: the rotary tables have this many rows. */
  readonly length: number
  /** Type of the operands of matrix products and attention. */
  readonly type: OperandType
  /** Quantization of the inputs of linear layers, by the name of the layer's weight tensor. */
  readonly activations: ReadonlyMap<string, ActivationQuantization>
  /** (d_model, d_model), row-major: what tapped rows of the residual stream are multiplied by; null: nothing. */
  readonly basis: Float32Array | null
  /** How attention is cut into plain products (tiled-attention.ts); null or left out: the engine's fused kernel. */
  readonly tiling?: Tiling | null
  /** Hidden units of an MLP that are computed at a time, in float32 graphs (mlp-graph.ts); null or left out: all. */
  readonly hiddenTile?: number | null
}

export const HIDDEN = 'hidden'
/** The residual stream between two stages of a body: an output of one is an input of the next. */
export const RESIDUAL = 'residual'
export const RESIDUAL_BEFORE = 'residual_before'

/** Half-open range of blocks that one graph holds. */
export type BlockRange = readonly [first: number, end: number]

/** Inputs that hold whatever the family: `last_position` int32 (n_block), `length` int32 scalar. */
export interface Sequence {
  readonly blocks: number
  readonly lastPosition: Value
  readonly length: Value
}

/**
 * Build the body with a float32 output per tap, named as the hook, and `hidden` (n_row, d_model). With `range`, only
 * those blocks: a stage that is not the first takes `residual_before` (n_row, d_model) instead of `ids`, one that is not the
 * last gives `residual` instead of `hidden`. Stages are built in order, over one reader.
 * Errors: HOOK_MISSING for a hook this decoder does not have; the reader's own.
 */
export async function buildBody(
  decoder: Decoder,
  reader: WeightReader,
  taps: readonly HookPoint[],
  shape: BodyShape,
  range: BlockRange = [0, decoder.spec.blocks.length],
): Promise<GraphModel> {
  const { spec, weights } = decoder
  for (const tap of taps) checkHook(decoder, tap)
  const g = new GraphBuilder()
  const w = new GraphWeights(g, reader, shape.type, shape.activations)
  const sequence: Sequence = {
    blocks: shape.blocks,
    lastPosition: g.input('last_position', 'int32', [shape.blocks]),
    length: g.input('length', 'int32', []),
  }
  const tapOut = tapper(g, w, taps, spec.d_model, shape.basis)
  const [first, end] = range
  let residual =
    first === 0
      ? await embed(g, w, decoder, sequence)
      : g.input(RESIDUAL_BEFORE, w.wide, ['n_row', spec.d_model])
  const rotary = w.rotaryTables(spec.blocks, shape.length)
  const { tiling = null, hiddenTile = null, length } = shape
  const masks = tiling === null ? null : new CausalMasks(g, tiling, length, sequence.length, w.wide)
  for (const [layer, block] of spec.blocks.entries()) {
    if (layer < first || layer >= end) continue
    const blockWeights = weights.blocks[layer]
    if (blockWeights === undefined) throw new RangeError(`no weights for block ${layer}`)
    const tables = rotary(block.attention.rotary)
    const scope = {
      g,
      w,
      decoder,
      block,
      weights: blockWeights,
      layer,
      sequence,
      rotary: tables,
      masks,
      hiddenTile,
      tap: tapOut,
    }
    residual = await runBlock(scope, residual)
  }
  if (end < spec.blocks.length) g.output(RESIDUAL, residual)
  else {
    const normed = await w.norm(residual, spec.norm, weights.finalNorm, 'final_norm')
    g.output(HIDDEN, w.quantizedInput(normed, weights.unembedding.weight.tensor))
  }
  return g.build()
}

/** The embeddings tell how the residual stream was turned, not how the heads were. */
const HEADS_TURNED = 'the candidate is rotated, and heads may be rotated in ways of their own'

type Tap = (layer: number, name: HookPoint['name'], value: Value) => void

/** Everything the pieces of one block need. */
export interface BlockScope {
  readonly g: GraphBuilder
  readonly w: GraphWeights
  readonly decoder: Decoder
  readonly block: BlockSpec
  readonly weights: BlockWeights
  readonly layer: number
  readonly sequence: Sequence
  readonly rotary: { readonly cos: Value; readonly sin: Value } | null
  /** Null: the fused kernel. */
  readonly masks: CausalMasks | null
  /** Null: all hidden units of an MLP at once. */
  readonly hiddenTile: number | null
  readonly tap: Tap
}

function tapper(
  g: GraphBuilder,
  w: GraphWeights,
  taps: readonly HookPoint[],
  width: number,
  basis: Float32Array | null,
): Tap {
  const wanted = new Set(taps.map(hookName))
  const wide = basis !== null && w.wide === 'float64' ? Float64Array.from(basis) : basis
  const turn = wide === null ? null : g.initializer('basis', w.wide, [width, width], wide)
  return (layer, name, value) => {
    const hook = hookName({ layer, name })
    if (!wanted.has(hook)) return
    if (turn !== null && name === 'attn.hook_z') throw hookMissing(hook, HEADS_TURNED)
    const rows = op.cast(g, value, w.wide)
    g.output(hook, turn === null ? rows : op.matMul(g, rows, turn))
  }
}

/** (n_row, d_model) wide: the embedding rows, scaled, plus learned positions. */
async function embed(g: GraphBuilder, w: GraphWeights, decoder: Decoder, sequence: Sequence): Promise<Value> {
  const { spec, weights } = decoder
  const table = await w.table(weights.embedding, 'embedding')
  const ids = g.input('ids', 'int64', [sequence.blocks, 'n_token'])
  let rows = op.cast(g, op.gather(g, table, ids), w.wide)
  if (spec.embeddingScale !== 1) rows = op.mul(g, rows, g.scalar(w.wide, spec.embeddingScale))
  if (weights.positions !== null) {
    const positions = op.cast(g, await w.table(weights.positions, 'positions'), w.wide)
    rows = op.add(g, rows, op.firstRows(g, positions, sequence.length))
  }
  return op.reshape(g, rows, [-1, spec.d_model], ['n_row', spec.d_model])
}

/** One block: (n_row, d_model) → (n_row, d_model), with its taps. */
async function runBlock(scope: BlockScope, input: Value): Promise<Value> {
  const { g, w, decoder, block, weights, layer, tap } = scope
  const { norm } = decoder.spec
  const named = (role: string): string => `blocks.${layer}.${role}`
  tap(layer, 'hook_resid_pre', input)
  const normed = weights.preAttention
    ? await w.norm(input, norm, weights.preAttention, named('pre_attention'))
    : input
  let attended = await attention(scope, normed)
  if (weights.postAttention)
    attended = await w.norm(attended, norm, weights.postAttention, named('post_attention'))
  tap(layer, 'hook_attn_out', attended)
  const middle = op.add(g, input, attended)
  if (block.layout === 'sequential') tap(layer, 'hook_resid_mid', middle)
  const mlpInput = block.layout === 'parallel' ? input : middle
  const mlpNormed = weights.preMlp ? await w.norm(mlpInput, norm, weights.preMlp, named('pre_mlp')) : mlpInput
  let out = await mlp(scope, mlpNormed)
  if (weights.postMlp) out = await w.norm(out, norm, weights.postMlp, named('post_mlp'))
  tap(layer, 'hook_mlp_out', out)
  const output = op.add(g, middle, out)
  tap(layer, 'hook_resid_post', output)
  return output
}

/** Width of a tapped value. Errors: HOOK_MISSING. */
export function hookWidth(decoder: Decoder, hook: HookPoint): number {
  checkHook(decoder, hook)
  const attention = decoder.spec.blocks[hook.layer]?.attention
  if (hook.name === 'attn.hook_z' && attention !== undefined) return attention.heads * attention.headSize
  return decoder.spec.d_model
}

function checkHook(decoder: Decoder, hook: HookPoint): void {
  const block = decoder.spec.blocks[hook.layer]
  const { length } = decoder.spec.blocks
  if (block === undefined) throw hookMissing(hookName(hook), `the model has blocks 0 to ${length - 1}`)
  if (hook.name === 'hook_resid_mid' && block.layout === 'parallel') {
    throw hookMissing(
      hookName(hook),
      'attention and MLP run in parallel in this model, so there is no resid_mid',
    )
  }
}
