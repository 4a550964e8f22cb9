import { describe, expect, it } from 'vitest'
import type { Measurement } from '../../src/contract/report/measurement.ts'
import { judge } from '../../src/policy/judge.ts'
import { against, context, first, policyOf, resultsOf } from './judging.ts'
import { broken, dissociated, faithful, measurementOf } from './measurements.ts'

const named = { ...dissociated, name: 'int6', spec: './int6' }
const before = measurementOf({ ...faithful, name: 'int6', spec: './int6' })
const after = measurementOf(named)
const rules = [
  '  - {id: drop, metric: features.survived, maxDrop: 0.02, layers: [3]}',
  '  - {id: rise, metric: features.degraded, maxRise: 0.9, layers: [3]}',
  '  - {id: each, metric: features.correlation, features: [0, 1], maxDrop: 0.02, layers: [3]}',
].join('\n')

describe('against a baseline', () => {
  it('drops and rises are measured and decided on paired replicates', async () => {
    const results = await resultsOf(rules, after, '', against(before))
    const [was, is] = [before, after].map(({ report }) => report.candidates[0]!.features[0]!)
    expect(results.map(({ status }) => status)).toEqual(['fail', 'pass', 'fail'])
    expect(results[0]?.observed).toBeCloseTo(was!.survived.fraction - is!.survived.fraction, 12)
    expect(results[1]?.observed).toBeCloseTo(is!.degraded.fraction - was!.degraded.fraction, 12)
    expect(results[2]?.message).toContain('feature 0')
    const [low, high] = results[0]!.ci!
    expect(low! < Number(results[0]?.observed) && Number(results[0]?.observed) < high!).toBe(true)
  })

  it('of itself nothing has changed, surely', async () => {
    for (const result of await resultsOf(rules, after, '', against(after))) {
      expect(result).toMatchObject({ status: 'pass', observed: 0, ci: [0, 0] })
    }
  })

  it('lists every change and the features newly lost', async () => {
    const report = judge(after, await policyOf(rules), against(before))
    const { baseline, newlyLost } = report.candidates[0]!
    const survived = baseline!.find(
      ({ metric, readout }) => metric === 'features.survived' && readout === first,
    )!
    expect(survived.delta).toBeCloseTo(survived.current - survived.baseline, 12)
    expect(baseline!.map(({ metric }) => metric)).toContain('perplexity.chunked.deltaPercent')
    const classes = [before, after].map(({ evidence }) => evidence[0]!.table.class)
    const expected = classes[0]!.flatMap((was, j) =>
      was === 'survived' && classes[1]![j] !== 'survived' ? [j] : [],
    )
    expect(expected.length).toBeGreaterThan(3)
    expect(newlyLost![0]).toEqual({ readout: first, features: expected })
    const back = judge(before, await policyOf(rules), against(after)).candidates[0]!
    expect(back.newlyLost!.map(({ features }) => features)).toEqual([[], []])
    const same = judge(after, await policyOf(rules), against(after)).candidates[0]!
    expect(same.newlyLost!.map(({ features }) => features)).toEqual([[], []])
    expect(report.baseline).toEqual({
      path: 'base/report.json',
      sha256: 'd'.repeat(64),
      createdAt: before.report.createdAt,
    })
  })
})

describe('a baseline', () => {
  it('rules are skipped without one, or fail where the policy requires one', async () => {
    const policy = await policyOf(rules)
    expect(judge(after, policy, context).candidates[0]!.rules.map(({ status }) => status)).toEqual(
      Array(3).fill('skipped'),
    )
    const required = await resultsOf(rules, after, 'baseline: required\n')
    expect(required.map(({ status }) => status)).toEqual(Array(3).fill('fail'))
    expect(required[0]?.advice).toContain('--baseline')
    const stranger = measurementOf(faithful, broken)
    expect(judge(after, policy, against(stranger)).candidates[0]!.rules[0]?.message).toContain(
      'no candidate int6',
    )
  })

  it.each([
    [
      'corpus.sha256',
      (report: Measurement['report']) => ({ ...report, corpus: { ...report.corpus, sha256: 'x' } }),
    ],
    ['corpus.blockLength', (report: Measurement['report']) => withCorpus(report, { blockLength: 8 })],
    ['corpus.bos', (report: Measurement['report']) => withCorpus(report, { bos: 3 })],
    ['corpus.groups', (report: Measurement['report']) => withCorpus(report, { groups: 16 })],
    [
      'reference.sha256',
      (report: Measurement['report']) => ({ ...report, reference: { ...report.reference, sha256: 'x' } }),
    ],
    ['.sha256', (report: Measurement['report']) => withReadout(report, { sha256: 'x' })],
    [
      '.positions',
      (report: Measurement['report']) => withReadout(report, { positions: 'skip-first' as const }),
    ],
    [
      '.thresholds.survived',
      (report: Measurement['report']) =>
        withReadout(report, { thresholds: { survived: 0.8, damaged: 0.5, active: 0.05 } }),
    ],
    [
      '.thresholds.active',
      (report: Measurement['report']) =>
        withReadout(report, { thresholds: { survived: 0.9, damaged: 0.5, active: 0.1 } }),
    ],
    [
      'readouts',
      (report: Measurement['report']) => ({
        ...report,
        readouts: [{ ...report.readouts[0]!, id: 'blocks.0.hook_resid_pre' }],
      }),
    ],
  ])('another %s is refused, and named', async (field, change) => {
    const other = { ...before, report: change(before.report) }
    const policy = await policyOf(rules)
    expect(() => judge(after, policy, against(other))).toThrow(field)
    expect(() => judge(after, policy, against(other))).toThrow('base/report.json')
  })
})

