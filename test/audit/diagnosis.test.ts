/**
 * @file Diagnoses of the NeoX fixture: weights against a rounding written here, logits and losses against what the audit says.
 *
 * @module-tag slow
 */
import { beforeAll, expect, it } from 'vitest'
import { openCheckpoint } from '../../src/checkpoints/open.ts'
import type { Measurement } from '../../src/contract/report/measurement.ts'
import { toFloat32 } from '../../src/numbers/half.ts'
import { diagnosisText } from '../../src/report/experiments/diagnosis-text.ts'
import { openFiles } from '../../src/sources/open-files.ts'
import { audit, NEOX } from './golden-audit.ts'

let measured: Measurement
beforeAll(async () => {
  measured = await audit({
    ...NEOX,
    saes: [],
    candidates: ['rtn:4', 'rtn:8', 'prune:0.5'],
    corpus: { ...NEOX.corpus, tokens: 2_560 },
    diagnose: true,
  })
})
const of = (spec: string) => {
  const candidate = measured.report.candidates.find((one) => one.spec === spec)
  if (candidate?.diagnosis == null) throw new Error(`no diagnosis of ${spec}`)
  return { ...candidate, diagnosis: candidate.diagnosis }
}

it('errors of weights are those of rounding every row', async () => {
  const files = await openFiles(NEOX.reference)
  const checkpoint = await openCheckpoint(NEOX.reference, files)
  const names = [...checkpoint.tensors.entries.values()].filter(
    ({ name, shape }) => shape.length === 2 && /layers\.\d+\.(attention|mlp)\..*weight$/.test(name),
  )
  const errors: number[][] = []
  for (const { name, shape } of names) {
    const w = toFloat32(await checkpoint.tensors.read(name))
    const width = shape[1]!
    let [squared, absolute, magnitude, dot, a, b] = [0, 0, 0, 0, 0, 0]
    for (let row = 0; row < w.length; row += width) {
      const own = [...w.subarray(row, row + width)]
      const scale = Math.max(...own.map(Math.abs)) / 7
      for (const x of own) {
        const y = Math.round(x / scale) * scale
        squared += (y - x) ** 2
        absolute += Math.abs(y - x)
        magnitude += Math.abs(x)
        dot += x * y
        a += x * x
        b += y * y
      }
    }
    errors.push([squared / w.length, absolute / w.length, absolute / magnitude, dot / Math.sqrt(a * b)])
  }
  await checkpoint.close()
  await files.close()
  const mean = (i: number) => errors.reduce((sum, one) => sum + one[i]!, 0) / errors.length
  const weights = of('rtn:4').diagnosis.weights
  expect(weights?.tensors).toBe(names.length)
  expect((weights?.meanSquared ?? 0) / mean(0)).toBeCloseTo(1, 4)
  expect((weights?.meanAbsolute ?? 0) / mean(1)).toBeCloseTo(1, 4)
  expect(weights?.relative).toBeCloseTo(mean(2), 5)
  expect(weights?.cosine).toBeCloseTo(mean(3), 5)
  expect(weights?.codes).toEqual([-7, 7])
  expect(of('rtn:8').diagnosis.weights?.codes).toEqual([-127, 127])
  expect(of('prune:0.5').diagnosis.weights?.codes).toBeNull()
})

it('losses over sequences add up to the audit’s, and logits of more bits are nearer', () => {
  for (const spec of ['rtn:4', 'rtn:8', 'prune:0.5']) {
    const { diagnosis, perplexity } = of(spec)
    const { candidateLoss = 0, referenceLoss = 0 } = perplexity.chunked ?? {}
    expect(diagnosis.logits?.sequences).toBe(20)
    expect(diagnosis.logits?.lossChange.mean).toBeCloseTo(candidateLoss - referenceLoss, 9)
    expect(diagnosis.logits?.cosine.mean).toBeLessThan(1)
    expect(diagnosis.subsets).toMatchObject({ seeds: 5, sequences: 10 })
    const change = perplexity.chunked?.deltaPercent ?? 0
    const { mean = 0, sd } = diagnosis.subsets?.deltaPercent ?? {}
    expect(Math.abs(mean - change)).toBeLessThan(4 * (sd ?? 0) + 0.05)
  }
  const [four, eight] = [of('rtn:4').diagnosis.logits, of('rtn:8').diagnosis.logits]
  expect(eight?.meanSquared.mean).toBeLessThan(0.05 * (four?.meanSquared.mean ?? 0))
  expect(eight?.meanAbsolute.mean).toBeLessThan(four?.meanAbsolute.mean ?? 0)
  // Of differences about normal: mean |d| = √(2/π) √(mean d²).
  expect(four?.meanAbsolute.mean).toBeLessThan(Math.sqrt(four?.meanSquared.mean ?? 0))
})

it('is told as three tables', () => {
  const text = diagnosisText(measured.report)
  expect(text).toMatch(/^weights, means over the tensors; output: .*\ncandidate +tensors +MSE/)
  expect(text).toMatch(/rtn-4 .* −7 to 7\n/)
  expect(text).toContain('over 20 sequences')
  expect(text).toContain('5 draws of 10 sequences')
})
