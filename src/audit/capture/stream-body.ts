/**
 * @file A body too large for the memory, run range by range: a range of blocks is loaded, every sequence runs through it, and the
 * rows of the residual stream wait in a store while the next range takes its place (docs/decisions/2026-11-29-streaming.md).
 */

import { type BodyProgram, rangeBytes, sumName } from '../../models/body-program.ts'
import type { Decoder } from '../../models/decoder-spec.ts'
import { RESIDUAL, RESIDUAL_BEFORE } from '../../models/graph/body.ts'
import { programRefs } from '../../models/weight-reader.ts'
import { present } from '../../numbers/present.ts'
import type { RunResult } from '../../onnx/sessions/run-result.ts'
import type { Device, TensorInput } from '../../onnx/sessions/session.ts'
import { inOrder } from '../../onnx/threads/in-flight.ts'
import type { Lanes } from '../../onnx/threads/lanes.ts'
import { shareThreads } from '../machine/share-threads.ts'
import { stageCost } from '../machine/stage-cost.ts'
import type { StreamTally } from '../machine/stream-tally.ts'
import type { Model } from '../subjects/model.ts'
import type { SequencePlan, TokenSequence } from '../text/sequences.ts'
import { type LoadedPart, partByPart, runPart } from './body-parts.ts'
import { type Batch, batches, batchInputs, type CaptureStores, storeRows } from './capture.ts'
import { bodyShape, type Sequences } from './load-body.ts'
import type { RowStore } from './row-store.ts'

/** Sequences that run through every range, and where what they yield goes. */
export interface StreamedPlan {
  readonly plan: SequencePlan
  readonly stores: CaptureStores
  /** Rows between two ranges: (tokens that are run, row width). */
  readonly between: RowStore
  /** Rows that the first range starts from, which are left as they are. Absent: `between`, where it does not start from the ids. */
  readonly before?: RowStore
  /** Are the rows at the end of the last range kept in `between`, too? Absent: they are. */
  readonly keepsEnd?: boolean
  /** Rows that edits take, by the name of their input: of all tokens that are run. Absent: no edit takes any. */
  readonly given?: ReadonlyMap<string, RowStore>
  /** Takes what the program sums (sumName) over each batch, before the next. Absent: it is not fetched. */
  readonly onSum?: (name: string, values: Float32Array) => void
}

/** How a body is streamed. */
export interface Streaming {
  readonly device: Device
  readonly sequences: Sequences
  /** Read the weights of a range while the one before it runs. */
  readonly readsAhead: boolean
  /** What it came to is added here. */
  readonly tally: StreamTally
  /** Hears how many tokens of all plans were run, as a mean over the ranges. */
  readonly onTokens: (done: number) => void
  /** Called once all sequences ran through a range. */
  readonly onRange?: (range: BodyProgram) => Promise<void>
  /** Absent: as many as there is memory for. */
  readonly lanes?: Lanes
}

const lengthOf = ({ begin, end }: TokenSequence): number => end - begin

/** Tokens that a plan runs, kept or not. */
export function runTokens({ sequences }: SequencePlan): number {
  return sequences.reduce((sum, sequence) => sum + lengthOf(sequence), 0)
}

/**
 * Run plans through the ranges of a body, as `streamedParts` cuts it. Errors: CAPTURE_NOT_FINITE, ENGINE_FAILED, SPILL_FAILED, the
 * checkpoint's own.
 */
export async function streamBody(
  model: Model,
  ranges: readonly BodyProgram[],
  plans: readonly StreamedPlan[],
  streaming: Streaming,
): Promise<void> {
  const { tally, sequences, readsAhead, onTokens, onRange } = streaming
  const { decoder } = model
  const lanes = streaming.lanes ?? lanesOf(decoder, ranges, plans, streaming)
  const shape = bodyShape(lanes.device, sequences)
  const begun = performance.now()
  let done = 0
  const onWaited = (seconds: number): void => {
    tally.secondsWaited += seconds
  }
  const [first, last] = [ranges[0], ranges.at(-1)]
  await partByPart(model, ranges, { shape, lanes, readsAhead, onWaited }, async (part) => {
    const { program } = part
    const ends = { isFirst: program === first, isLast: program === last }
    const range = { name: model.name, part, together: shape.sequences, ...ends }
    for (const plan of plans) {
      await runRange(range, plan, (length) => {
        done += length
        onTokens(Math.round(done / ranges.length))
      })
    }
    await onRange?.(part.program)
  })
  tally.secondsStreamed += (performance.now() - begun) / 1000
  tally.ranges = Math.max(tally.ranges, ranges.length)
  tally.bytesRead += storedBytes(model, ranges)
}

