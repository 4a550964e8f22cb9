/**
 * @file The oracle itself, against other implementations: the golden losses and residuals of the trained fixtures, and, for
 * every family, logits of random checkpoints that transformers 5.18.0 computed (float64 parameters; its rotary angles and
 * softmax are float32, hence the tolerance). golden/families.json holds them by family and seed; fixtures/make/families.py makes it.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { naiveForward, naiveLosses } from '../../oracle/naive-decoder.ts'
import type { Rows } from '../../oracle/pieces.ts'
import { erf } from '../../oracle/pieces.ts'
import { randomFamilies, randomIds, randomModel } from '../../oracle/random-model.ts'
import { readStoredCheckpoint } from '../../oracle/stored-checkpoint.ts'

const FIXTURES = new URL('../../../fixtures', import.meta.url).pathname

interface GoldenTokens {
  readonly input_ids: readonly (readonly number[])[]
  readonly nll: readonly (readonly number[])[]
  readonly residual: readonly {
    readonly hook: string
    readonly block: number
    readonly position: number
    readonly values: readonly number[]
  }[]
}

describe.each([
  ['neox', 'neox.plain'],
  ['gemma2', 'gemma2.nobos'],
  ['gemma2', 'gemma2.bos127'],
])('%s, %s', (model, golden) => {
  const tokens: GoldenTokens = JSON.parse(readFileSync(`${FIXTURES}/golden/${golden}.tokens.json`, 'utf8'))
  const { config, tensors } = readStoredCheckpoint(`${FIXTURES}/models/${model}`)
  const ids = tokens.input_ids[0] ?? []
  const run = naiveForward(config, tensors, ids)

  test('losses of block 0 agree to 1e-6', () => {
    const expected = tokens.nll[0] ?? []
    const found = naiveLosses(run.logits, ids)
    expect(found).toHaveLength(expected.length)
    const worst = Math.max(...expected.map((loss, t) => Math.abs(loss - (found[t] ?? Number.NaN))))
    expect(worst).toBeLessThan(1e-6)
  })

  test('residuals of block 0 agree to 1e-6', () => {
    const rows = tokens.residual.filter((row) => row.block === 0)
    expect(rows.length).toBeGreaterThan(0)
    for (const { hook, position, values } of rows) {
      const found = run.hooks.get(hook)?.[position]
      const worst = Math.max(...values.map((value, i) => Math.abs(value - (found?.[i] ?? Number.NaN))))
      expect(worst, `${hook} at ${position}`).toBeLessThan(1e-6)
    }
  })
})

interface GoldenFamilies {
  readonly length: number
  readonly models: readonly {
    readonly family: string
    readonly seed: number
    /** At the last position: logits, and what enters the last block. */
    readonly lastLogits: readonly number[]
    readonly lastBlockInput: readonly number[]
  }[]
}

const families: GoldenFamilies = JSON.parse(readFileSync(`${FIXTURES}/golden/families.json`, 'utf8'))

/** Largest difference at the last position, over the largest value, at least 1. */
function largestDifference(rows: Rows | undefined, expected: readonly number[]): number {
  const last = rows?.at(-1) ?? new Float64Array()
  expect(last).toHaveLength(expected.length)
  const size = Math.max(1, ...expected.map(Math.abs))
  return Math.max(...expected.map((value, i) => Math.abs(value - (last[i] ?? Number.NaN)))) / size
}

test('every family is among the stored results', () => {
  expect(new Set(families.models.map(({ family }) => family))).toEqual(new Set(randomFamilies))
})

test.each(families.models)('$family, random model $seed, agrees with transformers to 2e-5', (golden) => {
  const { config, tensors } = randomModel(golden.family, golden.seed)
  const run = naiveForward(config, tensors, randomIds(config, families.length, golden.seed))
  const lastBlock = [...run.hooks.keys()].filter((hook) => hook.endsWith('hook_resid_pre')).at(-1)
  expect(largestDifference(run.logits, golden.lastLogits)).toBeLessThan(2e-5)
  expect(largestDifference(run.hooks.get(lastBlock ?? ''), golden.lastBlockInput)).toBeLessThan(2e-5)
})

test('erf agrees with the C library', () => {
  const table = [
    [0.5, 0.5204998778130465],
    [1, 0.8427007929497149],
    [2.9, 0.9999589021219005],
    [3.1, 0.9999883513426328],
    [-1, -0.8427007929497149],
  ] as const
  for (const [x, value] of table) expect(erf(x)).toBeCloseTo(value, 12)
})
