/**
 * @file New features against two audits of the same pair, one the other way round: what the candidate alone fires is what is lost where it
 * is the reference.
 *
 * @module-tag slow
 */
import { expect, it } from 'vitest'
import { newlyFiring } from '../../src/audit/features/new-features.ts'
import { emptyReferenceMoments } from '../../src/statistics/features/feature-moments.ts'
import { audit, NEOX } from './golden-audit.ts'

const HOOK = 'blocks.4.hook_resid_post'

it('are those that an audit the other way round has and this one has not', async () => {
  const short = {
    ...NEOX,
    saes: [{ source: `fixtures/saes/neox/${HOOK}`, hook: null, center: null }],
    corpus: { ...NEOX.corpus, tokens: 2_560, blockLength: 64 },
    thresholds: { ...NEOX.thresholds, active: 0.01 },
    allowBadFit: true,
  }
  const candidate = 'fixtures/candidates/neox-int6-repaired'
  const there = await audit({ ...short, candidates: [candidate], newFeatures: true })
  const back = await audit({ ...short, reference: candidate, candidates: [NEOX.reference] })
  const [own, other] = [there.evidence[0]!.table, back.evidence[0]!.table]
  const expected = Array.from(own.active.keys()).filter((j) => own.active[j] === 0 && other.active[j] === 1)
  const found = there.report.candidates[0]?.features[0]?.newFeatures
  expect(expected.length).toBeGreaterThan(0)
  expect(found?.count).toBe(expected.length)
  expect(found?.dead).toBe(expected.filter((j) => own.firingRate[j] === 0).length)
  for (const { feature, candidateRate, referenceRate } of found?.most ?? []) {
    expect(candidateRate).toBeCloseTo(other.firingRate[feature]!, 12)
    expect(referenceRate).toBe(own.firingRate[feature])
  }
}, 120_000)

it('are told most often fired first, and of those that the reference fires never how many', () => {
  const of = (firings: readonly number[]) => {
    const moments = emptyReferenceMoments(1, firings.length)
    moments.positions[0] = 1000
    moments.firings.set(firings)
    return moments
  }
  const found = newlyFiring(of([100, 0, 1, 10, 0]), of([0, 20, 50, 11, 10]), 0.01)
  expect(found).toMatchObject({ count: 3, dead: 1 })
  expect(found.most.map(({ feature, candidateRate }) => [feature, candidateRate])).toEqual([
    [2, 0.05],
    [1, 0.02],
    [3, 0.011],
  ])
})
