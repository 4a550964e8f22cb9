/** @file Runs a body over the corpus and stores what it yields: the taps, and the hidden state that the head reads. */

import { captureNotFinite } from '../../errors/audit.ts'
import { HIDDEN } from '../../models/graph/body.ts'
import { COUNTED_ROWS } from '../../models/graph/shape.ts'
import { firstNonFinite } from '../../numbers/finite.ts'
import type { RunResult } from '../../onnx/sessions/run-result.ts'
import type { Session, TensorInput } from '../../onnx/sessions/session.ts'
import { inOrder } from '../../onnx/threads/in-flight.ts'
import { type SequencePlan, sequenceIds, type TokenSequence } from '../text/sequences.ts'
import type { RowStore } from './row-store.ts'

/** A body in the engine, built for so many sequences at a time. */
export interface LoadedBody {
  readonly name: string
  readonly session: Session
  readonly sequences: number
}

/** Where each output of the body goes: hook names, and `hidden`. Outputs not named are not kept. */
export type CaptureStores = ReadonlyMap<string, RowStore>

/** Run every sequence of the plan and write its kept rows. `onTokens` hears how many tokens were run. Errors: CAPTURE_NOT_FINITE, ENGINE_FAILED, SPILL_FAILED. */
export async function capture(
  body: LoadedBody,
  plan: SequencePlan,
  stores: CaptureStores,
  onTokens: (done: number) => void,
): Promise<void> {
  let done = 0
  let storeRow = 0
  await runSequences(body, plan, [...stores.keys()], async (result, batch) => {
    for (const [output, store] of stores) {
      await storeRows({ model: body.name, name: output }, result.float32(output), batch, { store, storeRow })
    }
    for (const sequence of batch) {
      storeRow += sequence.keepTo - sequence.keepFrom
      done += sequence.end - sequence.begin
    }
    onTokens(done)
  })
}

export type Batch = readonly TokenSequence[]

/**
 * Run every sequence of the plan and give `use` the named outputs, batch after batch. Sequences of one length run together,
 * `body.sequences` at a time; a batch that is not full is filled up with its first sequence. Errors: ENGINE_FAILED.
 */
export async function runSequences(
  body: LoadedBody,
  plan: SequencePlan,
  outputs: readonly string[],
  use: (result: RunResult, batch: Batch) => Promise<void> | void,
): Promise<void> {
  const begin = (batch: Batch): Promise<RunResult> =>
    body.session.run(batchInputs(body, plan, batch), outputs)
  await inOrder(batches(plan.sequences, body.sequences), body.session.inFlight, begin, use)
}

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

export function batchInputs(
  { sequences }: Pick<LoadedBody, 'sequences'>,
  plan: SequencePlan,
  batch: Batch,
): Readonly<Record<string, TensorInput>> {
  const [first] = batch
  if (first === undefined) throw new RangeError('an empty batch')
  const length = first.end - first.begin
  const rows = sequences * length
  const input = new BigInt64Array(rows)
  // 1 for rows that are kept: sums over rows leave out what fills up, too.
  const counted = new Float32Array(rows)
  for (let b = 0; b < sequences; b++) {
    const sequence = batch[b] ?? first
    const { begin, keepFrom, keepTo } = sequence
    input.set(BigInt64Array.from(sequenceIds(plan, sequence), BigInt), b * length)
    if (b < batch.length) counted.fill(1, b * length + keepFrom - begin, b * length + keepTo - begin)
  }
  const lastPosition = new Int32Array(sequences).fill(length - 1)
  return {
    ids: { type: 'int64', data: input, dims: [sequences, length] },
    last_position: { type: 'int32', data: lastPosition, dims: [sequences] },
    length: { type: 'int32', data: Int32Array.of(length), dims: [] },
    [COUNTED_ROWS]: { type: 'float32', data: counted, dims: [rows, 1] },
  }
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
