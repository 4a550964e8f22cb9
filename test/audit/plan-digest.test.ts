/** @file Digests of plans tell what is made, not what it is called. */
import { describe, expect, it } from 'vitest'
import { planDigest } from '../../src/audit/subjects/plan-digest.ts'
import {
  compressedPlan,
  storedPlan,
  type TensorStore,
  withSources,
} from '../../src/compression/tensor-plan.ts'

const storeNamed = (name: string): TensorStore => ({
  name,
  table: {
    entries: new Map([['w', { name: 'w', shape: [2, 2], storedAs: 'F16', byteLength: 8 }]]),
    read: () => Promise.reject(new Error('nothing is read for a digest')),
    close: async () => {},
  },
})
const square = new Map([['w', { out: 2, in: 2, layout: 'out-in' as const }]])

describe('planDigest', () => {
  const [here, there] = [storeNamed('./here'), storeNamed('./there')]
  const digests = new Map([
    [here, 'aa'],
    [there, 'aa'],
  ])
  const rounded = (store: TensorStore, bits: number) =>
    planDigest(
      compressedPlan(store.name, storedPlan(store), square, { method: 'rtn', bits, group: null }),
      digests,
    )

  it('is the same for the same files elsewhere, and another for another rounding', () => {
    expect(rounded(here, 6)).toMatch(/^[0-9a-f]{64}$/)
    expect(rounded(here, 6)).toBe(rounded(there, 6))
    expect(rounded(here, 6)).not.toBe(rounded(here, 5))
    expect(rounded(here, 6)).not.toBe(planDigest(storedPlan(here), digests))
  })

  it('of a plan with every tensor of another is the other’s', () => {
    const plan = withSources('swapped', storedPlan(here), storedPlan(there).sources)
    expect(planDigest(plan, digests)).toBe(planDigest(storedPlan(there), digests))
    expect(() => planDigest(plan, new Map([[here, 'aa']]))).toThrow(/no digest of \.\/there/)
  })
})
