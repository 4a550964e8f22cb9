/**
 * @file What fires of rows whose features fire by the row, found over ranges of features: k values and k ids of each row wait while the next
 * range is encoded, and the winners of both together go on. An encoder that is larger than memory is read so a range at a time, and once for
 * as many rows as may wait (docs/decisions/2026-11-29-row-encoders.md).
 */
import { present } from '../../numbers/present.ts'
import type { Device, TensorInput } from '../../onnx/sessions/session.ts'
import { inOrder } from '../../onnx/threads/in-flight.ts'
import type { FeatureRange, RowRule } from '../../sae/dictionary.ts'
import { runSize } from '../machine/run-size.ts'
import { encoderOf, encoderRanges, type StoredEncoder } from '../run/stored-encoder.ts'
import { type EncoderRuns, encoderLoad, encoderPlace, encoderRuns, type SlabResult } from './encoder-runs.ts'
import { rowGraph, rowTile } from './row-features.ts'
import type { FeatureWeights } from './tile-weights.ts'

/** What fires of rows: (rows · k) both, activations 0 where fewer than k fire. Of topk the largest first, of equal ones the lower id. */
export interface Winners {
  readonly k: number
  readonly values: Float32Array
  readonly ids: Int32Array
}

/** Rows that are encoded together. */
export interface SomeRows {
  readonly rows: Int32Array
}

/** What a batch's rows are in each model: `x_0`, `x_1`, …, (rows, d_in); what fires in more rows than the batch has is left out. */
export type RowInputs = Readonly<Record<string, TensorInput>>

/** What is encoded, of how many models at a time, and who hears how many rows are done. */
export interface RowEncoding {
  readonly encoder: StoredEncoder
  readonly device: Device
  readonly models: number
  readonly onRows: (done: number) => void
  /** Bytes of winners that may wait between two ranges, of all rows and models together. Absent: MOST_WAITING. */
  readonly mostWaiting?: number
}

/** As much as a range of weights. */
const MOST_WAITING = 256e6
/** float32 and int32. */
const WINNER_BYTES = 8

/** Winners of one row in all models. */
const winnersOf = ({ k }: RowRule, models: number): number => WINNER_BYTES * k * models

/** What waits between ranges at most, in bytes. */
export function waitingBytes(rule: RowRule, rows: number, models: number): number {
  return Math.min(Math.max(MOST_WAITING, winnersOf(rule, models)), rows * winnersOf(rule, models))
}

/**
 * Hand `use` what fires in each batch, in order, with what it was read as. Batches are read again for every range of the encoder. Errors:
 * ENGINE_FAILED, those of reading W_enc.
 */
export async function eachWinners<Batch extends SomeRows>(
  encoding: RowEncoding,
  batches: readonly Batch[],
  read: (batch: Batch) => Promise<RowInputs>,
  use: (batch: Batch, winners: readonly Winners[], inputs: RowInputs) => void,
): Promise<void> {
  const { encoder, models, onRows, mostWaiting = MOST_WAITING } = encoding
  const rule = rowRuleOf(encoder)
  const ranges = encoderRanges(encoder)
  const atOnce = ranges.length === 1 ? Number.POSITIVE_INFINITY : mostWaiting / winnersOf(rule, models)
  let before = 0
  for (const portion of portions(batches, atOnce)) {
    const count = rowCount(portion)
    const waiting = new Map<Batch, readonly Winners[]>()
    for (const [i, range] of ranges.entries()) {
      const runs = await runsOver(encoding, range, count)
      const begin = async (batch: Batch) => {
        const inputs = await read(batch)
        return { inputs, slabs: await slabsOf(runs, inputs, models) }
      }
      let done = 0
      try {
        await inOrder(portion, runs.inFlight, begin, ({ inputs, slabs }, batch) => {
          const earlier = waiting.get(batch)
          const winners = slabs.map((of, m) =>
            joined(rule, [
              ...(earlier === undefined ? [] : [present(earlier[m])]),
              ...winnersIn(of, range, batch),
            ]),
          )
          if (i < ranges.length - 1) waiting.set(batch, winners)
          else {
            waiting.delete(batch)
            use(batch, winners, inputs)
          }
          done += batch.rows.length
          onRows(before + (i * count + done) / ranges.length)
        })
      } finally {
        await runs.release()
      }
    }
    before += count
  }
}

