/** @file A report is written whole or not at all: an older one in the same folder stays what it was. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { loadReport } from '../../src/gate/load-report.ts'
import { writeReport } from '../../src/gate/report-folder.ts'
import { sample } from '../report/sample.ts'
import { fewFiles } from './few-files.ts'

const never = new AbortController().signal
let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'saegate-report-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** Every file of a folder with its bytes. */
function contents(of: string): ReadonlyMap<string, string> {
  const files = readdirSync(of, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return new Map(
    files.map(({ parentPath, name }) => [name, readFileSync(join(parentPath, name)).toString('base64')]),
  )
}

/** The same candidates, measured differently: its files have the same names. */
function another() {
  const { report, evidence } = sample(512)
  return { report: { ...report, createdAt: '2026-11-23T10:00:00.000Z' }, evidence }
}

it('leaves an older report as it was when a table in the middle cannot be written', async () => {
  const out = join(folder, 'out')
  await writeReport(sample(256), out, never)
  const before = contents(out)
  const broken = another()
  const last = broken.report.candidates.at(-1)?.features[0]
  if (last === undefined) throw new Error('no candidate')
  last.table = `features/${'long'.repeat(100)}.parquet`
  await expect(writeReport(broken, out, never)).rejects.toMatchObject({ code: 'WRITE_FAILED' })
  expect(contents(out)).toEqual(before)
  await loadReport(join(out, 'report.json'))
})

it('leaves an older report as it was when it is interrupted, whenever that is', async () => {
  const out = join(folder, 'out')
  await writeReport(sample(256), out, never)
  const before = contents(out)
  for (const afterFiles of [0, 1, 5]) {
    const signal = abortsAfter(afterFiles)
    await expect(writeReport(another(), out, signal)).rejects.toMatchObject({ code: 'INTERRUPTED' })
    expect(contents(out)).toEqual(before)
  }
})

it('written by two at once, is the report of one of them with its own tables', async () => {
  const out = join(folder, 'out')
  // Of different lengths: other numbers of features, other bytes in every table.
  const dates = ['2026-11-01T00:00:00.000Z', '2026-11-02T00:00:00Z', '2026-11-03T00:00Z']
  for (const [i, one] of dates.entries()) {
    const other = dates[(i + 1) % dates.length] ?? ''
    await Promise.all([one, other].map((date) => writeReport(fewFiles(date), out, never)))
    // Refuses a table whose digest is not the report's.
    const { report } = await loadReport(join(out, 'report.json'))
    expect([one, other]).toContain(report.createdAt)
  }
})

it('takes away the folders that it made for a report that was not written', async () => {
  const out = join(folder, 'new', 'out')
  await expect(writeReport(sample(256), out, abortsAfter(3))).rejects.toMatchObject({ code: 'INTERRUPTED' })
  expect(readdirSync(folder)).toEqual([])
  mkdirSync(join(folder, 'mine'))
  const mine = join(folder, 'mine')
  await expect(writeReport(sample(256), mine, abortsAfter(3))).rejects.toMatchObject({ code: 'INTERRUPTED' })
  expect(readdirSync(folder)).toEqual(['mine'])
  expect(readdirSync(mine)).toEqual([])
})

/** A signal that is found aborted when it is asked for the n-th file. */
function abortsAfter(files: number): AbortSignal {
  const controller = new AbortController()
  let asked = 0
  return new Proxy(controller.signal, {
    get(signal, name) {
      if (name === 'aborted' && asked++ === files) controller.abort()
      return Reflect.get(signal, name, signal)
    },
  })
}
