/** GGUF files through whole audits: against the Hugging Face folder they were made from, and as the reference itself. *
 * @module-tag slow
 */
import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import type { AuditConfig } from '../../../src/contract/options/audit-config.ts'
import { bool, i32s, type Metadata, text, texts, u32 } from '../../checkpoints/gguf/writer.ts'
import { audit } from '../golden-audit.ts'
import { idsFile, NEOX_FOLDER, neox, randomLlama, Workshop, withRows } from './make.ts'
import { klOf, SHORT, survivalOf, worstCorrelations } from './short.ts'

const workshop = new Workshop()
afterAll(() => workshop.remove())

const TABLES = ['gpt_neox.embed_in.weight', 'embed_out.weight']

/** The fixture's tokenizer.json as llama.cpp's converter writes it. */
function tokenizerMetadata(): Metadata {
  const { model, added_tokens: added } = JSON.parse(readFileSync(`${NEOX_FOLDER}/tokenizer.json`, 'utf8'))
  const tokens = Array.from({ length: 1024 }, (_, id) => `[PAD${id}]`)
  const types = tokens.map(() => 5)
  const put = (token: string, id: number, type: number): void => {
    tokens[id] = token
    types[id] = type
  }
  for (const [token, id] of Object.entries(model.vocab)) put(token, Number(id), 1)
  for (const { id, content, special } of added) put(content, id, special ? 3 : 4)
  return {
    'tokenizer.ggml.model': text('gpt2'),
    'tokenizer.ggml.pre': text('olmo'),
    'tokenizer.ggml.tokens': texts(tokens),
    'tokenizer.ggml.token_type': i32s(types),
    'tokenizer.ggml.merges': texts(
      model.merges.map((pair: string | string[]) => (Array.isArray(pair) ? pair.join(' ') : pair)),
    ),
    'tokenizer.ggml.bos_token_id': u32(0),
    'tokenizer.ggml.eos_token_id': u32(0),
    'tokenizer.ggml.add_bos_token': bool(false),
  }
}

describe('a float16 GGUF of the reference is the reference', () => {
  it('GPT-NeoX: every feature correlates, whole and in parts', async () => {
    const candidates = [workshop.gguf(neox, 'F16', 'f16.gguf'), workshop.splitGguf(neox, 'F16', 'parts')]
    const measured = await audit({ ...SHORT, candidates })
    expect(Math.min(...worstCorrelations(measured))).toBeGreaterThan(1 - 1e-4)
    for (const candidate of measured.report.candidates) {
      expect(Math.abs(klOf(candidate))).toBeLessThan(1e-6)
      expect(candidate.compression).toMatchObject({ method: 'gguf F16', bits: 16, activations: null })
      expect(candidate.warnings).toEqual([expect.stringContaining('nothing was compressed')])
    }
  })

  it.each(['llama', 'mistral'] as const)('%s: rows of q and k are put back', async (family) => {
    const model = randomLlama(family, 64)
    const config: AuditConfig = {
      ...SHORT,
      reference: workshop.plain(model, family),
      candidates: [workshop.gguf(model, 'F16', `${family}.gguf`)],
      saes: [{ source: workshop.randomSae(64, 1, `${family}-sae`), hook: null, center: null }],
      corpus: { ...SHORT.corpus, source: `tokens:${idsFile(workshop, 64)}`, blockLength: 32, tokens: null },
      allowBadFit: true,
    }
    const measured = await audit(config)
    expect(Math.min(...worstCorrelations(measured))).toBeGreaterThan(1 - 1e-4)
    expect(klOf(measured.report.candidates[0])).toBeLessThan(1e-4)
    const moved = await audit({
      ...config,
      candidates: [
        workshop.gguf({ ...model, config: { ...model.config, rope_theta: 500 } }, 'F16', 'rope.gguf'),
      ],
    })
    expect(klOf(moved.report.candidates[0])).toBeGreaterThan(0.01)
    expect(moved.report.candidates[0]?.warnings.join()).toContain('rotary base is 500 instead of 10000')
  })
})

it('Q8_0 keeps more features than Q5_1, and that more than Q4_0', async () => {
  const candidates = ['Q8_0', 'Q5_1', 'Q4_0'].map((type) => workshop.gguf(neox, type, `${type}.gguf`))
  const { report } = await audit({ ...SHORT, candidates })
  const survival = report.candidates.map(survivalOf)
  expect(survival).toEqual(survival.toSorted((a, b) => b - a))
  expect(new Set(survival).size).toBe(3)
  expect(report.candidates.map(({ compression }) => compression?.bits)).toEqual([8.5, 6, 4.5])
})