describe('the reference of a baseline', () => {
  const [w, c, t, x] = ['1'.repeat(64), '2'.repeat(64), '3'.repeat(64), '4'.repeat(64)]
  type Reference = Measurement['report']['reference']
  const using = (
    measurement: Measurement,
    files: NonNullable<Reference['files']> | null,
    sha256: string,
    isNew = true,
  ): Measurement => {
    const reference: Reference = { ...measurement.report.reference, sha256 }
    if (files !== null) reference.files = files
    const report = { ...measurement.report, reference, ...(isNew ? { digests: 'files-read' as const } : {}) }
    return { ...measurement, report }
  }
  const here = using(after, { 'config.json': c, 'm.safetensors': w, 'tokenizer.json': t }, 'a'.repeat(64))
  const judged = async (baseline: Measurement) => judge(here, await policyOf(rules), against(baseline))

  it('is another with another config, whose name is told', async () => {
    const other = using(before, { 'config.json': x, 'm.safetensors': w, 'tokenizer.json': t }, 'b'.repeat(64))
    await expect(judged(other)).rejects.toThrow('reference.sha256 (what differs is config.json)')
    const without = using(before, { 'm.safetensors': w, 'tokenizer.json': t }, 'b'.repeat(64))
    await expect(judged(without)).rejects.toThrow('what differs is config.json')
  })

  it('is the same where its tokenizer was not needed, the token ids being the same', async () => {
    const ids = using(before, { 'config.json': c, 'm.safetensors': w }, 'b'.repeat(64))
    expect((await judged(ids)).warnings.join()).not.toContain('digests')
  })

  it('of an older report is held against as far as it tells, and the rest is a warning', async () => {
    const files = { 'config.json': c, 'm.safetensors': w, 'tokenizer.json': t }
    const known = await judged(using(before, files, w, false))
    expect(known.warnings.join()).toContain('whether the SAEs are the same is not known')
    await expect(judged(using(before, { ...files, 'config.json': x }, w, false))).rejects.toThrow(
      'config.json',
    )
    const unknown = await judged(using(before, null, w, false))
    expect(unknown.warnings.join()).toContain('whether reference and SAEs are the same is not known')
  })
})

describe('a baseline measured otherwise', () => {
  it('on another device or in another number type is compared, with a warning', async () => {
    const policy = await policyOf(rules)
    const on = (tool: Partial<Measurement['report']['tool']>) =>
      against({ ...before, report: { ...before.report, tool: { ...before.report.tool, ...tool } } })
    const here = {
      ...after,
      report: { ...after.report, tool: { ...after.report.tool, operands: 'float32' } },
    } as const
    const warningsOf = (baseline: ReturnType<typeof on>) => judge(here, policy, baseline).warnings.join('\n')
    expect(warningsOf(on({ operands: 'float32' }))).not.toMatch(/baseline/)
    expect(warningsOf(on({ operands: 'float32', device: 'cuda' }))).toContain('measured on cuda')
    expect(warningsOf(on({ operands: 'float16' }))).toContain('computed in float16, this report in float32')
    expect(warningsOf(on({}))).toContain('does not say in which number type')
  })

  it('of older intervals is compared by value and the own interval of each, and the rule says so', async () => {
    const report = structuredClone(before.report)
    delete report.corpus.resampling
    report.corpus.groups = 5
    const evidence = before.evidence.map(({ table, replicates: { features } }) => ({
      table,
      replicates: {
        method: 'delete-one' as const,
        features,
        correlations: Array.from({ length: 5 }, (_, g) =>
          Float64Array.from(features, (j, k) => (table.correlation[j] ?? 0) + 1e-3 * Math.sin(g + k)),
        ),
      },
    }))
    const policy = await policyOf(
      '  - {id: mean, metric: features.meanCorrelation, maxDrop: 0.02, layers: [3]}',
    )
    const old = { report, evidence }
    const judged = judge(after, policy, against(old))
    const [result] = judged.candidates[0]!.rules
    expect(result?.message).toContain('unpaired, each by its own interval')
    expect(judged.warnings.join('\n')).toContain('make intervals differently')
    // Each by itself, as a rule on that report alone would see it.
    const alone = await policyOf('  - {id: mean, metric: features.meanCorrelation, min: -1, layers: [3]}')
    const own = [old, after].map((one) => judge(one, alone, context).candidates[0]!.rules[0]!)
    const [there, here] = own.map(({ observed, ci }) => ({ value: Number(observed), ci: ci! }))
    expect(result?.observed).toBeCloseTo(there!.value - here!.value, 12)
    expect(result!.ci![0]).toBeCloseTo(
      Number(result!.observed) - Math.hypot(there!.value - there!.ci[0]!, here!.ci[1]! - here!.value),
      12,
    )
  })
})

function withCorpus(report: Measurement['report'], change: Partial<Measurement['report']['corpus']>) {
  return { ...report, corpus: { ...report.corpus, ...change } }
}

function withReadout(
  report: Measurement['report'],
  change: Partial<Measurement['report']['readouts'][number]>,
) {
  return {
    ...report,
    readouts: report.readouts.map((readout, i) => (i === 0 ? { ...readout, ...change } : readout)),
  }
}
