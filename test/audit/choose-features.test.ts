/** @file Which features are looked at causally. */
import { expect, it } from 'vitest'
import { chooseFeatures } from '../../src/audit/causal/choose-features.ts'
import { suffixProgram } from '../../src/audit/causal/suffix.ts'
import { decoderOf } from '../models/run-program.ts'
import { randomModel } from '../oracle/random-model.ts'

const correlation = Float64Array.from({ length: 40 }, (_, j) => (j === 3 ? Number.NaN : (j * 17) % 40) / 40)
const active = Uint8Array.from(correlation, (_, j) => (j < 36 ? 1 : 0))

it('are the watched, the most damaged and some of every ρ, each once', () => {
  const chosen = chooseFeatures({ active, correlation }, new Set([38, 0, 99]), 18)
  expect(chosen).toHaveLength(18)
  expect(new Set(chosen.map(({ feature }) => feature)).size).toBe(18)
  const of = (kind: string) => chosen.filter((one) => one.chosen === kind).map(({ feature }) => feature)
  // A watched feature need not be active; one that the dictionary does not have is none.
  expect(of('watched')).toEqual([0, 38])
  const rho = (j: number) => (Number.isNaN(correlation[j]!) ? 0 : correlation[j]!)
  const others = [...active.keys()]
    .filter((j) => active[j] === 1 && j !== 0)
    .sort((a, b) => rho(a) - rho(b) || a - b)
  expect(of('damaged')).toEqual(others.slice(0, 4))
  const ranks = of('sampled').map((j) => others.indexOf(j))
  expect(ranks).toHaveLength(12)
  for (let i = 1; i < ranks.length; i++) {
    expect(ranks[i]! - ranks[i - 1]!).toBeGreaterThanOrEqual(2)
    expect(ranks[i]! - ranks[i - 1]!).toBeLessThanOrEqual(3)
  }
})

it('are all of a small dictionary', () => {
  expect(chooseFeatures({ active, correlation }, new Set(), 100)).toHaveLength(36)
})

it('need a block behind them in the residual stream', () => {
  const decoder = decoderOf(randomModel('llama', 0))
  const last = decoder.spec.blocks.length - 1
  expect(suffixProgram({ layer: last - 1, name: 'hook_resid_post' }, decoder).from).toBe(last)
  expect(suffixProgram({ layer: last, name: 'hook_resid_pre' }, decoder).from).toBe(last)
  expect(() => suffixProgram({ layer: last, name: 'hook_resid_post' }, decoder)).toThrow(
    /no block of the model/,
  )
  expect(() => suffixProgram({ layer: 0, name: 'hook_mlp_out' }, decoder)).toThrow(/no place of the residual/)
})

it('need all that the blocks behind them are given to be in the residual stream', () => {
  const given = decoderOf(randomModel('gemma4_text', 0))
  expect(() => suffixProgram({ layer: 0, name: 'hook_resid_post' }, given)).toThrow(/more of a token/)
})
