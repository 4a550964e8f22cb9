/**
 * @file `saegate compare` on a report, its Parquet and its CSV, which give the same, and on what cannot be compared.
 *
 * @module-tag slow
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeReport } from '../../src/gate/report-folder.ts'
import { type Ran, runHere } from '../cli/fake-host.ts'
import { sample } from '../report/sample.ts'
import { held } from './held-to-schema.ts'

const folder = mkdtempSync(join(tmpdir(), 'saegate-compare-'))
const report = join(folder, 'out', 'report.json')
const csv = join(folder, 'all.csv')
const READOUT = 'blocks.4.hook_resid_post'

beforeAll(async () => {
  await writeReport(sample(512), join(folder, 'out'), new AbortController().signal)
  expect((await runHere(['report', report, '--format', 'csv', '--out', csv])).status).toBe(0)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const compare = (...argv: string[]): Promise<Ran> => runHere(['compare', ...argv])
const json = async (...argv: string[]) => {
  const ran = await compare(...argv, '--format', 'json')
  expect(ran.err).toBe('')
  return held('comparison', ran.out)
}

function parquet(candidate: string): string {
  const named = readdirSync(join(folder, 'out'), { recursive: true, encoding: 'utf8' })
  const file = named.find((name) => name.endsWith(`${candidate}.${READOUT}.parquet`))
  return join(folder, 'out', file ?? 'missing')
}

/** A table of some rows. */
function table(
  name: string,
  rows: readonly string[],
  header = 'feature,correlation,firing_rate,mean,peak',
): string {
  const path = join(folder, name)
  writeFileSync(path, `${[header, ...rows].join('\n')}\n`)
  return path
}

describe('saegate compare', () => {
  it('says the same of a report, its Parquet and its CSV, intervals aside', async () => {
    const ofReport = await json(`${report}#int6`, `${report}#int4`, '--readout', READOUT)
    const ofTables = await json(parquet('int6'), parquet('int4'))
    const ofCsv = await json(`${csv}#int6`, `${csv}#int4`, '--readout', READOUT)
    const bare = ({ overlap }: { overlap: Record<string, unknown> }) =>
      JSON.parse(
        JSON.stringify({ ...overlap, acrossHalves: null }, (key, value) => (key === 'ci' ? null : value)),
      )
    expect(bare(ofTables)).toEqual(bare(ofReport))
    expect(bare(ofCsv)).toEqual(bare(ofReport))
    expect(ofReport.overlap.pearson.ci).toHaveLength(2)
    expect(ofReport.overlap.acrossHalves.spearman).toBeGreaterThan(0)
    expect(ofTables.overlap.pearson.ci).toBeNull()
    expect(ofReport.overlap.features).toBeGreaterThan(100)
    // Counted in the table itself.
    const lines = readFileSync(csv, 'utf8')
      .split('\n')
      .map((line) => line.split(','))
    const lost = lines.filter(
      ([candidate, readout, , active, , , , , , , rho]) =>
        candidate === 'int4' && readout === READOUT && active === '1' && Number(rho) < 0.9,
    )
    expect(ofReport.overlap.nonSurvived.b).toBe(lost.length)
  })

  it('shows it for people, on a terminal and as a page', async () => {
    const { out, status } = await compare(`${report}#int6`, `${report}#int4`, '--readout', READOUT)
    expect(status).toBe(0)
    expect(out).toContain(`int6 against int4 at ${READOUT}`)
    expect(out).toMatch(/not survived +\d+ +\d+ +\d+ +\d+ +0\.\d{3} +\[0\.\d{3}, 0\.\d{3}\]/)
    const page = (await compare(`${report}#int6`, `${report}#int4`, '--readout', READOUT, '--format', 'html'))
      .out
    expect(page).toMatch(/<svg[\s\S]*ρ against ρ[\s\S]*<\/svg>/)
    expect(page).not.toContain('<script')
  })

  it('joins by feature and counts what fell out', async () => {
    const a = table('a.csv', ['7,0.5,0.01,1,2', '3,0.95,0.02,1,2', '4,0.99,0.0001,1,2', '9,,0.02,1,3'])
    const b = table('b.csv', ['3,0.9,0.02,1,2', '9,0.8,0.02,1,3', '11,0.8,0.02,1,3'])
    const found = await json(a, b)
    expect(found.a).toMatchObject({ candidate: 'a', active: 3, leftOut: 1 })
    expect(found.b).toMatchObject({ candidate: 'b', active: 3, leftOut: 1 })
    expect(found.overlap.quadrants).toEqual({ both: 1, onlyA: 0, onlyB: 0, neither: 1 })
    expect((await json(a, b, '--survived-above')).overlap.quadrants).toMatchObject({ both: 0, onlyA: 1 })
    expect((await json(a, b, '--survived', '0.7')).overlap.quadrants).toMatchObject({ both: 1, onlyB: 1 })
  })

  it('compares the two candidates of one file', async () => {
    const two = table(
      'two.csv',
      ['x,1,0.95,0.02,1,2', 'y,1,0.5,0.02,1,2', 'x,2,0.9,0.02,1,2', 'y,2,0.7,0.02,1,2'],
      'candidate,feature,correlation,firing_rate,mean,peak',
    )
    expect(await json(two)).toMatchObject({ a: { candidate: 'x' }, b: { candidate: 'y' } })
  })
})

