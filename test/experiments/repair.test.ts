/**
 * @file The search for the cheapest plan against every subset, what quantizers are told, plan files as candidates, and a planted fault
 * that is mended.
 *
 * @module-tag slow
 */
import { writeFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import type { AuditConfig } from '../../src/contract/options/audit-config.ts'
import type { AuditRequest } from '../../src/contract/request/audit-request.ts'
import type { TensorPlanFile } from '../../src/contract/tensor-plan/tensor-plan-schema.ts'
import { exportsOf } from '../../src/experiments/repair/exports.ts'
import { type RepairHost, repair } from '../../src/experiments/repair/repair.ts'
import { frontierOf, type Measured, type Piece, searchPlan } from '../../src/experiments/repair/search.ts'
import { judge } from '../../src/policy/judge.ts'
import { loadPolicy } from '../../src/policy/reading/load.ts'
import { repairText } from '../../src/report/experiments/repair/repair-text.ts'
import { idsFile, type PlainModel, randomLlama, Workshop } from '../audit/artifacts/make.ts'
import { SHORT } from '../audit/artifacts/short.ts'
import { audit } from '../audit/golden-audit.ts'
import { RandomSource } from '../oracle/random-source.ts'

/** Pieces whose worth is not what their benefit says, and what a set of them is worth. */
function toy(count: number, seed: number) {
  const random = new RandomSource(seed)
  const pieces = Array.from(
    { length: count },
    (_, i): Piece => ({
      name: `t${i}`,
      tensors: [`t${i}`],
      bytes: 10 + Math.floor(90 * random.uniform()),
      benefit: random.uniform(),
    }),
  )
  const worth = new Map(pieces.map((piece) => [piece, piece.benefit * (0.5 + random.uniform())]))
  const total = [...worth.values()].reduce((sum, one) => sum + one, 0)
  let measured = 0
  const measureOne = (set: readonly Piece[]): Measured => {
    measured++
    const survived = set.reduce((sum, piece) => sum + (worth.get(piece) ?? 0), 0) / total
    return {
      verdict: survived >= 0.6 ? 'pass' : 'fail',
      survived,
      kl: null,
      failing: survived >= 0.6 ? [] : ['r'],
    }
  }
  return {
    pieces,
    measureOne,
    measure: async (sets: readonly (readonly Piece[])[]) => sets.map(measureOne),
    count: () => measured,
  }
}

const bytesOf = (set: readonly Piece[]) => set.reduce((sum, { bytes }) => sum + bytes, 0)

function cheapestOfAll({ pieces, measureOne }: ReturnType<typeof toy>): number {
  const sets = Array.from({ length: 2 ** pieces.length }, (_, bits) =>
    pieces.filter((_, i) => (bits >> i) & 1),
  )
  return Math.min(...sets.filter((set) => measureOne(set).verdict === 'pass').map(bytesOf))
}

describe('the search', () => {
  it.each([1, 2, 3, 4, 5, 6])('finds the cheapest of all plans of up to ten pieces (%i)', async (seed) => {
    const own = toy(4 + seed, seed)
    const { best, isExhaustive } = await searchPlan(own.pieces, own.measure)
    expect(isExhaustive).toBe(true)
    expect(best?.verdict).toBe('pass')
    expect(best?.bytes).toBe(cheapestOfAll(own))
  })

  it('comes near it with more, and looks at few of them', async () => {
    const own = toy(14, 9)
    const { best, isExhaustive, tried } = await searchPlan(own.pieces, own.measure)
    expect([isExhaustive, best?.verdict]).toEqual([false, 'pass'])
    expect(tried).toHaveLength(own.count())
    expect(own.count()).toBeLessThan(300)
    expect(best?.bytes).toBeLessThan(1.15 * cheapestOfAll(own))
  })

  it('gives nothing back where the candidate passes, and says so where nothing helps', async () => {
    const own = toy(5, 1)
    const passes = await searchPlan(own.pieces, async (sets) =>
      sets.map((set) => ({ ...own.measureOne(set), verdict: 'pass' })),
    )
    expect(passes.best?.pieces).toEqual([])
    const fails = await searchPlan(own.pieces, async (sets) =>
      sets.map((set) => ({ ...own.measureOne(set), verdict: 'inconclusive' })),
    )
    expect([fails.best, fails.all.pieces.length]).toEqual([null, 5])
  })

  it('keeps of all plans those that no other is as cheap and as good as', async () => {
    const own = toy(6, 3)
    const { tried } = await searchPlan(own.pieces, own.measure)
    const frontier = frontierOf(tried)
    for (const one of frontier)
      expect(
        tried.filter(({ bytes, survived }) => bytes <= one.bytes && (survived ?? 0) > (one.survived ?? 0)),
      ).toEqual([])
    expect(frontier.map(({ bytes }) => bytes)).toEqual(
      frontier.map(({ bytes }) => bytes).sort((a, b) => a - b),
    )
  })
})

it('a plan is told in the words of four quantizers', () => {
  const names = [
    'model.layers.12.mlp.down_proj.weight',
    'gpt_neox.layers.3.attention.dense.weight',
    'model.layers.0.mlp.experts.7.up_proj.weight',
  ]
  expect(exportsOf(names, 'BF16')).toEqual({
    llamaQuantize: [
      "--tensor-type '^blk\\.12\\.ffn_down\\.weight$=bf16'",
      "--tensor-type '^blk\\.3\\.attn_output\\.weight$=bf16'",
    ],
    llamaQuantizeUnnamed: ['model.layers.0.mlp.experts.7.up_proj.weight'],
    llmCompressor: {
      ignore: [
        'model.layers.12.mlp.down_proj',
        'gpt_neox.layers.3.attention.dense',
        'model.layers.0.mlp.experts.7.up_proj',
      ],
      config_groups: {},
    },
    gptqModel: {
      dynamic: {
        '-:^model\\.layers\\.12\\.mlp\\.down_proj$': {},
        '-:^gpt_neox\\.layers\\.3\\.attention\\.dense$': {},
        '-:^model\\.layers\\.0\\.mlp\\.experts\\.7\\.up_proj$': {},
      },
    },
    autoRound: {
      layer_config: {
        'model.layers.12.mlp.down_proj': { bits: 16, data_type: 'float' },
        'gpt_neox.layers.3.attention.dense': { bits: 16, data_type: 'float' },
        'model.layers.0.mlp.experts.7.up_proj': { bits: 16, data_type: 'float' },
      },
    },
  })
})

const workshop = new Workshop()
afterAll(() => workshop.remove())
const VOCABULARY = 256
const reference = randomLlama('llama', VOCABULARY)
const config: AuditConfig = {
  ...SHORT,
  reference: workshop.plain(reference, 'reference'),
  saes: [{ source: workshop.randomSae(64, 1, 'sae'), hook: null, center: null }],
  corpus: {
    ...SHORT.corpus,
    source: `tokens:${idsFile(workshop, VOCABULARY)}`,
    blockLength: 16,
    tokens: null,
  },
  perplexity: { chunked: false, sliding: null },
  allowBadFit: true,
}

function planFile(name: string, file: unknown): string {
  const path = workshop.at(`${name}.json`)
  writeFileSync(path, JSON.stringify(file))
  return `plan:${path}`
}

const withTensors = (model: PlainModel, other: PlainModel, names: readonly string[]): PlainModel => ({
  config: model.config,
  tensors: new Map(
    [...model.tensors].map(([name, tensor]) => [
      name,
      names.includes(name) ? (other.tensors.get(name) ?? tensor) : tensor,
    ]),
  ),
})

/** A tensor's rows in another order. */
function shuffled(model: PlainModel, fault: string): PlainModel {
  const tensors = [...model.tensors].map(([name, tensor]) => {
    const { shape, data } = tensor
    const [rows = 1, width = 1] = shape
    if (name !== fault) return [name, tensor] as const
    return [
      name,
      {
        shape,
        data: data.map((_, i) => data[((Math.floor(i / width) + 5) % rows) * width + (i % width)] ?? 0),
      },
    ] as const
  })
  return { config: model.config, tensors: new Map(tensors) }
}

const FAULT = 'model.layers.1.self_attn.o_proj.weight'
const OTHER = 'model.layers.0.mlp.down_proj.weight'
const faulty = shuffled(shuffled(reference, FAULT), OTHER)

describe('plan:FILE', () => {
  it('is the candidate with tensors of the reference, whatever the base is', async () => {
    const base = workshop.plain(faulty, 'faulty')
    const mended = workshop.plain(withTensors(faulty, reference, [FAULT]), 'mended')
    const spec = planFile('one', { schema: 'saegate/tensor-plan@1', base, tensors: { [FAULT]: 'reference' } })
    const rounded = planFile('rounded', { schema: 'saegate/tensor-plan@1', base: 'rtn:3', tensors: {} })
    const wider = planFile('wider', {
      schema: 'saegate/tensor-plan@1',
      base: 'rtn:3',
      tensors: { [FAULT]: 'rtn:8' },
    })
    const { report } = await audit({ ...config, candidates: [mended, spec, 'rtn:3', rounded, wider] })
    const [folder, plan, three, empty, eight] = report.candidates.map(({ features }) => features[0])
    expect(plan?.survived).toEqual(folder?.survived)
    expect(plan?.residualError).toBeCloseTo(folder?.residualError ?? 0, 9)
    expect(empty?.residualError).toBeCloseTo(three?.residualError ?? 0, 9)
    expect(eight?.residualError).toBeLessThan(three?.residualError ?? 0)
    expect(report.candidates[1]?.name).toBe('one')
  })

  it.each([
    ['text', 'is no plan of tensors: it'],
    [{ schema: 'saegate/tensor-plan@1', base: 'rtn:4' }, /tensors/],
    [{ schema: 'saegate/tensor-plan@1', base: 'plan:x.json', tensors: {} }, /its base is a plan itself/],
    [
      { schema: 'saegate/tensor-plan@1', base: 'rtn:4', tensors: { nothing: 'reference' } },
      /no target tensor "nothing"/,
    ],
    [
      { schema: 'saegate/tensor-plan@1', base: 'rtn:4', tensors: { [FAULT]: 'prune:0.5' } },
      /neither reference nor a rounding/,
    ],
    [{ schema: 'saegate/tensor-plan@1', base: 'prune:match=rtn:4', tensors: {} }, /matched pruning/],
  ] as const)('refuses what is none (%#)', async (file, message) => {
    await expect(audit({ ...config, candidates: [planFile('bad', file)] })).rejects.toThrow(message)
  })
})

const POLICY = (least: number) => `
version: 1
name: survival
confidence: 0.8
rules:
  - {id: survival, metric: features.survived, min: ${least}}
`

/** Audits in this process. */
async function inProcess(
  policyText: string,
): Promise<{ readonly host: RepairHost; readonly asked: AuditConfig[] }> {
  const policy = await loadPolicy('policy.yaml', async () => policyText)
  const asked: AuditConfig[] = []
  const measure: RepairHost['measure'] = async (request) => {
    asked.push(request)
    const measured = await audit({ ...request, thresholds: policy.features, confidence: policy.confidence })
    return judge(measured, policy, { today: '2026-01-01', policySha256: '', baseline: null })
  }
  let kept = 0
  return {
    asked,
    host: {
      measure,
      measureAndWrite: async (request) => ({ report: await measure(request), path: 'report.json' }),
      keep: async (file: TensorPlanFile) => planFile(`kept-${kept++}`, file),
      offer: async (file: TensorPlanFile) => planFile('offered', file),
    },
  }
}

const request = (candidate: PlainModel, name: string): AuditRequest => ({
  ...config,
  candidates: [workshop.plain(candidate, name)],
  policy: 'policy.yaml',
  baseline: null,
  out: workshop.at('out'),
  config: null,
  expected: { reference: [], saes: [], corpus: [], candidates: [] },
  expectPolicy: [],
})

describe('repair', () => {
  it('mends planted faults with the tensors that have them, judged on tokens that the search has not seen', async () => {
    const { host, asked } = await inProcess(POLICY(0.8))
    const found = await repair(host, request(faulty, 'broken'), 'tensor')
    expect([...found.plan.units].sort()).toEqual([OTHER, FAULT])
    expect(found.file.tensors).toEqual({ [FAULT]: 'reference', [OTHER]: 'reference' })
    expect(found.judged?.verdict).toBe('pass')
    expect(asked.map(({ half }) => half)).toEqual([...asked.slice(1).map(() => 'first'), 'second'])
    expect(found.frontier.at(-1)?.survived).toBe(1)
    expect(repairText(found)).toMatch(
      /^Keep .* as the reference has them: .* bits per weight\.\n.* judged once, the policy passes\./,
    )
  })

  it('takes no more than it needs, and every cheaper set of few was tried', async () => {
    const one = shuffled(reference, FAULT)
    const { host } = await inProcess(POLICY(0.8))
    const found = await repair(host, request(one, 'one fault'), 'block')
    expect([found.plan.units, found.exhaustive]).toEqual([['blocks.1'], true])
  })

  it('says where no plan helps because the reference fails itself', async () => {
    const { host } = await inProcess(
      `${POLICY(0.8)}  - {id: impossible, metric: features.damaged, min: 0.5}\n`,
    )
    await expect(repair(host, request(faulty, 'hopeless'), 'block')).rejects.toThrow(
      /still fails \(impossible\)/,
    )
  })

  it('refuses a text that cannot be halved', async () => {
    const { host } = await inProcess(POLICY(0.8))
    const short = { ...request(faulty, 'short'), corpus: { ...config.corpus, blockLength: 256, tokens: 256 } }
    await expect(repair(host, short, 'block')).rejects.toThrow(/one half of them and judged on the other/)
  })
})
