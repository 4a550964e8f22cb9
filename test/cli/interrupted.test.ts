/** @file Ctrl-C before a report has its names: exit status 130 and nothing there. After it: the report, and its verdict. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { runCli } from '../../src/cli/run.ts'
import { loadReport } from '../../src/gate/load-report.ts'
import { writeReport } from '../../src/gate/report-folder.ts'
import { sample } from '../report/sample.ts'
import { fakeHost } from './fake-host.ts'

const folder = mkdtempSync(join(tmpdir(), 'saegate-test-'))
const at = (name: string): string => join(folder, name)
beforeAll(() => writeReport(sample(256), at('report'), new AbortController().signal))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const gate = (out: string) =>
  fakeHost(['gate', at('report/report.json'), '--policy', 'default', '--out', out])

it('before: nothing is written and no verdict told', async () => {
  const host = { ...gate(at('before')), signal: AbortSignal.abort() }
  expect(await runCli(host)).toBe(130)
  expect(host.err()).toContain('nothing was written')
  expect(host.out()).toBe('')
  expect(existsSync(at('before'))).toBe(false)
})

it('after: the report is whole and the exit status is its verdict’s', async () => {
  const interrupt = new AbortController()
  const host = gate(at('after'))
  const { stdout } = host
  const data = (text: string) => {
    interrupt.abort()
    stdout.data(text)
  }
  expect(await runCli({ ...host, stdout: { ...stdout, data }, signal: interrupt.signal })).toBe(1)
  expect(host.err()).toBe('')
  expect((await loadReport(at('after/report.json'))).report.verdict).toBe('fail')
})
