/** @file Entries of the cache of captures: whole or not there, damage told, room kept to, no link followed. */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { temporaryPathIn } from '../../src/bytes/atomic.ts'
import { KeptEntries, type OpenEntry } from '../../src/sources/kept/entries.ts'
import { keptFolder, requireNoCheckout } from '../../src/sources/kept/folder.ts'
import { entryName } from '../../src/sources/kept/manifest.ts'

let folder = ''
let notes: string[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'saegate-entries-'))
  notes = []
  return () => rmSync(folder, { recursive: true })
})

const opened = (bytes = 1e6): Promise<KeptEntries> =>
  KeptEntries.open(folder, bytes, (note) => void notes.push(note))

const keyOf = (key: string) => ({ kind: `rows of ${key}`, key })
const pathOf = (key: string, part: string): string => join(folder, entryName(keyOf(key)), part)

async function put(into: KeptEntries, key: string, bytes: Uint8Array): Promise<void> {
  await into.put({
    ...keyOf(key),
    bytes: bytes.length,
    figures: { rows: 3 },
    write: async ({ part }) => await part('rows', [bytes.subarray(0, 5), bytes.subarray(5)]),
  })
}

async function bytesIn(entry: OpenEntry): Promise<number[]> {
  const found: number[] = []
  for await (const piece of entry.pieces('rows', 4)) found.push(...piece)
  return found
}

const take = async (from: KeptEntries, key: string): Promise<number[] | null> =>
  await from.take(keyOf(key), bytesIn)

const TEN = Uint8Array.from({ length: 10 }, (_, i) => i)
const THOUSAND = new Uint8Array(1000)

describe('an entry', () => {
  it('comes back as it was put, under its own key alone', async () => {
    const entries = await opened()
    await put(entries, 'a', TEN)
    expect(await take(entries, 'a')).toEqual([...TEN])
    expect(await entries.take(keyOf('a'), async ({ figures }) => figures)).toEqual({ rows: 3 })
    expect(await take(entries, 'b')).toBeNull()
    expect(notes).toEqual([])
  })

  it('is one, however many put it', async () => {
    const [a, b] = [await opened(), await opened()]
    await Promise.all([put(a, 'a', TEN), put(b, 'a', TEN), put(b, 'a', TEN)])
    expect(readdirSync(folder)).toEqual([entryName(keyOf('a'))])
    expect(await take(b, 'a')).toEqual([...TEN])
  })

  it('that a killed process began is no entry, and goes', async () => {
    const { path, forget } = temporaryPathIn(folder, 'entry')
    forget()
    // A number that no process has.
    const dead = path.replace(`-${process.pid}-`, '-4194305-')
    mkdirSync(dead)
    writeFileSync(join(dead, 'rows'), 'half')
    const entries = await opened()
    expect(readdirSync(folder)).toEqual([])
    expect(await take(entries, 'a')).toBeNull()
  })
})

const DAMAGES: readonly (readonly [what: string, why: RegExp, how: (path: string) => void])[] = [
  [
    'a flipped bit',
    /rows does not match its sha256/,
    (path) => {
      const bytes = readFileSync(path)
      bytes[7] = (bytes[7] ?? 0) ^ 1
      writeFileSync(path, bytes)
    },
  ],
  ['a cut', /has 9 bytes, not 10/, (path) => writeFileSync(path, TEN.subarray(1))],
  ['something more', /has 11 bytes, not 10/, (path) => appendFileSync(path, 'x')],
  [
    'a link',
    /a link stands for a part of it/,
    (path) => {
      renameSync(path, `${path}.moved`)
      symlinkSync(`${path}.moved`, path)
    },
  ],
  [
    'a folder',
    /a part of it is no file/,
    (path) => {
      rmSync(path)
      mkdirSync(path)
    },
  ],
]

describe('damage', () => {
  it.each(DAMAGES)('by %s is told once, and the entry removed', async (_, why, damage) => {
    const entries = await opened()
    await put(entries, 'a', TEN)
    damage(pathOf('a', 'rows'))
    expect(await take(entries, 'a')).toBeNull()
    expect(notes).toHaveLength(1)
    expect(notes[0]).toMatch(/^rows of a, kept as [0-9a-f]{12}: /)
    expect(notes[0]).toMatch(why)
    expect(readdirSync(folder)).toEqual([])
    await put(entries, 'a', TEN)
    expect(await take(entries, 'a')).toEqual([...TEN])
  })

  it('of a manifest, or an entry under the name of another, is told too', async () => {
    const entries = await opened()
    for (const key of ['a', 'b', 'c']) await put(entries, key, TEN)
    writeFileSync(pathOf('a', 'manifest.json'), '{"format":')
    rmSync(join(folder, entryName(keyOf('b'))), { recursive: true })
    renameSync(join(folder, entryName(keyOf('c'))), join(folder, entryName(keyOf('b'))))
    for (const key of ['a', 'b', 'c']) expect(await take(entries, key)).toBeNull()
    expect(notes).toHaveLength(2)
    expect(notes[1]).toContain('it is of something else than its name says')
  })

  it('does not reach what a link in the place of an entry leads to', async () => {
    const entries = await opened()
    await put(entries, 'a', TEN)
    const elsewhere = `${folder}-elsewhere`
    renameSync(join(folder, entryName(keyOf('a'))), elsewhere)
    symlinkSync(elsewhere, join(folder, entryName(keyOf('a'))))
    expect(await take(entries, 'a')).toBeNull()
    expect(existsSync(join(elsewhere, 'rows'))).toBe(true)
    rmSync(elsewhere, { recursive: true })
  })
})

