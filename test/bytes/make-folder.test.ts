import { existsSync } from 'node:fs'
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeFolder } from '../../src/bytes/make-folder.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'saegate-folders-'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

describe('a folder', () => {
  it('is made with those above it, and they are named, the outermost first', async () => {
    const [a, b] = [join(folder, 'a'), join(folder, 'a', 'b')]
    expect(await makeFolder(b, 0o700)).toEqual([a, b])
    expect((await stat(a)).mode & 0o777).toBe(0o700)
    expect(await makeFolder(b)).toEqual([])
  })

  it('is made once by those who make it together', async () => {
    const path = join(folder, 'a', 'b', 'c')
    const made = await Promise.all([1, 2, 3, 4].map(() => makeFolder(path)))
    expect(made.flat().filter((one) => one === path)).toHaveLength(1)
  })

  it.each([
    ['has its own name', 'file', 'EEXIST'],
    ['stands above it', join('file', 'b', 'c'), 'ENOTDIR'],
  ])('is refused where a file %s', async (_, path, code) => {
    await writeFile(join(folder, 'file'), '')
    await expect(makeFolder(join(folder, path))).rejects.toMatchObject({ code })
  })

  // Node's own recursive mkdir goes on for ever there.
  it.runIf(existsSync('/proc/self'))('is refused at once where a file system takes none', async () => {
    await expect(makeFolder('/proc/none/of/these')).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
