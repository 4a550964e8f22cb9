/**
 * @file Features that lie exactly on a limit, from their activations to their class, beside neighbours that one activation
 * moves off it: golden/boundaries.json, computed in float64 by PyTorch 1.13 (fixtures/make/boundaries.py).
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { correlations } from '../../src/statistics/features/correlation.ts'
import { activeFeatures, firingRates } from '../../src/statistics/features/feature-moments.ts'
import { classCounts, classesOf } from '../../src/statistics/features/taxonomy.ts'
import { momentsOf } from './activations.ts'

interface Boundaries {
  readonly thresholds: {
    readonly survived: number
    readonly damaged: number
    readonly active_firing_rate_greater_than: number
  }
  readonly tokens: number
  readonly features: readonly {
    readonly name: string
    readonly reference: readonly number[]
    readonly candidate: readonly number[]
    readonly firing_rate: number
    readonly active: boolean
    readonly rho: number | null
  }[]
  readonly survived: number
  readonly degraded: number
  readonly damaged: number
}

const golden: Boundaries = JSON.parse(readFileSync('fixtures/golden/boundaries.json', 'utf8'))
const { features, thresholds, tokens } = golden
const GROUPS = 7

const positions = Array.from({ length: tokens }, (_, t) => ({
  group: t % GROUPS,
  a: features.map(({ reference }) => reference[t] ?? Number.NaN),
  b: features.map(({ candidate }) => candidate[t] ?? Number.NaN),
}))
const { reference, candidate } = momentsOf(positions, GROUPS, features.length)
const rates = firingRates(reference)
const active = Uint8Array.from(features, () => 0)
for (const j of activeFeatures(reference, thresholds.active_firing_rate_greater_than)) active[j] = 1
const rho = correlations(reference, candidate)
const classes = classesOf(active, rho, thresholds)

describe('on a limit', () => {
  it.each(features.map((feature, j) => ({ ...feature, j })))('$name', (feature) => {
    const { j } = feature
    expect(rates[j]).toBe(feature.firing_rate)
    expect(active[j] === 1).toBe(feature.active)
    if (feature.rho === null) expect(rho[j]).toBeNaN()
    // To the last digit: a limit that is met is met.
    else expect(rho[j]).toBe(feature.rho)
  })

  it('falls where PyTorch puts it', () => {
    const classOf = (name: string) => classes[features.findIndex((one) => one.name === name)]
    expect(classOf('fires on exactly the threshold')).toBe('inactive')
    expect(classOf('fires on one token more')).toBe('survived')
    expect(classOf('rho exactly 0.9')).toBe('survived')
    expect(classOf('rho just below 0.9')).toBe('degraded')
    expect(classOf('rho exactly 0.5')).toBe('degraded')
    expect(classOf('rho just below 0.5')).toBe('damaged')
    expect(classOf('silent in the candidate')).toBe('damaged')
    const counted = classCounts(
      rho.filter((_, j) => active[j] === 1),
      thresholds,
    )
    expect(counted).toEqual({ survived: golden.survived, degraded: golden.degraded, damaged: golden.damaged })
  })
})
