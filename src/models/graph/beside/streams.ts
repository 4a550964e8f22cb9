/**
 * @file The residual streams of Gemma 3n (AltUp, arXiv 2301.13310). A block predicts what each of them becomes as a mixture of all, runs on the
 * prediction of the first alone, and corrects all by what that prediction missed. As (n_row, count · d_model), the first stream first.
 */
import { present } from '../../../numbers/present.ts'
import type { Value } from '../../../onnx/graph/graph.ts'
import * as op from '../../../onnx/graph/ops.ts'
import type { AltUpRef } from '../../beside-stream.ts'
import type { Decoder, LinearRef } from '../../decoder-spec.ts'
import type { BlockScope } from '../block-scope.ts'
import type { GraphWeights } from '../weights.ts'

/** Mean squares below this count as this much where a stream is brought to the first one's size (`epsilon_tensor` of Gemma3nTextModel). */
const LEAST_SQUARE = 1e-5

/** x (n_row, d_model) → all streams: itself, and projections of it of the same root mean square. */
export async function begunStreams(w: GraphWeights, { spec, weights }: Decoder, x: Value): Promise<Value> {
  if (spec.streams === undefined) return x
  const size = rootMeanSquare(w, x, 0)
  const others = await sizedLike(
    w,
    size,
    present(weights.streams).begin.map((ref) => ({ x, ref })),
    'begin',
  )
  const width = spec.streams.count * spec.d_model
  return op.concat(w.g, [x, ...others], 1, ['n_row', width])
}

/** All streams → (n_row, d_model): the mean of the first and projections of the others of its root mean square. */
export async function endedStreams(w: GraphWeights, { spec, weights }: Decoder, rows: Value): Promise<Value> {
  if (spec.streams === undefined) return rows
  const { g } = w
  const { d_model } = spec
  const first = firstStream(w, rows, d_model)
  const projected = present(weights.streams).end.map((ref, i) => {
    return { x: op.columns(g, rows, (i + 1) * d_model, (i + 2) * d_model), ref }
  })
  const others = await sizedLike(w, rootMeanSquare(w, first, 0), projected, 'end')
  const sum = others.reduce((all, one) => op.add(g, all, one), first)
  return op.mul(g, sum, g.scalar(w.wide, 1 / spec.streams.count))
}

async function sizedLike(
  w: GraphWeights,
  size: Value,
  projected: readonly { readonly x: Value; readonly ref: LinearRef }[],
  where: 'begin' | 'end',
): Promise<Value[]> {
  const { g } = w
  const made: Value[] = []
  for (const [i, { x, ref }] of projected.entries()) {
    const y = await w.linear(x, ref, `streams_${where}.${i}`)
    made.push(op.mul(g, y, op.div(g, size, rootMeanSquare(w, y, LEAST_SQUARE))))
  }
  return made
}

/** (n_row, 1) */
function rootMeanSquare(w: GraphWeights, x: Value, least: number): Value {
  const { g } = w
  const mean = w.rowMeans(op.mul(g, x, x))
  return op.sqrt(g, least === 0 ? mean : op.max(g, mean, g.scalar(w.wide, least)))
}

/** The stream that blocks read. */
export const firstStream = ({ g }: GraphWeights, rows: Value, d_model: number): Value =>
  op.columns(g, rows, 0, d_model)

/** The same rows with another first stream. */
export function withFirst({ g }: GraphWeights, rows: Value, first: Value): Value {
  const [width, d_model] = [widthOf(rows), widthOf(first)]
  return op.concat(g, [first, op.columns(g, rows, d_model, width)], 1, ['n_row', width])
}

/** The same rows with something added to all streams but the first. */
export function addedToOthers({ g }: GraphWeights, rows: Value, added: Value): Value {
  const [width, d_model] = [widthOf(rows), widthOf(added)]
  const count = width / d_model - 1
  const first = op.columns(g, rows, 0, d_model)
  const others = op.reshape(
    g,
    op.columns(g, rows, d_model, width),
    [-1, count, d_model],
    ['n_row', count, d_model],
  )
  const sum = op.add(g, others, op.reshape(g, added, [-1, 1, d_model], ['n_row', 1, d_model]))
  const flat = op.reshape(g, sum, [-1, count * d_model], ['n_row', count * d_model])
  return op.concat(g, [first, flat], 1, ['n_row', width])
}

/** Rows (n_row, count · d_model) → what each stream is predicted to become: stream j + Σ_i c_ji stream i. */
export async function predicted(scope: BlockScope, altUp: AltUpRef, rows: Value): Promise<Value> {
  const { w, named } = scope
  const { g } = w
  const d_model = altUp.router.weight.storedShape[1] ?? 0
  const width = widthOf(rows)
  const count = width / d_model
  const shares = await routed(scope, altUp, firstStream(w, rows, d_model), 'predict')
  const factors = op.reshape(
    g,
    await w.linear(shares, altUp.predict, named('altup_predict')),
    [-1, count, count],
    ['n_row', count, count],
  )
  const streams = op.reshape(g, rows, [-1, count, d_model], ['n_row', count, d_model])
  const mixed = op.add(g, op.matMul(g, factors, streams), streams)
  return op.reshape(g, mixed, [-1, width], ['n_row', width])
}

/** Stream j of the prediction, + (1 + c_j) times what `made` (n_row, d_model) is above its first stream. */
export async function corrected(
  scope: BlockScope,
  altUp: AltUpRef,
  prediction: Value,
  made: Value,
): Promise<Value> {
  const { w, named } = scope
  const { g } = w
  const [width, d_model] = [widthOf(prediction), widthOf(made)]
  const count = width / d_model
  const missed = op.sub(g, made, firstStream(w, prediction, d_model))
  const shares = await routed(scope, altUp, made, 'correct')
  const factors = op.add(
    g,
    await w.linear(shares, altUp.correct, named('altup_correct')),
    g.scalar(w.wide, 1),
  )
  const changes = op.matMul(
    g,
    op.reshape(g, factors, [-1, count, 1], ['n_row', count, 1]),
    op.reshape(g, missed, [-1, 1, d_model], ['n_row', 1, d_model]),
  )
  return op.add(g, prediction, op.reshape(g, changes, [-1, width], ['n_row', width]))
}

/** (n_row, count) between −1 and 1, by the one router that both steps have. */
async function routed(
  { w, norm, named }: BlockScope,
  altUp: AltUpRef,
  x: Value,
  step: 'predict' | 'correct',
): Promise<Value> {
  const { g } = w
  const d_model = altUp.router.weight.storedShape[1] ?? 0
  const normed = await w.norm(x, norm, altUp.routerNorm, named(`altup_${step}_norm`))
  const read = op.mul(g, normed, g.scalar(w.wide, 1 / d_model))
  return op.tanh(g, await w.linear(read, altUp.router, named(`altup_${step}_router`)))
}

function widthOf(x: Value): number {
  const width = x.shape.at(-1)
  if (typeof width !== 'number') throw new RangeError(`${x.name}: its width is not known`)
  return width
}
