/** @file What shared libraries need, read from their headers: those of the engine, against what binutils says of them, and broken ones. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { isCutShort, neededLibraries } from '../../src/onnx/runtime/needed-libraries.ts'

const FOLDER = 'node_modules/onnxruntime-node/bin/napi-v6/linux'
const folder = mkdtempSync(join(tmpdir(), 'saegate-elf-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const broken = join(folder, 'broken.so')
const whole = readFileSync(join(FOLDER, 'x64', 'onnxruntime_binding.node'))

describe('a shared library', () => {
  const hasReadelf = spawnSync('readelf', ['--version']).status === 0

  it
    .skipIf(!hasReadelf)
    .each(['x64/onnxruntime_binding.node', 'x64/libonnxruntime.so.1', 'arm64/onnxruntime_binding.node'])(
    '%s needs what readelf says',
    (name) => {
      const { stdout } = spawnSync('readelf', ['-d', '-W', join(FOLDER, name)], { encoding: 'utf8' })
      const expected = [...stdout.matchAll(/\(NEEDED\).*\[(.+)\]/g)].map(([, library]) => library)
      expect(expected.length).toBeGreaterThan(2)
      expect(neededLibraries(join(FOLDER, name))).toEqual(expected)
    },
  )

  it('is whole, or cut short', () => {
    writeFileSync(broken, whole)
    expect(isCutShort(broken)).toBe(false)
    for (const bytes of [4, 63, 64, 4096, whole.length - 1]) {
      writeFileSync(broken, whole.subarray(0, bytes))
      expect(isCutShort(broken), `${bytes} bytes`).toBe(true)
    }
  })
})

describe('what is none', () => {
  it.each([
    ['no file', null],
    ['an empty file', Buffer.alloc(0)],
    ['text', Buffer.from('native')],
    ['another format', Buffer.concat([Buffer.from('MZ'), whole.subarray(2, 4096)])],
    ['a header alone', whole.subarray(0, 64)],
    ['a file of 32 bits', Buffer.concat([whole.subarray(0, 4), Buffer.of(1), whole.subarray(5)])],
  ])('%s', (_, content) => {
    rmSync(broken, { force: true })
    if (content !== null) writeFileSync(broken, content)
    expect(neededLibraries(broken)).toBeNull()
    expect(isCutShort(broken)).toBe(content?.length === 64)
  })

  it('any byte of its headers changed: names or nothing, never a failure', () => {
    const start = whole.subarray(0, 8192)
    for (let at = 0; at < 1024; at += 3) {
      const changed = Buffer.from(whole.length > 8192 ? whole : start)
      changed[at] = 255 - (changed[at] ?? 0)
      writeFileSync(broken, changed)
      const names = neededLibraries(broken)
      expect(names === null || names.every((name) => name.length < 256)).toBe(true)
    }
  })
})
