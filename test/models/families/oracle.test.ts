/** @file The oracle itself: against the golden losses and residuals, which come from another implementation (fixtures' README). */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { naiveForward, naiveLosses } from '../../oracle/naive-decoder.ts'
import { erf } from '../../oracle/pieces.ts'
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

test('erf agrees with the C library', () => {
  const table = [
    [0.5, 0.5204998778130465],
    [1, 0.8427007929497149],
    [2.9, 0.9999589021219005],
    [3.1, 0.9999883513426328],
    [-1, -0.8427007929497149],
  ] as const
  for (const [x, value] of table) expect(erf(x)).toBeCloseTo(value, 14)
})
