/**
 * @file Paths that are no files, flags given twice, folders that are files: refused at once, with exit status 2.
 *
 * @module-tag slow
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { writeReport } from '../../src/gate/report-folder.ts'
import { sample } from '../report/sample.ts'
import { runHere } from './fake-host.ts'
import { SHORT_AUDIT } from './program.ts'

const folder = mkdtempSync(join(tmpdir(), 'saegate-test-'))
const at = (name: string): string => join(folder, name)
const report = at('report/report.json')

beforeAll(async () => {
  execFileSync('mkfifo', [at('pipe'), at('pipe.yaml'), at('pipe.csv')])
  writeFileSync(
    at('watches.yaml'),
    'version: 1\nname: w\nrules:\n  - {id: a, metric: features.correlation, features: {file: pipe.csv}, min: 0.9}\n',
  )
  writeFileSync(at('file'), 'x')
  await writeReport(sample(256), at('report'), new AbortController().signal)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** An audit that has only one thing wrong with it. */
const audit = (out: string, ...more: readonly string[]): readonly string[] => [
  ...SHORT_AUDIT,
  '--candidate',
  'rtn:8',
  '--out',
  out,
  ...more,
]

describe('a pipe or a device in place of a file is refused, not read', () => {
  const pipe = at('pipe')
  const yaml = at('pipe.yaml')
  it.each([
    ['policy check PIPE', ['policy', 'check', yaml]],
    ['policy explain DEVICE', ['policy', 'explain', '/dev/zero']],
    ['policy check of one that watches PIPE', ['policy', 'check', at('watches.yaml')]],
    ['gate PIPE', ['gate', pipe, '--policy', 'default']],
    ['gate DEVICE', ['gate', '/dev/zero', '--policy', 'default']],
    ['gate --policy PIPE', ['gate', report, '--policy', yaml]],
    ['gate --baseline PIPE', ['gate', report, '--policy', 'default', '--baseline', pipe]],
    ['report PIPE', ['report', pipe]],
    ['audit --config PIPE', ['audit', '--config', yaml]],
    ['audit --config DEVICE', ['audit', '--config', '/dev/zero']],
    ['audit --policy PIPE', audit(at('out'), '--policy', yaml)],
    ['audit --baseline PIPE', audit(at('out'), '--baseline', pipe)],
  ])('%s', { timeout: 60_000 }, async (_, args) => {
    const { status, err, out } = await runHere(args)
    expect(err).toMatch(/(pipe\S*|\/dev\/zero) is a pipe, socket or device/)
    expect(status).toBe(2)
    expect(out).toBe('')
  })

  it('also as a table of a report', { timeout: 60_000 }, async () => {
    cpSync(at('report'), at('piped'), { recursive: true })
    const { candidates }: { candidates: { features: { table: string }[] }[] } = JSON.parse(
      readFileSync(at('piped/report.json'), 'utf8'),
    )
    const table = join(at('piped'), candidates[0]?.features[0]?.table ?? '')
    rmSync(table)
    execFileSync('mkfifo', [table])
    const { status, err } = await runHere(['report', at('piped/report.json')])
    expect(err).toMatch(/parquet is a pipe, socket or device/)
    expect(status).toBe(2)
  })
})

describe('a flag that takes one value is refused when it is given twice', () => {
  it.each([
    ['--policy', ['gate', report, '--policy', 'strict', '--policy', 'default']],
    ['--baseline', ['gate', report, '--policy', 'strict', '--baseline', report, `--baseline=${report}`]],
    ['--out', ['gate', report, '--policy', 'strict', '--out', at('a'), '--out', at('b')]],
    ['--format', ['report', report, '--format', 'md', '--format', 'csv']],
    ['--out', ['report', report, '--out', at('a'), '--out', at('b')]],
    ['--policy', audit(at('out'), '--policy', 'strict', '--policy', 'default')],
    ['--config', ['audit', '--config', at('a.yaml'), '--config', at('b.yaml')]],
  ])('%s of %s', async (flag, args) => {
    const { status, err, out } = await runHere(args)
    expect(err).toContain(`${flag} is given 2 times and takes one value`)
    expect(status).toBe(2)
    expect(out).toBe('')
    expect(readdirSync(folder)).not.toContain('a')
    expect(readdirSync(folder)).not.toContain('b')
  })

  it('and taken when it is given once', async () => {
    const { status, out } = await runHere(['report', report, '--format', 'badge'])
    expect(status).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ schemaVersion: 1 })
  })
})

describe('an output below a file is refused, and the file named', () => {
  it.each([
    ['gate', ['gate', report, '--policy', 'strict', '--out', at('file/deep/er')]],
    ['report', ['report', report, '--out', at('file/report.md')]],
    ['audit', audit(at('file/x'))],
  ])('%s', async (command, args) => {
    // The audit's own --out is taken out of its flags, value and all.
    const given =
      command === 'audit' ? args.filter((arg, i) => arg !== '--out' || args[i + 1] !== '--out') : args
    const { status, err } = await runHere(given)
    expect(err).toContain(`${at('file')} is not a folder`)
    expect(status).toBe(2)
  })
})

it.each(['dangling', 'dangling/report'])('says what is wrong with --out %s', async (name) => {
  execFileSync('ln', ['-sfn', at('nowhere'), at('dangling')])
  const { status, err } = await runHere(['gate', report, '--policy', 'strict', '--out', at(name)])
  expect(err).toMatch(/dangling.* cannot be written/)
  expect(status).toBe(2)
})
