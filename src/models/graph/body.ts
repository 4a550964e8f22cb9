/**
 * @file The body of a decoder as a fragment of an ONNX graph, or as a graph of its own: from token ids or stored rows to
 * rows or the final normed hidden state, with what a program reads and changes on the way (body-program.ts).
 *
 * Shapes: sequences of n_token tokens run together; n_row = sequences · n_token rows of the residual stream.
 * The residual stream, norms and activation functions are float32 on every device; on a GPU only what goes into a
 * matrix product or attention is rounded to the checkpoint's 16-bit type. So the CPU graph is the same graph without
 * the casts. With operands in float64 everything is float64 ("wide"), on the CPU only and with tiled attention only: what
 * float32 is checked against (audit/close-calls/close-calls.ts). The unembedding is not here: see head.ts.
 */

import { present } from '../../numbers/present.ts'
import type { WeightKeeper } from '../../onnx/graph/fed-weight.ts'
import { GraphBuilder, type GraphModel, type Value } from '../../onnx/graph/graph.ts'
import * as op from '../../onnx/graph/ops.ts'
import { attentionOf } from '../attention-of.ts'
import { type BodyProgram, blockRange, checkProgram } from '../body-program.ts'
import type { Decoder } from '../decoder-spec.ts'
import type { WeightReader } from '../weight-reader.ts'
import { type Carried, packed, unpacked } from './beside/carried.ts'
import { rowLayout, rowWidth } from './beside/row-layout.ts'
import { begunStreams, endedStreams } from './beside/streams.ts'
import { tokenVectors } from './beside/token-vectors.ts'
import { runBlock } from './block.ts'
import { BodyPlaces } from './places.ts'
import { type BodyModel, type BodyShape, type SequenceInputs, sequenceInputs, wideType } from './shape.ts'
import { GraphWeights } from './weights.ts'

/** A program over a model, with the weights that it reads: `reader` is over the program's references, in their order. */
export interface BodyPart {
  readonly model: BodyModel
  readonly program: BodyProgram
  readonly shape: BodyShape
  readonly reader: WeightReader
  /** The table of token embeddings of another body in the graph, where that is the same. Absent: its own is read. */
  readonly embedding?: Value
}

export const HIDDEN = 'hidden'
/** The residual stream between two parts of a body: an output of one is an input of the next. */
export const RESIDUAL = 'residual'
export const RESIDUAL_BEFORE = 'residual_before'
/** What a body computes: at the end of its program and, by hook or sum, on the way. */
export interface BodyValues {
  /** The final hidden rows (n_row, d_model), or rows between two blocks (row-layout.ts), wide. */
  readonly end: Value
  readonly values: ReadonlyMap<string, Value>
  /** The table of token embeddings; null: it did not start from the ids. */
  readonly embedding: Value | null
}

/**
 * Add a body to a graph. `before`: the rows that it starts from, wide; null where it starts from the ids. `name` tells its weights
 * from those of another body in the same graph. Errors: HOOK_MISSING, the reader's own.
 */
