/**
 * @file What must not change the figures: spilling, threads, the order of sequences, how they are grouped.
 *
 * @module-tag slow
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { centerRows } from '../../src/audit/rows/residuals.ts'
import type { AuditConfig } from '../../src/contract/options/audit-config.ts'
import type { Measurement } from '../../src/contract/report/measurement.ts'
import { audit, GEMMA2, NEOX } from './golden-audit.ts'
import { npyInt32, readIds } from './npy.ts'
import { saveAgain } from './resaved.ts'

const BLOCK = 64
const BLOCKS = 40

let folder = ''
const config = (ids: string, changes: Partial<AuditConfig> = {}): AuditConfig => ({
  ...NEOX,
  candidates: ['rtn:5'],
  saes: NEOX.saes.slice(0, 1),
  corpus: {
    source: `tokens:${join(folder, ids)}`,
    lines: 'as-is',
    lineEnds: null,
    tokens: null,
    blockLength: BLOCK,
    bos: 'never',
  },
  groups: 8,
  ...changes,
})
let base: Measurement

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'saegate-test-'))
  const ids = (await readIds(NEOX)).slice(0, BLOCK * BLOCKS)
  const blocks = Array.from({ length: BLOCKS }, (_, b) => ids.subarray(b * BLOCK, (b + 1) * BLOCK))
  const shuffled = new Int32Array(ids.length)
  // 7 and 40 have no common divisor, so this visits every block.
  for (let b = 0; b < BLOCKS; b++) shuffled.set(blocks[(7 * b + 3) % BLOCKS] ?? ids, b * BLOCK)
  await writeFile(join(folder, 'ids.npy'), npyInt32(ids, [BLOCKS, BLOCK]))
  await writeFile(join(folder, 'stream.npy'), npyInt32(ids, [ids.length]))
  await writeFile(join(folder, 'shuffled.npy'), npyInt32(shuffled, [BLOCKS, BLOCK]))
  base = await audit(config('ids.npy'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Largest difference of ρ over measured features. */
function worst(a: Measurement, b: Measurement): number {
  const [x, y] = [a.evidence[0]?.table, b.evidence[0]?.table]
  if (x === undefined || y === undefined) throw new Error('no table')
  expect(y.active).toEqual(x.active)
  let most = 0
  x.correlation.forEach((rho, j) => {
    if (!Number.isNaN(rho)) most = Math.max(most, Math.abs(rho - (y.correlation[j] ?? Number.NaN)))
  })
  return most
}

const lossOf = (m: Measurement): number =>
  m.report.candidates[0]?.perplexity.chunked?.candidateLoss ?? Number.NaN

describe('the figures do not depend on', () => {
  it('spilling to disk', async () => {
    const spilled = await audit(config('ids.npy', { memoryBytes: 0 }))
    expect(worst(base, spilled)).toBe(0)
    expect(lossOf(spilled)).toBe(lossOf(base))
  })

  it('the number of threads', async () => {
    const two = await audit(config('ids.npy', { threads: 2 }))
    expect(worst(base, two)).toBeLessThan(1e-5)
    expect(lossOf(two)).toBeCloseTo(lossOf(base), 6)
  })

  it('the order of the blocks', async () => {
    const shuffled = await audit(config('shuffled.npy'))
    expect(worst(base, shuffled)).toBeLessThan(1e-5)
    expect(lossOf(shuffled)).toBeCloseTo(lossOf(base), 6)
  })

  it('how blocks are grouped', async () => {
    const grouped = await audit(config('ids.npy', { groups: 5 }))
    expect(worst(base, grouped)).toBeLessThan(1e-5)
    expect(lossOf(grouped)).toBeCloseTo(lossOf(base), 6)
    const tokens = grouped.report.candidates[0]?.perplexity.chunked?.groups.tokens ?? []
    expect(tokens).toHaveLength(5)
    expect(tokens.reduce((sum, n) => sum + n, 0)).toBe(BLOCKS * (BLOCK - 1))
  })

  it('whether blocks or a stream of the same tokens are given', async () => {
    const stream = await audit(config('stream.npy'))
    expect(stream.report.corpus.sha256).toBe(base.report.corpus.sha256)
    expect(worst(base, stream)).toBe(0)
  })

  it('which other candidates are measured with it', async () => {
    const many = await audit(config('ids.npy', { candidates: ['rtn:8', 'prune:0.1', 'rtn:5'] }))
    const own = { report: many.report, evidence: many.evidence.filter((e) => e.table.candidate === 'rtn-5') }
    expect(worst(base, own)).toBeLessThan(1e-5)
    const loss = many.report.candidates[2]?.perplexity.chunked?.candidateLoss
    expect(loss).toBeCloseTo(lossOf(base), 6)
  })
})

