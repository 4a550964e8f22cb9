/**
 * @file `saegate reproduce` from end to end: a server of our own gives the fixtures under the presets' names, and what comes out is
 * what audits of the fixtures' own folders come to.
 *
 * @module-tag slow
 */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AuditConfig } from '../../src/contract/options/audit-config.ts'
import type { Measurement } from '../../src/contract/report/measurement.ts'
import type { FeaturesReport } from '../../src/contract/report/report-schema.ts'
import { audit, NEOX } from '../audit/golden-audit.ts'
import { held } from '../experiments/held-to-schema.ts'
import type { HubServer } from '../sources/hub-server.ts'
import { saegateHere } from './fake-host.ts'
import { type Ended, ended, saegate, start } from './program.ts'
import { GEMMA_MODEL, GEMMA_SAE, gemmaHub, NEOX_OTHER_SAE, NEOX_SAE, pythiaHub } from './stand-ins.ts'

let folder = ''
let hubs: HubServer[] = []
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'saegate-reproduce-'))
})
afterAll(async () => {
  for (const hub of hubs) await hub.close()
  hubs = []
  rmSync(folder, { recursive: true })
})

async function reproduced(
  run: (args: readonly string[], env: Readonly<Record<string, string>>) => Promise<Omit<Ended, 'seconds'>>,
  open: () => Promise<HubServer>,
  args: readonly string[],
): Promise<Told> {
  const hub = await open()
  hubs.push(hub)
  const [preset = ''] = args
  const written = ['--format', 'json', '--threads', '1', '--out', join(folder, preset)]
  const ran = await run(['reproduce', ...args, ...written], {
    HF_ENDPOINT: hub.endpoint,
    HF_HUB_CACHE: join(folder, `cache-${preset}`),
  })
  expect(ran.status, ran.stderr).toBe(0)
  return held('reproduction', ran.stdout)
}

interface Row {
  readonly table: string
  readonly run: string
  readonly condition: string
  readonly figure: string
  readonly paper: string | null
  readonly ours: number
  readonly outside: boolean
}

interface Told {
  readonly overridden: readonly string[]
  readonly runs: readonly { readonly name: string }[]
  readonly notes: readonly unknown[]
  readonly rows: readonly Row[]
}

function figureOf({ rows }: Told, table: string, condition: string, name: string): Row {
  const found = rows.find((row) => row.table === table && row.condition === condition && row.figure === name)
  if (found === undefined) throw new Error(`no ${name} of ${condition} in ${table}`)
  return found
}

const survivedPercent = (features: FeaturesReport | undefined): number =>
  100 * (features?.survived.fraction ?? Number.NaN)

const close = (row: Row, expected: number | undefined) =>
  expect(row.ours / (expected ?? Number.NaN), `${row.table} ${row.condition} ${row.figure}`).toBeCloseTo(1, 5)

