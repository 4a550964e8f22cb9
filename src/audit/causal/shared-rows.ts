/** @file Which rows the edits of a sequence have in common: all before the first that an edit changes, which are then computed once. Pure. */
import { present } from '../../numbers/present.ts'

/** A run whose sequences are each sequence of a batch under each edit, edits of a sequence side by side. */
export interface SharingRun {
  /** Sequences that the graph takes; what the batch leaves of them repeats its first. */
  readonly sequences: number
  readonly length: number
  /** By sequence of the batch: no edit changes what lies before this position. */
  readonly firsts: readonly number[]
  readonly edits: number
}

export interface SharedRowLayout {
  /** (sequences · length) the computed row that stands there */
  readonly computed: BigInt64Array
  /** (computed rows) a place of each */
  readonly places: BigInt64Array
  /** (computed rows) the row of the batch that each starts from */
  readonly origins: Int32Array
  /** (computed rows) the edit that it is of; 0 before the first position that edits change */
  readonly edits: Int32Array
  /** Where a row of the batch stands among the computed rows, under an edit. */
  rowOf(edit: number, row: number): number
}

export function sharedRows({ sequences, length, firsts, edits }: SharingRun): SharedRowLayout {
  const rows = new Int32Array(sequences * length)
  const kept: { readonly place: number; readonly origin: number; readonly edit: number }[] = []
  for (const [s, first] of firsts.entries()) {
    for (let edit = 0; edit < edits; edit++) {
      for (let position = 0; position < length; position++) {
        const place = (s * edits + edit) * length + position
        if (edit > 0 && position < first) rows[place] = present(rows[s * edits * length + position])
        else rows[place] = kept.push({ place, origin: s * length + position, edit }) - 1
      }
    }
  }
  for (let place = firsts.length * edits * length; place < rows.length; place++)
    rows[place] = present(rows[place % length])
  return {
    computed: BigInt64Array.from(rows, BigInt),
    places: BigInt64Array.from(kept, ({ place }) => BigInt(place)),
    origins: Int32Array.from(kept, ({ origin }) => origin),
    edits: Int32Array.from(kept, ({ edit }) => edit),
    rowOf: (edit, row) => present(rows[(Math.floor(row / length) * edits + edit) * length + (row % length)]),
  }
}
