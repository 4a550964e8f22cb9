/**
 * @file A round in one graph against the same round stage by stage: whole audits of the fixtures, every figure of whose reports is held
 * against the other's. On the CPU, where both can be had.
 *
 * @module-tag slow
 */
import { afterEach, describe, expect, it, vi } from 'vitest'
import { measure } from '../../src/audit/measure.ts'
import { withSubjects } from '../../src/audit/open-subjects.ts'
import { measurePlan } from '../../src/audit/opened-run.ts'
import { planAudit } from '../../src/audit/plan/plan-audit.ts'
import type { AuditConfig } from '../../src/contract/options/audit-config.ts'
import type { Measurement } from '../../src/contract/report/measurement.ts'
import type { Device } from '../../src/onnx/sessions/session.ts'
import { GEMMA2, NEOX } from './golden-audit.ts'

afterEach(() => vi.unstubAllEnvs())

/** In one graph, and stage by stage: `stages` are those that progress tells. */
async function bothWays(config: AuditConfig): Promise<readonly [Measured, Measured]> {
  const ways: Measured[] = []
  for (const way of ['graph', 'stages']) {
    vi.stubEnv('SAEGATE_ROUNDS', way)
    const stages = new Set<string>()
    const measured = await measure(config, { ...HOST, onProgress: ({ stage }) => stages.add(stage) })
    ways.push({ ...measured, stages: [...stages] })
  }
  const [graph, stages] = ways
  if (graph === undefined || stages === undefined) throw new RangeError('one way only')
  return [graph, stages]
}

type Measured = Measurement & { readonly stages: readonly string[] }

const HOST = {
  seconds: () => 0,
  now: () => '2026-01-01T00:00:00.000Z',
  toolVersion: 'test',
  baseline: null,
} as const

/** Numbers that differ by more than `bound` of their size, with where they are. */
function differences(a: unknown, b: unknown, bound: number, path = ''): readonly string[] {
  if (typeof a === 'number' && typeof b === 'number') {
    if (Number.isNaN(a) && Number.isNaN(b)) return []
    return Math.abs(a - b) <= bound * Math.max(1e-3, Math.abs(b)) ? [] : [`${path}: ${a}, not ${b}`]
  }
  if (typeof a === 'object' && a !== null && typeof b === 'object' && b !== null) {
    const [mine, theirs] = [new Map(Object.entries(a)), new Map(Object.entries(b))]
    const keys = [...new Set([...mine.keys(), ...theirs.keys()])]
    return keys.flatMap((key) => differences(mine.get(key), theirs.get(key), bound, `${path}.${key}`))
  }
  return a === b ? [] : [`${path}: ${String(a)}, not ${String(b)}`]
}

/** What was measured, without when and how long. */
const figures = ({ report, evidence }: Measurement) => ({
  readouts: report.readouts,
  candidates: report.candidates,
  noise: report.tool.engineNoise,
  notes: report.notes,
  warnings: report.warnings,
  evidence,
})

/** Groups of seven sequences, of which four are run together: every other run is not full. */
const SHORT = { tokens: 2100, blockLength: 100 } as const
const CONFIG = { ...NEOX, groups: 3, explain: 3, corpus: { ...NEOX.corpus, ...SHORT } }

const ALL_AT_ONCE = ': all at once'