describe('Pythia-70M', () => {
  /** Six sequences: a batch of four and one of two. */
  const TOKENS = 6 * 128
  const SAME: AuditConfig = {
    ...NEOX,
    corpus: { ...NEOX.corpus, lines: 'paper', tokens: TOKENS, bos: 'never' },
    matchTokens: { where: 'audited', tokens: null },
  }
  let told: Told
  beforeAll(async () => {
    const only = 'table1,perplexities,appendixF,layer2'
    told = await reproduced(saegateHere, pythiaHub, [
      ...['pythia-70m', '--only', only],
      ...['--tokens', String(TOKENS), '--block-length', '128'],
    ])
  })

  it('is measured in two runs, and what differs from the preset is said', () => {
    expect(told.overridden).toEqual(['--tokens', '--block-length'])
    expect(told.runs.map(({ name }) => name)).toEqual(['features', 'layer 2'])
    expect(told.notes).toEqual([])
  })

  it('has the figures of the fixtures', async () => {
    const specs = [8, 7, 6, 5, 4].map((bits) => `rtn:${bits},layout=transformerlens`)
    const own = await audit({
      ...SAME,
      candidates: [...specs, 'prune:match=rtn:6,layout=transformerlens'],
      saes: [{ source: NEOX_SAE, hook: null, center: true }],
      batchSequences: 4,
    })
    for (const [i, name] of ['INT8', 'INT7', 'INT6', 'INT5', 'INT4', 'pruned'].entries()) {
      const candidate = own.report.candidates[i]
      const [features] = candidate?.features ?? []
      const { batched } = candidate?.perplexity.chunked ?? {}
      close(figureOf(told, 'perplexities', name, 'reference'), batched?.reference)
      close(figureOf(told, 'perplexities', name, 'perplexity'), batched?.candidate)
      close(figureOf(told, 'table1', name, 'meanCorrelation'), features?.meanCorrelation)
      expect(figureOf(told, 'perplexities', name, 'active').ours).toBe(features?.active)
      const survived = figureOf(told, 'table1', name, 'survivedPercent')
      expect(survived.ours).toBeCloseTo(survivedPercent(features), 9)
    }
    const { sparsity } = own.report.candidates[5]?.compression ?? {}
    expect(figureOf(told, 'appendixF', 'pruned', 'sparsity').ours).toBe(sparsity)
    expect(figureOf(told, 'table1', 'INT6', 'survivedPercent')).toMatchObject({
      paper: '62.395',
      outside: true,
    })
  })

  it('has those of a second layer', async () => {
    const own = await audit({
      ...SAME,
      candidates: ['rtn:6,layout=transformerlens'],
      saes: [{ source: NEOX_OTHER_SAE, hook: 'blocks.2.hook_resid_post', center: true }],
      perplexity: { chunked: false, sliding: null },
    })
    const [features] = own.report.candidates[0]?.features ?? []
    expect(figureOf(told, 'layer2', 'INT6', 'active').ours).toBe(features?.active)
    const survived = figureOf(told, 'layer2', 'INT6', 'survivedPercent')
    expect(survived.ours).toBeCloseTo(survivedPercent(features), 9)
    expect(survived.paper).toBe('99.95')
  })
})

/** Ten sequences of 256, and two windows of 2,048. */
const GEMMA_TOKENS = 10 * 256
const GEMMA_HOOK = 'blocks.2.hook_resid_post'
const SHORTER = ['--tokens', String(GEMMA_TOKENS), '--hook', GEMMA_HOOK]
const SLIDING = { window: 2048, stride: 512 }

/** The fixture, said to take windows of 2,048 positions. */
function longerGemma(): string {
  const model = join(folder, 'gemma2')
  cpSync(GEMMA_MODEL, model, { recursive: true })
  const config = JSON.parse(readFileSync(join(model, 'config.json'), 'utf8'))
  writeFileSync(join(model, 'config.json'), JSON.stringify({ ...config, max_position_embeddings: 2048 }))
  return model
}

const ownGemma = (
  model: string,
  differing: Partial<AuditConfig>,
  corpus: Partial<AuditConfig['corpus']>,
): Promise<Measurement> =>
  audit({
    ...NEOX,
    reference: model,
    saes: [{ source: GEMMA_SAE, hook: GEMMA_HOOK, center: null }],
    precision: 'bfloat16',
    ...differing,
    corpus: { ...NEOX.corpus, lines: 'paper', tokens: GEMMA_TOKENS, blockLength: 256, ...corpus },
  })

