/** @file Files that are read whole: only regular ones, only as long as was allowed. */
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readTextFile, readWholeFile } from '../../src/bytes/whole-file.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'saegate-bytes-'))
  await writeFile(join(folder, 'text'), 'ä €')
  await symlink('text', join(folder, 'link'))
})
afterAll(() => rm(folder, { recursive: true }))

it('reads what is there, also through a link', async () => {
  expect(await readTextFile(join(folder, 'link'), 6)).toBe('ä €')
  expect(await readWholeFile(join(folder, 'text'), 6)).toEqual(new TextEncoder().encode('ä €'))
})

it('refuses one byte too many', async () => {
  await expect(readTextFile(join(folder, 'text'), 5)).rejects.toMatchObject({
    code: 'FILE_TOO_LARGE',
    exitStatus: 2,
    message: expect.stringMatching(/text has 6 bytes; at most 5/),
  })
})

it('neither waits for a pipe nor reads a device', { timeout: 60_000 }, async () => {
  const pipe = join(folder, 'pipe')
  execFileSync('mkfifo', [pipe])
  for (const path of [pipe, '/dev/zero', folder]) {
    await expect(readTextFile(path, 100)).rejects.toMatchObject({ code: 'NOT_A_FILE', exitStatus: 2 })
  }
})
