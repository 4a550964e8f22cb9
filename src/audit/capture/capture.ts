/** @file Runs a body over the corpus and stores what it yields: the taps, and the hidden state that the head reads. */

import { captureNotFinite } from '../../errors/audit.ts'
import { HIDDEN } from '../../models/graph/body.ts'
import { firstNonFinite } from '../../numbers/finite.ts'
import { present } from '../../numbers/present.ts'
import type { RunResult } from '../../onnx/sessions/run-result.ts'
import type { Session, TensorInput } from '../../onnx/sessions/session.ts'
import { inOrder } from '../../onnx/threads/in-flight.ts'
import type { SequencePlan, TokenSequence } from '../text/sequences.ts'
import type { RowStore } from './row-store.ts'

/** A body in the engine, built for so many sequences at a time. */
export interface LoadedBody {
  readonly name: string
  readonly session: Session
  readonly sequences: number
}

/** Where each output of the body goes: hook names, and `hidden`. Outputs not named are not kept. */
export type CaptureStores = ReadonlyMap<string, RowStore>

/**
 * Run every sequence of the plan and write its kept rows. Sequences of one length run together, `body.sequences` at a
 * time; a batch that is not full is filled up with its first sequence, whose rows are then dropped. `onTokens` hears
 * how many tokens were run. Errors: CAPTURE_NOT_FINITE, ENGINE_FAILED, SPILL_FAILED.
 */
export async function capture(
  body: LoadedBody,
  plan: SequencePlan,
  stores: CaptureStores,
  onTokens: (done: number) => void,
): Promise<void> {
  let done = 0
  let storeRow = 0
  const outputs = [...stores.keys()]
  const begin = (batch: Batch): Promise<RunResult> => runBatch(body, plan.ids, batch, outputs)
  await inOrder(
    batches(plan.sequences, body.sequences),
    body.session.inFlight,
    begin,
    async (result, batch) => {
      for (const [output, store] of stores) {
        await storeRows({ model: body.name, name: output }, result.float32(output), batch, {
          store,
          storeRow,
        })
      }
      for (const sequence of batch) {
        storeRow += sequence.keepTo - sequence.keepFrom
        done += sequence.end - sequence.begin
      }
      onTokens(done)
    },
  )
}

type Batch = readonly TokenSequence[]

/** Neighbouring sequences of equal length, at most `size` together. */
export function* batches(
  sequences: readonly TokenSequence[],
  size: number,
): Generator<readonly TokenSequence[]> {
  let batch: TokenSequence[] = []
  const lengthOf = (s: TokenSequence | undefined): number => (s === undefined ? 0 : s.end - s.begin)
  for (const sequence of sequences) {
    if (batch.length === size || (batch.length > 0 && lengthOf(batch[0]) !== lengthOf(sequence))) {
      yield batch
      batch = []
    }
    batch.push(sequence)
  }
  if (batch.length > 0) yield batch
}

async function runBatch(
  body: LoadedBody,
  ids: Int32Array,
  batch: readonly TokenSequence[],
  outputs: readonly string[],
): Promise<RunResult> {
  const [first] = batch
  if (first === undefined) throw new RangeError('an empty batch')
  const length = first.end - first.begin
  const input = new BigInt64Array(body.sequences * length)
  for (let b = 0; b < body.sequences; b++) {
    const { begin } = batch[b] ?? first
    for (let t = 0; t < length; t++) input[b * length + t] = BigInt(present(ids[begin + t]))
  }
  const lastPosition = new Int32Array(body.sequences).fill(length - 1)
  const inputs: Record<string, TensorInput> = {
    ids: { type: 'int64', data: input, dims: [body.sequences, length] },
    last_position: { type: 'int32', data: lastPosition, dims: [body.sequences] },
    length: { type: 'int32', data: Int32Array.of(length), dims: [] },
  }
  return await body.session.run(inputs, outputs)
}

/** One output of a model, for messages. */
interface ModelOutput {
  readonly model: string
  readonly name: string
}

/** A store, and its row that comes next. */
interface StorePlace {
  readonly store: RowStore
  readonly storeRow: number
}

/** Write the kept rows of one output of a batch. Errors: CAPTURE_NOT_FINITE, SPILL_FAILED. */
export async function storeRows(
  output: ModelOutput,
  values: Float32Array,
  batch: readonly TokenSequence[],
  { store, storeRow }: StorePlace,
): Promise<void> {
  const { width } = store
  let row = storeRow
  for (const [b, { begin, end, keepFrom, keepTo }] of batch.entries()) {
    const start = b * (end - begin) + keepFrom - begin
    const kept = values.subarray(start * width, (start + keepTo - keepFrom) * width)
    const bad = firstNonFinite(kept)
    if (bad >= 0) {
      const place = output.name === HIDDEN ? 'the final hidden state' : output.name
      throw captureNotFinite(output.model, place, keepFrom + Math.floor(bad / width))
    }
    await store.write(row, kept)
    row += keepTo - keepFrom
  }
}
