/**
 * @file The head of a decoder: hidden states of several models to what their losses need, tiled over the vocabulary so
 * that no [tokens, vocabulary] array ever exists.
 *
 * The first model is the reference. Per tile t of the vocabulary and per token the graph gives, with l the logits,
 * A_t = ln Σ_{v∈t} e^{l(v)} and s = l − A_t (LogSoftmax over the tile: one pass in cache, 2.3 times quicker than
 * ReduceLogSumExp over the whole vocabulary):
 *   target_logit l and target_share s at the target, clipped into the tile: A_t = l − s, and the target's logit
 *   cross    Σ_{v∈t} e^{s_ref} s_model (for the reference itself too)
 *   best     max s, for the candidates; at_top: s at the reference's best token of the tile (the reference: its best)
 * token-losses.ts puts the tiles together in float64.
 *
 * Models with the same unembedding share one matrix product; a candidate with its own has its own weights here.
 */
import { GraphBuilder, type GraphModel, type Value } from '../onnx/graph.ts'
import * as op from '../onnx/ops.ts'
import type { WeightType } from './weight-reader.ts'

/** Columns of a tile: activations of a few hundred rows stay in the second-level cache. */
const TILE_COLUMNS = 2048

/** A matrix (n_vocab, d_model) and a bias (n_vocab). */
export interface Unembedding {
  readonly n_vocab: number
  readonly d_model: number
  readonly type: WeightType
  readonly matrix: Float32Array | Uint16Array
  readonly bias: Float32Array | null
  /** c in c·tanh(logit/c), or null. */
  readonly softcap: number | null
}

/** Half-open column ranges that cover the vocabulary. */
export function vocabularyTiles(n_vocab: number): readonly (readonly [number, number])[] {
  const count = Math.max(1, Math.round(n_vocab / TILE_COLUMNS))
  const width = Math.ceil(n_vocab / count)
  return Array.from({ length: Math.ceil(n_vocab / width) }, (_, i) => [
    i * width,
    Math.min((i + 1) * width, n_vocab),
  ])
}

/** Rows that all unembeddings have: what is beyond the smallest is padding. */
export function commonVocabulary(unembeddings: readonly Unembedding[]): number {
  return unembeddings.reduce((least, { n_vocab }) => Math.min(least, n_vocab), Number.POSITIVE_INFINITY)
}

/** Runs of neighbouring models that share an unembedding: index into `unembeddings`, how many models. */
export interface HeadLayout {
  readonly unembeddings: readonly Unembedding[]
  /** For every model, the reference first: its unembedding. Models of one unembedding stand together. */
  readonly models: readonly number[]
}

/**
 * Inputs: `hidden_M` (n_row, d_model) float32 per model M, `targets` (n_row, 1) int64.
 * Outputs, all (n_row, tiles) float32, per model M: `target_logit_M`, `target_share_M`, `cross_M`, `at_top_M`, and for
 * candidates `best_M`.
 */
export function buildHead(layout: HeadLayout, rows: number): GraphModel {
  const g = new GraphBuilder()
  const first = layout.unembeddings[0]
  if (first === undefined) throw new RangeError('a head without models')
  const hidden = layout.models.map((u, m) => {
    const width = layout.unembeddings[u]?.d_model ?? first.d_model
    return g.input(`hidden_${m}`, 'float32', [rows, width])
  })
  const targets = g.input('targets', 'int64', [rows, 1])
  const stacked = layout.unembeddings.map((u, i) => {
    const own = hidden.filter((_, m) => layout.models[m] === i)
    return op.cast(g, op.concat(g, own, 0, [own.length * rows, u.d_model]), u.type)
  })
  const columns: Record<string, Value[]> = {}
  const collect = (name: string, value: Value): void => {
    columns[name] = [...(columns[name] ?? []), value]
  }
  for (const [start, end] of vocabularyTiles(commonVocabulary(layout.unembeddings))) {
    const logits = layout.unembeddings.flatMap((u, i) => {
      const x = stacked[i]
      if (x === undefined) return []
      const count = layout.models.filter((m) => m === i).length
      return op.split(g, tileLogits(g, x, u, i, start, end), count, 0, [rows, end - start])
    })
    reduceTile(g, logits, localTargets(g, targets, start, end), collect)
  }
  for (const [name, values] of Object.entries(columns)) {
    g.output(name, op.concat(g, values, 1, [rows, values.length]))
  }
  return g.build()
}

