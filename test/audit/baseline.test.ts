/**
 * @file A baseline that cannot be compared with is refused before anything is run, by the rule that judging asks too.
 *
 * @module-tag slow
 */
import { expect, it } from 'vitest'
import type { Progress } from '../../src/audit/machine/progress.ts'
import { measure } from '../../src/audit/measure.ts'
import type { AuditConfig } from '../../src/contract/options/audit-config.ts'
import { type ComparedWith, comparableOf } from '../../src/contract/report/comparable.ts'
import { SHORT } from './artifacts/short.ts'
import { audit } from './golden-audit.ts'

const config: AuditConfig = { ...SHORT, candidates: ['rtn:8'] }

async function attempt(baseline: ComparedWith): Promise<{ code: unknown; ran: readonly string[] }> {
  const seen: Progress[] = []
  const code = await measure(config, {
    onProgress: (progress) => seen.push(progress),
    seconds: () => 0,
    now: () => '2026-01-01T00:00:00.000Z',
    toolVersion: 'test',
    baseline,
  }).then(
    () => 'MEASURED',
    (error) => `${error.code}: ${error.message}`,
  )
  return { code, ran: seen.map(({ stage }) => stage) }
}

it('of the same corpus, SAE, positions and thresholds is taken; of others refused, with nothing run', async () => {
  const { report } = await audit(config)
  const same = { path: 'base/report.json', ...comparableOf(report) }
  const { code, ran } = await attempt(same)
  expect(code).toBe('MEASURED')
  expect(ran.length).toBeGreaterThan(0)

  const [readout] = same.readouts
  if (readout === undefined) throw new Error('no read-out')
  const changed = (change: Partial<typeof readout>): ComparedWith => ({
    ...same,
    readouts: [{ ...readout, ...change }],
  })
  for (const [field, baseline] of [
    ['corpus.sha256', { ...same, corpus: { ...same.corpus, sha256: '0'.repeat(64) } }],
    ['corpus.blockLength', { ...same, corpus: { ...same.corpus, blockLength: 7 } }],
    ['corpus.bos', { ...same, corpus: { ...same.corpus, bos: 7 } }],
    ['corpus.groups', { ...same, corpus: { ...same.corpus, groups: 7 } }],
    ['reference.sha256', { ...same, reference: { sha256: '0'.repeat(64) } }],
    ['readouts', changed({ id: 'blocks.0.hook_resid_pre' })],
    ['.sha256', changed({ sha256: '0'.repeat(64) })],
    ['.positions', changed({ positions: 'skip-first' })],
    ['.center', changed({ center: !readout.center })],
    ['.thresholds.active', changed({ thresholds: { ...readout.thresholds, active: 0.5 } })],
  ] as const) {
    const refused = await attempt(baseline)
    expect(refused.code).toMatch(/^BASELINE_MISMATCH: base\/report\.json/)
    expect(refused.code).toContain(`${field} is`)
    expect(refused.ran).toEqual([])
  }
})
