/**
 * @file A process that ends at any step of writing a report: the older one whole, or the new one.
 *
 * @module-tag slow
 */
import { spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { rolldown } from 'rolldown'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { removeTemporaries } from '../../src/bytes/atomic.ts'
import type { Report } from '../../src/contract/report/report-schema.ts'
import { loadReport } from '../../src/gate/load-report.ts'
import { writeReport } from '../../src/gate/report-folder.ts'
import { reportMarkdown } from '../../src/report/markdown/markdown.ts'
import { watchDisk } from './disk-steps.ts'
import { fewFiles } from './few-files.ts'

// Drawn a hundred times, the plots of the real page would take minutes.
vi.mock('../../src/report/page/page.ts', () => ({
  reportHtml: ({ createdAt }: Report) => `<!doctype html>${createdAt}</html>\n`,
}))

const never = new AbortController().signal
const folder = mkdtempSync(join(tmpdir(), 'saegate-killed-'))
const at = (name: string): string => join(folder, name)
// Of different lengths: other numbers of features, other bytes in every table.
const [OLD, NEW, LATER] = ['2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00Z', '2026-11-03T00:00Z'] as const
let steps = 0

beforeAll(async () => {
  await writeReport(fewFiles(OLD), at('old'), never)
  const out = old('counted')
  const restore = await watchDisk(() => ++steps < 0)
  await writeReport(fewFiles(NEW), out, never)
  await restore()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** A folder with the older report. */
function old(name: string): string {
  cpSync(at('old'), at(name), { recursive: true })
  return at(name)
}

/** Write the new report; from the given step on nothing more happens on disk. */
async function writeUntil(step: number, out: string): Promise<void> {
  let taken = 0
  let die = (): void => {}
  const death = new Promise<void>((resolve) => {
    die = resolve
  })
  const restore = await watchDisk(() => {
    taken++
    if (taken < step) return false
    die()
    return true
  })
  await Promise.race([writeReport(fewFiles(NEW), out, never).catch(() => {}), death])
  await restore()
}

it('leaves the older report whole or the new one, whatever step it is', async () => {
  expect(steps).toBeGreaterThan(30)
  const found = new Set<string>()
  for (let step = 1; step <= steps; step++) {
    const out = old(`step-${step}`)
    await writeUntil(step, out)
    found.add(await wholeReport(out))
  }
  expect([...found].sort()).toEqual([OLD, NEW])
  // This process lives on, and with it its temporary files.
  removeTemporaries()
})

it('killed, is cleaned up after by the next run', async () => {
  const bundle = await rolldown({
    input: 'test/gate/write-report-entry.ts',
    platform: 'node',
    logLevel: 'silent',
  })
  const program = at('write-report.mjs')
  await bundle.write({ file: program, format: 'esm', codeSplitting: false })
  await bundle.close()
  // In the middle, with the folder named and the pages not, and before the last name.
  for (const step of [steps >> 1, steps - 11, steps - 9]) {
    const out = old(`killed-${step}`)
    const child = spawn(process.execPath, [program, out, NEW, String(step)], { stdio: 'inherit' })
    expect(await new Promise((resolve) => child.on('close', (_, signal) => resolve(signal)))).toBe('SIGKILL')
    await wholeReport(out)
    await writeReport(fewFiles(LATER), out, never)
    expect(await wholeReport(out)).toBe(LATER)
    const { contents } = (await loadReport(join(out, 'report.json'))).report
    expect(readdirSync(out).sort()).toEqual([contents, 'report.html', 'report.json', 'report.md'])
  }
})

/** Its date; its tables and its folder's pages are its own, and each page beside it is whole. */
async function wholeReport(out: string): Promise<string> {
  const { report, evidence } = await loadReport(join(out, 'report.json'))
  const contents = join(out, report.contents ?? '')
  expect(readFileSync(join(contents, 'report.md'), 'utf8')).toBe(reportMarkdown(report, evidence))
  for (const page of [join(contents, 'report.html'), join(out, 'report.html')]) {
    const text = readFileSync(page, 'utf8')
    expect([OLD, NEW, LATER].filter((date) => text.includes(date))).toHaveLength(1)
    expect(text.endsWith('</html>\n')).toBe(true)
  }
  return report.createdAt
}
