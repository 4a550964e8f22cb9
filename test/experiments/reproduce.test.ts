/** @file Presets and the paper's figures: the figures against a second transcription, the tables against counts of a made-up report. */
import { parseHTML } from 'linkedom'
import { describe, expect, it } from 'vitest'
import { batchedPerplexity } from '../../src/audit/sums/batch-means.ts'
import { parseCompression } from '../../src/compression/spec.ts'
import { REPRODUCTION_SCHEMA } from '../../src/contract/experiments/reproduction-schema.ts'
import { PAPER_TABLES, type PaperTable, type PresetRun } from '../../src/contract/presets/preset-schema.ts'
import { resolveRequest } from '../../src/contract/request/audit-request.ts'
import { parseConfig } from '../../src/contract/yaml/config-file.ts'
import { PRESET_NAMES, presetNamed, printedTable } from '../../src/experiments/presets.ts'
import { tablesOf } from '../../src/experiments/reproduce.ts'
import type { Reproduction } from '../../src/report/experiments/reproduction/reproduction.ts'
import { reproductionPage } from '../../src/report/experiments/reproduction/reproduction-page.ts'
import { runHere } from '../cli/fake-host.ts'
import { sample } from '../report/sample.ts'

/** Table 1 of the paper as one text, in its own order: change of perplexity, mean ρ, survived, degraded, damaged. */
const TABLE_1: Readonly<Record<string, string>> = {
  'pythia-70m': `INT8 1.020 0.981 98.312 1.688 0.000 / INT7 2.258 0.957 86.322 13.678 0.000 / INT6 14.722 0.888 62.395 36.586 1.020 /
    INT5 71.208 0.777 37.957 49.455 12.588 / INT4 371.112 0.583 14.504 47.785 37.711 / pruned 13.488 0.891 60.970 38.731 0.299`,
  'gemma-2-2b': `INT8 2.624 0.966 99.090 0.910 0.000 / INT7 -5.648 0.943 81.257 18.743 0.000 / INT6 3.989 0.891 51.302 48.698 0.000 /
    INT5 17.716 0.764 27.716 66.363 5.921 / INT4 46.081 0.494 12.402 32.895 54.703 / pruned 6.126 0.841 38.578 61.184 0.238`,
}
/** Features, part that survived, AUC; coefficients of rarity, log mean, log concentration, log peak. */
const TABLE_2: Readonly<Record<string, string>> = {
  'pythia-70m': 'INT6 5688 0.62394515 0.92418183 4.51740732 2.72364434 -1.67411081 1.66492914',
  'gemma-2-2b': 'INT6 7144 0.51301792 0.97124632 17.84289760 9.79367057 -8.16411101 4.13550264',
}
/** Rounding, pruning, both, either, Jaccard. */
const TABLE_4: Readonly<Record<string, string>> = {
  'pythia-70m': 'non-survived 2139 2220 2016 2343 0.86043534 / damaged 58 17 13 62 0.20967742',
  'gemma-2-2b': 'non-survived 3479 4388 3478 4389 0.79243563 / damaged 0 17 0 17 0',
}
const CORRELATION: Readonly<Record<string, string>> = {
  'pythia-70m': 'scores 0.95082756 0.97557989',
  'gemma-2-2b': 'scores 0.95900660 0.97816314',
}
/** Features of each tenth, and what did not survive of them in percent: rounding/pruning. */
const DECILES: Readonly<Record<string, string>> = {
  'pythia-70m':
    '573 32.11/35.60, 567 29.63/31.75, 567 25.93/29.45, 570 29.30/32.63, 567 31.92/33.86, 569 38.31/39.02, 568 40.85/42.08, 569 39.19/40.42, 569 50.09/49.56, 569 58.70/55.89',
  'gemma-2-2b':
    '718 43.59/55.57, 712 44.66/55.90, 715 44.06/55.66, 714 50.14/62.18, 713 46.98/59.47, 714 50.42/63.59, 715 46.01/57.76, 714 48.88/63.87, 714 54.48/67.93, 715 57.76/72.31',
}
/** Losses over sliding windows, nats, from which perplexities and changes follow. */
const SLIDING_LOSSES = {
  reference: 3.837169850687515,
  INT8: 3.845355457001818,
  INT7: 3.770049067487835,
  INT6: 3.802027125744039,
} as const

const rowsOf = (name: string, table: PaperTable): string =>
  [...(printedTable(name, table)?.rows ?? [])].map(([row, cells]) => [row, ...cells].join(' ')).join(' / ')