function lanesOf(
  decoder: Decoder,
  ranges: readonly BodyProgram[],
  plans: readonly StreamedPlan[],
  { device, sequences }: Streaming,
): Lanes {
  const tokens = plans.reduce((sum, { plan }) => sum + runTokens(plan), 0)
  const weightBytes = Math.max(...ranges.map((range) => rangeBytes(range, decoder)))
  return shareThreads(device, {
    weightBytes,
    operations: stageCost.body(decoder, tokens, sequences.longest),
  })
}

/** Of the tensors that the ranges are made of, each once. */
function storedBytes({ decoder, tensors }: Model, ranges: readonly BodyProgram[]): number {
  const names = new Set(ranges.flatMap((range) => programRefs(range, decoder)).map(({ tensor }) => tensor))
  return [...names].reduce((sum, name) => sum + present(tensors.entries.get(name)).byteLength, 0)
}

/** A range in the engine, and how many sequences it takes at a time. */
export interface LoadedRange {
  readonly name: string
  readonly part: LoadedPart
  readonly together: number
  readonly isFirst: boolean
  readonly isLast: boolean
}

/** A batch, and where its rows are in the stores: those that are kept, and those of all its tokens between ranges. */
interface Placed {
  readonly batch: Batch
  readonly storeRow: number
  readonly betweenRow: number
}

/** Run a plan through one range. Errors: CAPTURE_NOT_FINITE, ENGINE_FAILED, SPILL_FAILED. */
export async function runRange(
  { name, part, together, isFirst, isLast }: LoadedRange,
  { plan, stores, between, before, keepsEnd = true, given = new Map(), onSum }: StreamedPlan,
  onBatch: (tokens: number) => void,
): Promise<void> {
  const { program, session, outputs } = part
  const taken = [...stores.keys()].filter((output) => outputs.includes(output))
  const sums = onSum === undefined ? [] : program.sums.map(sumName)
  const goesOn = outputs.includes(RESIDUAL) && (keepsEnd || !isLast)
  const start = isFirst ? (before ?? between) : between
  const fetched = [...taken, ...sums, ...(goesOn ? [RESIDUAL] : [])]
  const begin = async ({ batch, betweenRow }: Placed): Promise<RunResult> => {
    const inputs = batchInputs({ sequences: together }, plan, batch)
    if (program.from === 'ids') return await runPart(part, inputs, fetched)
    const rows: Record<string, TensorInput> = {
      [RESIDUAL_BEFORE]: await rowsBefore(start, batch, betweenRow, together),
    }
    for (const [name, store] of given) {
      if (part.inputs.includes(name)) rows[name] = await rowsBefore(store, batch, betweenRow, together)
    }
    return await runPart(part, { ...inputs, ...rows }, fetched)
  }
  await inOrder(
    placed(plan, together),
    session.inFlight,
    begin,
    async (result, { batch, storeRow, betweenRow }) => {
      for (const output of taken) {
        const store = stores.get(output)
        if (store === undefined) continue
        await storeRows({ model: name, name: output }, result.float32(output), batch, { store, storeRow })
      }
      const tokens = batch.reduce((sum, sequence) => sum + lengthOf(sequence), 0)
      for (const name of sums) onSum?.(name, result.float32(name))
      if (goesOn) {
        const rows = result.float32(RESIDUAL).subarray(0, tokens * between.width)
        await between.write(betweenRow, rows)
      }
      onBatch(tokens)
    },
  )
}

function* placed(plan: SequencePlan, together: number): Generator<Placed> {
  let [storeRow, betweenRow] = [0, 0]
  for (const batch of batches(plan.sequences, together)) {
    yield { batch, storeRow, betweenRow }
    for (const sequence of batch) {
      storeRow += sequence.keepTo - sequence.keepFrom
      betweenRow += lengthOf(sequence)
    }
  }
}

/** A batch that is not full is filled up with its first sequence, as its ids are. */
async function rowsBefore(
  between: RowStore,
  batch: Batch,
  firstRow: number,
  together: number,
): Promise<TensorInput> {
  const [first] = batch
  if (first === undefined) throw new RangeError('an empty batch')
  const { width } = between
  const size = lengthOf(first) * width
  const data = new Float32Array(together * size)
  data.set(await between.read(firstRow, firstRow + batch.length * lengthOf(first)))
  for (let b = batch.length; b < together; b++) data.copyWithin(b * size, 0, size)
  return { type: 'float32', data, dims: [together * lengthOf(first), width] }
}
