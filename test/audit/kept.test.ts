/**
 * @file Audits that keep what they measured: one that is ended anywhere goes on, and comes to what an undisturbed one does; what is
 * damaged is made again; several may share a cache.
 *
 * @module-tag slow
 */
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { measure } from '../../src/audit/measure.ts'
import type { AuditConfig } from '../../src/contract/options/audit-config.ts'
import type { Measurement } from '../../src/contract/report/measurement.ts'
import { GEMMA2, NEOX } from './golden-audit.ts'

const KEPT = { bytes: 1e9, rows: 'full' } as const

/** Two rounds: the second candidate has an unembedding of its own. */
const CONFIG: AuditConfig = {
  ...NEOX,
  candidates: ['rtn:6', 'rtn:4,layout=transformerlens'],
  saes: NEOX.saes.slice(1).map((sae) => ({ ...sae, center: true })),
  corpus: { ...NEOX.corpus, source: 'fixtures/corpus/eval_head.txt', tokens: 512, blockLength: 32 },
  perplexity: { chunked: true, sliding: { window: 32, stride: 16 } },
  groups: 8,
  explain: 2,
}

let cache = ''
beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'saegate-kept-'))
  vi.stubEnv('SAEGATE_CACHE', cache)
  return () => {
    vi.unstubAllEnvs()
    rmSync(cache, { recursive: true })
  }
})

const folder = (): string => join(cache, 'captures')
const entries = (): readonly string[] => readdirSync(folder()).filter((name) => !name.startsWith('.'))

interface Told {
  /** Stages that were run, and sentences that were told. */
  readonly stages: Set<string>
  readonly notes: string[]
}

/** `endAfter`: progress that is told until the audit ends as if it were killed. */
async function audited(
  config: AuditConfig,
  told: Told = { stages: new Set(), notes: [] },
  endAfter = Number.POSITIVE_INFINITY,
): Promise<Measurement> {
  let heard = 0
  return await measure(config, {
    onProgress: ({ stage, note }) => {
      if (stage === 'kept') told.notes.push(note ?? '')
      else if (note === undefined) told.stages.add(stage)
      if (++heard > endAfter) throw new Error('killed')
    },
    seconds: () => 0,
    now: () => '2026-01-01T00:00:00Z',
    toolVersion: 'test',
    baseline: null,
  })
}

/** Long arrays by their bytes. */
const digested = (of: Measurement): string =>
  JSON.stringify(of, (_, value: unknown) => {
    if (!ArrayBuffer.isView(value)) return value
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
    return createHash('sha256').update(bytes).digest('hex')
  })

const quiet = (): Told => ({ stages: new Set(), notes: [] })

let undisturbed = ''
let progressTold = 0
beforeAll(async () => {
  const measurement = await measure(CONFIG, {
    onProgress: () => void progressTold++,
    seconds: () => 0,
    now: () => '2026-01-01T00:00:00Z',
    toolVersion: 'test',
    baseline: null,
  })
  undisturbed = digested(measurement)
})

const KEEPING = { ...CONFIG, captures: KEPT }

describe('an audit that keeps what it measured', () => {
  it('comes to the same, and a second one runs no model', async () => {
    expect(digested(await audited(KEEPING))).toBe(undisturbed)
    const told = quiet()
    expect(digested(await audited(KEEPING, told))).toBe(undisturbed)
    expect([...told.stages].filter((stage) => /forward pass|losses|windows/.test(stage))).toEqual([])
    expect(told.notes).toEqual([
      'the reference is not run: its capture was kept',
      'rtn-6: not run, as measured before',
      'rtn-4-layout-transformerlens: not run, as measured before',
    ])
  })

  it('keeps what was asked for of features besides, and the null check', async () => {
    const asked = {
      ...CONFIG,
      ...{ latentScaling: true, newFeatures: true, survivalByKind: true, lossRecovered: true },
      nullCheck: true,
    }
    const whole = digested(await audited(asked))
    expect(digested(await audited({ ...asked, captures: KEPT }))).toBe(whole)
    const told = quiet()
    expect(digested(await audited({ ...asked, captures: KEPT }, told))).toBe(whole)
    expect(told.notes).toHaveLength(4)
    expect(told.notes).toContain('null-check: not run, as measured before')
    const again = /forward pass|latent|recovered|new features|by kind/
    expect([...told.stages].filter((stage) => again.test(stage))).toEqual([])
  })

  it.each([0.3, 0.8])('goes on where it was ended, after %f of it', async (part) => {
    await expect(audited(KEEPING, quiet(), Math.floor(part * progressTold))).rejects.toThrow('killed')
    expect(digested(await audited(KEEPING))).toBe(undisturbed)
  })

  it('runs no reference for another candidate, and its rounds are its own', async () => {
    await audited(KEEPING)
    const told = quiet()
    const other = { ...KEEPING, candidates: ['rtn:7'] }
    const found = digested(await audited(other, told))
    expect([...told.stages].filter((stage) => /^reference: (forward|sliding|features)/.test(stage))).toEqual(
      [],
    )
    expect([...told.stages]).toContain('rtn-7: forward pass')
    expect(found).toBe(digested(await audited({ ...CONFIG, candidates: other.candidates })))
  })

  it('is not misled by a candidate of the same name or by other settings', async () => {
    await audited(KEEPING)
    const thresholds = { ...CONFIG.thresholds, active: 0.2 }
    const found = digested(await audited({ ...KEEPING, thresholds }))
    expect(found).not.toBe(undisturbed)
    expect(found).toBe(digested(await audited({ ...CONFIG, thresholds })))
  })

  it('lets two audits share a cache at once', async () => {
    const both = await Promise.all([audited(KEEPING), audited(KEEPING)])
    expect(both.map(digested)).toEqual([undisturbed, undisturbed])
    const told = quiet()
    await audited(KEEPING, told)
    expect(told.notes).toHaveLength(3)
  })
})

