/**
 * @file The head over the corpus: per scored token the loss of every model, and for every candidate
 * KL(reference‖candidate) and whether both put the same token first. The tiles of the vocabulary are put together here,
 * in float64 (definitions in models/graph/head.ts).
 */

import { buildHead, commonVocabulary, type HeadLayout, vocabularyTiles } from '../../models/graph/head.ts'
import { present } from '../../numbers/present.ts'
import type { RunResult } from '../../onnx/sessions/run-result.ts'
import type { Device, TensorInput } from '../../onnx/sessions/session.ts'
import { inOrder } from '../../onnx/threads/in-flight.ts'
import { createLanes } from '../../onnx/threads/lanes.ts'
import type { RowStore } from '../capture/row-store.ts'
import { runSize } from '../machine/run-size.ts'
import { type GraphLoad, shareThreads } from '../machine/share-threads.ts'
import { gatherRows } from '../rows/gather-rows.ts'
import type { ScoredRows } from '../text/sequences.ts'

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

/** The models whose losses are wanted, the reference first. */
export interface HeadModels {
  readonly layout: HeadLayout
  /** Final hidden states of model m of the layout. */
  readonly hidden: readonly RowStore[]
}

/** Results are in the order of the layout's candidates. Errors: ENGINE_FAILED. */
export async function tokenLosses(
  { layout, hidden }: HeadModels,
  scored: ScoredRows,
  device: Device,
  onTokens: (done: number) => void,
): Promise<TokenLosses> {
  const total = scored.rows.length
  const models = layout.models.length
  const lanes = shareThreads(device, headLoad(layout, total))
  const { headRows, headTile } = runSize(lanes.device)
  const rows = Math.max(64, Math.floor(headRows / models))
  const session = await createLanes(buildHead(layout, rows, headTile), lanes, 'the unembedding')
  const tiles = vocabularyTiles(commonVocabulary(layout.unembeddings), headTile)
  const losses = emptyLosses(total, models - 1)
  try {
    const begin = async ([start, end]: Range): Promise<RunResult> => {
      const targets = scored.targets.subarray(start, end)
      return await session.run(await headInputs(hidden, scored.rows.subarray(start, end), targets, rows))
    }
    await inOrder(ranges(total, rows), session.inFlight, begin, (result, [start, end]) => {
      combine(result, { targets: scored.targets.subarray(start, end), start }, tiles, losses)
      onTokens(end)
    })
  } finally {
    await session.release()
  }
  return losses
}

/** Zeros, for as many tokens and candidates. */
export function emptyLosses(tokens: number, candidates: number): TokenLosses {
  return {
    reference: new Float64Array(tokens),
    candidates: Array.from({ length: candidates }, () => ({
      loss: new Float64Array(tokens),
      kl: new Float64Array(tokens),
      agrees: new Uint8Array(tokens),
    })),
  }
}

/** Half open. */
type Range = readonly [start: number, end: number]

/** 0 to `total` in ranges of `size`, the last one shorter. */
function* ranges(total: number, size: number): Generator<Range> {
  for (let start = 0; start < total; start += size) yield [start, Math.min(start + size, total)]
}

function headLoad({ unembeddings, models }: HeadLayout, rows: number): GraphLoad {
  const matrix = models.map((of) => present(unembeddings[of]).matrix.length)
  return {
    weightBytes: unembeddings.reduce((sum, { matrix }) => sum + matrix.byteLength, 0),
    operations: matrix.reduce((sum, size) => sum + 2 * size * rows, 0),
  }
}

async function headInputs(hidden: readonly RowStore[], rows: Int32Array, targets: Int32Array, size: number) {
  const ids = new BigInt64Array(size)
  for (let i = 0; i < targets.length; i++) ids[i] = BigInt(present(targets[i]))
  const inputs: Record<string, TensorInput> = {
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

/** A model's log-normalisers of one row: of each tile and of the whole vocabulary. */
class Normalisers {
  /** A_t = ln Σ_{v∈t} e^{l(v)} */
  readonly tiles: Float64Array
  /** ln Σ_v e^{l(v)} */
  whole = 0

  constructor(tiles: number) {
    this.tiles = new Float64Array(tiles)
  }

  /** Fill in the tiles of a row and add them up. */
  set(ofTile: (tile: number) => number): void {
    const { tiles } = this
    let top = Number.NEGATIVE_INFINITY
    for (let t = 0; t < tiles.length; t++) {
      tiles[t] = ofTile(t)
      top = Math.max(top, present(tiles[t]))
    }
    let sum = 0
    for (let t = 0; t < tiles.length; t++) sum += Math.exp(present(tiles[t]) - top)
    this.whole = top + Math.log(sum)
  }
}

/** Rows of one run: what each predicts, and which scored token the first of them is. */
export interface RunTargets {
  readonly targets: Int32Array
  readonly start: number
}

/** Put the tiles of one run together and write the losses of its rows. */
export function combine(
  result: RunResult,
  { targets, start }: RunTargets,
  tiles: readonly (readonly [number, number])[],
  losses: TokenLosses,
): void {
  const count = tiles.length
  const [tileStart, tileEnd] = present(tiles[0])
  const tileWidth = tileEnd - tileStart
  const targetLogit = result.float32('target_logit_0')
  const topLogit = result.float32('top_logit_0')
  const topShare = result.float32('top_share_0')
  const candidates = losses.candidates.map((into, c) => ({ into, found: candidateTiles(result, c + 1) }))
  const reference = new Normalisers(count)
  const candidate = new Normalisers(count)
  const shares = new Float64Array(count)
  for (let row = 0; row < targets.length; row++) {
    const first = row * count
    const target = first + Math.floor(present(targets[row]) / tileWidth)
    reference.set((t) => present(topLogit[first + t]) - Math.log(present(topShare[first + t])))
    losses.reference[start + row] = reference.whole - present(targetLogit[target])
    for (let t = 0; t < count; t++) shares[t] = Math.exp(present(reference.tiles[t]) - reference.whole)
    const top = largest(topLogit, first, count)
    for (const { into, found } of candidates) {
      candidate.set((t) => present(found.targetLogit[first + t]) - present(found.targetShare[first + t]))
      into.loss[start + row] = candidate.whole - present(found.targetLogit[target])
      // KL = Σ_v P_v (l_ref − l) − A_ref + A
      let kl = candidate.whole - reference.whole
      for (let t = 0; t < count; t++) kl += present(shares[t]) * present(found.difference[first + t])
      into.kl[start + row] = kl
      const best = present(found.best[largest(found.best, first, count)])
      into.agrees[start + row] = present(found.atTop[top]) >= best ? 1 : 0
    }
  }
}

/** What the graph gives of one candidate, (rows, tiles) each. */
function candidateTiles(result: RunResult, model: number) {
  return {
    targetLogit: result.float32(`target_logit_${model}`),
    targetShare: result.float32(`target_share_${model}`),
    difference: result.float32(`difference_${model}`),
    atTop: result.float32(`at_top_${model}`),
    best: result.float32(`best_${model}`),
  }
}

/** Index of the largest of `count` values from `first` on. */
function largest(values: Float32Array, first: number, count: number): number {
  let at = first
  for (let i = first + 1; i < first + count; i++) if (present(values[i]) > present(values[at])) at = i
  return at
}
