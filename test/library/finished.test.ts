/** @file Finished reports through the library, and options that are refused before anything is measured. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parquetMetadata } from 'hyparquet'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { writeReport } from '../../src/gate/report-folder.ts'
import { audit, gate, openReport, readFeatures } from '../../src/library/index.ts'
import { sample } from '../report/sample.ts'

const folder = mkdtempSync(join(tmpdir(), 'saegate-library-'))
const { report, evidence } = sample(256)
const never = new AbortController().signal
const [first] = evidence
if (first === undefined) throw new Error('the sample has no evidence')
const { candidate, readout } = first.table

function fail(): never {
  throw new Error('the sample has no candidate')
}

beforeAll(async () => {
  const { files, report: written } = await writeReport({ report, evidence }, folder, never)
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
  // The pages lie in the folder of the tables a second time, to be kept together with them.
  expect(names).toEqual(expect.arrayContaining([...files]))
  expect(files.length).toBe(3 + 2 * evidence.length)
  expect(written.contents).toMatch(/^report-/)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('opens a report by its folder as by its file', async () => {
  const opened = await openReport(folder)
  expect(opened).toEqual(await openReport(join(folder, 'report.json')))
  expect(opened.evidence.map(({ table }) => table)).toEqual(evidence.map(({ table }) => table))
})

it('reads one table, from the files or from what was opened', async () => {
  expect(await readFeatures(folder, candidate, readout)).toEqual(first.table)
  expect(await readFeatures({ report, evidence }, candidate, readout)).toBe(first.table)
})

it('leaves tables that say by themselves what they rest on', async () => {
  const { report: written } = await openReport(folder)
  const { sha256, spec, features } = written.candidates[0] ?? fail()
  const { table, thresholds } = features[0] ?? fail()
  const bytes = new Uint8Array(readFileSync(join(folder, table)))
  const said = parquetMetadata(bytes.buffer).key_value_metadata?.find(({ key }) => key === 'saegate.origin')
  const place = written.readouts.find(({ id }) => id === readout)
  expect(JSON.parse(said?.value ?? '')).toMatchObject({
    thresholds,
    confidence: written.confidence,
    reference: { sha256: written.reference.sha256 },
    candidate: { spec, sha256 },
    sae: { sha256: place?.sha256, hook: place?.hook },
    corpus: { sha256: written.corpus.sha256, tokens: written.corpus.tokens },
  })
})

it('says which tables there are where none or several fit', async () => {
  await expect(readFeatures(folder, 'rtn-99', readout)).rejects.toMatchObject({
    code: 'FEATURES_NOT_THERE',
    message: `The report has no features of rtn-99 at ${readout}.`,
    fix: expect.stringContaining(`${candidate} at ${readout}`),
  })
  await expect(readFeatures({ report, evidence }, candidate)).rejects.toMatchObject({
    code: 'FEATURES_NOT_THERE',
    message: `The report has 2 tables of features of ${candidate}.`,
  })
})

it('judges again, and writes where it is told to alone', async () => {
  const before = readdirSync(folder)
  const judged = await gate(folder, { policy: 'strict' })
  expect(judged).toMatchObject({ verdict: judged.report.verdict, blocks: true, written: null })
  expect(readdirSync(folder)).toEqual(before)
  const out = join(folder, 'again')
  const { written, report: found } = await gate(folder, {
    policy: 'strict',
    baseline: join(folder, 'report.json'),
    out,
  })
  expect(written?.json).toBe(join(out, 'report.json'))
  expect((await openReport(out)).report).toEqual(found)
  expect(found.baseline?.path).toBe(join(folder, 'report.json'))
})

it('writes nothing once it is aborted', async () => {
  const out = join(folder, 'aborted')
  const signal = AbortSignal.abort()
  await expect(gate(folder, { policy: 'strict', out, signal })).rejects.toMatchObject({ code: 'INTERRUPTED' })
  expect(readdirSync(folder)).not.toContain('aborted')
})

const subjects = { reference: 'm', candidates: ['rtn:4'], saes: ['none'], corpus: 'text.txt' }

it.each([
  [{ ...subjects, threads: 'some' }, 'OPTION_INVALID', 'options: threads'],
  [{ ...subjects, corpus: { source: 't', tokens: 'many' } }, 'OPTION_INVALID', 'options: corpus.tokens'],
  [{ reference: 'm', saes: ['none'] }, 'OPTION_MISSING', 'candidates, corpus.source are missing'],
])('refuses options by the names that they have: %j', async (options, code, words) => {
  await expect(audit(options)).rejects.toMatchObject({ code, message: expect.stringContaining(words) })
})

it('refuses keys that saegate.yaml does not have, and names the one that was probably meant', async () => {
  const options = { ...subjects, candidate: ['rtn:4'] }
  await expect(audit(options)).rejects.toMatchObject({
    code: 'CONFIG_KEY_UNKNOWN',
    message: expect.stringMatching(/^options: .*candidate/),
    fix: expect.stringContaining('candidates'),
  })
})
