/** @file The runs of a fused round: which sequences go together, and what the graph is given of each. */
import { present } from '../../numbers/present.ts'
import type { TensorInput } from '../../onnx/sessions/session.ts'
import { type Batch, batches, batchInputs } from '../capture/capture.ts'
import type { TokenSequence } from '../text/sequences.ts'
import type { ScoredPlan } from '../text/tokens.ts'
import { firstFrom } from './kept-rows.ts'
import { PLACES, roundNames } from './round-graph.ts'

/** How a run is cut. */
export interface RunShape {
  /** Sequences in a run. */
  readonly sequences: number
  /** Sums over rows are made in so many parts, which divide the rows of a run. */
  readonly rowParts: number
  /** Of every read-out, (positions of a sequence) 1: those whose sums are kept apart. */
  readonly apart: readonly Uint8Array[]
}

/** What is run, and what is wanted of its rows. */
export interface RoundText {
  readonly text: ScoredPlan
  /** First sequence of each token group, and the number of sequences: no run has sequences of two. */
  readonly groupStarts: Int32Array
  /** Rows of the text that come out as they are, ascending. */
  readonly kept: Int32Array
}

/** One run. Ranges are half open. */
export interface RoundBatch {
  readonly sequences: Batch
  readonly tokenGroup: number
  /** Rows of the text. */
  readonly rows: readonly [start: number, end: number]
  /** Scored tokens. */
  readonly scored: readonly [start: number, end: number]
  /** Among the rows that are kept. */
  readonly kept: readonly [start: number, end: number]
}

const keptOf = ({ keepFrom, keepTo }: TokenSequence): number => keepTo - keepFrom

/** Every sequence once: neighbours of one token group and of one length, at most `size` together. */
export function* roundBatches({ text, groupStarts, kept }: RoundText, size: number): Generator<RoundBatch> {
  const { plan, scored } = text
  let row = 0
  for (let tokenGroup = 0; tokenGroup < groupStarts.length - 1; tokenGroup++) {
    const [from, to] = [present(groupStarts[tokenGroup]), present(groupStarts[tokenGroup + 1])]
    for (const sequences of batches(plan.sequences.slice(from, to), size)) {
      const end = row + sequences.reduce((sum, sequence) => sum + keptOf(sequence), 0)
      const within = (ascending: Int32Array): [number, number] => [
        firstFrom(ascending, row),
        firstFrom(ascending, end),
      ]
      yield { sequences, tokenGroup, rows: [row, end], scored: within(scored.rows), kept: within(kept) }
      row = end
    }
  }
}

/** Sequences in a run: up to `most`, and so many that the runs of the largest token group are equally full. */
export function evenRuns(groupStarts: Int32Array, most: number): number {
  let largest = 1
  for (let g = 1; g < groupStarts.length; g++)
    largest = Math.max(largest, present(groupStarts[g]) - present(groupStarts[g - 1]))
  return Math.ceil(largest / Math.ceil(largest / most))
}

/** All that any graph of a round takes. */
export function roundInputs(
  { text: { plan, scored }, kept }: Pick<RoundText, 'text' | 'kept'>,
  batch: RoundBatch,
  shape: RunShape,
): Readonly<Record<string, TensorInput>> {
  const { sequences } = batch
  const place = rowPlaces(batch)
  const targets = scored.targets.subarray(...batch.scored)
  const ofSequences = batchInputs({ sequences: shape.sequences }, plan, sequences)
  const ones = shape.apart.map((apart, r) => [roundNames.ones(r), onesInput(batch, shape, apart)] as const)
  return {
    ...ofSequences,
    ...Object.fromEntries(ones),
    [roundNames.scoredRows]: indices(scored.rows.subarray(...batch.scored), place, []),
    targets: indices(targets, (target) => target, [1]),
    [roundNames.keptRows]: indices(kept.subarray(...batch.kept), place, []),
  }
}

/** Row of the graph of a row of the text. */
function rowPlaces({ sequences, rows }: RoundBatch): (row: number) => number {
  const places = new Int32Array(rows[1] - rows[0])
  let at = 0
  for (const [b, { begin, end, keepFrom, keepTo }] of sequences.entries()) {
    for (let position = keepFrom; position < keepTo; position++, at++)
      places[at] = b * (end - begin) + position - begin
  }
  return (row) => present(places[row - rows[0]])
}

/** int64 (n, …more); a zero where there is none, for no kernel has to do with nothing. */
function indices(values: Int32Array, of: (value: number) => number, more: readonly number[]): TensorInput {
  const count = Math.max(1, values.length)
  const data = new BigInt64Array(count)
  for (let i = 0; i < values.length; i++) data[i] = BigInt(of(present(values[i])))
  return { type: 'int64', data, dims: [count, ...more] }
}

/** (rowParts, PLACES, n_part): which rows are summed at the positions that are kept apart, and which at the others. */
function onesInput({ sequences }: RoundBatch, shape: RunShape, apart: Uint8Array): TensorInput {
  const [first] = sequences
  const { begin, end } = present(first)
  const length = end - begin
  const { rowParts } = shape
  const part = (shape.sequences * length) / rowParts
  const data = new Float32Array(rowParts * PLACES * part)
  for (let row = 0; row < sequences.length * length; row++) {
    const place = apart[row % length] === 1 ? 0 : 1
    data[(Math.floor(row / part) * PLACES + place) * part + (row % part)] = 1
  }
  return { type: 'float32', data, dims: [rowParts, PLACES, part] }
}
