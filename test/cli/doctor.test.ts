/** @file `saegate doctor` on folders: what an audit would miss is said before it begins, each with its fix. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import type { Check } from '../../src/cli/doctor/check.ts'
import { folderChecks } from '../../src/cli/doctor/folder.ts'
import { machineChecks } from '../../src/cli/doctor/machine.ts'
import { hubSettings } from '../../src/sources/hub-settings.ts'
import { type HubServer, startHub } from '../sources/hub-server.ts'

const folder = mkdtempSync(join(tmpdir(), 'saegate-test-'))
let hub: HubServer

beforeAll(async () => {
  hub = await startHub({ 'config.json': { content: Buffer.from('{}'), lfs: false } })
})
afterAll(async () => {
  await hub.close()
  rmSync(folder, { recursive: true, force: true })
})

const GOOD = {
  reference: resolve('fixtures/models/neox'),
  candidates: ['rtn:6', 'gptq:4,group=128', resolve('fixtures/candidates/neox-int6-repaired')],
  saes: [resolve('fixtures/saes/neox/blocks.4.hook_resid_post')],
  corpus: { source: resolve('fixtures/corpus/eval.txt') },
  policy: 'default',
  out: join(folder, 'out'),
}

async function checksOf(config: object, env: Record<string, string> = {}): Promise<readonly Check[]> {
  const path = join(folder, 'saegate.yaml')
  writeFileSync(path, stringify(config))
  return await folderChecks(
    path,
    hubSettings({ HF_ENDPOINT: hub.endpoint, HF_HUB_CACHE: join(folder, 'cache'), ...env }),
  )
}

const problems = (checks: readonly Check[]) => checks.filter(({ state }) => state === 'problem')

describe('an audit that could begin', () => {
  it('has no problem, and every subject is named once', async () => {
    const checks = await checksOf(GOOD)
    expect(problems(checks)).toEqual([])
    expect(checks.map(({ what }) => what).slice(1)).toEqual([
      'policy',
      'reference',
      'candidate',
      'SAE',
      'corpus',
      'report',
    ])
  })

  it('asks the Hub with the token, and names the commit', async () => {
    const checks = await checksOf({ ...GOOD, reference: 'hf:own/name' }, { HF_TOKEN: 'hf_abcdefgh' })
    expect(problems(checks)).toEqual([])
    expect(checks.find(({ what }) => what === 'reference')?.found).toMatch(/^hf:own\/name, at 0123456789ab$/)
    expect(hub.authorizations).toContain('Bearer hf_abcdefgh')
    expect(hub.requests.some((request) => request.includes('/resolve/'))).toBe(false)
  })
})

describe('what is amiss', () => {
  it.each([
    ['a reference that is not there', { reference: './nowhere' }, 'reference', 'nowhere'],
    ['a text that is not there', { corpus: { source: './no.txt' } }, 'corpus', 'no.txt'],
    ['ids that are not there', { corpus: { source: 'tokens:./no.npy' } }, 'corpus', 'no.npy'],
    ['a policy that is not there', { policy: './no-policy.yaml' }, 'policy', 'no-policy.yaml'],
    ['a report folder that is a file', { out: resolve('README.md') }, 'report', 'README.md'],
    ['a repository that is not there', { saes: ['hf:own/other/sae'] }, 'SAE', 'own/other'],
  ])('%s', async (_, change, what, named) => {
    const found = problems(await checksOf({ ...GOOD, ...change }))
    expect(found.map((one) => one.what)).toEqual([what])
    expect(found[0]?.found).toContain(named)
    expect(found[0]?.fix).not.toBe('')
  })

  it('a repository that the token may not read', async () => {
    hub.interfere = (_, response) => {
      response.writeHead(403, { 'x-error-code': 'GatedRepo' }).end('{}')
      return true
    }
    const found = problems(await checksOf({ ...GOOD, reference: 'hf:own/name' }))
    hub.interfere = () => false
    expect(found.map((one) => one.what)).toEqual(['reference'])
    expect(`${found[0]?.found} ${found[0]?.fix}`).toMatch(/gated|HF_TOKEN|access/i)
  })

  it('a key that saegate.yaml does not have', async () => {
    const found = problems(await checksOf({ ...GOOD, refrence: 'x' }))
    expect(found).toHaveLength(1)
    expect(found[0]?.found).toContain('refrence')
  })

  it('a temporary folder and a cache that cannot be asked do not stop the rest', async () => {
    const checks = await machineChecks({ HF_HUB_CACHE: join(folder, 'not', 'yet', 'there') })
    expect(checks.find(({ what }) => what === 'Hub cache')?.found).toMatch(/not\/yet\/there, [\d.]+ GB free/)
    expect(problems(checks)).toEqual([])
  })
})
