/**
 * @file The head over the corpus: per scored token the loss of every model, and for every candidate
 * KL(reference‖candidate) and whether both put the same token first. The unembedding comes from its file, a range of the
 * vocabulary at a time; all rows run through one range before the next is read.
 */

import {
  buildHead,
  commonVocabulary,
  type HeadLayout,
  TOP_PARTS,
  vocabularyTiles,
} from '../../models/graph/head.ts'
import { present } from '../../numbers/present.ts'
import type { WeightKeeper } from '../../onnx/graph/fed-weight.ts'
import type { RunResult } from '../../onnx/sessions/run-result.ts'
import type { Device, Session, TensorInput } from '../../onnx/sessions/session.ts'
import { inOrder } from '../../onnx/threads/in-flight.ts'
import { createLanes, type Lanes } from '../../onnx/threads/lanes.ts'
import type { RowStore } from '../capture/row-store.ts'
import type { StoredUnembedding } from '../capture/unembedding.ts'
import { withFewerRows } from '../machine/fewer-rows.ts'
import { runSize } from '../machine/run-size.ts'
import { shareThreads } from '../machine/share-threads.ts'
import { gatherRows } from '../rows/gather-rows.ts'
import type { ScoredRows } from '../text/sequences.ts'
import { type TokenLosses, VocabularySums } from './vocabulary-sums.ts'

/** Runs of neighbouring models that share an unembedding: index into `unembeddings`, the reference first. */
export interface StoredHead {
  readonly unembeddings: readonly StoredUnembedding[]
  readonly models: readonly number[]
}

/** The models whose losses are wanted, the reference first. */
export interface HeadModels {
  readonly head: StoredHead
  /** Final hidden states of model m of the head. */
  readonly hidden: readonly RowStore[]
  /** Weights that are in the engine at once (device-memory.ts). */
  readonly rangeBytes: number
}

/** Results are in the order of the head's candidates. Errors: ENGINE_FAILED, the checkpoints' own. */
export async function tokenLosses(
  models: HeadModels,
  scored: ScoredRows,
  device: Device,
  onTokens: (done: number) => void,
): Promise<TokenLosses> {
  return await withFewerRows(device, (fewer) => lossesOn(models, scored, fewer, onTokens))
}

async function lossesOn(
  { head, hidden, rangeBytes }: HeadModels,
  scored: ScoredRows,
  device: Device,
  onTokens: (done: number) => void,
): Promise<TokenLosses> {
  const total = scored.rows.length
  const sums = new VocabularySums(total, head.models.length - 1)
  const ranges = vocabularyRanges(head.unembeddings, rangeBytes)
  const lanes = shareThreads(device, headLoad(head, present(ranges[0]), total))
  const size = runSize(lanes.device)
  const rows = Math.max(64, Math.floor(size.headRows / head.models.length))
  const keeper = lanes.device.kind === 'cpu' && total < FEW_ROWS ? 'caller' : 'engine'
  for (const [r, [start, end]] of ranges.entries()) {
    const tiles = vocabularyTiles(end - start, size.headTile)
    const session = await loadRange(head, [start, end], rows, { lanes, keeper })
    try {
      const begin = async ([from, to]: Range): Promise<RunResult> => {
        const targets = scored.targets.subarray(from, to).map((target) => target - start)
        return await session.run(await headInputs(hidden, scored.rows.subarray(from, to), targets, rows))
      }
      await inOrder(steps(total, rows), session.inFlight, begin, (result, [from, to]) => {
        const run = { targets: scored.targets.subarray(from, to), start: from }
        sums.add(result, run, { firstToken: start, tiles })
        onTokens(Math.round((r * total + to) / ranges.length))
      })
    } finally {
      await session.release()
    }
  }
  sums.settle(0, total)
  return sums.losses
}

/**
 * Rows for which it does not pay that onnxruntime lays out an unembedding for its products: that takes as long as it saves on so many
 * (on a quiet machine; several times as long on one whose memory is slow to come by).
 */
const FEW_ROWS = 4096

interface HeadLoading {
  readonly lanes: Lanes
  readonly keeper: WeightKeeper
}

/** In a function of its own, so that the graph's buffers are let go before it runs. */
async function loadRange(
  { unembeddings, models }: StoredHead,
  [start, end]: Range,
  rows: number,
  { lanes, keeper }: HeadLoading,
): Promise<Session> {
  const layout: HeadLayout = {
    unembeddings: await inTurn(unembeddings, (unembedding) => unembedding.tokens(start, end)),
    models,
  }
  const { headTile } = runSize(lanes.device)
  return await createLanes(buildHead(layout, rows, headTile, keeper), lanes, 'the unembedding')
}

async function inTurn<From, To>(items: readonly From[], make: (item: From) => Promise<To>): Promise<To[]> {
  const made: To[] = []
  for (const item of items) made.push(await make(item))
  return made
}

/** Half open. */
type Range = readonly [start: number, end: number]

/** 0 to `total` in ranges of `size`, the last one shorter. */
function* steps(total: number, size: number): Generator<Range> {
  for (let start = 0; start < total; start += size) yield [start, Math.min(start + size, total)]
}

const bytesEach = ({ type }: Pick<StoredUnembedding, 'type'>): number => (type === 'float32' ? 4 : 2)

/** Tokens that all unembeddings have, in ranges of equal size whose weights take up to `bytes`. */
export function vocabularyRanges(
  unembeddings: readonly Pick<StoredUnembedding, 'n_vocab' | 'd_model' | 'type'>[],
  bytes: number,
): readonly Range[] {
  const common = commonVocabulary(unembeddings)
  const perToken = unembeddings.reduce((sum, one) => sum + bytesEach(one) * one.d_model, 0)
  const count = Math.max(1, Math.ceil((common * perToken) / bytes))
  return [...steps(common, Math.ceil(common / count / TOP_PARTS) * TOP_PARTS)]
}

function headLoad({ unembeddings, models }: StoredHead, [start, end]: Range, rows: number) {
  const perToken = unembeddings.reduce((sum, one) => sum + bytesEach(one) * one.d_model, 0)
  const products = models.map((of) => {
    const { n_vocab, d_model } = present(unembeddings[of])
    return n_vocab * d_model
  })
  return {
    weightBytes: perToken * (end - start),
    operations: products.reduce((sum, size) => sum + 2 * size * rows, 0),
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
