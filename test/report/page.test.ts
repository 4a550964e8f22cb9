import { parseHTML } from 'linkedom'
import { describe, expect, test } from 'vitest'
import type { FeatureTable } from '../../src/contract/report/feature-table.ts'
import { dissociationMap } from '../../src/report/page/dissociation-map.ts'
import { reportHtml } from '../../src/report/page/page.ts'
import {
  base64,
  choosePairs,
  MAX_PAIRS,
  MAX_TABLE_CHARACTERS,
  pageData,
} from '../../src/report/page/page-data.ts'
import { sample } from './sample.ts'

const floats = (text: string) => new Float32Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer)

describe('the columns of the page', () => {
  const { report, evidence } = sample(512)
  const { shown } = choosePairs(report, evidence)
  const data = pageData(report, shown)

  test('are those of the tables, as float32', () => {
    data.pairs.forEach((pair, i) => {
      const table = shown[i]?.table as FeatureTable
      const readout = data.readouts[pair.readout]
      const measured = new Uint32Array(Uint8Array.from(Buffer.from(readout?.measured ?? '', 'base64')).buffer)
      expect([...measured]).toEqual([...table.active.keys()].filter((j) => table.active[j] === 1))
      expect([...floats(pair.correlation)]).toEqual(
        [...measured].map((j) => Math.fround(table.correlation[j] ?? 0)),
      )
      expect([...floats(readout?.peak ?? '')]).toEqual([...table.peak].map(Math.fround))
      const classes = [...Buffer.from(pair.classes, 'base64')].map(
        (code) => ['survived', 'degraded', 'damaged', 'inactive'][code],
      )
      expect(classes).toEqual([...measured].map((j) => table.class[j]))
    })
  })

  test('base64 is that of Node', () => {
    for (const length of [0, 1, 2, 3, 40_000]) {
      const bytes = Uint8Array.from({ length }, (_, i) => (i * 37) % 256)
      expect(base64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
    }
  })
})

describe('the size of the page', () => {
  test('has a limit of pairs: the worst candidates stay', () => {
    const many = sample(64)
    const [first] = many.report.candidates
    if (!first) throw new Error('the sample has no candidate')
    const names = Array.from({ length: 40 }, (_, i) => `copy${i}`)
    many.report.candidates = names.map((name, i) => ({ ...first, name, verdict: i === 39 ? 'fail' : 'pass' }))
    many.evidence = names.flatMap((name) =>
      many.evidence.slice(0, 2).map((one) => ({ ...one, table: { ...one.table, candidate: name } })),
    )
    const chosen = choosePairs(many.report, many.evidence)
    expect(chosen.shown).toHaveLength(MAX_PAIRS)
    expect(chosen.shown[0]?.candidate.name).toBe('copy39')
    expect(chosen.leftOut).toHaveLength(80 - MAX_PAIRS)
    const html = reportHtml(many.report, many.evidence)
    expect(html).toContain(`${80 - MAX_PAIRS} tables are not in it`)
  })

  test('has a limit of characters, however wide the dictionary', () => {
    const wide = sample(64)
    const width = 2 ** 20
    const [one] = wide.evidence
    if (!one) throw new Error('the sample has no evidence')
    const column = new Float64Array(width)
    const table: FeatureTable = {
      ...one.table,
      width,
      active: new Uint8Array(width).fill(1),
      measured: new Uint8Array(width).fill(1),
      firingRate: column,
      mean: column,
      peak: column,
      decoderNorm: column,
      correlation: column,
      correlationLow: column,
      correlationHigh: column,
      class: one.table.class,
    }
    const chosen = choosePairs(wide.report, [{ ...one, table }])
    const size = chosen.shown.length === 0 ? 0 : JSON.stringify(pageData(wide.report, chosen.shown)).length
    expect(size).toBeLessThan(1.01 * MAX_TABLE_CHARACTERS)
    expect(chosen.leftOut).toHaveLength(1)
  })
})

describe('the page', () => {
  const { report, evidence } = sample(256)
  const html = reportHtml(report, evidence)

  test('is one file that asks for nothing', () => {
    const { document } = parseHTML(html)
    for (const element of document.querySelectorAll('[src],link,iframe,object,embed,form,base')) {
      expect(element.outerHTML).toBe('<link rel="icon" href="data:,">')
    }
    expect(html).not.toMatch(/url\((?!#)|@import|fetch\(|XMLHttpRequest|WebSocket|import\(/)
    const policy = document.querySelector('meta[http-equiv]')?.getAttribute('content')
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toContain('http')
  })

  test('names every plot in words and gives its numbers', () => {
    const { document } = parseHTML(html)
    // Those of the comparison are drawn in the browser, beside their numbers.
    const figures = [...document.querySelectorAll('figure')].filter((one) => one.closest('#compare') === null)
    expect(figures.length).toBe(2 + 3 * 10)
    for (const figure of figures) {
      const svg = figure.querySelector('svg[role=img]')
      const ids = svg?.getAttribute('aria-labelledby')?.split(' ') ?? []
      expect(ids).toHaveLength(2)
      for (const id of ids) expect(document.getElementById(id)?.textContent).toMatch(/\w/)
      expect(figure.querySelectorAll('details table tbody tr').length).toBeGreaterThan(0)
    }
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('shades the corner that the policy calls dissociation, whatever its rules allow', () => {
    const height = (survived: number | null): number => {
      const fresh = structuredClone(report)
      if (survived === null) fresh.policy = null
      else if (fresh.policy) fresh.policy.dissociation = { perplexityDeltaPercent: 2, survived }
      const { document } = parseHTML(dissociationMap(fresh))
      const corner = document.querySelector('g[fill-opacity="0.1"] rect')
      return Number(corner?.getAttribute('height') ?? 0)
    }
    expect(height(null)).toBe(0)
    expect(height(0.7)).toBeGreaterThan(0)
    // Limits lie on a linear axis from 0 % up: the corner ends at each of them.
    expect((height(0.9) - height(0.8)) / (height(0.8) - height(0.7))).toBeCloseTo(1, 6)
  })

  test('says nothing of features where there are no tables', () => {
    const bare = reportHtml(report, [])
    expect(bare).not.toContain('id="page-data"')
    expect(bare).toContain('Dissociation map')
  })
})

describe('watched features', () => {
  test('lists the features that the policy watches, with all that is known of them', () => {
    const fresh = sample(256)
    const table = fresh.evidence.find(({ table }) => table.candidate === 'int4')?.table
    const features = [...(table?.active.keys() ?? [])].filter((j) => table?.active[j] === 1).slice(0, 3)
    const silent = table?.active.indexOf(0) ?? 0
    if (fresh.report.policy)
      fresh.report.policy.watched = [
        {
          rule: 'feature-survival',
          count: 1030,
          features: [
            { feature: features[0] ?? 0, label: '<b>refuses</b>' },
            ...features.slice(1).map((feature) => ({ feature })),
            { feature: silent },
          ],
        },
      ]
    const int4 = fresh.report.candidates.find(({ name }) => name === 'int4')
    if (int4?.features[0])
      int4.features[0].monitors = [
        {
          feature: features[0] ?? 0,
          threshold: 1.5,
          positions: 1000,
          before: 120,
          after: 96,
          missed: 30,
          falseAlarms: 6,
          missedRate: 0.25,
          missedCi: [0.2, 0.3],
          groups: { positions: [], before: [], after: [], missed: [] },
        },
      ]
    const { document } = parseHTML(reportHtml(fresh.report, fresh.evidence))
    const part = [...document.querySelectorAll('#watched details')].find((one) =>
      one.querySelector('summary')?.textContent?.startsWith(`int4 at ${table?.readout}`),
    )
    const rows = [...(part?.querySelectorAll('tbody tr') ?? [])]
    const rho = (j: number) => table?.correlation[j] || 0
    const shown = rows.map((row) => Number(row.querySelector('a')?.textContent))
    expect(shown).toEqual([...features].sort((a, b) => rho(a) - rho(b)))
    const first = rows.find((row) => row.querySelector('a')?.textContent === String(features[0]))
    expect(first?.textContent).toContain('<b>refuses</b>')
    expect(first?.textContent).toMatch(/120 → 96missed 25\.0.% \[20\.0, 30\.0\], 6 false; above 1\.5/)
    expect(part?.querySelector('.silent')?.textContent).toContain(String(silent))
    expect(part?.textContent).toContain('1,026 more are not in this table')
  })
})

describe('words from outside', () => {
  test('are words in the page', () => {
    const nasty = '</script><script>alert(1)</script><img src=x onerror=alert(2)>"\'&<!--\u2028]]>'
    const poisoned = sample(64)
    for (const candidate of poisoned.report.candidates) {
      candidate.warnings = [nasty]
      candidate.spec = nasty
      candidate.dissociation.reason = nasty
      for (const rule of candidate.rules)
        Object.assign(rule, { id: nasty, metric: nasty, message: nasty, advice: nasty, scope: nasty })
    }
    const rename = (name: string) => `${nasty}${name}`
    for (const candidate of poisoned.report.candidates) {
      candidate.name = rename(candidate.name)
      for (const features of candidate.features) features.readout = rename(features.readout)
    }
    for (const readout of poisoned.report.readouts)
      Object.assign(readout, { id: rename(readout.id), sae: nasty, hook: nasty, neuronpedia: nasty })
    Object.assign(poisoned.report.reference, { spec: nasty, family: nasty, revision: nasty })
    poisoned.report.corpus.spec = nasty
    poisoned.evidence = poisoned.evidence.map((one) => ({
      ...one,
      table: { ...one.table, candidate: rename(one.table.candidate), readout: rename(one.table.readout) },
    }))
    const { document } = parseHTML(reportHtml(poisoned.report, poisoned.evidence))
    expect(document.querySelectorAll('script')).toHaveLength(2)
    expect(document.querySelectorAll('img')).toHaveLength(0)
    expect(document.querySelectorAll('[onerror]')).toHaveLength(0)
    const data: unknown = JSON.parse(document.querySelector('#page-data')?.textContent ?? '')
    expect(JSON.stringify(data)).toContain('alert(2)')
  })
})
