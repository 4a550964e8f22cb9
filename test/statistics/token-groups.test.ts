import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  dealGroups,
  equalGroupSizes,
  groupCount,
  groupOfEach,
  typicalDocument,
} from '../../src/statistics/intervals/token-groups.ts'

const text = (sequences: number, tokensPerSequence: number, documentStarts: readonly number[] | null) => ({
  sequences,
  tokensPerSequence,
  documentStarts: documentStarts === null ? null : Int32Array.from(documentStarts),
})

/** Documents of the same length. */
const every = (length: number, tokens: number) =>
  Array.from({ length: Math.ceil(tokens / length) }, (_, d) => d * length)

describe('how many groups', () => {
  it.each([
    // Documents not known: 8,000 tokens a group.
    [390, 512, null, 32, 16],
    [500, 512, null, 32, 32],
    [145, 512, null, 32, 8],
    // Known: a group is no smaller than a document.
    [390, 512, 400, 32, 32],
    [390, 512, 6000, 32, 32],
    [390, 512, 8000, 32, 16],
    [390, 512, 50_000, 32, 8],
    // No more than wanted, and than there are sequences.
    [390, 512, 400, 20, 16],
    [390, 512, 400, 8, 8],
    [12, 512, 400, 32, 8],
    // Too few for an interval are kept as they are wanted.
    [390, 512, 400, 5, 5],
    [7, 512, 400, 32, 7],
    [1, 512, 400, 32, 1],
  ])(
    '%i sequences of %i tokens, documents of %s, %i wanted',
    (sequences, tokens, length, wanted, expected) => {
      const starts = length === null ? null : every(length, sequences * tokens)
      expect(groupCount(text(sequences, tokens, starts), wanted)).toBe(expected)
    },
  )

  it('is by the document that a token is in, so that one long document among short ones counts', () => {
    // 100 tokens of ten documents, then one of 900.
    const one = text(1000, 1, [...every(10, 100), 100])
    expect(typicalDocument(one)).toBeCloseTo((10 * 10 ** 2 + 900 ** 2) / 1000, 12)
    expect(typicalDocument(text(10, 10, null))).toBeNull()
  })
})

describe('the deal', () => {
  it('ends groups where documents end, as near as sequences allow', () => {
    // Documents of 250 tokens: equal groups of 8 would end at 1,250, 2,500, …; sequences at multiples of 100.
    const starts = dealGroups(text(100, 100, every(250, 10_000)), 8)
    expect([...starts]).toEqual([0, 13, 25, 38, 50, 63, 75, 88, 100])
    const long = dealGroups(text(100, 100, [0, 1000, 1900, 3600, 5000, 6100, 7700, 9100]), 8)
    expect([...long]).toEqual([0, 10, 19, 36, 50, 61, 77, 91, 100])
  })

  it('cuts a document that is longer than groups are', () => {
    expect([...dealGroups(text(80, 100, [0]), 8)]).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80])
  })

  it('gives every group a sequence, and every sequence a group, in order', () => {
    const starts = fc.array(fc.integer({ min: 1, max: 5000 }), { maxLength: 60 })
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 32 }),
        starts,
        (sequences, wanted, at) => {
          const one = text(sequences, 25, at.length === 0 ? null : [0, ...at.sort((a, b) => a - b)])
          const groups = groupCount(one, wanted)
          const dealt = dealGroups(one, groups)
          expect(dealt[0]).toBe(0)
          expect(dealt[groups]).toBe(sequences)
          for (let g = 0; g < groups; g++) expect(dealt[g]!).toBeLessThan(dealt[g + 1]!)
          const of = groupOfEach(dealt)
          expect(of).toHaveLength(sequences)
          expect([...of]).toEqual([...of].sort((a, b) => a - b))
          expect(new Set(of).size).toBe(groups)
        },
      ),
    )
  })

  it('of older reports was in runs that differ by one at most', () => {
    expect([...equalGroupSizes(10, 4)]).toEqual([2, 3, 2, 3])
  })
})