describe('a GGUF as the reference', () => {
  it('brings its tokenizer, or takes the one of --tokenizer', async () => {
    const inside = workshop.gguf(neox, 'F16', 'with-tokenizer.gguf', tokenizerMetadata())
    const bare = workshop.gguf(neox, 'F16', 'bare.gguf')
    const folder = await audit({ ...SHORT, candidates: ['rtn:6'] })
    const config = { ...SHORT, candidates: [NEOX_FOLDER, 'rtn:6'] }
    const first = await audit({ ...config, reference: inside })
    const second = await audit({ ...config, reference: bare, tokenizer: NEOX_FOLDER })
    for (const { report, evidence } of [first, second]) {
      const { documents, tokenizer, ...corpus } = report.corpus
      const { documents: theirs, tokenizer: its, ...text } = folder.report.corpus
      expect(corpus).toEqual(text)
      // A GGUF's own tokenizer is another file that gives the same ids.
      expect(tokenizer === its).toBe(report === second.report)
      // Where documents lie in the tokens is reckoned from pieces of the text, which this tokenizer takes whole.
      expect(documents?.by).toBe(theirs?.by)
      expect((documents?.count ?? 0) / (theirs?.count ?? 1)).toBeCloseTo(1, 0)
      expect((documents?.tokens ?? 0) / (theirs?.tokens ?? 1)).toBeCloseTo(1, 1)
      expect(report.reference).toMatchObject({ family: 'gpt_neox', storedAs: 'F16', parameters: 1_452_032 })
      expect(Math.min(...worstCorrelations({ report, evidence: evidence.slice(0, 1) }))).toBeGreaterThan(
        1 - 1e-4,
      )
      expect(klOf(report.candidates[1])).toBeCloseTo(klOf(folder.report.candidates[0]), 6)
    }
    await expect(audit({ ...config, reference: bare })).rejects.toMatchObject({ exitStatus: 2 })
  })
})

describe('vocabularies of different padding', () => {
  it('are compared on the rows that both have', async () => {
    const padded = workshop.gguf(withRows(neox, 1088, TABLES), 'F16', 'padded.gguf')
    const { report, evidence } = await audit({ ...SHORT, candidates: [padded] })
    expect(Math.abs(klOf(report.candidates[0]))).toBeLessThan(1e-6)
    expect(Math.min(...worstCorrelations({ report, evidence }))).toBeGreaterThan(1 - 1e-4)
    expect(report.candidates[0]?.warnings.join()).toContain('1088 rows')
    const swapped = await audit({
      ...SHORT,
      reference: padded,
      tokenizer: NEOX_FOLDER,
      candidates: [NEOX_FOLDER],
    })
    expect(Math.abs(klOf(swapped.report.candidates[0]))).toBeLessThan(1e-6)
    expect(swapped.report.candidates[0]?.perplexity.chunked?.reference).toBeCloseTo(
      report.candidates[0]?.perplexity.chunked?.reference ?? 0,
      4,
    )
  })

  it('are different models where a token of the corpus is cut off', async () => {
    const cut = workshop.gguf(withRows(neox, 640, TABLES), 'F16', 'cut.gguf')
    const different = {
      code: 'MODELS_DIFFER',
      exitStatus: 2,
      message: expect.stringContaining('vocabulary is 640'),
    }
    await expect(audit({ ...SHORT, candidates: [cut] })).rejects.toMatchObject(different)
  })
})

describe('a tokenizer of its own in a candidate', () => {
  it('is held against the reference’s: words cut otherwise, another BOS, one that cannot be read', async () => {
    const own = (name: string, changed: Metadata) =>
      workshop.gguf(neox, 'F16', name, { ...tokenizerMetadata(), ...changed })
    const { report } = await audit({
      ...SHORT,
      candidates: [
        own('same.gguf', {}),
        own('cut.gguf', { 'tokenizer.ggml.pre': text('llama-bpe') }),
        own('bos.gguf', { 'tokenizer.ggml.add_bos_token': bool(true) }),
        own('unknown.gguf', { 'tokenizer.ggml.pre': text('nobodys') }),
      ],
    })
    const said = report.warnings.filter((warning) => warning.includes('carries a tokenizer'))
    expect(said).toEqual([
      expect.stringMatching(
        /^cut\.gguf carries .* not the reference's: \d+ of \d+ lines become other tokens, first "/,
      ),
      expect.stringMatching(
        /^bos\.gguf carries .*: it puts token 0 before a text, where the reference's puts nothing\. /,
      ),
      expect.stringMatching(/^unknown\.gguf carries .* could not be read.*tokenizer\.ggml\.pre is "nobodys"/),
    ])
    // What was measured is the reference's tokens all the same.
    for (const candidate of report.candidates) expect(Math.abs(klOf(candidate))).toBeLessThan(1e-6)
  })
})