describe('a round in one graph is one stage by stage', () => {
  it('in float32, with sliding windows, in more rounds than one', async () => {
    const candidates = ['rtn:8', 'rtn:6', 'rtn:5', 'rtn:4', 'prune:0.5']
    const perplexity = { chunked: true, sliding: { window: 64, stride: 40 } }
    const [graph, stages] = await bothWays({ ...CONFIG, candidates, perplexity })
    expect(graph.stages).toContain(`reference, rtn-8, rtn-6, rtn-5, rtn-4${ALL_AT_ONCE}`)
    expect(graph.stages).toContain(`prune-0.5${ALL_AT_ONCE}`)
    expect(stages.stages.join()).not.toContain(ALL_AT_ONCE)
    expect(differences(figures(graph), figures(stages), 1e-5)).toEqual([])
  })

  it('in 16 bit with activations that jump, without position 0, and beside the noise of the engine', async () => {
    const [graph, stages] = await bothWays({
      ...GEMMA2,
      ...{ groups: 3, corpus: { ...GEMMA2.corpus, ...SHORT }, candidates: ['rtn:4'], explain: 4 },
      ...{ precision: 'bfloat16', positions: 'skip-first', nullCheck: true },
    })
    expect(graph.stages).toContain(`reference, rtn-4${ALL_AT_ONCE}`)
    expect(graph.stages).toContain(`null-check${ALL_AT_ONCE}`)
    expect(graph.report.candidates[0]?.features[0]?.explained).toHaveLength(4)
    expect(graph.report.tool.engineNoise?.tokens).toBe(2000)
    expect(differences(figures(graph), figures(stages), 1e-5)).toEqual([])
  })

  it('for features alone', async () => {
    const perplexity = { chunked: false, sliding: null }
    const [graph, stages] = await bothWays({ ...CONFIG, candidates: ['rtn:5'], perplexity })
    expect(graph.report.candidates[0]?.divergence).toBeNull()
    expect(differences(figures(graph), figures(stages), 1e-5)).toEqual([])
  })

  it('at every fourth position of a part of the sequences', async () => {
    const perplexity = { chunked: false, sliding: null }
    const positions = 'slice=3:90:4'
    const [graph, stages] = await bothWays({ ...CONFIG, candidates: ['rtn:5'], perplexity, positions })
    // 3, 7, …, 87 of 21 sequences.
    expect(graph.report.readouts[0]).toMatchObject({ positions, tokens: 22 * 21 })
    const seen = graph.report.candidates[0]?.features[0]?.explained?.flatMap(({ contexts }) => contexts) ?? []
    expect(seen.length).toBeGreaterThan(0)
    expect(differences(figures(graph), figures(stages), 1e-5)).toEqual([])
  })

  it('for losses alone', async () => {
    const [graph, stages] = await bothWays({
      ...CONFIG,
      candidates: ['rtn:5'],
      saes: [],
      precision: 'float16',
    })
    expect(graph.report.tool.engineNoise?.klMean).toBeGreaterThan(0)
    expect(differences(figures(graph), figures(stages), 1e-5)).toEqual([])
  })
})

it('is left to stages where activations that jump are decided in float64', async () => {
  vi.stubEnv('SAEGATE_ROUNDS', 'graph')
  const corpus = { ...GEMMA2.corpus, ...SHORT }
  const plan = await measurePlan({ ...GEMMA2, corpus, candidates: ['rtn:5'] }, null, () => {})
  expect(plan.rounds).toMatchObject({ inOneGraph: false, why: expect.stringContaining('float64') })
})

describe('the plan of an audit', () => {
  const H100 = {
    ...{ index: 0, uuid: 'GPU-0', name: 'NVIDIA H100', driver: '560.1', capability: 9 },
    ...{ totalMemory: 80e9, freeMemory: 79e9 },
  }
  const device: Device = { kind: 'cuda', threads: 1, bodyType: 'bfloat16', index: 0 }
  const config: AuditConfig = {
    ...{ ...GEMMA2, explain: 8, candidates: ['rtn:5', 'rtn:4'], corpus: { ...GEMMA2.corpus, ...SHORT } },
  }
  const planned = async (asked: AuditConfig, freeMemory: number) => {
    const opening = { onProgress: () => {}, baseline: null }
    const nvidia = { ...H100, freeMemory }
    return await withSubjects(asked, opening, async (_, subjects) => {
      const { rounds, held } = await planAudit(asked, { ...subjects, summed: 'active' }, { device, nvidia })
      return { ...rounds, rows: held.find(({ what }) => what === 'activations')?.bytes ?? 0 }
    })
  }

  it('takes one graph on a GPU that has the memory, and stages on one that has not', async () => {
    const one = await planned(config, H100.freeMemory)
    expect(one).toMatchObject({ inOneGraph: true, why: '', candidates: 2 })
    const staged = await planned(config, 1e9)
    expect(staged).toMatchObject({
      inOneGraph: false,
      why: expect.stringMatching(/of the device, which has/),
    })
    expect(one.onDevice).toBeGreaterThan(4e9)
    expect(staged.rows).toBeGreaterThan(0)
  })

  const stability = { budgets: [], subsets: 1, subsetTokens: 512, seed: 0, above: false }
  it.each<[string, Partial<AuditConfig>, RegExp]>([
    ['--rescale', { rescale: true }, /rescale/],
    ['a diagnosis', { diagnose: true }, /diagnosis/],
    ['stability', { stability }, /parts of the text/],
    ['streamed weights', { weights: 'stream' }, /range of blocks/],
  ])('goes stage by stage for %s', async (_, more, why) => {
    const found = await planned({ ...config, ...more }, H100.freeMemory)
    expect(found).toMatchObject({ inOneGraph: false, why: expect.stringMatching(why) })
  })
})
