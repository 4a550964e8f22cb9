/**
 * @file The head of a decoder: hidden states of several models to what their losses need, tiled over the vocabulary so
 * that no [tokens, vocabulary] array ever exists.
 *
 * The first model is the reference. Per tile t of the vocabulary and per token the graph gives, with l the logits,
 * A_t = ln Σ_{v∈t} e^{l(v)} and p = e^{l − A_t}:
 *   of every model   target_logit  l at the target, clipped into the tile
 *   of the reference top_logit     its largest l, and top_share its p: A_t = top_logit − ln top_share
 *   of a candidate   target_share  l − A_t at the target; best: its largest l; at_top: its l at the reference's best token
 *                    difference    Σ_{v∈t} p_ref (l_ref − l_candidate)
 * vocabulary-sums.ts puts the tiles together in float64.
 *
 * Softmax and LogSoftmax over a tile are one pass in cache, 2.3 times quicker than ReduceLogSumExp over the whole
 * vocabulary. The sum of differences, rather than two cross-entropies, saves an Exp, a Mul and a product with ones per
 * tile and is the more precise: logits of a good candidate differ little. The reference has a matrix product of its own:
 * taking its rows out of one that all models share would be a copy. Candidates with the same unembedding share theirs.
 */
import type { WeightKeeper } from '../../onnx/graph/fed-weight.ts'
import { type Dim, GraphBuilder, type GraphModel, type Value } from '../../onnx/graph/graph.ts'
import * as op from '../../onnx/graph/ops.ts'
import type { WeightType } from '../weight-reader.ts'

/** A tile is a multiple of this wide, where the vocabulary allows: its best token is looked for in so many parts. */
export const TOP_PARTS = 16

/** A matrix (n_vocab, d_model) and a bias (n_vocab). */
export interface Unembedding {
  readonly n_vocab: number
  readonly d_model: number
  /** What hidden states and matrix are rounded to before they are multiplied. The products are float32 whatever it is. */
  readonly type: WeightType
  /** In float32, or in that type. */
  readonly matrix: Float32Array | Uint16Array
  readonly bias: Float32Array | null
  /** Factor on the logits, before the soft cap. */
  readonly scale: number
  /** c in c·tanh(logit/c), or null. */
  readonly softcap: number | null
}

/** Half-open column ranges that cover the vocabulary, about `tile` wide each. */
export function vocabularyTiles(n_vocab: number, tile: number): readonly (readonly [number, number])[] {
  const count = Math.max(1, Math.round(n_vocab / tile))
  const width = Math.ceil(n_vocab / count / TOP_PARTS) * TOP_PARTS
  return Array.from({ length: Math.ceil(n_vocab / width) }, (_, i) => [
    i * width,
    Math.min((i + 1) * width, n_vocab),
  ])
}

/** Rows that all unembeddings have: what is beyond the smallest is padding. */
export function commonVocabulary(unembeddings: readonly Pick<Unembedding, 'n_vocab'>[]): number {
  return unembeddings.reduce((least, { n_vocab }) => Math.min(least, n_vocab), Number.POSITIVE_INFINITY)
}

/** Runs of neighbouring models that share an unembedding: index into `unembeddings`, how many models. */
export interface HeadLayout {
  readonly unembeddings: readonly Unembedding[]
  /** For every model, the reference first: its unembedding. Models of one unembedding stand together. */
  readonly models: readonly number[]
}

/** Values of one name, one per tile. */
export class Columns {
  readonly #g: GraphBuilder
  readonly #values = new Map<string, Value[]>()

