/** The tables of docs/statistics.md and what is said of coverage, against the recorded figures; UPDATE_DOCS=1 writes the tables. */
import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { SIMULATED_COVERAGE } from '../../src/report/words/method.ts'
import type { Cell } from './coverage.ts'
import type { Recorded } from './main.ts'
import { SETTINGS } from './settings.ts'
import { coverageIn, coveredOf, otherSeedTable, tablesOf } from './tables.ts'

const DOCUMENT = 'docs/statistics.md'
const read = (path: string) => readFileSync(path, 'utf8')
const records: readonly Recorded[] = JSON.parse(read('fixtures/statistics/coverage.json'))
const otherSeed: readonly Recorded[] = JSON.parse(read('fixtures/statistics/other-seed.json'))

/** How probable it is that at least so many of `texts` intervals miss, each of which misses one time in twenty. */
function chanceOf(misses: number, texts: number): number {
  let [term, below] = [0.95 ** texts, 0]
  for (let k = 0; k < misses; k++) {
    below += term
    term *= ((texts - k) / (k + 1)) * (0.05 / 0.95)
  }
  return 1 - below
}

describe('what intervals cover', () => {
  it('is recorded of every setting, each with one seed', () => {
    expect(new Set(records.map(({ setting }) => setting))).toEqual(new Set(SETTINGS.map(({ name }) => name)))
    for (const { texts } of records) expect(texts).toBeGreaterThanOrEqual(40)
  })

  it('stands in the docs', () => {
    for (const table of [...tablesOf(records), otherSeedTable(otherSeed)]) {
      const [header = ''] = table.split('\n')
      const before = read(DOCUMENT)
      const at = before.indexOf(header)
      const end = before.indexOf('\n\n', at)
      if (process.env.UPDATE_DOCS !== undefined && at >= 0)
        writeFileSync(DOCUMENT, before.slice(0, at) + table + before.slice(end))
      expect(read(DOCUMENT), 'run with UPDATE_DOCS=1').toContain(`${table}\n\n`)
    }
  })

  /** Its weights are held as they were measured: docs/statistics.md says what that misses. */
  const WEIGHTED = 'survived in use'
  const unweighted = (cells: readonly Cell[]) => cells.filter(({ figure }) => figure !== WEIGHTED)

  it('is 93 % at least where 200 texts tell it, by intervals no wider than half again what they have to be', () => {
    expect(coveredOf(records).filter(({ texts }) => texts >= 200).length).toBeGreaterThanOrEqual(5)
    for (const { setting, texts, cells } of coveredOf(records))
      for (const { figure, groups, covered, width } of unweighted(cells)) {
        if (texts >= 200)
          expect(covered, `${setting}, ${groups} groups: ${figure}`).toBeGreaterThanOrEqual(0.93)
        expect(width, `${setting}, ${groups} groups: ${figure}`).toBeLessThanOrEqual(1.5)
      }
  })

  it('is nowhere less than 95 % intervals may show by chance in so many texts', () => {
    expect(chanceOf(6, 40)).toBeCloseTo(0.0139, 3)
    for (const { texts, setting, cells } of [...coveredOf(records), ...otherSeed])
      for (const { figure, groups, covered } of unweighted(cells)) {
        const misses = Math.round((1 - covered) * texts)
        expect(chanceOf(misses, texts), `${setting}, ${groups} groups: ${figure}`).toBeGreaterThan(0.001)
      }
  })

  it('is what reports, README and policies say, and no more', () => {
    expect(SIMULATED_COVERAGE).toEqual(coverageIn([...coveredOf(records), ...otherSeed]))
    const { average, least, most } = SIMULATED_COVERAGE
    const words = `${average} times in 100 on average, ${least} to ${most} by figure and setting`
    expect(read('README.md')).toContain(words)
    expect(read('policies/default.yaml').replaceAll('\n# ', ' ')).toContain(words)
  })
})

describe('the quarters of the fixture corpus', () => {
  const figures: readonly {
    readonly candidate: string
    readonly figure: string
    readonly text: string
    readonly value: number
    readonly interval: readonly [number, number]
  }[] = JSON.parse(read('docs/quarters.json'))
  const wholes = figures.filter(({ text }) => text === 'whole')

  it.each(wholes)('have what the docs say of $figure of $candidate', (whole) => {
    const quarters = figures.filter(
      (one) => one.figure === whole.figure && one.candidate === whole.candidate && one.text !== 'whole',
    )
    expect(quarters).toHaveLength(4)
    for (const { value, interval } of quarters) {
      expect(value).toBeLessThan(whole.value)
      expect(interval[0]).toBeLessThanOrEqual(whole.value)
      expect(interval[1]).toBeGreaterThanOrEqual(whole.value)
    }
  })
})
