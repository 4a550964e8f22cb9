/** An audit whose reference, candidate and SAE all lie on the Hub (a loopback server plays it). *
 * @module-tag slow
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import type { Progress } from '../../../src/audit/machine/progress.ts'
import { measure } from '../../../src/audit/measure.ts'
import { COMMIT, type HubServer, type ServedFile, startHub } from '../../sources/hub-server.ts'
import { audit } from '../golden-audit.ts'
import { NEOX_FOLDER, neox, Workshop } from './make.ts'
import { klOf, SHORT } from './short.ts'

const workshop = new Workshop()
let hub: HubServer
const SAE = 'fixtures/saes/neox/blocks.3.hook_resid_post'

function served(folder: string, prefix: string): Record<string, ServedFile> {
  return Object.fromEntries(
    readdirSync(folder).map((name) => {
      return [
        `${prefix}/${name}`,
        { content: readFileSync(join(folder, name)), lfs: /\.(safetensors|gguf)$/.test(name) },
      ]
    }),
  )
}

beforeAll(async () => {
  const parts = workshop.splitGguf(neox, 'F16', 'neox').replace(/-00001.*/, '')
  const gguf = Object.fromEntries(
    ['-00001-of-00002.gguf', '-00002-of-00002.gguf'].map((ending) => [
      `gguf/neox${ending}`,
      { content: readFileSync(`${parts}${ending}`), lfs: true },
    ]),
  )
  hub = await startHub({ ...served(NEOX_FOLDER, 'model'), ...served(SAE, 'sae'), ...gguf })
})
afterEach(() => vi.unstubAllEnvs())
afterAll(async () => {
  await hub.close()
  workshop.remove()
})

const config = {
  ...SHORT,
  reference: 'hf:own/name/model',
  candidates: ['hf:own/name/gguf/neox-00001-of-00002.gguf', 'rtn:6'],
  saes: [{ source: 'hf:own/name/sae', hook: null, center: null }],
}

it('measures what the same files on disk do, with the commit, the token and the progress of downloads', async () => {
  vi.stubEnv('HF_ENDPOINT', hub.endpoint)
  vi.stubEnv('HF_TOKEN', 'hf_secret')
  vi.stubEnv('SAEGATE_CACHE', workshop.at('cache'))
  const seen: Progress[] = []
  const { report } = await measure(config, {
    onProgress: (progress) => seen.push(progress),
    seconds: () => 0,
    now: () => '2026-01-01T00:00:00.000Z',
    toolVersion: 'test',
    baseline: null,
  })
  const local = await audit({ ...SHORT, candidates: ['rtn:6'] })
  expect(report.reference).toMatchObject({ spec: config.reference, revision: COMMIT, family: 'gpt_neox' })
  expect(report.reference.sha256).toBe(local.report.reference.sha256)
  expect(report.candidates[0]).toMatchObject({ revision: COMMIT, compression: { method: 'gguf F16' } })
  expect(Math.abs(klOf(report.candidates[0]))).toBeLessThan(1e-6)
  expect(klOf(report.candidates[1])).toBe(klOf(local.report.candidates[0]))
  expect(seen.some(({ stage, unit }) => unit === 'bytes' && stage.includes('model/model.safetensors'))).toBe(
    true,
  )
  expect([...hub.authorizations]).toEqual(['Bearer hf_secret'])
  expect(readdirSync(workshop.at('cache'))).toEqual(['models--own--name'])
})

it('needs no network once everything is cached', async () => {
  vi.stubEnv('HF_ENDPOINT', hub.endpoint)
  vi.stubEnv('HF_HUB_OFFLINE', '1')
  vi.stubEnv('SAEGATE_CACHE', workshop.at('cache'))
  const before = hub.requests.length
  const { report } = await audit({ ...config, candidates: ['rtn:6'] })
  expect(report.reference.revision).toBe(COMMIT)
  expect(hub.requests.length).toBe(before)
})
