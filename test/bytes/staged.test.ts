/** @file Files that appear together: all of them, or none. */
import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { removeTemporaries } from '../../src/bytes/atomic.ts'
import { stageFiles } from '../../src/bytes/staged.ts'

let folder = ''
const at = (name: string): string => join(folder, name)
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'saegate-staged-'))
  await writeFile(at('a'), 'old')
})
afterEach(() => rm(folder, { recursive: true }))

const never = new AbortController().signal

it('appear under their names at commit, and replace what was there', async () => {
  const files = stageFiles(folder, never)
  await files.add(at('a'), 'new')
  await files.add(at('b'), Uint8Array.of(0x62))
  expect(readFileSync(at('a'), 'utf8')).toBe('old')
  await files.addInside('c', 'inside')
  await files.addInside('deep/d', 'inside')
  expect(readdirSync(folder)).toHaveLength(4)
  files.commit(at('set'))
  await files.discard()
  expect(readdirSync(folder)).toEqual(['a', 'b', 'set'])
  expect(readFileSync(at('set/c'), 'utf8')).toBe('inside')
  expect(readFileSync(at('set/deep/d'), 'utf8')).toBe('inside')
  expect(readFileSync(at('a'), 'utf8')).toBe('new')
})

it('come beside what a folder of that name holds', async () => {
  await mkdir(at('set/deep'), { recursive: true })
  await writeFile(at('set/deep/d'), 'old')
  await writeFile(at('set/mine'), 'mine')
  const files = stageFiles(folder, never)
  await files.addInside('deep/d', 'new')
  files.commit(at('set'))
  expect(readFileSync(at('set/deep/d'), 'utf8')).toBe('new')
  expect(readFileSync(at('set/mine'), 'utf8')).toBe('mine')
  expect(readdirSync(folder)).toEqual(['a', 'set'])
})

it('rename none where the folder would replace a file', async () => {
  const files = stageFiles(folder, never)
  await files.add(at('b'), 'b')
  await files.addInside('c', 'c')
  expect(() => files.commit(at('a'))).toThrow(/a cannot be written: something that is not a folder/)
  await files.discard()
  expect(readdirSync(folder)).toEqual(['a'])
  expect(readFileSync(at('a'), 'utf8')).toBe('old')
})

it('leave everything as it was when one in the middle cannot be written', async () => {
  const files = stageFiles(folder, never)
  await files.add(at('a'), 'new')
  await expect(files.add(at('none/b'), 'b')).rejects.toMatchObject({ code: 'WRITE_REFUSED' })
  await files.discard()
  expect(readdirSync(folder)).toEqual(['a'])
  expect(readFileSync(at('a'), 'utf8')).toBe('old')
})

it('rename none when one of the names is taken by a folder', async () => {
  await mkdir(at('b'))
  const files = stageFiles(folder, never)
  await files.add(at('a'), 'new')
  await files.add(at('b'), 'b')
  expect(() => files.commit(at('set'))).toThrow(/b cannot be written: a folder has that name/)
  await files.discard()
  expect(readdirSync(folder)).toEqual(['a', 'b'])
  expect(readFileSync(at('a'), 'utf8')).toBe('old')
})

it('are gone when interrupted, even the one that is just being made', async () => {
  const interrupt = new AbortController()
  const files = stageFiles(folder, interrupt.signal)
  await files.add(at('a'), 'new')
  const adding = files.add(at('b'), 'b')
  interrupt.abort()
  removeTemporaries()
  await adding.catch(() => {})
  await expect(files.add(at('c'), 'c')).rejects.toMatchObject({ code: 'INTERRUPTED' })
  expect(() => files.commit(at('set'))).toThrow('Interrupted')
  await files.discard()
  expect(readdirSync(folder)).toEqual(['a'])
  expect(readFileSync(at('a'), 'utf8')).toBe('old')
})

it('are not undone by what comes after the commit', async () => {
  const interrupt = new AbortController()
  const files = stageFiles(folder, interrupt.signal)
  await files.add(at('a'), 'new')
  await files.addInside('c', 'c')
  files.commit(at('set'))
  interrupt.abort()
  removeTemporaries()
  expect(readFileSync(at('a'), 'utf8')).toBe('new')
  expect(readFileSync(at('set/c'), 'utf8')).toBe('c')
})

it('hold no descriptor open', async () => {
  const open = (): number => readdirSync('/proc/self/fd').length
  const files = stageFiles(folder, never)
  const before = open()
  for (let i = 0; i < 40; i++) {
    await files.add(at(`file-${i}`), 'x')
    await files.addInside(`file-${i}`, 'x')
  }
  expect(open() - before).toBeLessThan(10)
  await files.discard()
  expect(readdirSync(folder)).toEqual(['a'])
})
