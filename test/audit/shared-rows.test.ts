/** @file Which rows of edited sequences are computed once, and where each row of the whole sequences then stands. */
import { describe, expect, it } from 'vitest'
import { sharedRows } from '../../src/audit/causal/shared-rows.ts'

const LENGTH = 6

describe('rows that edits have in common', () => {
  it('are those before the first that an edit changes', () => {
    const { origins, edits, rowOf } = sharedRows({ sequences: 6, length: LENGTH, firsts: [4, 0], edits: 3 })
    // 4 rows once and 2 for each edit; then 6 for each.
    expect(origins).toHaveLength(4 + 3 * 2 + 3 * 6)
    for (const [s, first] of [4, 0].entries()) {
      for (let t = 0; t < LENGTH; t++) {
        const stands = [0, 1, 2].map((edit) => rowOf(edit, s * LENGTH + t))
        expect(new Set(stands).size).toBe(t < first ? 1 : 3)
        for (const [edit, row] of stands.entries()) {
          expect(origins[row]).toBe(s * LENGTH + t)
          expect(edits[row]).toBe(t < first ? 0 : edit)
        }
      }
    }
  })

  it('stand where they say, in a graph that is not full too', () => {
    const { computed, places, origins } = sharedRows({
      ...{ sequences: 4, length: LENGTH },
      ...{ firsts: [3], edits: 2 },
    })
    expect(computed).toHaveLength(4 * LENGTH)
    expect(places).toHaveLength(3 + 2 * 3)
    for (const [row, place] of places.entries()) expect(computed[Number(place)]).toBe(BigInt(row))
    // The rest repeats the first sequence.
    for (let place = 2 * LENGTH; place < 4 * LENGTH; place++) {
      expect(computed[place]).toBe(computed[place % LENGTH])
      expect(origins[Number(computed[place])]).toBe(place % LENGTH)
    }
  })

  it('are none where a sequence is changed from its start, and all where it is not changed', () => {
    const of = (first: number): number =>
      sharedRows({ sequences: 2, length: LENGTH, firsts: [first], edits: 2 }).origins.length
    expect([of(0), of(LENGTH)]).toEqual([12, 6])
  })
})
