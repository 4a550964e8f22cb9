/** @file A cache that somebody else wrote to: what is not as the Hub lists it is never read. */
import { createHash } from 'node:crypto'
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isProven, type ListedContent } from '../../src/sources/content-proof.ts'
import { digestedFiles } from '../../src/sources/file-digests.ts'
import { hubSettings } from '../../src/sources/hub-settings.ts'
import { openFiles } from '../../src/sources/open-files.ts'
import { COMMIT, type HubServer, type ServedFile, startHub } from './hub-server.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const FILES: Readonly<Record<string, ServedFile>> = {
  'config.json': { content: bytes('{"model_type":"good"}'), lfs: false },
  'model.safetensors': { content: bytes('good weights'), lfs: true },
}

let folder = ''
let hub: HubServer
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'saegate-proof-'))
  hub = await startHub(FILES)
})
afterEach(async () => {
  await hub.close()
  await rm(folder, { recursive: true })
})

async function restart(files: Readonly<Record<string, ServedFile>>): Promise<void> {
  await hub.close()
  hub = await startHub(files)
}

const cache = (): string => join(folder, 'cache')
const repository = (): string => join(cache(), 'models--own--name')
const settings = (offline = false) => ({
  ...hubSettings({
    HF_ENDPOINT: hub.endpoint,
    HF_HUB_CACHE: cache(),
    HF_HUB_OFFLINE: offline ? '1' : undefined,
  }),
  proofFolder: join(folder, 'proofs'),
})
async function contents(name: string, offline = false): Promise<string> {
  const files = await openFiles(`hf:own/name@${COMMIT}`, settings(offline))
  try {
    const source = await files.open(name)
    return Buffer.from(await source.read(0, source.byteLength)).toString()
  } finally {
    await files.close()
  }
}

describe('a cache that came along with a repository', () => {
  it.each(['config.json', 'model.safetensors'])(
    'never stands in for a file pinned by its commit: %s of the same size',
    async (name) => {
      const good = Buffer.from(FILES[name]?.content ?? []).toString()
      const planted = good.replace('good', 'evil')
      const snapshot = join(repository(), 'snapshots', COMMIT)
      await mkdir(snapshot, { recursive: true })
      await writeFile(join(snapshot, name), planted)
      expect(await contents(name)).toBe(good)
      // And the right one is found next time, without another download.
      const before = hub.requests.filter((request) => request.includes('/resolve/')).length
      expect(await contents(name)).toBe(good)
      expect(hub.requests.filter((request) => request.includes('/resolve/'))).toHaveLength(before)
    },
  )

  it('nor by an exchanged blob under the right name', async () => {
    const good = FILES['model.safetensors']?.content ?? new Uint8Array()
    const hex = createHash('sha256').update(good).digest('hex')
    await mkdir(join(repository(), 'blobs'), { recursive: true })
    await mkdir(join(repository(), 'snapshots', COMMIT), { recursive: true })
    await writeFile(join(repository(), 'blobs', hex), 'evil weights')
    await symlink(`../../blobs/${hex}`, join(repository(), 'snapshots', COMMIT, 'model.safetensors'))
    expect(await contents('model.safetensors')).toBe('good weights')
    expect(await readFile(join(repository(), 'blobs', hex), 'utf8')).toBe('good weights')
  })

  it('offline an exchanged blob is refused by its own name', async () => {
    await contents('config.json')
    await contents('model.safetensors')
    expect(await contents('model.safetensors', true)).toBe('good weights')
    for (const blob of await readdir(join(repository(), 'blobs')))
      await writeFile(join(repository(), 'blobs', blob), 'evil weights')
    for (const name of Object.keys(FILES))
      await expect(contents(name, true)).rejects.toMatchObject({ code: 'HUB_CACHE_DAMAGED', exitStatus: 2 })
  })
})

/** Larger than what is hashed at each opening: a hole in the file system, but for its first byte. */
const LARGE = 2 ** 24 + 5
const largeFile = (first: number): Uint8Array => {
  const content = new Uint8Array(LARGE)
  content[0] = first
  return content
}
async function writeLarge(path: string, first: number): Promise<void> {
  await writeFile(path, Uint8Array.of(first))
  await truncate(path, LARGE)
}

