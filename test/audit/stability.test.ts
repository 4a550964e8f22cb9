/**
 * @file Parts of an audited text, read again from its captures, against audits of these parts alone.
 *
 * @module-tag slow
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { subsetsOf } from '../../src/audit/stability/subsets.ts'
import type { AuditConfig } from '../../src/contract/options/audit-config.ts'
import type { Measurement } from '../../src/contract/report/measurement.ts'
import { stabilityOf } from '../../src/experiments/stability.ts'
import { stabilityPage } from '../../src/report/experiments/stability/stability-page.ts'
import { stabilityText } from '../../src/report/experiments/stability/stability-text.ts'
import { audit, NEOX } from './golden-audit.ts'
import { npyInt32, readIds } from './npy.ts'

const LENGTH = NEOX.corpus.blockLength
const SEQUENCES = 48
const stability = {
  budgets: [16 * LENGTH, 32 * LENGTH, SEQUENCES * LENGTH, 1e9],
  subsets: 2,
  subsetTokens: 20 * LENGTH + 5,
  seed: 7,
  above: false,
}
const config: AuditConfig = {
  ...NEOX,
  candidates: ['rtn:5'],
  perplexity: { chunked: false, sliding: null },
  corpus: { ...NEOX.corpus, tokens: SEQUENCES * LENGTH },
}

const folder = mkdtempSync(join(tmpdir(), 'saegate-stability-'))
afterAll(() => rmSync(folder, { recursive: true }))
let measured: Measurement
beforeAll(async () => {
  measured = await audit({ ...config, stability })
})

const rows = () => measured.report.candidates[0]?.stability ?? []

/** Figures of an audit of its own beside those of a part. */
async function expectSame(kind: string, tokens: number, seed: number | null, corpus: AuditConfig['corpus']) {
  const alone = await audit({ ...config, corpus })
  for (const features of alone.report.candidates[0]?.features ?? []) {
    const row = rows().find(
      (one) =>
        one.kind === kind && one.tokens === tokens && one.seed === seed && one.readout === features.readout,
    )
    expect(row?.active).toBe(features.active)
    expect(row?.survived.count).toBe(features.survived.count)
    expect(row?.damaged.count).toBe(features.damaged.count)
    expect(row?.meanCorrelation).toBeCloseTo(features.meanCorrelation, 6)
    expect(row?.medianCorrelation).toBeCloseTo(features.medianCorrelation, 6)
    if (kind === 'budget') {
      expect(row?.survived.ci?.[0]).toBeCloseTo(features.survived.ci?.[0] ?? 0, 4)
      expect(row?.survived.ci?.[1]).toBeCloseTo(features.survived.ci?.[1] ?? 0, 4)
    }
  }
}

describe('parts of an audited text', () => {
  it('are the same as audits of its beginnings, each once', async () => {
    expect(rows().filter(({ kind }) => kind === 'budget')).toHaveLength(3 * 2)
    await expectSame('budget', 16 * LENGTH, null, { ...config.corpus, tokens: 16 * LENGTH })
    await expectSame('budget', SEQUENCES * LENGTH, null, config.corpus)
  })

  it('are the same as an audit of the drawn sequences', async () => {
    const drawn = subsetsOf(stability, SEQUENCES, LENGTH).find(({ seed }) => seed === 8)?.sequences ?? []
    expect(drawn).toHaveLength(20)
    expect(new Set(drawn).size).toBe(20)
    const ids = await readIds(NEOX)
    const chosen = drawn.flatMap((sequence) => [...ids.subarray(sequence * LENGTH, (sequence + 1) * LENGTH)])
    const file = join(folder, 'drawn.npy')
    writeFileSync(file, npyInt32(Int32Array.from(chosen), [20, LENGTH]))
    await expectSame('subset', 20 * LENGTH, 8, { ...config.corpus, source: `tokens:${file}`, tokens: null })
  })

  it('have nothing damaged where the reference stands beside itself', () => {
    const itself = rows().filter(({ kind }) => kind === 'itself')
    expect(itself).toHaveLength(2)
    for (const row of itself) {
      expect(row.meanCorrelation).toBeCloseTo(1, 6)
      expect([row.survived.fraction, row.damaged.count]).toEqual([1, 0])
    }
  })

  it('are told with their spread, as text and as a page', () => {
    const told = stabilityOf('report.json', measured, false)
    const [spread] = told.spread
    const [a = 0, b = 0] = told.rows
      .filter(({ kind, readout }) => kind === 'subset' && readout === spread?.readout)
      .map(({ survived }) => survived.fraction)
    // Of two values: half their distance times √2.
    expect(spread?.survivedSd).toBeCloseTo(Math.abs(a - b) / Math.SQRT2, 12)
    expect(stabilityText(told)).toMatch(
      /reference +blocks\.3\.hook_resid_post +itself +– +2,560 +[\d,]+ +1\.000000 +100\.00/,
    )
    expect(stabilityPage(told)).toContain('<figure id="tokens">')
  })
})

describe('drawn subsets', () => {
  it('are other sequences for another seed, and the same for the same', () => {
    const of = (seed: number) =>
      subsetsOf({ ...stability, seed }, 1000, LENGTH).filter(({ kind }) => kind === 'subset')
    expect(of(1)).toEqual(of(1))
    expect(of(1)[0]?.sequences).not.toEqual(of(1)[1]?.sequences)
    expect(of(1)[1]?.sequences).toEqual(of(2)[0]?.sequences)
  })

  it('hold every sequence as often as any other', () => {
    const counts = new Array<number>(10).fill(0)
    for (let seed = 0; seed < 2000; seed++) {
      const [drawn] = subsetsOf(
        { ...stability, seed, subsets: 1, subsetTokens: 3 * LENGTH },
        10,
        LENGTH,
      ).filter(({ kind }) => kind === 'subset')
      for (const sequence of drawn?.sequences ?? []) counts[sequence] = (counts[sequence] ?? 0) + 1
    }
    // 600 each, with a standard deviation of 20.
    for (const count of counts) expect(Math.abs(count - 600)).toBeLessThan(100)
  })
})