describe('room', () => {
  it('is made by least recent use', async () => {
    const entries = await opened(3800)
    for (const [age, key] of ['a', 'b', 'c'].entries()) {
      await put(entries, key, THOUSAND)
      for (const part of ['rows', 'manifest.json']) utimesSync(pathOf(key, part), 1000 + age, 1000 + age)
    }
    expect(await take(entries, 'a')).toHaveLength(1000)
    await put(entries, 'd', THOUSAND)
    expect(await take(entries, 'b')).toBeNull()
    for (const key of ['a', 'c', 'd']) expect(await take(entries, key)).toHaveLength(1000)
    expect(notes).toEqual([])
  })

  it('that one entry does not fit into is told', async () => {
    const entries = await opened(500)
    await put(entries, 'a', THOUSAND)
    expect(notes).toEqual(['rows of a takes 0.0 GB, more than --capture-cache-size allows: not kept'])
    expect(readdirSync(folder)).toEqual([])
  })

  it('that the disk does not have is told, and nothing is left', async () => {
    const entries = await opened()
    const handle: FileHandle = await open(process.execPath)
    const prototype: FileHandle = Object.getPrototypeOf(handle)
    await handle.close()
    const { appendFile } = prototype
    prototype.appendFile = async () => {
      throw Object.assign(new Error('no space'), { code: 'ENOSPC' })
    }
    try {
      await put(entries, 'a', TEN)
    } finally {
      prototype.appendFile = appendFile
    }
    expect(notes).toHaveLength(1)
    expect(notes[0]).toMatch(/^rows of a could not be kept for a later run: No space is left on the disk/)
    expect(readdirSync(folder)).toEqual([])
    await put(entries, 'a', TEN)
    expect(await take(entries, 'a')).toEqual([...TEN])
  })

  it('is nowhere where a file has the folder’s name', async () => {
    const entries = await KeptEntries.open(join(process.execPath, 'captures'), 1e6, (note) =>
      notes.push(note),
    )
    await put(entries, 'a', TEN)
    expect(await take(entries, 'a')).toBeNull()
    expect(notes).toHaveLength(2)
    expect(notes[0]).toContain('could not be kept for a later run')
    expect(notes[1]).toContain('could not be read (ENOTDIR)')
  })

  it('leaves what fails by itself to whoever asked', async () => {
    const entries = await opened()
    const failed = entries.put({
      ...keyOf('a'),
      bytes: 1,
      figures: null,
      write: async () => {
        throw new RangeError('a row too many')
      },
    })
    await expect(failed).rejects.toThrow('a row too many')
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('the folder', () => {
  it('lies with what is downloaded, or among the user’s caches', () => {
    expect(keptFolder({ SAEGATE_CACHE: '/cache' })).toBe('/cache/captures')
    expect(keptFolder({ XDG_CACHE_HOME: '/home/me/.cache' })).toBe('/home/me/.cache/saegate/captures')
  })

  it('is nobody else’s to look into', async () => {
    rmSync(folder, { recursive: true })
    await put(await opened(), 'a', TEN)
    if (process.platform !== 'win32') expect(statSync(folder).mode & 0o777).toBe(0o700)
  })

  it('lies in no checkout, by where links lead', () => {
    const outside = join(folder, 'outside')
    mkdirSync(join(folder, 'checkout', '.git'), { recursive: true })
    mkdirSync(outside)
    symlinkSync(join(folder, 'checkout'), join(folder, 'link'))
    const refused = (path: string, at = outside, environment = {}) =>
      expect(() => requireNoCheckout(path, at, environment)).toThrow(/lies in the checkout/)
    refused(join(folder, 'checkout', 'captures'))
    refused(join(folder, 'link', 'cache', 'captures'))
    refused(join(folder, 'workspace', 'captures'), outside, { GITHUB_WORKSPACE: join(folder, 'workspace') })
    requireNoCheckout(join(folder, 'captures'), join(folder, 'checkout'), {})
  })
})
