/** @file `scripts/compare-reports.mjs`: reports that differ only in when they were made are the same; one figure off is told. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'saegate-compare-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** As much of a report as the script looks at. */
function report(name: string, createdAt: string, survived: number): string {
  const path = join(folder, `${name}.json`)
  const contents = `report-${name}`
  const table = `${contents}/features/rtn-8.parquet`
  const candidates = [{ features: [{ table, tableSha256: 'a', survived }] }]
  writeFileSync(path, JSON.stringify({ createdAt, contents, tool: { elapsedSeconds: survived }, candidates }))
  return path
}

function compared(a: string, b: string): { readonly status: number | null; readonly text: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/compare-reports.mjs', a, b], {
    encoding: 'utf8',
  })
  return { status, text: stdout + stderr }
}

it('leaves out when reports were made, and the folder that is named by it', () => {
  const { status, text } = compared(report('one', '2026-11-01', 0.5), report('two', '2026-11-02', 0.5))
  expect(text).toMatch(/equal|same|no /i)
  expect(status).toBe(0)
})

it('names a figure that differs', () => {
  const { status, text } = compared(
    report('one', '2026-11-01', 0.5),
    report('two', '2026-11-01', 0.5000000001),
  )
  expect(text).toContain('candidates.0.features.0.survived')
  expect(text).not.toContain('table')
  expect(status).toBe(1)
})
