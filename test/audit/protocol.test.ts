/**
 * @file The protocol check, through whole audits of small texts: what is not evaluable passes no rule and keeps its figures, and
 * what is only worth a warning names the consequence.
 *
 * @module-tag slow
 */
import { cpSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditConfig, CorpusConfig } from '../../src/contract/options/audit-config.ts'
import type { Measurement } from '../../src/contract/report/measurement.ts'
import { judge } from '../../src/policy/judge.ts'
import { loadPolicy } from '../../src/policy/reading/load.ts'
import { RandomSource } from '../oracle/random-source.ts'
import { audit, GEMMA2, NEOX } from './golden-audit.ts'
import { npyInt32, readIds } from './npy.ts'

let folder = ''
let head = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'saegate-test-'))
  head = (await readFile('fixtures/corpus/eval_head.txt', 'utf8')).slice(0, 8000)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function measured(
  text: string,
  corpus: Partial<CorpusConfig> = {},
  base: AuditConfig = NEOX,
): Promise<Measurement> {
  const source = join(folder, 'text.txt')
  await writeFile(source, text)
  return await audit({
    ...base,
    candidates: base.candidates.slice(0, 1),
    saes: base.saes.slice(0, 1),
    corpus: { ...base.corpus, source, tokens: 1280, blockLength: 64, bos: 'auto', ...corpus },
    groups: 8,
    allowBadFit: true,
  })
}

const SAME = { ...NEOX, candidates: ['prune:0.0000001'] }

const found = ({ report }: Measurement) => report.protocol?.map(({ check, grade }) => `${grade}: ${check}`)

const POLICY = `
version: 1
name: text
rules:
  - {id: ppl, metric: perplexity.chunked.deltaPercent, max: 1000}
  - {id: kl, metric: divergence.klMean, max: 1000}
  - {id: dissociation, metric: dissociation, equals: false}
  - {id: survival, metric: features.survived, min: 0}
  - {id: bits, metric: compression.bits, max: 32}
`

async function rulesOf(measurement: Measurement) {
  const policy = await loadPolicy('policy.yaml', async () => POLICY)
  const judged = judge(measurement, policy, { today: '2026-01-01', policySha256: '', baseline: null })
  const [candidate] = judged.candidates
  if (candidate === undefined) throw new Error('no candidate')
  return { candidate, status: Object.fromEntries(candidate.rules.map(({ id, status }) => [id, status])) }
}

