/** @file Rows gathered from a store: runs of neighbours, gaps, the same row twice, and zeros behind the last. */
import { describe, expect, it } from 'vitest'
import { gatherRows } from '../../src/audit/rows/gather-rows.ts'

const WIDTH = 3
const store = {
  rows: 10,
  width: WIDTH,
  inFile: false,
  read: async (start: number, end: number) =>
    Float32Array.from({ length: (end - start) * WIDTH }, (_, i) => start * WIDTH + i + 1),
  write: async () => {},
  close: async () => {},
}

describe('gathered rows', () => {
  it.each([
    ['one run', [2, 3, 4]],
    ['runs and gaps', [0, 1, 4, 6, 7, 9]],
    ['a row that comes again, as batches are filled up', [5, 6, 6, 6]],
    ['one row', [9]],
  ])('%s', async (_, rows) => {
    const expected = rows.flatMap((row) => [0, 1, 2].map((column) => row * WIDTH + column + 1))
    expect([...(await gatherRows(store, Int32Array.from(rows), 8))]).toEqual(
      Array.from({ length: 8 * WIDTH }, (_, i) => expected[i] ?? 0),
    )
  })
})