describe('Gemma-2-2B', () => {
  let told: Told
  let model = ''
  beforeAll(async () => {
    model = longerGemma()
    told = await reproduced(saegate, gemmaHub, ['gemma-2-2b', ...SHORTER])
  })

  it('is measured in three runs, and every table is told', () => {
    expect(told.overridden).toEqual(['--tokens', '--hook'])
    expect(told.runs.map(({ name }) => name)).toEqual(['features', 'sliding', 'with BOS'])
    expect(told.notes).toEqual([])
    const tables = [...new Set(told.rows.map(({ table }) => table))].join(' ')
    const ofFeatures = 'table1 perplexities table2 table4 correlation deciles appendixF'
    expect(tables).toBe(`${ofFeatures} table3 withBos`)
  })

  it('has the fixture’s features without a BOS, rounded and pruned in bfloat16', async () => {
    const lens = 'layout=transformerlens,arithmetic=bfloat16'
    const { report } = await ownGemma(
      model,
      {
        candidates: [`rtn:6,${lens}`, `rtn:4,${lens}`, `prune:match=rtn:6,${lens}`],
        matchTokens: { where: 'audited', tokens: 100_000 },
        batchSequences: 1,
      },
      { bos: 'never' },
    )
    for (const [i, name] of ['INT6', 'INT4', 'pruned'].entries()) {
      const candidate = report.candidates[i]
      const [features] = candidate?.features ?? []
      const { batched } = candidate?.perplexity.chunked ?? {}
      close(figureOf(told, 'perplexities', name, 'reference'), batched?.reference)
      close(figureOf(told, 'perplexities', name, 'perplexity'), batched?.candidate)
      close(figureOf(told, 'perplexities', name, 'medianCorrelation'), features?.medianCorrelation)
      const survived = figureOf(told, 'table1', name, 'survivedPercent')
      expect(survived.ours).toBeCloseTo(survivedPercent(features), 9)
    }
    const { sparsity, arithmetic } = report.candidates[2]?.compression ?? {}
    expect(arithmetic).toBe('bfloat16')
    expect(figureOf(told, 'appendixF', 'pruned', 'sparsity').ours).toBe(sparsity)
  })

  it('has its sliding perplexity with a single BOS, by rows', async () => {
    const { report } = await ownGemma(
      model,
      {
        candidates: ['rtn:6,arithmetic=bfloat16'],
        saes: [],
        perplexity: { chunked: false, sliding: SLIDING },
      },
      { bos: 'stream' },
    )
    const sliding = report.candidates[0]?.perplexity.sliding
    close(figureOf(told, 'table3', 'INT6', 'reference'), sliding?.reference)
    close(figureOf(told, 'table3', 'INT6', 'perplexity'), sliding?.candidate)
  })

  it('has both with a BOS everywhere beside them', async () => {
    const { report } = await ownGemma(
      model,
      {
        candidates: ['rtn:6,layout=transformerlens,arithmetic=bfloat16'],
        perplexity: { chunked: true, sliding: SLIDING },
        positions: 'skip-first',
      },
      { bos: 'always' },
    )
    const { perplexity, features } = report.candidates[0] ?? {}
    const figure = (name: string): Row => figureOf(told, 'withBos', 'INT6', name)
    close(figure('reference'), perplexity?.chunked?.reference)
    close(figure('deltaPercent'), perplexity?.chunked?.deltaPercent)
    close(figure('slidingDeltaPercent'), perplexity?.sliding?.deltaPercent)
    expect(figure('survivedPercent').ours).toBeCloseTo(survivedPercent(features?.[0]), 9)
    expect(figure('survivedPercent').paper).toBeNull()
  })
})

it('Ctrl-C in a later run: the reports that are whole are named, and no table is printed', async () => {
  const out = join(folder, 'interrupted')
  const child = start([
    ...['reproduce', 'pythia-70m', '--only', 'appendixF,layer2', '--threads', '1', '--out', out],
    ...['--reference', NEOX.reference, '--sae', NEOX_SAE, '--corpus', NEOX.corpus.source],
    ...['--center', 'true', '--tokens', '256', '--block-length', '64'],
  ])
  child.stderr?.on('data', (text: Buffer) => {
    if (text.includes('Report: ')) child.kill('SIGINT')
  })
  const { status, stdout, stderr } = await ended(child)
  const whole = join(out, 'features', 'report.json')
  expect(status, stderr).toBe(130)
  expect(stderr).toContain(`Interrupted; whole reports: ${whole}.`)
  expect(stdout).toBe('')
  expect(JSON.parse(readFileSync(whole, 'utf8')).candidates).toHaveLength(6)
  expect(existsSync(join(out, 'layer-2'))).toBe(false)
})
