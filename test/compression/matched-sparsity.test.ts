/** @file The search for a sparsity, against the traces that the paper's authors published, and against a search of all steps. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FIRST_SPARSITY, matchSparsity } from '../../src/compression/matched-sparsity.ts'

describe('matchSparsity', () => {
  // arXiv 2606.03002, Appendix F: sparsities in the order tried, that which is taken, and perplexities where they are told.
  it.each([
    {
      model: 'Pythia-70M',
      target: 77.83,
      tried: [0.4, 0.2, 0.1, 0.15, 0.175, 0.1875],
      taken: 0.175,
      perplexity: 76.99,
    },
    {
      model: 'Gemma-2-2B',
      target: 476.82,
      tried: [0.4, 0.2, 0.1, 0.15, 0.175, 0.1625],
      taken: 0.1625,
      perplexity: 478,
    },
  ])('walks as the paper did for $model', async ({ target, tried, taken, perplexity }) => {
    // A curve through the step that was taken, steep enough that its neighbours are further off.
    const { trace, chosen, isReached } = await matchSparsity(target, async (sparsity) =>
      Math.exp(Math.log(perplexity) + 8 * (sparsity - taken)),
    )
    expect(trace.map((step) => step.sparsity)).toEqual(tried)
    expect(chosen.sparsity).toBe(taken)
    expect(isReached).toBe(true)
    expect(tried[0]).toBe(FIRST_SPARSITY)
  })

  it('takes the nearest of the 63 steps, or the one beside it, whatever the curve', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.double({ min: 1.001, max: 500, noNaN: true }),
        fc.double({ min: 0.1, max: 9, noNaN: true }),
        async (target, steepness) => {
          const curve = (sparsity: number) => Math.exp(steepness * sparsity)
          const { chosen, trace, isReached } = await matchSparsity(target, async (s) => curve(s))
          const all = Array.from({ length: 63 }, (_, i) => (i + 1) / 80)
          const best = Math.min(...all.map((s) => Math.abs(curve(s) - target)))
          expect(Math.abs(curve(chosen.sparsity) - target)).toBeLessThanOrEqual(best * (1 + 1e-12))
          expect(trace).toHaveLength(6)
          const isInside = curve(1 / 80) <= target && target <= curve(63 / 80)
          if (isInside) expect(isReached).toBe(true)
        },
      ),
    )
  })

  it.each([
    ['above every step', 1000, 0.7875],
    ['below every step', 1, 0.0125],
  ])('says that a target %s is not reached', async (_, target, nearest) => {
    const { chosen, isReached } = await matchSparsity(target, async (sparsity) => 20 + 100 * sparsity)
    expect([chosen.sparsity, isReached]).toEqual([nearest, false])
  })

  it('reaches a target that the lowest step misses by less than a hundredth', async () => {
    const found = await matchSparsity(20, async (sparsity) => 20 + sparsity)
    expect(found.isReached).toBe(true)
    expect(found.chosen.sparsity).toBe(0.0125)
  })

  it('takes the earlier of two steps that are equally far', async () => {
    const found = await matchSparsity(30, async (sparsity) => (sparsity === 0.4 ? 31 : 29))
    expect(found.chosen.sparsity).toBe(0.4)
  })
})
