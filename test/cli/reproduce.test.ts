/**
 * @file `saegate reproduce` from end to end: a server of our own gives the fixtures under the preset's names, and what comes out is
 * what audits of the fixtures' own folders come to.
 *
 * @module-tag slow
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { audit, NEOX } from '../audit/golden-audit.ts'
import { held } from '../experiments/held-to-schema.ts'
import { type HubServer, type ServedFile, startHub } from '../sources/hub-server.ts'
import { saegate } from './program.ts'

const stored = (path: string, lfs = false): ServedFile => ({ content: readFileSync(path), lfs })
const MODEL = 'fixtures/models/neox'
const SAE = 'fixtures/saes/neox/blocks.4.hook_resid_post'
/** Rows of WikiText end in a line end. */
const ROWS = readFileSync('fixtures/corpus/eval.txt', 'utf8').split(/(?<=\n)/)
const FILES: Readonly<Record<string, ServedFile>> = {
  'config.json': stored(`${MODEL}/config.json`),
  'tokenizer.json': stored(`${MODEL}/tokenizer.json`),
  'model.safetensors': stored(`${MODEL}/model.safetensors`, true),
  '4-res-sm/cfg.json': stored(`${SAE}/cfg.json`),
  '4-res-sm/sae_weights.safetensors': stored(`${SAE}/sae_weights.safetensors`, true),
  'wikitext-2-raw-v1/train-00000-of-00001.parquet': {
    content: new Uint8Array(
      parquetWriteBuffer({ columnData: [{ name: 'text', data: ROWS, type: 'STRING' }] }),
    ),
    lfs: true,
  },
}
const NAMES = [
  'EleutherAI/pythia-70m-deduped',
  'ctigges/pythia-70m-deduped__res-sm_processed',
  'Salesforce/wikitext',
]

let folder = ''
let hub: HubServer
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'saegate-reproduce-'))
  hub = await startHub(FILES, NAMES)
})
afterAll(async () => {
  await hub.close()
  rmSync(folder, { recursive: true })
})

/** 50 sequences: twelve batches of four and one of two. */
const TOKENS = 50 * 128

it('prints the paper’s figures beside those of the fixtures', async () => {
  const ran = await saegate(
    [
      'reproduce',
      'pythia-70m',
      '--only',
      'table1,perplexities,appendixF',
      '--format',
      'json',
      '--tokens',
      String(TOKENS),
      '--block-length',
      '128',
      '--out',
      join(folder, 'out'),
    ],
    { HF_ENDPOINT: hub.endpoint, HF_HUB_CACHE: join(folder, 'cache') },
  )
  expect(ran.status, ran.stderr).toBe(0)
  const told = held('reproduction', ran.stdout)
  expect(told.overridden).toEqual(['--tokens', '--block-length'])
  expect(told.runs.map(({ name }: { name: string }) => name)).toEqual(['features'])
  expect(told.notes).toEqual([])
  const specs = [8, 7, 6, 5, 4].map((bits) => `rtn:${bits},layout=transformerlens`)
  const own = await audit({
    ...NEOX,
    candidates: [...specs, 'prune:match=rtn:6,layout=transformerlens'],
    saes: [{ source: SAE, hook: null, center: true }],
    corpus: { ...NEOX.corpus, lines: 'paper', tokens: TOKENS, bos: 'never' },
    matchTokens: { where: 'audited', tokens: null },
    batchSequences: 4,
  })
  const names = ['INT8', 'INT7', 'INT6', 'INT5', 'INT4', 'pruned']
  type Row = {
    table: string
    condition: string
    figure: string
    paper: string
    ours: number
    outside: boolean
  }
  const figure = (condition: string, name: string): Row =>
    told.rows.find((row: Row) => row.condition === condition && row.figure === name)
  for (const [i, name] of names.entries()) {
    const candidate = own.report.candidates[i]
    const [features] = candidate?.features ?? []
    const { batched } = candidate?.perplexity.chunked ?? {}
    const close = (column: string, expected: number | undefined) =>
      expect(figure(name, column).ours / (expected ?? Number.NaN)).toBeCloseTo(1, 5)
    close('reference', batched?.reference)
    close('perplexity', batched?.candidate)
    close('meanCorrelation', features?.meanCorrelation)
    expect(figure(name, 'active').ours).toBe(features?.active)
    expect(figure(name, 'survivedPercent').ours).toBeCloseTo(100 * (features?.survived.fraction ?? 0), 9)
  }
  expect(figure('pruned', 'sparsity').ours).toBe(own.report.candidates[5]?.compression?.sparsity)
  expect(figure('INT6', 'survivedPercent').paper).toBe('62.395')
  expect(figure('INT6', 'survivedPercent').outside).toBe(true)
})
