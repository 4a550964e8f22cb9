/** @file n-grams of one text in another, against sets of strings; groups that are left, put together. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { containment, NGRAM, ngramsOf } from '../../src/statistics/containment.ts'
import { chooseGroups, chosenSums } from '../../src/statistics/intervals/chosen-groups.ts'

/** The same by strings. */
function sharedByStrings(ids: readonly number[], known: readonly number[]): number {
  const grams = (of: readonly number[]): string[] =>
    of.slice(0, Math.max(0, of.length - NGRAM + 1)).map((_, i) => of.slice(i, i + NGRAM).join(' '))
  const set = new Set(grams(known))
  const own = grams(ids)
  return own.length === 0 ? 0 : own.filter((gram) => set.has(gram)).length / own.length
}

describe('containment', () => {
  it('is the part of 13-grams that the other text has', () => {
    // Few ids, so that texts share stretches.
    const text = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 0, maxLength: 60 })
    fc.assert(
      fc.property(text, text, fc.nat(40), (a, b, from) => {
        const known = [...b, ...a.slice(from, from + 20)]
        const found = containment(Int32Array.from(a), ngramsOf(Int32Array.from(known)))
        expect(found).toBeCloseTo(sharedByStrings(a, known), 12)
      }),
    )
  })

  it('tells ids apart that differ in high bits alone, and their order', () => {
    const ids = Int32Array.from({ length: NGRAM }, (_, i) => 200_000 + i)
    expect(containment(ids, ngramsOf(ids))).toBe(1)
    expect(containment(ids, ngramsOf(ids.toReversed()))).toBe(0)
    expect(containment(ids, ngramsOf(ids.map((id) => id + 65_536)))).toBe(0)
  })
})

describe('chosen groups', () => {
  it('are neighbours put together, in as many groups as can be halved', () => {
    const kept = [true, false, true, true, true, true, false, true, true, true, true]
    const choice = chooseGroups(kept)
    expect(choice?.groups).toBe(8)
    // Nine are left: two of them share a group.
    expect([...(choice?.of ?? [])]).toEqual([0, -1, 0, 1, 2, 3, -1, 4, 5, 6, 7])
    const sums = Float64Array.from(kept.flatMap((_, g) => [g, 100 * g]))
    const found = choice === null ? [] : [...chosenSums(sums, choice, 2)]
    expect(found.slice(0, 4)).toEqual([2, 200, 3, 300])
    expect(found.length).toBe(16)
  })

  it('are none where fewer than eight are left, and all where all are', () => {
    expect(chooseGroups(new Array(7).fill(true))).toBeNull()
    expect([...(chooseGroups(new Array(16).fill(true))?.of ?? [])]).toEqual([...new Array(16).keys()])
  })
})