const oneLine = (text = ''): string => text.replaceAll(/\s+/g, ' ')

describe.each(PRESET_NAMES)('the paper’s figures of %s', (name) => {
  it.each([
    ['table1', TABLE_1],
    ['table2', TABLE_2],
    ['table4', TABLE_4],
    ['correlation', CORRELATION],
  ] as const)('are those of %s, digit by digit', (table, transcribed) => {
    expect(rowsOf(name, table)).toBe(oneLine(transcribed[name]))
  })

  it('are those of the deciles', () => {
    const rows = rowsOf(name, 'deciles')
      .split(' / ')
      .map((row) => row.replace(/^\d+ (\d+) (\S+) (\S+)$/, '$1 $2/$3'))
    expect(rows.join(', ')).toBe(DECILES[name])
  })

  it('agree with one another', () => {
    const table1 = printedTable(name, 'table1')?.rows
    const perplexities = printedTable(name, 'perplexities')?.rows
    for (const [row, cells = []] of table1 ?? []) {
      const [delta, , ...shares] = cells.map(Number)
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 2)
      const [, reference = 0, candidate = 0] = (perplexities?.get(row) ?? []).map(Number)
      expect(100 * (candidate / reference - 1)).toBeCloseTo(delta ?? 0, 2)
    }
    const [lost, , both, either, jaccard] = (
      printedTable(name, 'table4')?.rows.get('non-survived') ?? []
    ).map(Number)
    const [features = 0, survived = 0] = (printedTable(name, 'table2')?.rows.get('INT6') ?? []).map(Number)
    expect((both ?? 0) / (either ?? 1)).toBeCloseTo(jaccard ?? 0, 8)
    expect(features * (1 - survived)).toBeCloseTo(lost ?? 0, 4)
    const tenths = [...(printedTable(name, 'deciles')?.rows.values() ?? [])].map((cells) => cells.map(Number))
    expect(tenths.reduce((sum, [count = 0]) => sum + count, 0)).toBe(features)
  })
})

it('has the paper’s sliding perplexities, which follow from its losses', () => {
  for (const [row, cells] of printedTable('gemma-2-2b', 'table3')?.rows ?? []) {
    const loss = SLIDING_LOSSES[row as keyof typeof SLIDING_LOSSES]
    const [before, after] = [Math.exp(SLIDING_LOSSES.reference), Math.exp(loss)]
    expect(cells).toEqual([before.toFixed(8), after.toFixed(8), (100 * (after / before - 1)).toFixed(8)])
  }
})

describe.each(PRESET_NAMES)('the preset %s', (name) => {
  const { runs } = presetNamed(name)
  it('asks for audits that can be asked for, of candidates that are known', () => {
    for (const run of runs) {
      const specs = Object.values(run.conditions)
      const file = parseConfig('preset.yaml', JSON.stringify(run.audit))
      const { corpus, candidates } = resolveRequest({ origin: 'flag', values: { candidate: specs } }, file)
      expect(candidates).toEqual(specs)
      for (const spec of specs) expect(parseCompression(spec)).not.toBeNull()
      expect(corpus.lines).toBe('paper')
      expect(run.survivedAbove).toBe(true)
    }
  })

  it('has figures for every table that its runs give, and each table once', () => {
    const tables = runs.flatMap((run) => run.tables)
    expect(new Set(tables).size).toBe(tables.length)
    for (const table of tables.filter((one) => one !== 'withBos'))
      expect(printedTable(name, table)).not.toBeNull()
  })
})

describe('the figures of a run', () => {
  const measurement = sample(512)
  const { report } = measurement
  const only = report.candidates.map((candidate) => ({
    ...candidate,
    features: candidate.features.slice(0, 1),
  }))
  const run: PresetRun = {
    name: 'features',
    why: 'made up',
    audit: {},
    conditions: { INT8: 'rtn:8', INT6: 'rtn:6', pruned: 'rtn:4' },
    survivedAbove: true,
    tables: [...PAPER_TABLES],
  }
  const told = tablesOf(
    'pythia-70m',
    { run, measurement: { ...measurement, report: { ...report, candidates: only } }, path: 'r' },
    ['table1', 'table4', 'appendixF'],
  )
  const figure = (condition: string, name: string) =>
    told.rows.find((row) => row.condition === condition && row.figure === name)

  it('are counted from its tables', () => {
    const table = measurement.evidence.find(({ table }) => table.candidate === 'int6')?.table
    const rho = Array.from(table?.correlation ?? []).filter((_, j) => table?.active[j] === 1)
    const survived = (100 * rho.filter((one) => one > 0.9).length) / rho.length
    expect(figure('INT6', 'survivedPercent')?.ours).toBeCloseTo(survived, 10)
    expect(figure('INT6', 'survivedPercent')?.difference).toBeCloseTo(survived - 62.395, 10)
    expect(figure('non-survived', 'a')?.ours).toBe(rho.filter((one) => !(one > 0.9)).length)
    expect(figure('pruned', 'sparsity')?.ours).toBeNull()
  })

  it('are marked where they lie outside the last digit', () => {
    for (const { paper, ours, outside } of told.rows) {
      if (paper === null || ours === null) expect(outside).toBeNull()
      else
        expect(outside).toBe(
          ours.toFixed(paper.split('.')[1]?.length ?? 0) !== paper.replace(/^-0\.?0*$/, '0'),
        )
    }
  })
})

