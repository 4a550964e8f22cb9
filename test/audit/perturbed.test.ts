/**
 * @file Noise floor and null on the NeoX fixture: half a step of float16 costs nothing, of bfloat16 little; the fixture's six bits, whose
 * damage is planted in single directions, are read beside random errors of their size.
 *
 * @module-tag slow
 */
import { beforeAll, expect, it } from 'vitest'
import type { Measurement } from '../../src/contract/report/measurement.ts'
import { parseReport, reportJson } from '../../src/report/formats/json.ts'
import { audit, NEOX } from './golden-audit.ts'

let measured: Measurement
beforeAll(async () => {
  measured = await audit({
    ...NEOX,
    candidates: ['rtn:6', 'rtn:6,layout=transformerlens'],
    saes: NEOX.saes.slice(1).map((sae) => ({ ...sae, center: true })),
    corpus: { ...NEOX.corpus, tokens: 2_048 },
    noiseFloor: 'bfloat16',
    noiseNull: true,
  })
})

it('the floor lies above what six bits leave, and is no constant', () => {
  const { noiseFloor: floor, candidates } = measured.report
  const [readout] = floor?.readouts ?? []
  expect(floor).toMatchObject({ format: 'bfloat16', perturbations: 5 })
  expect(readout?.survived.mean).toBeGreaterThan(candidates[0]?.features[0]?.survived.fraction ?? 1)
  expect(readout?.meanCorrelation.mean).toBeLessThan(1)
  expect(readout?.meanCorrelation.least).toBeLessThan(readout?.meanCorrelation.most ?? 0)
  expect(floor?.klMean?.mean).toBeLessThan(candidates[0]?.divergence?.klMean ?? 0)
  expect(floor?.klMean?.least).toBeGreaterThan(0)
})

it('the null is of 19 draws, and p follows from the rank', () => {
  const beside = measured.report.candidates[0]?.features[0]?.equalErrors
  expect(beside?.perturbations).toBe(19)
  const { fewer = 0, pUpper = 0, pLower = 0, survived, meanCorrelation } = beside ?? {}
  expect(pUpper).toBeGreaterThanOrEqual((1 + 19 - fewer) / 20 - 1e-12)
  expect(pLower).toBeGreaterThanOrEqual((1 + fewer) / 20 - 1e-12)
  expect(survived?.least).toBeLessThanOrEqual(survived?.mean ?? 0)
  expect(meanCorrelation?.least).toBeLessThan(meanCorrelation?.most ?? 0)
  // Errors of the same size move the residual stream about as far as those of rounding do.
  const residual = measured.report.candidates[0]?.features[0]?.meanCorrelation ?? 0
  expect(Math.abs((meanCorrelation?.mean ?? 0) - residual)).toBeLessThan(0.2)
})

it('is told in words, says what could not be drawn, and reads back', () => {
  const { report } = measured
  const notes = report.notes?.join('\n') ?? ''
  expect(notes).toContain(
    'noise floor: of the reference with its weights moved by half a step of bfloat16, 5 times',
  )
  expect(notes).toMatch(/rtn-6: .* of 19 draws \(p = /)
  expect(notes).toContain('rtn-6-layout-transformerlens: its matrices are not held as the reference')
  expect(parseReport(reportJson(report), 'report.json').noiseFloor).toEqual(report.noiseFloor)
})