  constructor(g: GraphBuilder) {
    this.#g = g
  }
  push(name: string, value: Value): void {
    this.#values.set(name, [...(this.#values.get(name) ?? []), value])
  }
  /**
   * (rows, tiles) of every name. The engine runs what an output needs before it turns to the next output. So there is
   * one node that needs everything, tile after tile: a tile's logits are then reduced while they are in cache, and never
   * are those of all tiles in memory together.
   */
  values(rows: Dim): ReadonlyMap<string, Value> {
    const g = this.#g
    const names = [...this.#values.keys()]
    const tiles = this.#values.get(names[0] ?? '')?.length ?? 0
    const ofTile = Array.from({ length: tiles }, (_, tile) => {
      const values = names.flatMap((name) => this.#values.get(name)?.[tile] ?? [])
      return op.concat(g, values, 1, [rows, names.length])
    })
    const all = op.concat(g, ofTile, 1, [rows, tiles * names.length])
    const apart = op.reshape(g, all, [0, tiles, names.length], [rows, tiles, names.length])
    const figures = op.split(g, apart, names.length, 2, [rows, tiles, 1])
    return new Map(
      figures.map((value, i) => [names[i] ?? '', op.reshape(g, value, [0, tiles], [rows, tiles])]),
    )
  }
}

/** What a head reads: hidden states of every model (rows, d_model), the reference's first, and targets (rows, 1) int64. */
export interface HeadInputs {
  readonly hidden: readonly Value[]
  readonly targets: Value
}

/**
 * Add a head to a graph, with all its rows. Values, all (rows, tiles) float32: `target_logit_M` per model M; `top_logit_0`,
 * `top_share_0`; per candidate M `target_share_M`, `best_M`, `at_top_M`, `difference_M`.
 */
export function headFragment(
  g: GraphBuilder,
  layout: HeadLayout,
  { hidden, targets }: HeadInputs,
  tileColumns: number,
): ReadonlyMap<string, Value> {
  const [first] = layout.unembeddings
  const [hiddenReference] = hidden
  if (first === undefined || hiddenReference === undefined) throw new RangeError('a head without models')
  const [rows = 0] = targets.shape
  const reference = operand(g, hiddenReference, first)
  const candidates = layout.unembeddings.map((u, i) => {
    const own = hidden.filter((_, m) => m > 0 && layout.models[m] === i)
    if (own.length === 0) return null
    const together = typeof rows === 'number' ? own.length * rows : `${own.length} ${rows}`
    return { count: own.length, x: operand(g, op.concat(g, own, 0, [together, u.d_model]), u) }
  })
  const columns = new Columns(g)
  for (const tile of vocabularyTiles(commonVocabulary(layout.unembeddings), tileColumns)) {
    const weights = layout.unembeddings.map((u, i) => tileWeights(g, u, i, tile))
    const logits = candidates.flatMap((stacked, i) => {
      const own = weights[i]
      if (stacked === null || own === undefined) return []
      return op.split(g, tileLogits(g, stacked.x, own), stacked.count, 0, [rows, tile[1] - tile[0]])
    })
    const [own] = weights
    if (own === undefined) continue
    reduceTile(g, [tileLogits(g, reference, own), ...logits], localTargets(g, targets, tile), columns)
  }
  return columns.values(rows)
}

/** A head as a graph of its own: inputs `hidden_M` (rows, d_model) float32 per model M, `targets` (rows, 1) int64; outputs as above. `keeper`: of the unembeddings. */
export function buildHead(
  layout: HeadLayout,
  rows: number,
  tileColumns: number,
  keeper: WeightKeeper = 'engine',
): GraphModel {
  const g = new GraphBuilder(undefined, keeper)
  const hidden = layout.models.map((u, m) =>
    g.input(`hidden_${m}`, 'float32', [rows, layout.unembeddings[u]?.d_model ?? 0]),
  )
  const targets = g.input('targets', 'int64', [rows, 1])
  g.outputs(headFragment(g, layout, { hidden, targets }, tileColumns))
  return g.build()
}

/**
 * The same for a candidate whose logits are given: inputs `hidden_0` (n_row, d_model) and `logits_1` (n_row, columns)
 * float32, `targets` (n_row, 1) int64; outputs as those of `buildHead` for a reference and one candidate.
 */
export function buildLogitsHead(reference: Unembedding, columns: number, tileColumns: number): GraphModel {
  const g = new GraphBuilder()
  const hidden = operand(g, g.input('hidden_0', 'float32', ['n_row', reference.d_model]), reference)
  const given = g.input('logits_1', 'float32', ['n_row', columns])
  const targets = g.input('targets', 'int64', ['n_row', 1])
  const perTile = new Columns(g)
  for (const tile of vocabularyTiles(Math.min(reference.n_vocab, columns), tileColumns)) {
    const own = tileLogits(g, hidden, tileWeights(g, reference, 0, tile))
    const logits = [own, op.columns(g, given, ...tile)]
    reduceTile(g, logits, localTargets(g, targets, tile), perTile)
  }
  g.outputs(perTile.values('n_row'))
  return g.build()
}

/** Rows of an unembedding that make one tile. */
interface TileWeights {
  readonly matrix: Value
  readonly bias: Value | null
  readonly scale: number
  readonly softcap: number | null
}

export function tileWeights(
  g: GraphBuilder,
  u: Unembedding,
  index: number,
  [start, end]: readonly [number, number],
): TileWeights {
  const name = `unembedding_${index}_${start}`
  const data = u.matrix.subarray(start * u.d_model, end * u.d_model)
  const type = data instanceof Float32Array ? 'float32' : u.type
  const bias = u.bias?.subarray(start, end) ?? null
  return {
    matrix: op.cast(g, g.weight(name, type, [end - start, u.d_model], data), 'float32'),
    bias: bias === null ? null : g.weight(`${name}_bias`, 'float32', [end - start], bias),
    scale: u.scale,
    softcap: u.softcap,
  }
}

/** Hidden states as they are multiplied: float32 of as many bits as the unembedding's type has. */
export function operand(g: GraphBuilder, hidden: Value, { type }: Unembedding): Value {
  return op.cast(g, op.cast(g, hidden, type), 'float32')
}

/**
 * (rows, tile) float32. A product in 16 bit would leave logits rounded to 8 bits or 11: then many tokens tie for the first place, and
 * no KL is below 1e-3. Operands that were rounded to 16 bit and are multiplied in float32 give exact products, summed in float32.
 */
export function tileLogits(g: GraphBuilder, x: Value, { matrix, bias, scale, softcap }: TileWeights): Value {
  let logits = op.gemm(g, x, matrix, null)
  if (bias !== null) logits = op.add(g, logits, bias)
  if (scale !== 1) logits = op.mul(g, logits, g.scalar('float32', scale))
  if (softcap === null) return logits
  const cap = g.scalar('float32', softcap)
  return op.mul(g, op.tanh(g, op.div(g, logits, cap)), cap)
}

/** Targets as columns of the tile, clipped into it: only the tile that holds the target is read later. */
export function localTargets(
  g: GraphBuilder,
  targets: Value,
  [start, end]: readonly [number, number],
): Value {
  const local = op.sub(g, targets, g.scalar('int64', start))
  return op.clip(g, local, g.scalar('int64', 0), g.scalar('int64', end - start - 1))
}

/** What is kept of one tile's logits, the reference's first. */
function reduceTile(g: GraphBuilder, logits: readonly Value[], targets: Value, columns: Columns): void {
  const [reference, ...candidates] = logits
  if (reference === undefined) return
  const share = op.softmax(g, reference)
  const { value: top, index: topIndex } = bestToken(g, reference)
  columns.push('target_logit_0', op.gatherElements(g, reference, targets, 1))
  columns.push('top_logit_0', top)
  columns.push('top_share_0', op.gatherElements(g, share, topIndex, 1))
  for (const [c, candidate] of candidates.entries()) {
    const m = c + 1
    const logShare = op.logSoftmax(g, candidate)
    columns.push(`target_logit_${m}`, op.gatherElements(g, candidate, targets, 1))
    columns.push(`target_share_${m}`, op.gatherElements(g, logShare, targets, 1))
    columns.push(`at_top_${m}`, op.gatherElements(g, candidate, topIndex, 1))
    columns.push(`best_${m}`, op.reduceMax(g, candidate, 1))
    columns.push(`difference_${m}`, op.rowSums(g, op.mul(g, share, op.sub(g, reference, candidate))))
  }
}

/**
 * Largest of each row and where. Twice as quick as TopK over the row: the largest of each set of columns that stand
 * columns/16 apart by ReduceMax, the best set by TopK, then TopK over the 16 columns of that set.
 */
function bestToken(g: GraphBuilder, logits: Value): { value: Value; index: Value } {
  const [rows = 0, columns] = logits.shape
  if (typeof columns !== 'number' || columns % TOP_PARTS !== 0) return op.top1(g, logits)
  const apart = columns / TOP_PARTS
  const parts = op.reshape(g, logits, [0, TOP_PARTS, apart], [rows, TOP_PARTS, apart])
  const sets = op.reshape(g, op.reduceMax(g, parts, 1), [0, apart], [rows, apart])
  const { value, index: set } = op.top1(g, sets)
  const steps = g.integers(Array.from({ length: TOP_PARTS }, (_, part) => part * apart))
  const members = op.outerAdd(g, set, steps)
  const { index: member } = op.top1(g, op.gatherElements(g, logits, members, 1))
  return { value, index: op.gatherElements(g, members, member, 1) }
}
