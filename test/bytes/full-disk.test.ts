/** @file A disk that is full while a report is written or a file downloaded: one message, and nothing of it stays. */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { loadReport } from '../../src/gate/load-report.ts'
import { writeReport } from '../../src/gate/report-folder.ts'
import { hubSettings } from '../../src/sources/hub-settings.ts'
import { openFiles } from '../../src/sources/open-files.ts'
import { sample } from '../report/sample.ts'
import { startHub } from '../sources/hub-server.ts'
import { NO_SMALL_DISK, withSmallDisk } from './small-disk.ts'

const never = new AbortController().signal
const FULL = { code: 'DISK_FULL', exitStatus: 3 }

/** Files below a folder by their paths, and their bytes. */
function filesOf(folder: string): ReadonlyMap<string, number> {
  const found = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  )
  return new Map(
    found.map(({ parentPath, name }) => {
      const path = join(parentPath, name)
      return [path, statSync(path).size]
    }),
  )
}

it('a report that does not fit is not begun', async (context) => {
  const had = await withSmallDisk(40, async (disk) => {
    const written = writeReport(sample(256), join(disk, 'new', 'out'), never)
    await expect(written).rejects.toMatchObject(FULL)
    await expect(written).rejects.toThrow(/No space is left on the disk while writing/)
    expect(readdirSync(disk)).toEqual([])
  })
  if (!had) context.skip(NO_SMALL_DISK)
})

it('an older report stays, whole', async (context) => {
  const measured = sample(256)
  const elsewhere = mkdtempSync(join(tmpdir(), 'saegate-report-'))
  await writeReport(measured, elsewhere, never)
  const bytes = [...filesOf(elsewhere).values()].reduce((sum, size) => sum + size, 0)
  rmSync(elsewhere, { recursive: true })
  // Another is written beside the older one first, which half of the room does not hold.
  const had = await withSmallDisk(Math.ceil((1.5 * bytes) / 1024), async (disk) => {
    const out = join(disk, 'out')
    await writeReport(measured, out, never)
    const before = filesOf(out)
    const { report, evidence } = sample(256)
    const later = { report: { ...report, createdAt: '2026-11-23T10:00:00.000Z' }, evidence }
    await expect(writeReport(later, out, never)).rejects.toMatchObject(FULL)
    expect(filesOf(out)).toEqual(before)
    const { createdAt } = (await loadReport(join(out, 'report.json'))).report
    expect(createdAt).toBe(measured.report.createdAt)
  })
  if (!had) context.skip(NO_SMALL_DISK)
})

it('a download that does not fit is told as such, and leaves its place', async (context) => {
  const content = Uint8Array.from({ length: 300_000 }, (_, i) => (i * 31) & 255)
  const hub = await startHub({ 'model.safetensors': { content, lfs: true } })
  try {
    const had = await withSmallDisk(100, async (disk) => {
      const settings = {
        ...hubSettings({ HF_ENDPOINT: hub.endpoint, HF_HUB_CACHE: disk }),
        proofFolder: join(disk, 'proofs'),
        wait: async () => {},
      }
      const files = await openFiles('hf:own/name', settings)
      const opened = files.open('model.safetensors')
      await expect(opened).rejects.toMatchObject(FULL)
      expect(hub.requests.filter((request) => request.includes('/resolve/')).length).toBe(1)
      const left = [...filesOf(disk)]
      expect(left.reduce((sum, [, bytes]) => sum + bytes, 0)).toBeLessThan(1000)
      await files.close()
    })
    if (!had) context.skip(NO_SMALL_DISK)
  } finally {
    await hub.close()
  }
})
