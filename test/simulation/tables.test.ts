/** The tables of docs/statistics.md and what reports say of coverage, against the recorded figures. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { SIMULATED_COVERAGE } from '../../src/report/words/method.ts'

interface Cell {
  readonly figure: string
  readonly features: number
  readonly groups: number
  readonly covered: number
  readonly width: number
}

interface Kept {
  readonly coverage: readonly {
    readonly errors: string
    readonly documents: string
    readonly cells: readonly Cell[]
  }[]
  readonly apart: readonly {
    readonly errors: string
    readonly corpora: number
    readonly covered: Readonly<Record<string, number>>
  }[]
}

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const { coverage, apart }: Kept = JSON.parse(read('fixtures/statistics/coverage.json'))
const docs = read('docs/statistics.md')
const FIGURES = [
  'survived',
  'damaged',
  'mean ρ',
  'median ρ',
  '5 % quantile',
  'one ρ',
  'perplexity',
  'mean KL',
  'KL p99',
]
const percent = (part: number) => String(Math.round(100 * part))

describe('what intervals cover', () => {
  it.each(coverage)(
    'stands in the docs for $errors errors, documents of $documents',
    ({ errors, documents, cells }) => {
      for (const features of [5000, 1000]) {
        const columns = FIGURES.map((name) => {
          const own = cells.filter((cell) => cell.figure === name && cell.features === features)
          return own.length === 0 ? '–' : own.map(({ covered }) => percent(covered)).join(' / ')
        })
        const first = `${features.toLocaleString('en-US')} features, ${errors}, ${documents}`
        expect(docs).toContain(`| ${[first, ...columns].join(' | ')} |`)
      }
    },
  )

  it('is at least 93 % everywhere, with intervals no wider than 1.5 times what is needed', () => {
    const cells = coverage.flatMap((one) => one.cells)
    expect(cells).toHaveLength(224)
    expect(Math.min(...cells.map(({ covered }) => covered))).toBeGreaterThanOrEqual(0.93)
    expect(Math.max(...cells.map(({ width }) => width))).toBeLessThanOrEqual(1.5)
  })

  it('is what reports and README say, and no more', () => {
    const covered = coverage.flatMap(({ cells }) => cells.map((cell) => 100 * cell.covered))
    expect(SIMULATED_COVERAGE).toEqual({
      least: Math.floor(Math.min(...covered)),
      most: Math.ceil(Math.max(...covered)),
    })
    const { least, most } = SIMULATED_COVERAGE
    expect(read('README.md')).toContain(`95 % intervals held the truth ${least} to ${most} times in 100`)
  })

  it.each(apart)(
    'of a difference of two texts stands there too: $errors errors',
    ({ errors, corpora, covered }) => {
      expect(corpora).toBeGreaterThanOrEqual(200)
      for (const part of Object.values(covered)) expect(part).toBeGreaterThanOrEqual(0.95)
      const columns = FIGURES.filter((name) => name !== 'one ρ').map((name) => percent(covered[name]!))
      expect(docs).toContain(`| ${[errors, ...columns].join(' | ')} |`)
    },
  )
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