const listed: ListedContent = {
  byteLength: LARGE,
  hash: { algorithm: 'sha256', hex: createHash('sha256').update(largeFile(7)).digest('hex') },
}

describe('proof of a large file', () => {
  it('is remembered, and ends with the bytes it speaks of, whatever the times say', async () => {
    const path = join(folder, 'large')
    const proofs = join(folder, 'proofs')
    const then = new Date(1_600_000_000_000)
    await writeLarge(path, 7)
    await utimes(path, then, then)
    expect(await isProven(path, listed, proofs)).toBe(true)
    expect(await readdir(proofs)).toHaveLength(1)
    expect(await isProven(path, listed, proofs)).toBe(true)
    // Same size, same time of modification: only the system's own time of change tells.
    await writeLarge(path, 8)
    await utimes(path, then, then)
    expect(await isProven(path, listed, proofs)).toBe(false)
  })

  it('is worked out anew where nothing can be remembered', async () => {
    const path = join(folder, 'large')
    await writeLarge(path, 7)
    await writeFile(join(folder, 'file'), '')
    expect(await isProven(path, listed, join(folder, 'file', 'proofs'))).toBe(true)
  })
})

describe('proof of a large file that another job of the same user forged', () => {
  const proofs = (): string => join(folder, 'proofs')

  /** Plant an exchanged blob, and a proof of it as this program writes them. */
  async function forge(): Promise<string> {
    const blob = join(repository(), 'blobs', listed.hash.hex)
    const snapshot = join(repository(), 'snapshots', COMMIT)
    await mkdir(join(repository(), 'blobs'), { recursive: true })
    await mkdir(snapshot, { recursive: true })
    await mkdir(proofs(), { recursive: true })
    await writeLarge(blob, 8)
    await symlink(`../../blobs/${listed.hash.hex}`, join(snapshot, 'large.bin'))
    const { dev, ino, size, mtimeNs, ctimeNs } = await stat(blob, { bigint: true })
    const text = [dev, ino, size, mtimeNs, ctimeNs, 'sha256', listed.hash.hex].join(':')
    await writeFile(join(proofs(), createHash('sha256').update(text).digest('hex')), '')
    return blob
  }

  it.each([false, true])('gives no digest of what is not listed (offline: %s)', async (offline) => {
    await restart({ 'large.bin': { content: largeFile(7), lfs: true } })
    const blob = await forge()
    expect(await isProven(blob, listed, proofs())).toBe(true)
    const files = await openFiles(`hf:own/name@${COMMIT}`, settings(offline))
    await expect(digestedFiles(files).sha256('large.bin')).rejects.toMatchObject({
      code: 'HUB_CONTENT_DIFFERS',
      exitStatus: 3,
    })
    await files.close()
  })

  it('lets no corpus through: it is hashed, and fetched anew', async () => {
    await restart({ 'large.bin': { content: largeFile(7), lfs: true } })
    await forge()
    const cached = await openFiles(`hf:own/name@${COMMIT}`, settings(true))
    await expect(cached.openParts?.('large.bin')).rejects.toMatchObject({ code: 'HUB_CACHE_DAMAGED' })
    await cached.close()
    const files = await openFiles(`hf:own/name@${COMMIT}`, settings())
    const source = await files.openParts?.('large.bin')
    expect(await source?.read(0, 2)).toEqual(Uint8Array.of(7, 0))
    await files.close()
  })

  it('the honest twin gives the listed digest', async () => {
    await restart({ 'large.bin': { content: largeFile(7), lfs: true } })
    await writeLarge(await forge(), 7)
    const files = await openFiles(`hf:own/name@${COMMIT}`, settings())
    expect(await digestedFiles(files).sha256('large.bin')).toBe(listed.hash.hex)
    expect(hub.requests.filter((request) => request.includes('/resolve/'))).toEqual([])
    await files.close()
  })
})
