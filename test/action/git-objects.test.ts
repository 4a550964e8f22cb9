/** @file One git for many objects: every answer is the object that was asked for, or none. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { gitObjects } from '../../src/action/rules/git-objects.ts'
import { hashOf } from '../../src/action/rules/objects.ts'

const MOST = 2 ** 24
let folder = ''
const git = (...args: string[]): string => execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim()
const contents = Array.from({ length: 12 }, (_, i) => Buffer.alloc(1 + i * 40_000, `line ${i}\n`))
let ids: readonly string[] = []

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'saegate-objects-'))
  git('init', '-q')
  for (const [i, content] of contents.entries()) writeFileSync(join(folder, `${i}.txt`), content)
  git('add', '.')
  git('-c', 'user.name=a', '-c', 'user.email=a@b.example', 'commit', '-q', '-m', 'all')
  ids = contents.map((_, i) => git('rev-parse', `HEAD:${i}.txt`))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('objects of a checkout', () => {
  it('come in the order asked for, whole, whatever their size', async () => {
    const objects = gitObjects(folder)
    const found = await Promise.all(ids.map((id) => objects.read('blob', id, MOST)))
    for (const [i, bytes] of found.entries())
      expect(contents[i]?.equals(bytes ?? new Uint8Array())).toBe(true)
  })

  it('are commits and trees, too, and hash to their ids', async () => {
    const objects = gitObjects(folder)
    for (const [type, name] of [
      ['commit', 'HEAD'],
      ['tree', 'HEAD^{tree}'],
    ] as const) {
      const id = git('rev-parse', name)
      const bytes = await objects.read(type, id, MOST)
      expect(hashOf(type, bytes ?? new Uint8Array(), id)).toBe(id)
    }
  })

  it('are none where they are missing, of another type, too large or no ids, and the next one comes all the same', async () => {
    const objects = gitObjects(folder)
    const [small = '', , large = ''] = ids
    const asked: readonly (readonly ['blob' | 'tree', string, number])[] = [
      ['blob', '0'.repeat(40), MOST],
      ['tree', small, MOST],
      ['blob', large, 1000],
      ['blob', 'HEAD:0.txt', MOST],
      ['blob', `${small}\n${small}`, MOST],
      ['blob', small.slice(0, 10), MOST],
    ]
    for (const [type, id, most] of asked) {
      expect(await objects.read(type, id, most)).toBe(null)
      expect(Buffer.from((await objects.read('blob', small, MOST)) ?? [])).toEqual(contents[0])
    }
    expect(await objects.read('blob', large, contents[2]?.length ?? 0)).not.toBe(null)
  })

  it('come from another git when the first was let go', async () => {
    const objects = gitObjects(folder)
    for (let round = 0; round < 3; round++) {
      expect(Buffer.from((await objects.read('blob', ids[1] ?? '', MOST)) ?? [])).toEqual(contents[1])
      await pause(round === 0 ? 101 : 300)
    }
  })

  it('are those of their ids where git is told of replacements', async () => {
    git('replace', ids[0] ?? '', ids[1] ?? '')
    expect(Buffer.from((await gitObjects(folder).read('blob', ids[0] ?? '', MOST)) ?? [])).toEqual(
      contents[0],
    )
    git('replace', '-d', ids[0] ?? '')
  })

  it('are none where there is no repository', async () => {
    const objects = gitObjects(join(folder, 'nowhere'))
    expect(await objects.read('blob', ids[0] ?? '', MOST)).toBe(null)
    expect(await objects.read('blob', ids[0] ?? '', MOST)).toBe(null)
  })
})
