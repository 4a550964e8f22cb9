/**
 * @file `saegate predict` on a report, its CSV, and as a forecast; the paper's own tables where somebody has them.
 *
 * @module-tag slow
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeReport } from '../../src/gate/report-folder.ts'
import { type Ran, runHere } from '../cli/fake-host.ts'
import { sample } from '../report/sample.ts'
import { held } from './held-to-schema.ts'

const folder = mkdtempSync(join(tmpdir(), 'saegate-predict-'))
const report = join(folder, 'out', 'report.json')
const csv = join(folder, 'all.csv')
const saved = join(folder, 'fragile.json')
const WHERE = ['--readout', 'blocks.4.hook_resid_post']

beforeAll(async () => {
  await writeReport(sample(512), join(folder, 'out'), new AbortController().signal)
  expect((await runHere(['report', report, '--format', 'csv', '--out', csv])).status).toBe(0)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const predict = (...argv: string[]): Promise<Ran> => runHere(['predict', ...argv])
const json = async (...argv: string[]) => {
  const ran = await predict(...argv, '--format', 'json')
  expect(ran.err).toBe('')
  return held(argv.includes('--apply') ? 'forecast' : 'fragility', ran.out)
}

/** The table of int6 that lies beside the report. */
function parquet(): string {
  const named = readdirSync(join(folder, 'out'), { recursive: true, encoding: 'utf8' })
  const file = named.find((name) => name.endsWith(`int6.${WHERE[1]}.parquet`))
  return join(folder, 'out', file ?? 'missing')
}
const withoutIntervals = (document: { fragility: unknown }) =>
  JSON.parse(JSON.stringify(document.fragility, (key, value) => (key === 'ci' ? null : value)))

