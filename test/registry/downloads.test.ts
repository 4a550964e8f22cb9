/** @file Downloads within a size: what was used least recently goes first, what is needed never. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { downloadNameOf, makeRoom } from '../../src/registry/night/downloads.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'saegate-test-'))
  for (const name of ['a', 'b', 'c', 'unknown']) {
    mkdirSync(join(folder, name, 'blobs'), { recursive: true })
    writeFileSync(join(folder, name, 'blobs', 'weights'), Buffer.alloc(100))
    // As the cache links a snapshot to its blob: counted once.
    symlinkSync('blobs/weights', join(folder, name, 'link'))
  }
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

it('deletes what nobody knows, then by least recent use, only as much as is needed', async () => {
  const order = ['b', 'a', 'c']
  expect(await makeRoom({ folder, limit: 400 }, 0, order, new Set())).toEqual([])
  expect(await makeRoom({ folder, limit: 400 }, 150, order, new Set())).toEqual(['unknown', 'b'])
  expect(readdirSync(folder)).toEqual(['a', 'c'])
})

it('never deletes what is needed, even where the size is passed', async () => {
  expect(await makeRoom({ folder, limit: 100 }, 100, [], new Set(['a', 'c']))).toEqual(['b', 'unknown'])
  expect(existsSync(join(folder, 'a', 'blobs', 'weights'))).toBe(true)
  expect(await makeRoom({ folder: join(folder, 'none'), limit: 1 }, 1, [], new Set())).toEqual([])
})

it('knows a repository of the Hub by the name that its libraries give it', () => {
  expect(downloadNameOf('hf:own/name@main/sub')).toBe('models--own--name')
  expect(downloadNameOf('./folder')).toBeNull()
})
