/**
 * @file Candidates made by published rules on the fixtures: calibrated on other tokens than are audited, and nearer to the reference
 * than plain rounding or pruning of equal budget.
 *
 * @module-tag slow
 */
import { writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sharedSequence } from '../../src/audit/calibration/calibration-text.ts'
import type { AuditConfig } from '../../src/contract/options/audit-config.ts'
import type { Measurement } from '../../src/contract/report/measurement.ts'
import { reportMarkdown } from '../../src/report/markdown/markdown.ts'
import { audit, GEMMA2, NEOX } from './golden-audit.ts'

const SPECS = [
  'rtn:3,group=64',
  'gptq:3,group=64',
  'awq:3,group=64',
  'prune:0.5',
  'wanda:0.5',
  'sparsegpt:0.5',
  'wanda:2:4',
  'nf4',
  'rtn:4,group=64',
  'int8-outlier',
  'smoothquant:8',
]

const short = (model: AuditConfig, candidates: readonly string[]): AuditConfig => ({
  ...model,
  candidates,
  saes: [],
  corpus: { ...model.corpus, tokens: 2_048 },
  calibration: { source: null, tokens: 4_096 },
  diagnose: true,
})

describe.each([
  ['neox', NEOX],
  ['gemma2', GEMMA2],
] as const)('%s', (_, model) => {
  let measured: Measurement
  beforeAll(async () => {
    measured = await audit(short(model, SPECS))
  })
  const of = (spec: string) => {
    const found = measured.report.candidates.find((one) => one.spec === spec)
    if (found === undefined) throw new Error(`no ${spec}`)
    return found
  }
  const kl = (spec: string): number => of(spec).divergence?.klMean ?? Number.NaN

  it('every rule keeps the outputs nearer than the plain one of equal budget', () => {
    expect(kl('gptq:3,group=64')).toBeLessThan(kl('rtn:3,group=64'))
    expect(kl('awq:3,group=64')).toBeLessThan(kl('rtn:3,group=64'))
    expect(kl('wanda:0.5')).toBeLessThan(kl('prune:0.5'))
    expect(kl('sparsegpt:0.5')).toBeLessThan(kl('wanda:0.5'))
    expect(kl('nf4')).toBeLessThan(kl('rtn:4,group=64'))
    expect(kl('int8-outlier')).toBeLessThan(kl('nf4'))
    expect(kl('smoothquant:8')).toBeLessThan(kl('nf4'))
    expect(kl('smoothquant:8')).toBeGreaterThan(0)
  })

  it('every rule’s layers make less of an error of the reference’s inputs, on tokens it was not calibrated on', () => {
    const error = (spec: string): number => of(spec).diagnosis?.weights?.output ?? Number.NaN
    expect(error('gptq:3,group=64')).toBeLessThan(0.9 * error('rtn:3,group=64'))
    expect(error('awq:3,group=64')).toBeLessThan(error('rtn:3,group=64'))
    expect(error('wanda:0.5')).toBeLessThan(error('prune:0.5'))
    expect(error('sparsegpt:0.5')).toBeLessThan(error('wanda:0.5'))
    expect(error('nf4')).toBeLessThan(error('rtn:4,group=64'))
    expect(error('prune:0.5')).toBeLessThan(1)
    // Its matrices hold a factor that norms give back: nothing is said of them.
    expect(of('smoothquant:8').diagnosis?.weights).toBeNull()
  })

  it('says what each is, and what it was calibrated on', () => {
    expect(of('gptq:3,group=64').compression).toMatchObject({
      method: 'gptq',
      groupSize: 64,
      calibration: { where: 'after-audited', source: 'fixtures/corpus/eval.txt' },
    })
    // Zero points of 3 bits and scales of 16, of each group; a width that 64 does not divide has a shorter last group.
    const { bits = 0, calibration } = of('gptq:3,group=64').compression ?? {}
    expect(bits).toBeGreaterThanOrEqual(3 + 19 / 64)
    expect(bits).toBeLessThan(3.4)
    const perSequence = 128 - (measured.report.corpus.bos === null ? 0 : 1)
    expect(calibration?.tokens).toBe(Math.floor(4_096 / perSequence) * perSequence)
    expect(of('wanda:2:4').compression).toMatchObject({ method: 'wanda', bits: null, sparsity: 0.5 })
    expect(of('nf4').compression).not.toHaveProperty('calibration')
    expect(of('nf4').compression?.bits).toBe(4.5)
    expect(of('int8-outlier').compression?.activations).toBe(
      'int8 dynamic per token, outlier columns from 6 kept',
    )
    expect(of('smoothquant:8').compression?.activations).toBe('int8 dynamic per token')
    const hashes = new Set(
      measured.report.candidates.flatMap(({ compression }) => compression?.calibration?.sha256 ?? []),
    )
    expect(hashes.size).toBe(1)
    expect(hashes).not.toContain(measured.report.corpus.sha256)
    expect(reportMarkdown(measured.report, [])).toMatch(/calibrated on 4,0/)
  })
})

describe('the text of a calibration', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'saegate-calibration-'))
  })
  afterAll(async () => await rm(folder, { recursive: true }))

  it('is refused where it is audited, too', async () => {
    const source = NEOX.corpus.source
    const config = { ...short(NEOX, ['wanda:0.5']), calibration: { source, tokens: 4_096 } }
    await expect(audit(config)).rejects.toMatchObject({ code: 'CALIBRATION_AUDITED' })
  })

  it('is missed where all of the corpus is audited', async () => {
    const config = { ...short(NEOX, ['wanda:0.5']), corpus: { ...NEOX.corpus, tokens: null } }
    await expect(audit(config)).rejects.toMatchObject({ code: 'CALIBRATION_TEXT_MISSING' })
    const few = { ...short(NEOX, ['wanda:0.5']), calibration: { source: null, tokens: 100 } }
    await expect(audit(few)).rejects.toMatchObject({ code: 'CALIBRATION_TEXT_MISSING' })
  })

  it('may be another one', async () => {
    const source = join(folder, 'other.txt')
    writeFileSync(source, 'Seven quiet boats drift past a mill. '.repeat(300))
    const config = {
      ...short(NEOX, ['wanda:0.5']),
      corpus: { ...NEOX.corpus, tokens: 1_024 },
      calibration: { source, tokens: 1_024 },
    }
    const { report } = await audit(config)
    expect(report.candidates[0]?.compression?.calibration).toMatchObject({
      source,
      where: 'other-text',
      tokens: 1_024,
    })
  })

  it('shares a sequence when half of its windows are audited', () => {
    const sequencesOf = (ids: Int32Array) => {
      const sequences = { ids, stream: ids, sequenceCount: 1, blockLength: ids.length, bos: null }
      return {
        sequences: {
          ...sequences,
          sha256: '',
          droppedTokens: 0,
          lineEnds: null,
          documents: null,
          specialIds: [],
        },
      }
    }
    const audited = sequencesOf(Int32Array.from({ length: 400 }, (_, i) => (i * i) % 997))
    const mostly = Int32Array.from({ length: 128 }, (_, i) => (i < 100 ? (i * i) % 997 : 5_000 + i))
    const hardly = Int32Array.from({ length: 128 }, (_, i) => (i < 60 ? (i * i) % 997 : 5_000 + i))
    expect(sharedSequence(audited, sequencesOf(mostly))).toBe(0)
    expect(sharedSequence(audited, sequencesOf(hardly))).toBeNull()
  })
})