describe('saegate predict', () => {
  it('says the same of a report, its Parquet and its CSV, intervals aside, and keeps the fit', async () => {
    const ofReport = await json(`${report}#int6`, ...WHERE, '--save', saved)
    const ofParquet = await json(parquet())
    expect(withoutIntervals(ofParquet)).toEqual(withoutIntervals(ofReport))
    expect(ofParquet.thresholds).toEqual(ofReport.thresholds)
    const ofCsv = await json(`${csv}#int6`, ...WHERE)
    expect(withoutIntervals(ofCsv)).toEqual(withoutIntervals(ofReport))
    const [first] = ofReport.fragility.model.coefficients
    expect(first.ci[0]).toBeLessThan(first.value)
    expect(ofCsv.fragility.model.coefficients[0].ci).toBeNull()
    expect(JSON.parse(readFileSync(saved, 'utf8')).coefficients.rarity).toBe(first.value)
  })

  it('shows it for people, on a terminal and as a page', async () => {
    const { out } = await predict(`${report}#int6`, ...WHERE)
    expect(out).toMatch(/AUC 0\.\d{4} ± 0\.\d{4} over 5 folds \(mean over 20 seeds/)
    expect(out).toContain('determine one another')
    const page = (await predict(`${report}#int6`, ...WHERE, '--format', 'html')).out
    expect(page).toMatch(/ROC curve[\s\S]*Are predictions true\?/)
    expect(page).not.toContain('<script')
  })

  it('forecasts features of which nothing is known but the reference, and is calibrated where more is', async () => {
    const lines = readFileSync(csv, 'utf8').split('\n')
    const bare = join(folder, 'bare.csv')
    const rows = lines
      .map((line) => line.split(','))
      .filter(([candidate, readout]) => candidate === 'int6' && readout === WHERE[1])
      .map(([, , feature, , , rate, mean, , peak]) => [feature, rate, mean, peak].join(','))
    writeFileSync(bare, `${['feature,firing_rate,mean,peak', ...rows].join('\n')}\n`)
    const unknown = await json(bare, '--apply', saved)
    const known = await json(`${report}#int6`, ...WHERE, '--apply', saved)
    expect(unknown.truth).toBeNull()
    const table = await json(parquet(), '--apply', saved)
    expect(table).toEqual({ ...known, path: table.path, candidate: table.candidate, readout: table.readout })
    expect(unknown.expected).toBe(known.expected)
    // The intercept is free: over the features of the fit, predictions add up to what survived.
    expect(known.expected * known.features).toBeCloseTo(known.truth.survived, 4)
    expect(known.standardised).toContain('features that are forecast')
    const forecasts = (await predict(bare, '--apply', saved, '--format', 'csv')).out.trim().split('\n')
    expect(forecasts[0]).toBe('feature,predicted,survived')
    expect(forecasts).toHaveLength(1 + unknown.features)
  })

  it('forecasts where all survived, which no curve can tell from anything', async () => {
    const { truth } = await json(parquet(), '--apply', saved, '--survived', '0')
    expect(truth).toMatchObject({ auc: null, roc: [], calibration: { skill: null } })
  })
})

describe('what it does not predict from', () => {
  it.each([
    ['too few of a class', () => [`${report}#int8`, ...WHERE, '--survived', '0.05'], 'at least 25 that did'],
    ['a table without correlations', () => [join(folder, 'bare.csv')], 'no column "correlation"'],
    [
      'a fit that is kept and one that is applied',
      () => [csv, '--save', 'x', '--apply', saved],
      '--apply makes none',
    ],
  ])('refuses %s', async (_, argv, words) => {
    const { status, err, out } = await predict(...argv())
    expect(out).toBe('')
    expect(err.replaceAll(/\s+/g, ' ')).toContain(words)
    expect(status).toBe(2)
  })

  it.each([
    ['of another version', { schema: 'saegate/predictor@2' }, 'reads saegate/predictor@1'],
    ['with a part missing', { coefficients: { rarity: 1 } }, '/coefficients'],
  ])('refuses a predictor file %s', async (_, change, words) => {
    const broken = join(folder, 'broken.json')
    writeFileSync(broken, JSON.stringify({ ...JSON.parse(readFileSync(saved, 'utf8')), ...change }))
    const { status, err } = await predict(csv, '--apply', broken)
    expect(err.replaceAll(/\s+/g, ' ')).toContain(words)
    expect(status).toBe(2)
  })
})

/**
 * What the paper's authors published of their per-feature tables (arXiv 2606.03002), and what their own scripts made of them:
 * features, part that survived, AUC with the sd of its folds, coefficients of rarity, log mean, log concentration, log peak.
 */
const PAPER = [
  {
    model: 'pythia',
    features: 5688,
    survived: 0.62394515,
    auc: [0.92418183, 0.00737516],
    coefficients: [4.51740732, 2.72364434, -1.67411081, 1.66492914],
    lost: [2139, 2220, 2016, 2343],
    damaged: [58, 17, 13, 62],
    jaccard: 0.86043534,
    correlations: [0.95082756, 0.97557989],
    deciles: [573, 567, 567, 570, 567, 569, 568, 569, 569, 569],
  },
  {
    model: 'gemma',
    features: 7144,
    survived: 0.51301792,
    auc: [0.97124632, 0.00235413],
    coefficients: [17.8428976, 9.79367057, -8.16411101, 4.13550264],
    lost: [3479, 4388, 3478, 4389],
    damaged: [0, 17, 0, 17],
    jaccard: 0.79243563,
    correlations: [0.9590066, 0.97816314],
    deciles: [718, 712, 715, 714, 713, 714, 715, 714, 714, 715],
  },
]
const TABLES = process.env.SAEGATE_PAPER_TABLES ?? ''

/** The authors' columns under our names. */
function renamed(model: string, correlation: string): string {
  const from = join(TABLES, `phase5b_${model}_rtn_int6_vs_pruning_per_feature_overlap.csv`)
  const to = join(folder, `${model}-${correlation}.csv`)
  const names = new Map([
    ['feature_id', 'feature'],
    [correlation, 'correlation'],
    ['mean_activation', 'mean'],
    ['max_activation', 'peak'],
  ])
  const [header = '', ...rows] = readFileSync(from, 'utf8').split(/\r?\n/)
  const own = header.split(',').map((name) => names.get(name) ?? name)
  writeFileSync(to, [own.join(','), ...rows].join('\n'))
  return to
}

describe.skipIf(!existsSync(TABLES))(
  `the paper’s tables${existsSync(TABLES) ? '' : ' (skipped: SAEGATE_PAPER_TABLES names no folder with them)'}`,
  () => {
    it.each(PAPER)('$model: predictor', async ({ model, features, survived, auc, coefficients }) => {
      const { fragility } = await json(renamed(model, 'corr_rtn'), '--survived-above')
      expect(fragility.features).toBe(features)
      expect(fragility.survived / fragility.features).toBeCloseTo(survived, 7)
      const order = ['rarity', 'log mean', 'log concentration', 'log peak']
      const found = order.map(
        (name) =>
          fragility.model.coefficients.find((one: { predictor: string }) => one.predictor === name).value,
      )
      // Their solver stops at a tolerance of 1e-4.
      for (const [i, value] of found.entries()) expect(value).toBeCloseTo(coefficients[i] ?? 0, 2)
      expect(Math.abs(fragility.crossValidated.auc - (auc[0] ?? 0))).toBeLessThan(auc[1] ?? 0)
    })

    it.each(PAPER)('$model: overlap', async ({ model, lost, damaged, jaccard, correlations, deciles }) => {
      const ran = await runHere([
        'compare',
        renamed(model, 'corr_rtn'),
        renamed(model, 'corr_prune'),
        '--survived-above',
        '--format',
        'json',
      ])
      const { overlap } = JSON.parse(ran.out)
      const counts = ({ a, b, both, either }: Record<string, number>) => [a, b, both, either]
      expect(counts(overlap.nonSurvived)).toEqual(lost)
      expect(counts(overlap.damaged)).toEqual(damaged)
      expect(overlap.nonSurvived.jaccard.value).toBeCloseTo(jaccard, 7)
      expect(overlap.pearson.value).toBeCloseTo(correlations[0] ?? 0, 7)
      expect(overlap.spearman.value).toBeCloseTo(correlations[1] ?? 0, 7)
      expect(overlap.deciles.map((bin: { features: number }) => bin.features)).toEqual(deciles)
    })
  },
)