/**
 * The same for a candidate whose logits are given: inputs `hidden_0` (n_row, d_model) and `logits_1` (n_row, columns)
 * float32, `targets` (n_row, 1) int64; outputs as those of `buildHead` for a reference and one candidate.
 */
export function buildLogitsHead(reference: Unembedding, columns: number): GraphModel {
  const g = new GraphBuilder()
  const hidden = op.cast(g, g.input('hidden_0', 'float32', ['n_row', reference.d_model]), reference.type)
  const given = g.input('logits_1', 'float32', ['n_row', columns])
  const targets = g.input('targets', 'int64', ['n_row', 1])
  const collected: Record<string, Value[]> = {}
  const collect = (name: string, value: Value): void => {
    collected[name] = [...(collected[name] ?? []), value]
  }
  for (const [start, end] of vocabularyTiles(Math.min(reference.n_vocab, columns))) {
    const logits = [tileLogits(g, hidden, reference, 0, start, end), op.columns(g, given, start, end)]
    reduceTile(g, logits, localTargets(g, targets, start, end), collect)
  }
  for (const [name, values] of Object.entries(collected)) {
    g.output(name, op.concat(g, values, 1, ['n_row', values.length]))
  }
  return g.build()
}

/** (rows, end − start) float32 logits of one tile. */
function tileLogits(
  g: GraphBuilder,
  x: Value,
  u: Unembedding,
  index: number,
  start: number,
  end: number,
): Value {
  const name = `unembedding_${index}_${start}`
  const data = u.matrix.subarray(start * u.d_model, end * u.d_model)
  const matrix = g.initializer(name, u.type, [end - start, u.d_model], data)
  let logits = op.cast(g, op.gemm(g, x, matrix, null), 'float32')
  if (u.bias !== null) {
    const bias = g.initializer(`${name}_bias`, 'float32', [end - start], u.bias.subarray(start, end))
    logits = op.add(g, logits, bias)
  }
  if (u.softcap === null) return logits
  const cap = g.scalar('float32', u.softcap)
  return op.mul(g, op.tanh(g, op.div(g, logits, cap)), cap)
}

/** Targets as columns of the tile, clipped into it: only the tile that holds the target is read later. */
function localTargets(g: GraphBuilder, targets: Value, start: number, end: number): Value {
  const local = op.sub(g, targets, g.scalar('int64', start))
  return op.clip(g, local, g.scalar('int64', 0), g.scalar('int64', end - start - 1))
}

function reduceTile(
  g: GraphBuilder,
  logits: readonly Value[],
  targets: Value,
  collect: (name: string, value: Value) => void,
): void {
  const shares = logits.map((l) => op.logSoftmax(g, l))
  const [reference] = shares
  if (reference === undefined) return
  const { value: top, index: topIndex } = op.top1(g, reference)
  const probability = op.exp(g, reference)
  for (const [m, share] of shares.entries()) {
    const l = logits[m]
    if (l === undefined) continue
    collect(`target_logit_${m}`, op.gatherElements(g, l, targets, 1))
    collect(`target_share_${m}`, op.gatherElements(g, share, targets, 1))
    collect(`cross_${m}`, op.rowSums(g, op.mul(g, probability, share)))
    if (m === 0) {
      collect('at_top_0', top)
      continue
    }
    collect(`at_top_${m}`, op.gatherElements(g, share, topIndex, 1))
    collect(`best_${m}`, op.reduceMax(g, share, 1))
  }
}
