/** @file Windows against the golden counts and against the loop they stand for. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { slidingWindows } from '../../src/corpus/windows.ts'

describe('slidingWindows', () => {
  it.each(['neox', 'gemma2'])('has the golden numbers of windows and of scored tokens (%s)', (model) => {
    const golden = JSON.parse(readFileSync(`fixtures/golden/${model}.sliding.json`, 'utf8'))
    for (const part of [golden.head, golden.full]) {
      const { window, stride, tokens, windows, scored } = part.variants.fp
      const found = slidingWindows(tokens, window, stride)
      expect(found.length).toBe(windows)
      expect(found.reduce((sum, w) => sum + w.end - w.firstScored, 0)).toBe(scored)
    }
  })

  it('scores each target once, with as much context as there can be', () => {
    const sizes = fc.record({ n: fc.nat(120), window: fc.integer({ min: 2, max: 24 }) })
    fc.assert(
      fc.property(sizes, fc.double({ min: 0, max: 1, noNaN: true }), ({ n, window }, part) => {
        const stride = 1 + Math.floor(part * (window - 2))
        const windows = slidingWindows(n, window, stride)
        const scored = windows.flatMap((w) =>
          Array.from({ length: w.end - w.firstScored }, (_, i) => w.firstScored + i),
        )
        expect(scored).toEqual(Array.from({ length: Math.max(0, n - 1) }, (_, i) => i + 1))
        for (const w of windows) {
          expect(w.begin % stride).toBe(0)
          expect(w.end - w.begin).toBeLessThanOrEqual(window)
          expect(w.firstScored).toBeGreaterThan(w.begin)
          if (w.begin > 0) expect(w.firstScored - w.begin).toBe(window - stride)
        }
      }),
    )
  })

  it('leaves out what has no context when windows do not overlap', () => {
    expect(slidingWindows(9, 4, 4)).toEqual([
      { begin: 0, end: 4, firstScored: 1 },
      { begin: 4, end: 8, firstScored: 5 },
    ])
  })

  it('has nothing to do for one token', () => {
    expect(slidingWindows(1, 4, 2)).toEqual([])
    expect(slidingWindows(0, 4, 2)).toEqual([])
  })
})
