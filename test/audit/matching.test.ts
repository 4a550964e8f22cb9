/**
 * @file Pruning matched to another compression's perplexity, on the NeoX fixture: against PyTorch in float64 where the golden file
 * has the step, and against a plain pruning audited on the same tokens given as ids.
 *
 * @module-tag slow
 */
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditConfig } from '../../src/contract/options/audit-config.ts'
import type { Measurement } from '../../src/contract/report/measurement.ts'
import { judge } from '../../src/policy/judge.ts'
import { context, policyOf } from '../policy/judging.ts'
import { audit, NEOX, readGolden } from './golden-audit.ts'
import { npyInt32, readIds } from './npy.ts'

const LENGTH = NEOX.corpus.blockLength
/** 40 sequences are audited and a part of the next; 20 whole ones come after. */
const AUDITED = 40 * LENGTH + 7
const short: AuditConfig = {
  ...NEOX,
  candidates: ['prune:match=rtn:6'],
  saes: NEOX.saes.slice(1),
  corpus: { ...NEOX.corpus, tokens: AUDITED },
  matchTokens: { where: 'held-out', tokens: 20 * LENGTH },
}

const matchOf = ({ report }: Measurement) => {
  const match = report.candidates[0]?.compression?.match
  if (match === undefined) throw new Error('nothing was matched')
  return match
}

/** Mean losses over whole sequences of the short text, by variant. */
interface GoldenHead {
  readonly chunked_mean_nll: Readonly<Record<string, number>>
}

describe('on the audited text', () => {
  it('has PyTorch’s perplexities of target and step', async () => {
    const { head } = readGolden<{ head: GoldenHead }>('neox.sliding')
    const perplexity = (name: string) => Math.exp(head.chunked_mean_nll[name] ?? Number.NaN)
    const match = matchOf(
      await audit({
        ...NEOX,
        saes: [],
        candidates: ['prune:match=rtn:5'],
        corpus: { ...NEOX.corpus, source: 'fixtures/corpus/eval_head.txt' },
        matchTokens: { where: 'audited', tokens: null },
      }),
    )
    expect(match.targetPerplexity / perplexity('int5')).toBeCloseTo(1, 5)
    const half = match.trace.find(({ sparsity }) => sparsity === 0.5)
    expect((half?.perplexity ?? 0) / perplexity('prune0.5')).toBeCloseTo(1, 5)
    expect(match.tokens).toEqual(expect.objectContaining({ where: 'audited', count: 115 * LENGTH }))
    expect(match.reached).toBe(true)
  })
})

describe('on tokens after the audited ones', () => {
  let folder: string
  let measured: Measurement
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'saegate-match-'))
    measured = await audit(short)
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  it('are whole sequences that the audit has nothing of', async () => {
    const heldOut = (await readIds(NEOX)).slice(41 * LENGTH, 61 * LENGTH)
    const match = matchOf(measured)
    expect(match.tokens).toEqual({
      where: 'held-out',
      count: 20 * LENGTH,
      sha256: createHash('sha256').update(new Uint8Array(heldOut.buffer)).digest('hex'),
    })
    const file = join(folder, 'ids.npy')
    writeFileSync(file, npyInt32(heldOut, [20, LENGTH]))
    const specs = ['rtn:6', ...match.trace.map(({ sparsity }) => `prune:${sparsity}`)]
    const { report } = await audit({
      ...short,
      saes: [],
      candidates: specs,
      corpus: { ...short.corpus, source: `tokens:${file}`, tokens: null },
    })
    const plain = report.candidates.map(({ perplexity }) => perplexity.chunked?.candidate ?? 0)
    const found = [match.targetPerplexity, ...match.trace.map(({ perplexity }) => perplexity)]
    for (const [i, value] of found.entries()) expect(value / (plain[i] ?? 0)).toBeCloseTo(1, 6)
  })

  it('end in a plain pruning', async () => {
    const [candidate] = measured.report.candidates
    const sparsity = candidate?.compression?.sparsity
    const again = await audit({ ...short, candidates: [`prune:${sparsity}`] })
    const [plain] = again.report.candidates
    expect(candidate?.perplexity).toEqual(plain?.perplexity)
    expect(candidate?.divergence).toEqual(plain?.divergence)
    expect(candidate?.features.map(({ survived }) => survived)).toEqual(
      plain?.features.map(({ survived }) => survived),
    )
    expect(candidate?.name).toBe('prune-match-rtn-6')
    expect(candidate?.spec).toBe('prune:match=rtn:6')
  })

  it('give the same twice', async () => {
    expect(matchOf(await audit(short))).toEqual(matchOf(measured))
  })
})

describe('a target that no sparsity reaches', () => {
  it('is said with the trace, and no rule passes', async () => {
    const measured = await audit({ ...short, saes: [], candidates: ['prune:match=prune:0.95'] })
    const match = matchOf(measured)
    expect(match.trace.map(({ sparsity }) => sparsity)).toEqual([0.4, 0.6, 0.7, 0.75, 0.775, 0.7875])
    expect(match.reached).toBe(false)
    expect(measured.report.candidates[0]?.warnings).toEqual([
      expect.stringMatching(/^not matched: no sparsity up to 80 % .*40 % gives 2\.\d+, 60 % gives/),
    ])
    const policy = await policyOf('  - {id: loose, metric: divergence.klMean, max: 1000}')
    const [candidate] = judge(measured, policy, context).candidates
    expect(candidate?.rules).toEqual([
      expect.objectContaining({
        status: 'inconclusive',
        message: expect.stringContaining('no sparsity has the perplexity of prune:0.95'),
      }),
    ])
    expect(candidate?.verdict).toBe('inconclusive')
  })
})

const NO_TEXT: readonly (readonly [string, Partial<AuditConfig>])[] = [
  ['MATCH_TEXT_MISSING', { corpus: { ...short.corpus, tokens: null } }],
  ['MATCH_TEXT_SHORT', { matchTokens: { where: 'held-out', tokens: LENGTH - 1 } }],
  ['MATCH_TEXT_SHORT', { matchTokens: { where: 'audited', tokens: 1 } }],
]

describe('text to match on', () => {
  it.each(NO_TEXT)('is refused: %s', async (code, otherwise) => {
    await expect(audit({ ...short, ...otherwise })).rejects.toThrow(
      expect.objectContaining({ code, exitStatus: 2 }),
    )
  })
})