describe('what is not evaluable', () => {
  it('is a text on which the reference is worse than guessing: no rule on it passes, and its figures stay', async () => {
    const random = new RandomSource(3)
    const ids = Int32Array.from({ length: 1280 }, () => random.integer(1, 1023))
    await writeFile(join(folder, 'noise.npy'), npyInt32(ids, [1280]))
    const noise = await measured('', { source: `tokens:${join(folder, 'noise.npy')}` })
    expect(found(noise)).toEqual(['not-evaluable: reference-loss'])
    const { candidate, status } = await rulesOf(noise)
    expect(status).toEqual({ ppl: 'fail', kl: 'fail', dissociation: 'fail', survival: 'pass', bits: 'pass' })
    expect(candidate.dissociation).toEqual({
      flag: false,
      reason: 'not evaluable: the reference’s own loss is worse than guessing',
    })
    const [ppl] = candidate.rules
    expect(ppl?.message).toMatch(/^not evaluable: .* \(.*perplexity.*\)$/)
    // 1,024 tokens.
    expect(Math.log(candidate.perplexity.chunked?.reference ?? 0)).toBeGreaterThan(Math.log(1024))
    expect(ppl?.observed).toBe(candidate.perplexity.chunked?.deltaPercent)
    expect(noise.report.warnings[0]).toMatch(/^not evaluable: the reference's own loss is \d+\.\d\d nats/)
  })

  it('is a text of CRLF, until it is said what is meant', async () => {
    const plain = await measured(head)
    expect(found(plain)).toEqual([])
    // So little text leaves a dissociation undecided.
    expect((await rulesOf(plain)).status).toMatchObject({
      ppl: 'pass',
      kl: 'pass',
      survival: 'pass',
      bits: 'pass',
    })
    const windows = head.replaceAll('\n', '\r\n')
    const crlf = await measured(windows)
    expect(found(crlf)?.[0]).toBe('not-evaluable: line-ends')
    expect((await rulesOf(crlf)).status.kl).toBe('fail')
    const lf = await measured(windows, { lineEnds: 'lf' })
    expect(found(lf)).toEqual([])
    expect(lf.report.corpus.sha256).toBe(plain.report.corpus.sha256)
    const kept = await measured(windows, { lineEnds: 'keep' })
    expect(found(kept)).toEqual(['warning: carriage-returns'])
    expect(kept.report.corpus.sha256).toBe(crlf.report.corpus.sha256)
    expect((await rulesOf(kept)).status.kl).toBe('pass')
  })
})

describe('what is worth a warning', () => {
  it('is one token that makes up most of the text', async () => {
    expect(found(await measured(' '.repeat(4000)))).toEqual(['warning: repeated-token'])
  })

  it('is a few carriage returns, and special tokens in the text', async () => {
    const text = `<|endoftext|>${head.replace('\n', '\r\n').replace('\n', '\r\n')}`
    const some = await measured(text)
    expect(some.report.protocol).toMatchObject([
      { check: 'carriage-returns', value: 2 },
      { check: 'special-tokens', value: 1 },
    ])
    expect((await rulesOf(some)).status.ppl).toBe('pass')
  })

  it('is a feature that nothing can be said of: constant in both models, and not counted as damaged', async () => {
    const ids = new Int32Array(1280).fill(17)
    await writeFile(join(folder, 'one.npy'), npyInt32(ids, [1280]))
    // Prunes nothing: the reference itself.
    const { report, evidence } = await measured('', { source: `tokens:${join(folder, 'one.npy')}` }, SAME)
    const [features] = report.candidates[0]?.features ?? []
    expect(features?.constant).toBeGreaterThan(0)
    expect(features?.damaged.count).toBe(0)
    expect(features?.survived.count).toBe(features?.active)
    expect(report.candidates[0]?.warnings).toContainEqual(
      expect.stringMatching(/fires? alike at every position/),
    )
    const table = evidence[0]?.table
    if (table === undefined) throw new Error('no table')
    const often = table.firingRate.filter((rate) => rate > 0.001).length
    expect(table.active.reduce((sum, one) => sum + one, 0)).toBe(often - (features?.constant ?? 0))
  })

  it('is a BOS that the tokenizer adds and the user leaves out, of text and of ids', async () => {
    const own = await measured(head, {}, GEMMA2)
    const left = 'warning: bos-left-out'
    expect(found(own)).not.toContain(left)
    expect(found(await measured(head, { bos: 'never' }, GEMMA2))).toContain(left)
    const ids = await readIds({ ...GEMMA2, corpus: { ...GEMMA2.corpus, bos: 'never' } })
    const source = `tokens:${join(folder, 'ids.npy')}`
    await writeFile(join(folder, 'ids.npy'), npyInt32(ids.slice(0, 1280), [20, 64]))
    expect(found(await measured(head, { source }, GEMMA2))).toContain(left)
    const begun = Int32Array.from(ids.slice(0, 1280), (id, i) => (i % 64 === 0 ? 1023 : id))
    await writeFile(join(folder, 'ids.npy'), npyInt32(begun, [20, 64]))
    expect(found(await measured(head, { source }, GEMMA2))).not.toContain(left)
  })
})

describe('what is worth a warning at a read-out', () => {
  it('is a first position that carries most of the variance, with what it does to mean ρ', async () => {
    const ids = (await readIds(NEOX)).slice(0, 1280).map((id, i) => (i % 64 === 0 ? 0 : Math.max(1, id)))
    const path = join(folder, 'sink.npy')
    await writeFile(path, npyInt32(ids, [20, 64]))
    const sink = { ...NEOX, reference: await withLongEmbedding(0) }
    const corpus = { source: `tokens:${path}` }
    const { report } = await measured('', corpus, sink)
    const finding = report.protocol?.find(({ check }) => check === 'first-position')
    expect(finding?.grade).toBe('warning')
    expect(finding?.value).toBeGreaterThan(0.5)
    const mean = report.candidates[0]?.features[0]?.meanCorrelationByPositions
    expect(finding?.message).toContain(
      `rtn-8 ${mean?.all.toFixed(3)} with it and ${mean?.skipFirst.toFixed(3)} without; --positions skip-first`,
    )
    expect(report.warnings).toContain(finding?.message)
    const skipped = await measured('', corpus, { ...sink, positions: 'skip-first' })
    expect(found(skipped)).not.toContain('warning: first-position')
    const sliced = await measured('', corpus, { ...sink, positions: 'slice=0::8' })
    expect(sliced.report.warnings.join()).toMatch(/a slice that starts at 1 or later leaves it out/)
    expect(found(await measured('', corpus))).not.toContain('warning: first-position')
  })

  it('is an SAE at another place than it was trained for', async () => {
    const place = 'the SAE may be at the wrong place, or of another model'
    const at = async (hook: string | null) => {
      const { report } = await measured(
        head,
        {},
        { ...NEOX, saes: NEOX.saes.map((sae) => ({ ...sae, hook })) },
      )
      return { readout: report.readouts[0], said: report.warnings.filter((one) => one.includes(place)) }
    }
    expect((await at(null)).said).toEqual([])
    const elsewhere = await at('blocks.0.hook_resid_post')
    if (elsewhere.readout === undefined) throw new Error('no read-out')
    const { varianceUnexplained, dead, width } = elsewhere.readout
    const signs = [
      {
        is: (varianceUnexplained ?? 0) > 0.5,
        said: `${Math.round(100 * (varianceUnexplained ?? 0))} % of the`,
      },
      { is: dead / width > 0.2, said: `${dead} of its ${width} features` },
    ]
    const seen = signs.filter(({ is }) => is)
    expect(seen).not.toEqual([])
    for (const { said } of seen) expect(elsewhere.said).toEqual([expect.stringContaining(said)])
  })
})

/** The NeoX fixture with the embedding of one token 128 times as long: a stand-in for an attention sink. */
async function withLongEmbedding(id: number): Promise<string> {
  const path = join(folder, 'sink')
  cpSync('fixtures/models/neox', path, { recursive: true })
  const file = join(path, 'model.safetensors')
  const bytes = await readFile(file)
  const start = 8 + Number(bytes.readBigUint64LE(0))
  const header = JSON.parse(bytes.subarray(8, start).toString())
  const { data_offsets: offsets, shape } = header['gpt_neox.embed_in.weight']
  const [, width] = shape
  for (let at = start + offsets[0] + 2 * width * id, end = at + 2 * width; at < end; at += 2) {
    const bits = bytes.readUInt16LE(at)
    // Of float16 the exponent stands in bits 10 to 14.
    if (((bits >> 10) & 31) > 0) bytes.writeUInt16LE(bits + (7 << 10), at)
  }
  await writeFile(file, bytes)
  return path
}
