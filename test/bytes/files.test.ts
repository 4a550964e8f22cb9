import { execFileSync, spawn } from 'node:child_process'
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  beginFile,
  removeTemporaries,
  temporaryPathIn,
  writeFileWhole,
  writeOutput,
} from '../../src/bytes/atomic.ts'
import { fileSource, openProblem } from '../../src/bytes/file.ts'
import { bytesSource } from '../../src/bytes/source.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'saegate-bytes-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('fileSource', () => {
  it('reads the same ranges as memory does', async () => {
    const bytes = Uint8Array.from({ length: 1000 }, (_, i) => (i * 37) & 255)
    const path = join(folder, 'some.bin')
    await writeFile(path, bytes)
    const file = await fileSource(path)
    const memory = bytesSource('memory', bytes)
    expect(file.byteLength).toBe(1000)
    const range = fc
      .tuple(fc.nat(1000), fc.nat(1000))
      .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
    await fc.assert(
      fc.asyncProperty(range, async ([start, end]) => {
        expect(await file.read(start, end)).toEqual(await memory.read(start, end))
      }),
    )
    await file.close()
    await file.close()
  })

  it('refuses ranges that leave the file', async () => {
    const path = join(folder, 'short.bin')
    await writeFile(path, 'abc')
    const file = await fileSource(path)
    for (const [start, end] of [
      [0, 4],
      [-1, 2],
      [2, 1],
      [0, 1.5],
      [0, Number.NaN],
      [2 ** 53, 2 ** 53],
    ] as const) {
      await expect(file.read(start, end)).rejects.toMatchObject({ code: 'RANGE_OUTSIDE_FILE' })
      await expect(bytesSource('m', new Uint8Array(3)).read(start, end)).rejects.toMatchObject({
        code: 'RANGE_OUTSIDE_FILE',
      })
    }
    await file.close()
  })

  it('notices a file that shrinks while it is open', async () => {
    const path = join(folder, 'shrinking.bin')
    await writeFile(path, new Uint8Array(100))
    const file = await fileSource(path)
    await truncate(path, 60)
    await expect(file.read(0, 100)).rejects.toMatchObject({ code: 'FILE_ENDS_EARLY', exitStatus: 3 })
    await file.close()
  })

  it('says what a path is when it is not a file', async () => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    await expect(fileSource(join(folder, 'none'))).rejects.toMatchObject({
      code: 'FILE_MISSING',
      exitStatus: 2,
    })
    await expect(fileSource(join(folder, 'short.bin', 'x'))).rejects.toMatchObject({ code: 'FILE_MISSING' })
    await expect(fileSource(folder)).rejects.toMatchObject({ code: 'NOT_A_FILE' })
    await expect(fileSource(pipe)).rejects.toMatchObject({ code: 'NOT_A_FILE' })
    await expect(fileSource('/dev/zero')).rejects.toMatchObject({ code: 'NOT_A_FILE' })
    await expect(fileSource('a\0b')).rejects.toMatchObject({ exitStatus: 2 })
  })
})

it('a path that cannot be opened is one clear problem, whatever the system calls it', () => {
  const failed = (code: string) => openProblem('p', Object.assign(new Error('x'), { code }))
  expect(failed('EACCES')).toMatchObject({
    code: 'FILE_UNREADABLE',
    message: 'p cannot be read: permission denied.',
  })
  expect(failed('ENOENT')).toMatchObject({ code: 'FILE_MISSING' })
  expect(failed('EACCES').fix).toContain('permission')
  expect(failed('ELOOP')).toMatchObject({ message: expect.stringContaining('loop') })
  for (const code of ['ELOOP', 'EMFILE', 'ENAMETOOLONG', 'EIO'])
    expect(failed(code).fix, code).not.toContain('permission')
  expect(failed('EIO')).toMatchObject({
    code: 'FILE_UNREADABLE',
    message: 'p cannot be read: EIO.',
    exitStatus: 2,
  })
})

describe('files that are not replaced', () => {
  it('are written through a link, which stays one', async () => {
    const home = await mkdtemp(join(folder, 'link-'))
    await writeFileWhole(join(home, 'target'), 'old')
    await symlink('target', join(home, 'link'))
    await writeOutput(join(home, 'link'), 'new')
    expect(await readFile(join(home, 'target'), 'utf8')).toBe('new')
    expect((await lstat(join(home, 'link'))).isSymbolicLink()).toBe(true)
    // In a folder of ours, such as a cache that others share, a link may have been planted.
    await writeFileWhole(join(home, 'link'), 'ours')
    expect(await readFile(join(home, 'target'), 'utf8')).toBe('new')
    expect((await lstat(join(home, 'link'))).isSymbolicLink()).toBe(false)
  })

  it('go into a pipe, which stays one', { timeout: 60_000 }, async () => {
    const home = await mkdtemp(join(folder, 'pipe-'))
    const pipe = join(home, 'pipe')
    execFileSync('mkfifo', [pipe])
    const reader = spawn('cat', [pipe])
    const heard: string[] = []
    reader.stdout.setEncoding('utf8').on('data', (text: string) => heard.push(text))
    const ended = new Promise((done) => reader.on('close', done))
    await writeOutput(pipe, 'through')
    await ended
    expect(heard.join('')).toBe('through')
    expect((await lstat(pipe)).isFIFO()).toBe(true)
  })
})

describe('files that appear whole', () => {
  const fresh = async (name: string) => {
    const path = join(folder, name)
    await mkdir(path)
    return path
  }

  it('appear under their name only at commit, and replace what was there', async () => {
    const home = await fresh('whole')
    const path = join(home, 'report.json')
    await writeFileWhole(path, 'old')
    const file = await beginFile(path)
    await file.write('ne')
    await file.write(Uint8Array.from([0x77]))
    expect(await readFile(path, 'utf8')).toBe('old')
    await file.commit()
    await file.discard()
    expect(await readFile(path, 'utf8')).toBe('new')
    expect(await readdir(home)).toEqual(['report.json'])
  })

  it('leave nothing when discarded or interrupted', async () => {
    const home = await fresh('gone')
    const first = await beginFile(join(home, 'a'))
    await first.write('abc')
    await first.discard()
    expect(await readdir(home)).toEqual([])
    await (await beginFile(join(home, 'b'))).write('abc')
    const spill = temporaryPathIn(home, 'spill')
    await writeFile(spill.path, 'x')
    expect((await readdir(home)).length).toBe(2)
    removeTemporaries()
    expect(await readdir(home)).toEqual([])
  })

  it('say why they cannot be written', async () => {
    const home = await fresh('refused')
    await expect(writeFileWhole(join(home, 'no', 'x'), '')).rejects.toMatchObject({ code: 'WRITE_REFUSED' })
    await mkdir(join(home, 'taken'))
    await expect(writeFileWhole(join(home, 'taken'), 'x')).rejects.toMatchObject({ code: 'WRITE_REFUSED' })
    expect(await readdir(home)).toEqual(['taken'])
  })

  it('a full disk is exit 3', async () => {
    const { writeProblem } = await import('../../src/bytes/atomic.ts')
    const full = Object.assign(new Error('no space'), { code: 'ENOSPC' })
    expect(writeProblem('x', full)).toMatchObject({ code: 'DISK_FULL', exitStatus: 3 })
  })
})
