/**
 * @file A reference on the Hub, and those who stand between it and the built action: who answers in the Hub's place, who owns the
 * repository, and another job that writes into the cache. Beside them the honest twin.
 *
 * @module-tag slow
 */
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { GitHubServer } from '../delivery/github-server.ts'
import { COMMIT, type HubServer, type ServedFile, startHub } from '../sources/hub-server.ts'
import type { Inputs } from './harness.ts'
import { BUILT, smallAudit, smallAuditHere } from './small-audit.ts'

const stored = (name: string, lfs = false): ServedFile => ({
  content: readFileSync(join('fixtures/models/neox', name)),
  lfs,
})
const MODEL = {
  'config.json': stored('config.json'),
  'tokenizer.json': stored('tokenizer.json'),
  'tokenizer_config.json': stored('tokenizer_config.json'),
  'model.safetensors': stored('model.safetensors', true),
}
/** One bit of one weight differs. */
const FLIPPED = MODEL['model.safetensors'].content.map((byte, i) => (i === 500_000 ? byte ^ 1 : byte))

const server = new GitHubServer()
let folder = ''
let hub: HubServer
beforeEach(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'saegate-hub-')))
  hub = await startHub(MODEL)
})
afterEach(async () => {
  await hub.close()
  rmSync(folder, { recursive: true })
})

async function act(inputs: Inputs = {}, audit = smallAudit) {
  const url = await server.start()
  const env = { HF_ENDPOINT: hub.endpoint, HF_HUB_CACHE: join(folder, 'cache'), HF_HUB_DISABLE_XET: '1' }
  const ended = await audit(url, { reference: `hf:own/name@${COMMIT}`, ...inputs }, env)
  await server.stop()
  return ended
}

/** The weights as the cache holds them. */
function cachedWeights(): string {
  const blobs = join(folder, 'cache', 'models--own--name', 'blobs')
  const size = FLIPPED.byteLength
  const name = readdirSync(blobs).find((blob) => statSync(join(blobs, blob)).size === size)
  return join(blobs, name ?? 'none')
}

describe.runIf(existsSync(BUILT))('a reference that is pinned to a commit of the Hub', () => {
  it('is measured as it is listed, and as the base expects it, whoever wrote into the cache', async () => {
    const first = await act()
    expect(first.status, first.stdout).toBe(0)
    expect(first.summary).toContain('not verified')
    const digest = first.outputs['reference-sha256'] ?? ''
    const expected = await act({ 'expect-reference-sha256': digest }, smallAuditHere)
    expect(expected.status, expected.stdout).toBe(0)
    expect(expected.summary).not.toContain('not verified')

    const blob = cachedWeights()
    const { atime, mtime } = statSync(blob)
    writeFileSync(blob, FLIPPED)
    utimesSync(blob, atime, mtime)
    const after = await act()
    expect(after.status, after.stdout).toBe(0)
    expect(after.outputs['reference-sha256']).toBe(digest)
    expect(readFileSync(blob).equals(MODEL['model.safetensors'].content)).toBe(true)
  })

  it('is refused where what arrives is not what is listed, and where another is listed than the base expects', async () => {
    const digest = (await act({}, smallAuditHere)).outputs['reference-sha256'] ?? ''
    expect(digest).toMatch(/^[0-9a-f]{64}$/)
    rmSync(join(folder, 'cache'), { recursive: true })
    hub.interfere = (request, response) => {
      if (!(request.url ?? '').includes('/resolve/') || !(request.url ?? '').endsWith('model.safetensors'))
        return false
      if (request.method === 'HEAD') return false
      response.writeHead(200, { 'Content-Length': FLIPPED.byteLength }).end(FLIPPED)
      return true
    }
    const damaged = await act()
    expect([damaged.status, damaged.outputs]).toEqual([3, {}])
    expect(damaged.stdout).toContain('HUB_FILE_DAMAGED')

    await hub.close()
    hub = await startHub({ ...MODEL, 'model.safetensors': { content: FLIPPED, lfs: true } })
    const mirrored = await act({ 'expect-reference-sha256': digest }, smallAuditHere)
    expect([mirrored.status, mirrored.outputs]).toEqual([2, {}])
    expect(mirrored.stdout).toContain('DIGEST_UNEXPECTED')
    const believed = await act({}, smallAuditHere)
    expect(believed.status, believed.stdout).toBe(0)
    expect(believed.outputs['reference-sha256']).not.toBe(digest)
    expect(believed.summary).toContain('not verified')
  })
})
