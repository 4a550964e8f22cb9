/** @file A cache that somebody else wrote to: what is not as the Hub lists it is never read. */
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isProven } from '../../src/sources/content-proof.ts'
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

describe('proof of a large file', () => {
  const LARGE = 2 ** 24 + 5
  const listed = (content: Uint8Array) =>
    ({
      byteLength: content.byteLength,
      hash: { algorithm: 'sha256', hex: createHash('sha256').update(content).digest('hex') },
    }) as const

  it('is remembered, and ends with the bytes it speaks of, whatever the times say', async () => {
    const path = join(folder, 'large')
    const proofs = join(folder, 'proofs')
    const content = new Uint8Array(LARGE).fill(7)
    await writeFile(path, content)
    const then = new Date(1_600_000_000_000)
    await utimes(path, then, then)
    expect(await isProven(path, listed(content), proofs)).toBe(true)
    expect(await readdir(proofs)).toHaveLength(1)
    expect(await isProven(path, listed(content), proofs)).toBe(true)
    // Same size, same time of modification: only the system's own time of change tells.
    await writeFile(path, new Uint8Array(LARGE).fill(8))
    await utimes(path, then, then)
    expect(await isProven(path, listed(content), proofs)).toBe(false)
  })

  it('is worked out anew where nothing can be remembered', async () => {
    const path = join(folder, 'large')
    const content = new Uint8Array(LARGE).fill(7)
    await writeFile(path, content)
    await writeFile(join(folder, 'file'), '')
    expect(await isProven(path, listed(content), join(folder, 'file', 'proofs'))).toBe(true)
  })
})