export async function bodyFragment(
  g: GraphBuilder,
  { model, program, shape, reader, embedding: other }: BodyPart,
  inputs: SequenceInputs,
  before: Value | null,
  name = '',
): Promise<BodyValues> {
  const { decoder } = model
  const { spec, weights } = decoder
  checkProgram(program, decoder)
  if (before === null && inputs.shared !== null)
    throw new RangeError('shared rows of a body that starts from the ids')
  const w = new GraphWeights(g, reader, shape, model.activations, name)
  const places = new BodyPlaces(w, program, model, inputs.countedRows)
  const embedding = before === null ? (other ?? (await w.table(weights.embedding, 'embedding'))) : null
  const layout = rowLayout(decoder)
  const carried =
    before === null
      ? await begun({ w, places, table: present(embedding) }, decoder, inputs)
      : unpacked(w, before, layout, inputs)
  let { rows } = carried
  const rotary = w.rotaryTables(spec.blocks, shape.length)
  const [first, end] = blockRange(program, decoder)
  for (let layer = first; layer < end; layer++) {
    const [block, blockWeights] = [spec.blocks[layer], weights.blocks[layer]]
    if (block === undefined || blockWeights === undefined) throw new RangeError(`no block ${layer}`)
    const { hiddenTile } = shape
    const tables = rotary(attentionOf(block)?.rotary ?? null)
    const { norm, residualScale } = spec
    // By its place in the program: blocks of one form are then graphs of one form.
    const named = (role: string): string => `blocks.${layer - first}.${role}`
    const ofBlock = { norm, residualScale, block, weights: blockWeights, layer, named }
    const { tokenVectors = null } = spec
    const scope = { w, ...ofBlock, inputs, rotary: tables, hiddenTile, places, carried, tokenVectors }
    rows = await runBlock(scope, rows)
  }
  const { values } = places
  if (program.to !== 'hidden')
    return { end: packed(w, { ...carried, rows }, layout, inputs), values, embedding }
  const merged = await endedStreams(w, decoder, rows)
  const normed = await w.norm(merged, spec.norm, weights.finalNorm, 'final_norm')
  return { end: w.quantizedInput(normed, weights.unembedding.weight.tensor), values, embedding }
}

/**
 * A body as a graph of its own: besides the inputs of its sequences it takes `residual_before` where it starts from rows. Outputs: its
 * taps under their hooks' names, its sums, and `residual` (n_row, row width) or `hidden` (n_row, d_model). `keeper`: of the model's weights. Errors: HOOK_MISSING, the reader's own.
 */
export async function buildBody(part: BodyPart, keeper: WeightKeeper = 'engine'): Promise<GraphModel> {
  const { program, shape, model } = part
  const g = new GraphBuilder(undefined, keeper)
  const inputs = sequenceInputs(g, shape, [program])
  const before =
    program.from === 'ids'
      ? null
      : g.input(RESIDUAL_BEFORE, wideType(shape.type), ['n_row', rowWidth(model.decoder)])
  const { end, values } = await bodyFragment(g, part, inputs, before)
  g.outputs(values)
  g.output(program.to === 'hidden' ? HIDDEN : RESIDUAL, end)
  return g.build()
}

interface Beginning {
  readonly w: GraphWeights
  readonly places: BodyPlaces
  readonly table: Value
}

/** What the first block is given. */
async function begun(of: Beginning, decoder: Decoder, inputs: SequenceInputs): Promise<Carried> {
  const { w } = of
  const embedded = await embed(of, decoder, inputs)
  const vectors = await tokenVectors(w, decoder, present(inputs.ids), embedded)
  return { rows: await begunStreams(w, decoder, embedded), vectors, keys: new Map() }
}

/** (n_row, d_model) wide: the embedding rows, scaled, plus learned positions. */
async function embed(
  { w, places, table }: Beginning,
  decoder: Decoder,
  { ids, length, sequences }: SequenceInputs,
): Promise<Value> {
  const { g } = w
  const { spec, weights } = decoder
  if (ids === null) throw new RangeError('a body without ids or rows to start from')
  let rows = op.cast(g, op.gather(g, table, ids), w.wide)
  if (spec.embeddingScale !== 1) rows = op.mul(g, rows, g.scalar(w.wide, spec.embeddingScale))
  const tokens = op.reshape(g, rows, [-1, spec.d_model], ['n_row', spec.d_model])
  const passed = places.pass(0, 'hook_embed', tokens)
  if (weights.positions === null) return passed
  rows = op.reshape(g, passed, [sequences, -1, spec.d_model], [sequences, 'n_token', spec.d_model])
  const positions = op.cast(g, await w.table(weights.positions, 'positions'), w.wide)
  rows = op.add(g, rows, op.firstRows(g, positions, length))
  return op.reshape(g, rows, [-1, spec.d_model], ['n_row', spec.d_model])
}
