/**
 * @file A user's own ONNX model, run as it is on onnxruntime's kernels: its residual stream stored like any other's, its
 * logits turned into losses at once.
 */

import { HIDDEN } from '../../models/graph/body.ts'
import type { Unembedding } from '../../models/graph/head.ts'
import { hasRunRanges } from '../../models/user-onnx/quantization.ts'
import { type LoadedUserModel, loadUserModel } from '../../models/user-onnx/run.ts'
import { present } from '../../numbers/present.ts'
import type { Device } from '../../onnx/sessions/session.ts'
import { batches, type CaptureStores, storeRows } from '../capture/capture.ts'
import type { CapturedReference } from '../capture/capture-model.ts'
import { createRowStore, type RowStore } from '../capture/row-store.ts'
import { openUnembedding } from '../capture/unembedding.ts'
import { stageCost } from '../machine/stage-cost.ts'
import { hooksOf } from '../run/readout.ts'
import { type Run, wantsLosses } from '../run/run.ts'
import { refuseTurnedOnnx } from '../subjects/basis/onnx-basis.ts'
import type { OnnxCandidate } from '../subjects/candidate.ts'
import type { Model } from '../subjects/model.ts'
import { userTaps } from '../subjects/user-onnx.ts'
import { type SequencePlan, sequenceIds, type TokenSequence } from '../text/sequences.ts'
import type { ScoredPlan } from '../text/tokens.ts'
import { LogitLosses } from './logit-losses.ts'
import type { TokenLosses } from './vocabulary-sums.ts'

/** Rows of one run; each has a row of logits in memory. */
const ROWS_PER_RUN = 512

export interface MeasuredUserModel {
  /** Its residual stream at the hooks; the caller closes it. */
  readonly stores: CaptureStores
  /** Null: no losses are wanted. */
  readonly chunked: TokenLosses | null
  readonly sliding: TokenLosses | null
}

/** Run the model over sequences and windows. Errors: ONNX_*, MODELS_DIFFER, CAPTURE_NOT_FINITE, ENGINE_FAILED, SPILL_FAILED. */
export async function measureUserModel(
  run: Run,
  reference: CapturedReference,
  candidate: OnnxCandidate,
): Promise<MeasuredUserModel> {
  const { name, user } = candidate
  const { tokens, device, memory, config } = run
  const taps = userTaps(user, hooksOf(run.readouts), reference.model, config.tap)
  const { d_model } = reference.model.decoder.spec
  const loaded = await loadUserModel(user, [...taps.values()], d_model, device)
  const stores = new Map<string, RowStore>()
  try {
    await refuseTurnedOnnx(candidate, loaded, reference.model, tokens.chunked.plan.longest)
    for (const hook of taps.keys()) {
      stores.set(hook, await createRowStore(tokens.chunked.plan.rows, d_model, memory))
    }
    const most = hasRunRanges(user.model) ? 1 : ROWS_PER_RUN
    const unembedding = wantsLosses(config) ? await wholeUnembedding(reference.model, device) : null
    const running = { name, loaded, most, reference, unembedding }
    const hidden = reference.capture.chunked.get(HIDDEN) ?? null
    const chunked = await runPlan(run, running, { ...tokens.chunked, hidden, stores })
    const windows = reference.capture.sliding
    const sliding =
      tokens.sliding === null || windows === null
        ? null
        : await runPlan(run, running, { ...tokens.sliding, hidden: windows, stores: new Map() })
    return { stores, chunked, sliding }
  } catch (error) {
    for (const store of stores.values()) await store.close()
    throw error
  } finally {
    await loaded.release()
  }
}

/** All of it at once: this model's logits come a row at a time, each of the whole vocabulary. */
async function wholeUnembedding(model: Model, device: Device): Promise<Unembedding> {
  const stored = await openUnembedding(model, device)
  return await stored.tokens(0, stored.n_vocab)
}

interface Running {
  readonly name: string
  readonly loaded: LoadedUserModel
  /** Rows that may run together, beyond one sequence. */
  readonly most: number
  readonly reference: CapturedReference
  /** Null: no losses are wanted. */
  readonly unembedding: Unembedding | null
}

/** What is run, the reference's hidden states over it, and where taps go, in the order of the loaded ones. */
interface UserPlan extends ScoredPlan {
  readonly hidden: RowStore | null
  readonly stores: CaptureStores
}

async function runPlan(
  { device, work }: Run,
  { name, loaded, most, reference, unembedding }: Running,
  { plan, scored, hidden, stores }: UserPlan,
): Promise<TokenLosses | null> {
  const { decoder } = reference.model
  const total = plan.sequences.reduce((sum, { begin, end }) => sum + end - begin, 0)
  const cost = stageCost.body(decoder, total, plan.longest) + stageCost.head(decoder, total, 2)
  const what = plan.rows === total ? 'forward pass and losses' : 'sliding windows'
  const onTokens = work.stage(`${name}: ${what}`, cost, total)
  const losses =
    unembedding === null || hidden === null
      ? null
      : new LogitLosses(name, { unembedding, hidden }, scored, device)
  const size = loaded.batch ?? Math.max(1, Math.floor(most / plan.longest))
  let done = 0
  let storeRow = 0
  try {
    for (const batch of batches(plan.sequences, size)) {
      const { ids, length } = batchIds(plan, batch, loaded.batch ?? batch.length)
      const run = await loaded.run(ids, { batch: ids.length / length, length })
      for (const [i, [hook, store]] of [...stores].entries()) {
        const taps = present(run.taps[i], `the tap of ${hook}`)
        await storeRows({ model: name, name: hook }, taps, batch, { store, storeRow })
      }
      for (const [b, { begin, keepFrom, keepTo }] of batch.entries()) {
        const rows = keepTo - keepFrom
        const from = (b * length + keepFrom - begin) * run.n_vocab
        const data = run.logits.subarray(from, from + rows * run.n_vocab)
        await losses?.add({ data, columns: run.n_vocab, firstRow: storeRow, rows })
        storeRow += rows
        done += length
        onTokens(done)
      }
    }
    return losses?.losses ?? null
  } finally {
    await losses?.release()
  }
}

/** Ids (size, length) of sequences of one length; a batch that is not full repeats its first sequence. */
function batchIds(
  plan: SequencePlan,
  batch: readonly TokenSequence[],
  size: number,
): { ids: Int32Array; length: number } {
  const [first] = batch
  if (first === undefined) throw new RangeError('an empty batch')
  const length = first.end - first.begin
  const ids = new Int32Array(size * length)
  for (let b = 0; b < size; b++) {
    ids.set(sequenceIds(plan, batch[b] ?? first), b * length)
  }
  return { ids, length }
}
