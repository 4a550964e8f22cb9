/**
 * @file Audits of artifacts whose reference is not there: its capture and its stand-in are, and the figures are those of an audit with it.
 *
 * @module-tag slow
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { keepStandIn } from '../../src/audit/kept/stand-in.ts'
import { measure } from '../../src/audit/measure.ts'
import type { AuditConfig } from '../../src/contract/options/audit-config.ts'
import type { Report } from '../../src/contract/report/report-schema.ts'
import { checkFiles } from '../../src/gate/verify.ts'
import { KeptEntries } from '../../src/sources/kept/entries.ts'
import { listEntries } from '../../src/sources/kept/published.ts'
import { STAND_IN } from '../../src/sources/kept/stand-in.ts'
import { openFiles } from '../../src/sources/open-files.ts'
import { NEOX } from './golden-audit.ts'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'saegate-stand-in-'))
  vi.stubEnv('SAEGATE_CACHE', join(root, 'cache'))
  cpSync('fixtures/models/neox', join(root, 'model'), { recursive: true })
  return () => {
    vi.unstubAllEnvs()
    rmSync(root, { recursive: true })
  }
})

const config = (reference: string, candidates: readonly string[]): AuditConfig => ({
  ...NEOX,
  reference,
  candidates: [...candidates],
  saes: NEOX.saes.slice(1),
  corpus: { ...NEOX.corpus, source: 'fixtures/corpus/eval_head.txt', tokens: 512, blockLength: 32 },
  groups: 8,
  explain: 0,
  captures: { bytes: 1e9, rows: 'full' },
})

async function audited(given: AuditConfig): Promise<Report> {
  const { report } = await measure(given, {
    onProgress: () => {},
    seconds: () => 0,
    now: () => '2026-01-01T00:00:00Z',
    toolVersion: 'test',
    baseline: null,
  })
  return report
}

/** Keep what the reference gives to an audit of a candidate, and its stand-in; then take it away. */
async function withoutReference(): Promise<string> {
  await audited(config(join(root, 'model'), ['rtn:6']))
  const cache = await openFiles(join(root, 'cache', 'captures'))
  const known = new Set((await listEntries(cache)).map(({ reference }) => reference))
  const files = await openFiles(join(root, 'model'))
  const entries = await KeptEntries.open(join(root, 'cache', 'captures'), 1e9, () => {})
  const reference = await keepStandIn(files, known, entries)
  await files.close()
  await cache.close()
  rmSync(join(root, 'model'), { recursive: true })
  return `capture:${reference.slice(0, 12)}`
}

const CANDIDATE = 'fixtures/candidates/neox-int6-repaired'

describe('an audit without its reference', () => {
  it('comes to what one with it does, and says whose word the digest is', async () => {
    const whole = await audited({ ...config('fixtures/models/neox', [CANDIDATE]) })
    const spec = await withoutReference()
    const found = await audited(config(spec, [CANDIDATE]))
    expect(found.reference).toEqual({ ...whole.reference, spec })
    expect(found.candidates).toEqual(whole.candidates)
    expect(found.readouts).toEqual(whole.readouts)
    expect(found.warnings.join('\n')).toContain('word of whoever pushed its capture')
    // For whoever ships a model that word is not enough.
    const files = await openFiles(spec)
    const check = await checkFiles(found, { role: 'reference', spec, files })
    await files.close()
    expect(check).toMatchObject({ holds: false, text: expect.stringContaining('not here to be hashed') })
  })

  it('holds the unembedding and no other weights', async () => {
    const spec = await withoutReference()
    const cache = await openFiles(join(root, 'cache', 'captures'))
    const [held] = (await listEntries(cache)).filter(({ kind }) => kind === STAND_IN)
    await cache.close()
    const files = await openFiles(spec)
    const weights = await files.open('model.safetensors')
    const all = files.names.reduce((sum, name) => sum + (files.listedBytes?.(name) ?? 0), 0)
    // Blocks are more than half of this model.
    expect(held?.bytes).toBeLessThan(all / 2)
    await expect(weights.read(0, weights.byteLength)).rejects.toMatchObject({ code: 'CAPTURE_LACKS' })
    await files.close()
  })

  it.each([
    ['derived candidates', ['rtn:4'], {}],
    [
      'another text',
      [CANDIDATE],
      { corpus: { ...NEOX.corpus, source: 'fixtures/corpus/eval_head.txt', tokens: 512, blockLength: 64 } },
    ],
  ] as const)('refuses %s by name', async (_, candidates, change) => {
    const spec = await withoutReference()
    await expect(audited({ ...config(spec, candidates), ...change })).rejects.toMatchObject({
      code: 'CAPTURE_LACKS',
    })
  })

  it('refuses a capture that is not there', async () => {
    await withoutReference()
    await expect(audited(config('capture:0123456789ab', [CANDIDATE]))).rejects.toMatchObject({
      code: 'CAPTURE_WHICH',
    })
  })
})