describe('the reference against itself', () => {
  it('correlates with itself to six decimals, in every active feature', async () => {
    const { report } = await audit(config('ids.npy', { nullCheck: true }))
    expect(report.notes?.join()).toMatch(/null check: .* ρ = 1 to six decimals for all \d+ active features/)
  })

  it('is refused as a candidate: it would pass every rule', async () => {
    await expect(
      audit(config('ids.npy', { candidates: ['rtn:8', 'fixtures/models/neox'] })),
    ).rejects.toMatchObject({
      code: 'CANDIDATE_IS_REFERENCE',
      exitStatus: 2,
    })
  })

  it('saved again, as a candidate: nothing changes at all, and that is said', async () => {
    const again = saveAgain('fixtures/models/neox', join(folder, 'saved-again'))
    const { report } = await audit(config('ids.npy', { candidates: [again, 'rtn:8'] }))
    const [candidate, rounded] = report.candidates
    expect(candidate?.warnings.join()).toMatch(/stored as F16 and none is quantized: nothing was compressed/)
    expect(candidate?.warnings.join()).toMatch(/every active feature survives .*: nothing was compressed/)
    expect(rounded?.warnings.join()).not.toContain('nothing was compressed')
    expect(candidate?.features[0]?.survived.fraction).toBe(1)
    expect(candidate?.divergence?.klMean).toBeCloseTo(0, 7)
    expect(candidate?.divergence?.top1Agreement).toBe(1)
    expect(candidate?.perplexity.chunked?.deltaPercent).toBeCloseTo(0, 6)
  })
})

describe('where activations jump', () => {
  const jumping = (changes: Partial<AuditConfig> = {}): AuditConfig => ({
    ...GEMMA2,
    candidates: ['rtn:5'],
    corpus: { ...GEMMA2.corpus, tokens: 6_400, bos: 'never' },
    groups: 8,
    ...changes,
  })
  let jumps: Measurement
  beforeAll(async () => {
    jumps = await audit(jumping({ nullCheck: true }))
  })

  it('the reference correlates with itself', () => {
    expect(jumps.report.notes?.join()).toMatch(/null check: .* ρ = 1 to six decimals for all \d+ active/)
  })

  it('threads move no activation across its threshold', async () => {
    const two = await audit(jumping({ threads: 2 }))
    expect(worst(jumps, two)).toBeLessThan(2e-6)
    expect(two.evidence[0]?.table.firingRate).toEqual(jumps.evidence[0]?.table.firingRate)
  })

  it('nor does spilling to disk', async () => {
    expect(worst(jumps, await audit(jumping({ memoryBytes: 0 })))).toBe(0)
  })
})

it('reads every hook point of a block in one pass', async () => {
  const hooks = ['hook_resid_pre', 'hook_attn_out', 'hook_mlp_out', 'hook_resid_post', 'attn.hook_z']
  const source = NEOX.saes[0]?.source ?? ''
  const saes = hooks.map((name) => ({ source, hook: `blocks.2.${name}`, center: null }))
  const { report } = await audit(config('ids.npy', { saes, allowBadFit: true }))
  expect(report.readouts.map(({ hook }) => hook)).toEqual(hooks.map((name) => `blocks.2.${name}`))
  // Where the SAE fits nowhere near, the audit goes on because it was told to, and says so; where it fits it says nothing.
  const told = report.warnings.filter((warning) => warning.includes('--allow-bad-fit'))
  const bad = report.readouts.filter(({ varianceUnexplained }) => (varianceUnexplained ?? 0) > 0.9)
  expect(bad.length).toBeGreaterThan(0)
  expect(told).toHaveLength(bad.length)
  for (const { id } of bad) expect(told.join('\n')).toContain(`${id}: ${source} does not fit`)
})

it('scores the same tokens in blocks and in windows that do not overlap', async () => {
  const perplexity = { chunked: true, sliding: { window: BLOCK, stride: BLOCK } }
  const { report } = await audit(config('ids.npy', { perplexity }))
  const { chunked, sliding } = report.candidates[0]?.perplexity ?? {}
  expect(sliding?.scoredTokens).toBe(chunked?.scoredTokens)
  expect(sliding?.candidateLoss).toBeCloseTo(chunked?.candidateLoss ?? 0, 6)
  expect(sliding?.referenceLoss).toBeCloseTo(chunked?.referenceLoss ?? 0, 6)
})

describe('centring', () => {
  it('subtracts each row’s mean over the width', () => {
    const rows = Float32Array.of(1, 2, 6, -4, 0.5, 0.5)
    centerRows(rows, 3)
    expect([...rows]).toEqual([-2, -1, 3, -3, 1.5, 1.5])
  })

  it('changes what the SAE sees, and is said in the report', async () => {
    const [sae] = NEOX.saes
    if (sae === undefined) throw new Error('no SAE')
    const centred = await audit(config('ids.npy', { saes: [{ ...sae, center: true }] }))
    expect(centred.report.readouts[0]?.center).toBe(true)
    expect(centred.report.readouts[0]?.l0).not.toBe(base.report.readouts[0]?.l0)
  })
})