export function rowRuleOf({ activatesBy }: Pick<StoredEncoder, 'activatesBy'>): RowRule {
  if (activatesBy === 'feature') throw new RangeError('features that activate by themselves')
  return activatesBy
}

const rowCount = (batches: readonly SomeRows[]): number =>
  batches.reduce((sum, { rows }) => sum + rows.length, 0)

/** Batches one after the other, of up to so many rows together; one at least. */
function portions<Batch extends SomeRows>(
  batches: readonly Batch[],
  atOnce: number,
): readonly (readonly Batch[])[] {
  const all: Batch[][] = []
  let rows = 0
  for (const batch of batches) {
    const last = all.at(-1)
    if (last === undefined || rows + batch.rows.length > atOnce) {
      all.push([batch])
      rows = batch.rows.length
    } else {
      last.push(batch)
      rows += batch.rows.length
    }
  }
  return all
}

async function runsOver(
  { encoder, device, models }: RowEncoding,
  range: FeatureRange,
  rows: number,
): Promise<EncoderRuns> {
  const weights = { encoder: await encoderOf(encoder, range), W_dec: null }
  const place = encoderPlace(device, encoder, encoderLoad(encoder, range[1] - range[0], models * rows))
  const tile = rowTile(encoder.activatesBy, runSize(place.lanes.device))
  const graph = (of: FeatureWeights, given: boolean) => rowGraph(of.encoder, tile, given)
  return await encoderRuns(weights, graph, place, 'the SAE encoder')
}

/** Of each model. */
async function slabsOf(runs: EncoderRuns, inputs: RowInputs, models: number) {
  const all: (readonly SlabResult[])[] = []
  for (let m = 0; m < models; m++) all.push(await runs.run({ x_0: present(inputs[`x_${m}`]) }))
  return all
}

/** By ids of the whole dictionary. RangeError: an id that is none. */
function winnersIn(
  slabs: readonly SlabResult[],
  [first]: FeatureRange,
  { rows }: SomeRows,
): readonly Winners[] {
  return slabs.map(({ range: [start, end], result }) => {
    const k = present(result.dims('ids')[1])
    const ids = Int32Array.from(result.int64('ids').subarray(0, k * rows.length), (id) => {
      if (id < 0 || id >= end - start) throw new RangeError(`feature ${id} of ${end - start}`)
      return Number(id) + start + first
    })
    return { k, values: result.float32('values').subarray(0, ids.length), ids }
  })
}

/** Winners of ranges in ascending order: of topk the k largest of all, of groupmax each group's. */
export function joined({ kind, k }: RowRule, parts: readonly Winners[]): Winners {
  const put = kind === 'topk' ? largestOf : sideBySide
  return parts.reduce((a, b) => put(a, b, k))
}

/** The k largest of both, in order; of equal ones a's, whose ids are lower. */
function largestOf(a: Winners, b: Winners, most: number): Winners {
  const rows = a.values.length / a.k
  const k = Math.min(most, a.k + b.k)
  const [values, ids] = [new Float32Array(rows * k), new Int32Array(rows * k)]
  for (let row = 0; row < rows; row++) {
    let [i, j] = [row * a.k, row * b.k]
    const [endA, endB] = [i + a.k, j + b.k]
    for (let at = row * k; at < (row + 1) * k; at++) {
      const isA = j === endB || (i < endA && a.values[i]! >= b.values[j]!)
      values[at] = isA ? a.values[i]! : b.values[j]!
      ids[at] = isA ? a.ids[i++]! : b.ids[j++]!
    }
  }
  return { k, values, ids }
}

function sideBySide(a: Winners, b: Winners): Winners {
  const rows = a.values.length / a.k
  const k = a.k + b.k
  const [values, ids] = [new Float32Array(rows * k), new Int32Array(rows * k)]
  for (let row = 0; row < rows; row++) {
    for (const [part, at] of [
      [a, row * k],
      [b, row * k + a.k],
    ] as const) {
      values.set(part.values.subarray(row * part.k, (row + 1) * part.k), at)
      ids.set(part.ids.subarray(row * part.k, (row + 1) * part.k), at)
    }
  }
  return { k, values, ids }
}
