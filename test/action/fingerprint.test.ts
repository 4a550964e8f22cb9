/** @file What a spec stands for: every file that would be opened counts, those that nobody named among them. */
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it } from 'vitest'
import { identityOf } from '../../src/action/earlier/fingerprint.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'saegate-identity-'))
})
const write = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}

const beside: readonly [what: string, named: string, other: string, counts: boolean][] = [
  ['another part of a split GGUF', 'm-00001-of-00002.gguf', 'm-00002-of-00002.gguf', true],
  ['another model’s part', 'm-00001-of-00002.gguf', 'other-00002-of-00002.gguf', false],
  ['the external data of an ONNX graph', 'model.onnx', 'model.onnx.data', true],
  ['what lies beside a whole GGUF', 'm.gguf', 'other.gguf', false],
]
it.each(beside)('%s', async (_, named, other, counts) => {
  const path = write(named, 'named')
  write(other, 'before')
  const before = await identityOf(path)
  expect(before).toMatch(/^[0-9a-f]{64}$/)
  expect(await identityOf(path)).toBe(before)
  write(other, 'after')
  expect((await identityOf(path)) !== before).toBe(counts)
})

it('counts every file of a folder, names and contents, and tells none where links are', async () => {
  mkdirSync(join(folder, 'sub'))
  write('a', '1')
  const first = await identityOf(folder)
  write('sub/b', '2')
  const second = await identityOf(folder)
  expect(second).not.toBe(first)
  symlinkSync(join(folder, 'a'), join(folder, 'sub', 'c'))
  expect(await identityOf(folder)).toBeNull()
})

it('takes what is derived and what is pinned to a commit for itself, and a branch for nothing', async () => {
  expect(await identityOf('rtn:6')).toBe('rtn:6')
  const pinned = `hf:owner/name@${'a'.repeat(40)}/sub`
  expect(await identityOf(pinned)).toBe(pinned)
  expect(await identityOf('hf:owner/name@main')).toBeNull()
})