describe('the page of a reproduction', () => {
  const hostile = '<img src=x onerror=alert(1)>'
  const row = { table: 'table1', run: 'features', condition: 'INT6', difference: -2, outside: true } as const
  const reproduction: Reproduction = {
    schema: REPRODUCTION_SCHEMA,
    preset: 'pythia-70m',
    overridden: ['--tokens'],
    runs: [{ name: 'features', why: 'made up', report: `/${hostile}/report.json` }],
    rows: [
      { ...row, figure: 'survivedPercent', paper: '62.395', ours: 60.395 },
      { ...row, figure: 'meanCorrelation', paper: '0.888', ours: null, difference: null, outside: null },
    ],
    notes: [{ table: 'table2', run: 'features', message: `few ${hostile}` }],
  }
  const page = reproductionPage(reproduction)
  const { document } = parseHTML(page)

  it('has every figure beside the paper’s, a plot, and what could not be told', () => {
    const cells = [...document.querySelectorAll('section table tbody tr')].map((line) =>
      [...line.querySelectorAll('td')].map((cell) => cell.textContent),
    )
    expect(cells).toContainEqual(['INT6', 'survived, %', '62.395', '60.395', '−2.000', 'outside rounding'])
    expect(cells).toContainEqual(['INT6', 'mean ρ', '0.888', '–', '–', ''])
    expect(document.querySelectorAll('figure#paper svg circle')).toHaveLength(2)
    expect(document.body.textContent).toContain('1 of 1 figures lie outside the paper')
    expect(document.body.textContent).toContain('--tokens differs from the preset')
    expect(document.body.textContent).toContain('not told: few')
  })

  it('lets nothing from outside become markup', () => {
    expect(document.querySelectorAll('main img, script')).toHaveLength(0)
    expect(page).not.toMatch(/undefined|NaN/)
  })

  it('goes without a plot where the first table is not asked for', () => {
    const [, other] = reproduction.rows
    const without = reproductionPage({ ...reproduction, rows: other === undefined ? [] : [other] })
    expect(without).not.toContain('<svg')
  })
})

it('weighs batches alike in perplexity', () => {
  // Five sequences of three positions in batches of two: the last one has half as many predictions.
  const losses = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
  const rows = Int32Array.from([0, 1, 3, 4, 6, 7, 9, 10, 12, 13])
  const scored = { rows, targets: rows, tokenGroups: new Int32Array(10), tokenGroupCount: 1 }
  const candidate = {
    loss: Float64Array.from(losses, (one) => 2 * one),
    kl: new Float64Array(10),
    agrees: new Uint8Array(10),
  }
  const found = batchedPerplexity({ scored, reference: Float64Array.from(losses), candidate }, 3, 2)
  const mean = (2.5 + 6.5 + 9.5) / 3
  expect(Math.log(found.reference)).toBeCloseTo(mean, 12)
  expect(Math.log(found.candidate)).toBeCloseTo(2 * mean, 12)
  expect(found.deltaPercent).toBeCloseTo(100 * (Math.exp(mean) - 1), 6)
})

it.each([
  [['pythia-70m', '--only', 'table9'], '--only "table9" is no table'],
  [['pythia-70m', '--only', 'table3'], '--only "table3" is no table of the preset'],
  [['pythia'], 'Allowed choices are pythia-70m, gemma-2-2b'],
  [['pythia-70m', '--candidate', 'rtn:8'], "Unknown option '--candidate'"],
])('refuses %j', async (argv, message) => {
  const { err, status } = await runHere(['reproduce', ...argv])
  expect(status).toBe(2)
  expect(err).toContain(message)
})