describe('where close calls are decided', () => {
  it('goes on all the same', async () => {
    const config: AuditConfig = {
      ...GEMMA2,
      candidates: ['rtn:6'],
      corpus: { ...CONFIG.corpus, tokens: 512 },
      groups: 8,
    }
    const whole = digested(await audited(config))
    expect(digested(await audited({ ...config, captures: KEPT }))).toBe(whole)
    rmSync(join(folder(), entryOf('rtn-6')), { recursive: true })
    expect(digested(await audited({ ...config, captures: KEPT }))).toBe(whole)
  })
})

const manifestOf = (name: string): { kind: string } =>
  JSON.parse(readFileSync(join(folder(), name, 'manifest.json'), 'utf8'))

function entryOf(kind: string): string {
  const found = entries().find((name) => manifestOf(name).kind === kind)
  if (found === undefined) throw new Error(`no entry of ${kind}`)
  return found
}

describe('damage', () => {
  it('of every part is told, removed and made good', async () => {
    await audited(KEEPING)
    const before = entries()
    for (const name of before) {
      for (const part of readdirSync(join(folder(), name)).filter((one) => one !== 'manifest.json')) {
        const bytes = readFileSync(join(folder(), name, part))
        const at = Math.floor(bytes.length / 2)
        bytes[at] = (bytes[at] ?? 0) ^ 1
        writeFileSync(join(folder(), name, part), bytes)
      }
    }
    const told = quiet()
    expect(digested(await audited(KEEPING, told))).toBe(undisturbed)
    expect(told.notes).toHaveLength(before.length)
    for (const note of told.notes) expect(note).toMatch(/kept as [0-9a-f]{12}: .*; removed, and made again$/)
  })
})

const sizeOf = (name: string): number =>
  readdirSync(join(folder(), name)).reduce((sum, part) => sum + statSync(join(folder(), name, part)).size, 0)

describe('rows in 16 bits', () => {
  it('take half the room, are measured with at once, and what rounding took is told', async () => {
    const half = { ...KEEPING, captures: { ...KEPT, rows: 'half' as const } }
    const first = await audited(half)
    const capture = sizeOf(entryOf('the capture of the reference'))
    const told = quiet()
    const second = await audited(half, told)
    expect(digested(second)).toBe(digested(first))
    expect(told.notes).toHaveLength(3)
    const warning = first.report.warnings.find((one) => one.includes('--capture-rows half'))
    const moved = Number(/moved them by (\S+) of/.exec(warning ?? '')?.[1])
    expect(moved).toBeGreaterThan(1e-5)
    expect(moved).toBeLessThan(2 ** -11)
    rmSync(folder(), { recursive: true })
    await audited(KEEPING)
    expect(capture / sizeOf(entryOf('the capture of the reference'))).toBeLessThan(0.52)
  })
})

describe('a cache in a checkout', () => {
  it('is refused before anything is run', async () => {
    vi.stubEnv('SAEGATE_CACHE', 'node_modules/.cache')
    await expect(audited(KEEPING)).rejects.toMatchObject({ code: 'KEPT_IN_CHECKOUT' })
  })
})

afterAll(() => vi.unstubAllEnvs())
