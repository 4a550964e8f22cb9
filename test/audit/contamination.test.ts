/** @file An artifact that was calibrated on a part of the audited text: which part is found, and the figures on the rest. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Measurement } from '../../src/contract/report/measurement.ts'
import type { CandidateReport } from '../../src/contract/report/report-schema.ts'
import { openTokenizer } from '../../src/corpus/tokenizers/tokenizer.ts'
import { openFiles } from '../../src/sources/open-files.ts'
import { text } from '../checkpoints/gguf/writer.ts'
import { ENCODERS } from '../checkpoints/packed/encoders/index.ts'
import { neox, Workshop } from './artifacts/make.ts'
import { SHORT } from './artifacts/short.ts'
import { audit } from './golden-audit.ts'
import { readIds } from './npy.ts'

const folder = mkdtempSync(join(tmpdir(), 'saegate-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const ARTIFACT = 'fixtures/candidates/neox-int6-repaired'
const CONFIG = { ...SHORT, corpus: { ...SHORT.corpus, tokens: 4096 }, groups: 32 }
const calibrated = (source: string) => ({ ...CONFIG, calibration: { source, tokens: 65_536 } })

const BLOCK = 128
const SEQUENCES = 32

async function idsOf(text: string): Promise<Int32Array> {
  const files = await openFiles(SHORT.reference)
  const tokenizer = await openTokenizer(files)
  await files.close()
  return tokenizer?.encode(text) ?? new Int32Array()
}

/** By strings of ids. */
function sharesByStrings(ids: Int32Array, known: Int32Array): readonly number[] {
  const grams = (of: Int32Array): string[] =>
    [...of.keys()].slice(0, Math.max(0, of.length - 12)).map((i) => of.subarray(i, i + 13).join(' '))
  const set = new Set(grams(known))
  return Array.from({ length: SEQUENCES }, (_, sequence) => {
    const own = grams(ids.subarray(sequence * BLOCK, (sequence + 1) * BLOCK))
    return own.filter((gram) => set.has(gram)).length / own.length
  })
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
const first = ({ report }: Measurement): CandidateReport => report.candidates[0] as CandidateReport

describe('an artifact whose calibration saw a part of the text', () => {
  let seen: Measurement
  /** Of each sequence. */
  let shares: readonly number[]
  beforeAll(async () => {
    const text = readFileSync('fixtures/corpus/eval.txt', 'utf8')
    const calibration = text.slice(0, 1500)
    writeFileSync(join(folder, 'calibration.txt'), calibration)
    const ids = await readIds(SHORT)
    shares = sharesByStrings(ids, await idsOf(calibration))
    seen = await audit({
      ...calibrated(join(folder, 'calibration.txt')),
      candidates: [ARTIFACT, 'rtn:6'],
    })
  })

  it('finds the sequences, and warns with the number of groups that are left', () => {
    const contained = shares.filter((share) => share >= 0.05).length
    expect(contained).toBeGreaterThan(2)
    expect(seen.report.contamination).toMatchObject({
      ngram: 13,
      sequences: SEQUENCES,
      contained,
      containment: expect.closeTo(total(shares) / SEQUENCES, 12),
    })
    expect(seen.report.warnings.join('\n')).toMatch(
      /\d+ of 32 audited sequences stand in .*calibration\.txt, which artifacts were calibrated on.*figures on the \d+ token groups without it/,
    )
  })

  it('gives losses on the clean groups, as the report’s sums per group have them', () => {
    const { perplexity, divergence, clean } = first(seen)
    const { tokens, referenceLoss, candidateLoss } = perplexity.chunked?.groups ?? {
      tokens: [],
      referenceLoss: [],
      candidateLoss: [],
    }
    // Where groups begin is told by how many tokens each of them scores.
    const starts = tokens.map((_, group) => total(tokens.slice(0, group)) / (BLOCK - 1))
    const kept = [...tokens.keys()].filter((group) =>
      shares.slice(starts[group], starts[group + 1]).every((share) => share < 0.05),
    )
    expect(seen.report.contamination?.cleanGroups).toBe(kept.length)
    expect(kept.length).toBeLessThan(tokens.length)
    const ofClean = (values: readonly number[]) => total(kept.map((group) => values[group] ?? Number.NaN))
    const mean = (values: readonly number[]) => ofClean(values) / ofClean(tokens)
    expect(clean?.scoredTokens).toBe(ofClean(tokens))
    expect(clean?.perplexity?.reference).toBeCloseTo(Math.exp(mean(referenceLoss)), 9)
    expect(clean?.perplexity?.candidate).toBeCloseTo(Math.exp(mean(candidateLoss)), 9)
    expect(clean?.divergence?.klMean).toBeCloseTo(mean(divergence?.groups.kl ?? []), 12)
    const [low, high] = clean?.perplexity?.ci ?? [Number.NaN, Number.NaN]
    expect(low).toBeLessThan(clean?.perplexity?.deltaPercent ?? 0)
    expect(high).toBeGreaterThan(clean?.perplexity?.deltaPercent ?? 0)
  })

  it('gives survival on them, near that of the whole and not the same', () => {
    const { clean, features } = first(seen)
    const found = clean?.features[0]
    expect(found?.readout).toBe(features[0]?.readout)
    expect(found?.survived.fraction).not.toBe(features[0]?.survived.fraction)
    expect(Math.abs((found?.meanCorrelation ?? 0) - (features[0]?.meanCorrelation ?? 1))).toBeLessThan(0.1)
    expect(found?.survived.ci).not.toBeNull()
  })

  it('says nothing of what is derived from the reference', () => {
    expect(seen.report.candidates[1]?.clean).toBeUndefined()
  })
})

describe('other calibrations', () => {
  it('that saw nothing of it change nothing and warn of nothing', async () => {
    writeFileSync(join(folder, 'other.txt'), 'the quick brown fox jumps over the lazy dog. '.repeat(60))
    const { report } = await audit({
      ...calibrated(join(folder, 'other.txt')),
      candidates: [ARTIFACT],
    })
    expect(report.contamination).toMatchObject({ contained: 0, containment: 0 })
    expect(report.candidates[0]?.clean).toBeUndefined()
    expect(report.warnings.join()).not.toContain('calibrated on')
  })

  it('that saw all of it leave no figures', async () => {
    const { report } = await audit({ ...calibrated(CONFIG.corpus.source), candidates: [ARTIFACT] })
    expect(report.contamination).toMatchObject({ cleanGroups: 0 })
    expect(report.candidates[0]?.clean).toBeUndefined()
    expect(report.warnings.join()).toContain('only 0 token groups are left without it')
  })
})

describe('an artifact that names its calibration data', () => {
  const workshop = new Workshop()
  afterAll(() => workshop.remove())
  const said = async (candidate: string) => {
    const { report } = await audit({ ...SHORT, candidates: [candidate] })
    return report.warnings.filter((warning) => warning.includes('says that it was calibrated on'))
  }
  it.each([
    ['/data/eval.txt', 1],
    ['EVAL', 1],
    ['calibration_datav3.txt', 0],
  ])('GGUF, imatrix made on %s: %i warnings', async (imatrix, count) => {
    const metadata = { 'quantize.imatrix.dataset': text(imatrix) }
    expect(await said(workshop.gguf(neox, 'Q8_0', 'q.gguf', metadata))).toHaveLength(count)
  })

  it('GPTQ: one of several', async () => {
    const gptq = ENCODERS.find(({ name }) => name.startsWith('gptq 4-bit')) ?? ENCODERS[0]
    if (gptq === undefined) throw new Error('no encoder')
    const names = { ...gptq, config: { ...gptq.config, dataset: ['c4', 'eval'] } }
    expect(await said(workshop.packed(names, neox, 'gptq'))).toEqual([expect.stringContaining('"eval"')])
  })
})