describe('what it does not compare', () => {
  it.each([
    ['a candidate that is not named', () => [report, `${report}#int4`], 'int8, int7'],
    ['one that is not there', () => [`${report}#int3`, `${report}#int4`], '"int3"'],
    ['more than two in one file', () => [report], '5 candidates'],
    ['a read-out that is not named', () => [`${report}#int6`, `${report}#int4`], READOUT],
    [
      'tables of other texts',
      () => [table('here.csv', ['1,0.9,0.02,1,2']), table('there.csv', ['1,0.9,0.03,1,2'])],
      'firing_rate of feature 1 is 0.03 there and 0.02',
    ],
    [
      'tables that share nothing',
      () => [table('one.csv', ['1,0.9,0.02,1,2']), table('other.csv', ['2,0.9,0.02,1,2'])],
      'other.csv',
    ],
    [
      'a column that is missing',
      () => [table('short.csv', ['1,0.9,0.02,1'], 'feature,correlation,firing_rate,mean'), csv],
      '"peak"',
    ],
    ['a value that is none', () => [table('odd.csv', ['1,0.9,0.02,many,2']), csv], 'row 1: mean is "many"'],
    ['an id twice', () => [table('twice.csv', ['1,0.9,0.02,1,2', '1,0.9,0.02,1,2']), csv], 'row 2'],
    ['no active feature', () => [table('rare.csv', ['1,0.9,0.0002,1,2']), csv], '0.001'],
    ['a threshold beyond 1', () => [csv, csv, '--survived', '90'], '--survived is "90"'],
    ['a broken Parquet', () => [table('broken.parquet', []), csv], 'broken.parquet'],
  ])('%s', async (_, argv, words) => {
    const { status, err, out } = await compare(...argv())
    expect(out).toBe('')
    expect(err.replaceAll(/\s+/g, ' ')).toContain(words)
    expect(status).toBe(2)
  })

  it('reports of other tokens, by the field that differs', async () => {
    const other = sample(512)
    other.report = { ...other.report, corpus: { ...other.report.corpus, sha256: 'd'.repeat(64) } }
    await writeReport(other, join(folder, 'other'), new AbortController().signal)
    const { status, err } = await compare(
      `${report}#int6`,
      `${join(folder, 'other', 'report.json')}#int4`,
      '--readout',
      READOUT,
    )
    expect(status).toBe(2)
    expect(err).toContain('corpus.sha256')
    expect(err).not.toContain('baseline')
  })
})
