/**
 * @file The head over the corpus: per scored token the loss of every model, and for every candidate
 * KL(reference‖candidate) and whether both put the same token first. The tiles of the vocabulary are put together here,
 * in float64 (definitions in models/head-graph.ts).
 */
import { buildHead, commonVocabulary, type HeadLayout, vocabularyTiles } from '../models/head-graph.ts'
import { createSession, type Device, type RunResult } from '../onnx/session.ts'
import type { RowStore } from './row-store.ts'
import type { ScoredRows } from './sequences.ts'

/** Rows of all models together that one run handles: what one tile of logits leaves in cache. */
const ROWS_PER_RUN = 512

/** Per scored token, parallel to ScoredRows. */
export interface CandidateLosses {
  /** Cross-entropy, nats. */
  readonly loss: Float64Array
  /** KL(reference‖candidate), nats. */
  readonly kl: Float64Array
  /** 1 where the reference's best token is the candidate's best. */
  readonly agrees: Uint8Array
}

export interface TokenLosses {
  readonly reference: Float64Array
  readonly candidates: readonly CandidateLosses[]
}

/**
 * `hidden[m]` holds the final hidden states of model m of the layout, the reference first. Results are in the order of
 * the layout's candidates. Errors: ENGINE_FAILED.
 */
export async function tokenLosses(
  layout: HeadLayout,
  hidden: readonly RowStore[],
  scored: ScoredRows,
  device: Device,
  onTokens: (done: number) => void,
): Promise<TokenLosses> {
  const total = scored.rows.length
  const models = layout.models.length
  const rows = Math.max(64, Math.floor(ROWS_PER_RUN / models))
  const session = await createSession(buildHead(layout, rows), device, 'the unembedding')
  const tiles = vocabularyTiles(commonVocabulary(layout.unembeddings))
  const losses = {
    reference: new Float64Array(total),
    candidates: Array.from({ length: models - 1 }, () => ({
      loss: new Float64Array(total),
      kl: new Float64Array(total),
      agrees: new Uint8Array(total),
    })),
  }
  try {
    for (let start = 0; start < total; start += rows) {
      const end = Math.min(start + rows, total)
      const targets = scored.targets.subarray(start, end)
      const result = await session.run(
        await headInputs(hidden, scored.rows.subarray(start, end), targets, rows),
      )
      combine(result, targets, tiles, start, losses)
      onTokens(end)
    }
  } finally {
    await session.release()
  }
  return losses
}

async function headInputs(hidden: readonly RowStore[], rows: Int32Array, targets: Int32Array, size: number) {
  const ids = new BigInt64Array(size)
  for (let i = 0; i < targets.length; i++) ids[i] = BigInt(targets[i] ?? 0)
  const inputs: Record<string, Parameters<Awaited<ReturnType<typeof createSession>>['run']>[0][string]> = {
    targets: { type: 'int64', data: ids, dims: [size, 1] },
  }
  for (const [m, store] of hidden.entries()) {
    inputs[`hidden_${m}`] = {
      type: 'float32',
      data: await gatherRows(store, rows, size),
      dims: [size, store.width],
    }
  }
  return inputs
}

/** The named rows (ascending), one after the other, then zeros up to `size` rows. */
export async function gatherRows(store: RowStore, rows: Int32Array, size: number): Promise<Float32Array> {
  const { width } = store
  const out = new Float32Array(size * width)
  const first = rows[0] ?? 0
  const last = rows[rows.length - 1] ?? -1
  const span = await store.read(first, last + 1)
  for (let i = 0; i < rows.length; i++) {
    const at = ((rows[i] ?? 0) - first) * width
    out.set(span.subarray(at, at + width), i * width)
  }
  return out
}

/** Log-normaliser of each tile and of the whole vocabulary, for one model's rows. */
class Normalisers {
  readonly #logit: Float32Array
  readonly #share: Float32Array
  readonly #tiles: number

  constructor(result: RunResult, model: number, tiles: number) {
    this.#logit = result.float32(`target_logit_${model}`)
    this.#share = result.float32(`target_share_${model}`)
    this.#tiles = tiles
  }

  /** A_t = ln Σ_{v∈t} e^{l(v)} */
  tile(row: number, tile: number): number {
    const at = row * this.#tiles + tile
    return (this.#logit[at] ?? 0) - (this.#share[at] ?? 0)
  }

  whole(row: number): number {
    let top = Number.NEGATIVE_INFINITY
    for (let t = 0; t < this.#tiles; t++) top = Math.max(top, this.tile(row, t))
    let sum = 0
    for (let t = 0; t < this.#tiles; t++) sum += Math.exp(this.tile(row, t) - top)
    return top + Math.log(sum)
  }

  loss(row: number, targetTile: number, whole: number): number {
    return whole - (this.#logit[row * this.#tiles + targetTile] ?? 0)
  }
}

/**
 * Put the tiles of one run together and write the losses of its rows, the first of them at `start`.
 */
export function combine(
  result: RunResult,
  targets: Int32Array,
  tiles: readonly (readonly [number, number])[],
  start: number,
  losses: TokenLosses,
): void {
  const count = tiles.length
  const tileWidth = (tiles[0]?.[1] ?? 1) - (tiles[0]?.[0] ?? 0)
  const reference = new Normalisers(result, 0, count)
  const crossReference = result.float32('cross_0')
  const atTopReference = result.float32('at_top_0')
  const models = losses.candidates.map((into, c) => ({
    into,
    normalisers: new Normalisers(result, c + 1, count),
    cross: result.float32(`cross_${c + 1}`),
    atTop: result.float32(`at_top_${c + 1}`),
    best: result.float32(`best_${c + 1}`),
  }))
  for (let row = 0; row < targets.length; row++) {
    const targetTile = Math.floor((targets[row] ?? 0) / tileWidth)
    const whole = reference.whole(row)
    losses.reference[start + row] = reference.loss(row, targetTile, whole)
    const topTile = bestTile(count, (t) => (atTopReference[row * count + t] ?? 0) + reference.tile(row, t))
    for (const { into, normalisers, cross, atTop, best } of models) {
      const candidateWhole = normalisers.whole(row)
      into.loss[start + row] = normalisers.loss(row, targetTile, candidateWhole)
      let kl = candidateWhole - whole
      for (let t = 0; t < count; t++) {
        const at = row * count + t
        const shareOfTile = Math.exp(reference.tile(row, t) - whole)
        const difference = (crossReference[at] ?? 0) - (cross[at] ?? 0)
        kl += shareOfTile * (difference + reference.tile(row, t) - normalisers.tile(row, t))
      }
      into.kl[start + row] = kl
      const bestOwn = bestTile(count, (t) => (best[row * count + t] ?? 0) + normalisers.tile(row, t))
      const own = (best[row * count + bestOwn] ?? 0) + normalisers.tile(row, bestOwn)
      const atReferenceTop = (atTop[row * count + topTile] ?? 0) + normalisers.tile(row, topTile)
      into.agrees[start + row] = atReferenceTop >= own ? 1 : 0
    }
  }
}

function bestTile(tiles: number, logit: (tile: number) => number): number {
  let best = 0
  for (let t = 1; t < tiles; t++) if (logit(t) > logit(best)) best = t
  return best
}
