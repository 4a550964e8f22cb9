/** @file What swaps cost beside one candidate, by the count of operations at the bench's shapes, and that bench/README.md says it. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type SwapRow, swapRows } from '../../bench/swaps.ts'

const [pythia, gemma] = [swapRows('pythia-70m'), swapRows('gemma2-2b')]
const times = (rows: readonly SwapRow[]) => rows.map((row) => row.times)

describe('swaps at the shape of Gemma-2-2B, hook behind block 12', () => {
  it('are 91 of its 182 tensors, 13 blocks and 7 kinds', () => {
    expect(gemma.map(({ swaps }) => swaps)).toEqual([13, 7, 91, 20, 0])
  })

  it('take 3.5, 3.5, 20, 8 and 1 times one candidate at most', () => {
    for (const [i, most] of [3.5, 3.5, 20, 8, 1].entries()) expect(times(gemma)[i]).toBeLessThan(most)
  })

  it('are counted as blocks that are run: 13 + 12 + … + 1 of 26, and the head of a vocabulary of 256,000', () => {
    // Multiply-adds of a token: one block's matrices, attention over half of 256 positions or more, the head, 7,144 features.
    const block = 2304 * (2048 + 1024 + 1024) + 2048 * 2304 + 3 * 2304 * 9216
    const one = 26 * block + 2304 * 256_000 + 2304 * 7144
    const swaps = 91 * block + 12 * block + 13 * 2 * 2304 * 7144
    expect((times(gemma)[0] ?? 0) / (swaps / one)).toBeCloseTo(1, 1)
  })
})

it('bench/README.md has the table', () => {
  const readme = readFileSync('bench/README.md', 'utf8')
  for (const [i, row] of gemma.entries()) {
    const cells = [row.what, (times(pythia)[i] ?? 0).toFixed(2), row.times.toFixed(2)]
    expect(readme).toContain(`| ${cells.join(' | ')} |`)
  }
})
