/** @file Temporary files of killed runs: removed where their process is gone, left where that cannot be known. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { beginFile, thisHost } from '../../src/bytes/atomic.ts'
import { removeDeadTemporaries } from '../../src/bytes/leftovers.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'saegate-leftovers-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A process that has ended: its number is free. */
const gone = (): number => spawnSync(process.execPath, ['-e', '']).pid

const name = (host: string, pid: number): string => `.report.json.${host}-${pid}-0a1b2c3d.tmp`

it('are removed, files and folders, where their process is gone', async () => {
  const pid = gone()
  writeFileSync(join(folder, name(thisHost(), pid)), 'x')
  mkdirSync(join(folder, `.folder.${thisHost()}-${pid}-11111111.tmp`, 'features'), { recursive: true })
  // Containers give the same number to every run: ours, but not made by us.
  writeFileSync(join(folder, name(thisHost(), process.pid)), 'x')
  await removeDeadTemporaries(folder)
  expect(readdirSync(folder)).toEqual([])
})

it('stay where their process lives, or where nobody here can know', async () => {
  const kept = [
    name(thisHost(), process.ppid),
    name(thisHost() === '00000000' ? '00000001' : '00000000', gone()),
    `.report.json.${gone()}-0a1b2c3d.tmp`,
    'notes.tmp',
    `${name(thisHost(), gone())}.mine`,
  ]
  for (const one of kept) writeFileSync(join(folder, one), 'x')
  const mine = await beginFile(join(folder, 'report.json'))
  await removeDeadTemporaries(folder)
  expect(readdirSync(folder).sort()).toEqual([...kept, basename(mine.temporaryPath)].sort())
  await mine.discard()
})

it('are no trouble in a folder that is not there', async () => {
  await expect(removeDeadTemporaries(join(folder, 'none'))).resolves.toBeUndefined()
})
