/** @file Edits of sequences, cut into runs of a suffix: the final hidden rows of scored positions, edit by edit. */
import { present } from '../../numbers/present.ts'
import { inOrder } from '../../onnx/threads/in-flight.ts'
import type { Batch } from '../capture/capture.ts'
import type { AddedVector, EditedRows, Suffix } from './suffix.ts'

/** A row that is wanted. */
export interface EditedRow {
  /** Among the sequences. */
  readonly sequence: number
  /** Among all rows of the sequences. */
  readonly row: number
}

export interface EditedSequences {
  readonly batch: Batch
  /** Of each. */
  readonly length: number
  /** By sequence: no edit adds anything before this position. */
  readonly firsts: readonly number[]
  readonly scored: readonly EditedRow[]
}

/** Sequences and edits of one run. */
interface EditRun {
  readonly from: number
  readonly to: number
  readonly edits: readonly number[]
}

/**
 * By edit, (scored, d_model): hidden rows of the scored positions. `rows` (sequences · length, d_model) before the edits. An edit that adds what
 * another of them adds is not run again. Errors: ENGINE_FAILED.
 */
export async function editedRows(
  suffix: Suffix,
  { batch, length, firsts, scored }: EditedSequences,
  rows: Float32Array,
  added: readonly AddedVector[],
): Promise<readonly Float32Array[]> {
  const same = added.map((one) => added.findIndex((other) => isSame(one, other)))
  const width = rows.length / (batch.length * length)
  const found = new Map([...new Set(same)].map((edit) => [edit, new Float32Array(scored.length * width)]))
  const begin = async ({ from, to, edits }: EditRun): Promise<EditedRows> =>
    await suffix.run({
      batch: batch.slice(from, to),
      rows: rows.subarray(from * length * width, to * length * width),
      firsts: firsts.slice(from, to),
      added: edits.map((edit) => {
        const { strength, direction } = present(added[edit])
        return { strength: strength.subarray(from * length, to * length), direction }
      }),
    })
  await inOrder(
    editRuns(batch.length, [...found.keys()], suffix),
    suffix.inFlight,
    begin,
    ({ values, rowOf }, { from, to, edits }) => {
      for (const [i, { sequence, row }] of scored.entries()) {
        if (sequence < from || sequence >= to) continue
        for (const [e, edit] of edits.entries()) {
          const at = rowOf(e, row - from * length) * width
          present(found.get(edit)).set(values.subarray(at, at + width), i * width)
        }
      }
    },
  )
  return same.map((edit) => present(found.get(edit)))
}

function editRuns(
  sequences: number,
  edits: readonly number[],
  { sequences: together, edits: atOnce }: Pick<Suffix, 'sequences' | 'edits'>,
): readonly EditRun[] {
  const runs: EditRun[] = []
  for (let from = 0; from < sequences; from += together) {
    const to = Math.min(sequences, from + together)
    for (let e = 0; e < edits.length; e += atOnce) runs.push({ from, to, edits: edits.slice(e, e + atOnce) })
  }
  return runs
}

function isSame(a: AddedVector, b: AddedVector): boolean {
  return a.direction === b.direction && a.strength.every((value, i) => value === b.strength[i])
}
