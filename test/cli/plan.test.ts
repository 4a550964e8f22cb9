/** @file `saegate plan`: how long an audit takes, what that costs, and whether its tokens will decide the policy. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { timeOf } from '../../src/audit/plan/plan-time.ts'
import { runHere } from './fake-host.ts'
import { SHORT_AUDIT, saegate } from './program.ts'

const folder = mkdtempSync(join(tmpdir(), 'saegate-plan-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const ASKED = [...SHORT_AUDIT.slice(1), '--candidate', 'rtn:6']
const WEIGHTS = { held: 'resident', chosen: 'auto', ranges: 1, rangeBytes: 1, readsAhead: false } as const
const READING = { bytes: 5e9, bytesPerSecond: 1e9, seconds: 5 }

describe('the time of an audit', () => {
  const stages = [
    { stage: 'forward pass: reference', operations: 4e12 },
    { stage: 'losses', operations: 1e12 },
  ]
  const at = (d_model: number, readsAhead: boolean) =>
    timeOf(
      stages,
      { rate: 1e11, d_model },
      { reading: READING, weights: { ...WEIGHTS, held: 'stream', readsAhead } },
    )

  it('is that of its operations at a share of the rate of products, and of reading where that is waited for', () => {
    // 5e12 operations at 0.85 · 1e11 a second, 5 s of reading, 3 s of starting.
    expect(at(2304, false).seconds).toBeCloseTo(3 + 5 + 5e12 / 0.85e11, 9)
    expect(at(2304, true).seconds).toBeCloseTo(3 + 5e12 / 0.85e11, 9)
    expect(at(128, true).stages.map(({ seconds }) => seconds)).toEqual([80, 20])
  })
})

describe('saegate plan', () => {
  beforeAll(async () => {
    const policy = join(folder, 'policy.yaml')
    // One limit far away, one at the measured value's side, so that its interval reaches over it.
    writeFileSync(
      policy,
      `version: 1
name: margins
rules:
  - {id: far, metric: divergence.klMean, max: 10}
  - {id: near, metric: divergence.klMean, max: 0.06}
`,
    )
    await saegate([...SHORT_AUDIT, '--candidate', 'rtn:6', '--policy', policy, '--out', join(folder, 'last')])
  })

  it('measures the rate, times every stage and says what it costs', async () => {
    const { status, out } = await runHere(['plan', ...ASKED, '--rate', '2.5'])
    expect(status).toBe(0)
    expect(out).toMatch(
      /^time {7}about .*, [\d.e-]+ at 2\.5 an hour: [1-9]\d* GFLOP\/s of products, measured now$/m,
    )
    for (const stage of ['forward pass: reference', 'forward pass: candidate', 'losses', 'features at'])
      expect(out).toContain(`\n  ${stage}`)
  })

  it('says which rules the tokens of an earlier report left open, and how many they take', async () => {
    const report = join(folder, 'last', 'report.json')
    const asked = [...ASKED, '--policy', join(folder, 'policy.yaml'), '--baseline', report]
    const { out, status, err } = await runHere(['plan', ...asked, '--format', 'json'])
    expect(status, err).toBe(0)
    const plan = JSON.parse(out)
    const valid = new Ajv().compile(JSON.parse(readFileSync('schemas/plan.schema.json', 'utf8')))
    expect(valid(plan), JSON.stringify(valid.errors)).toBe(true)
    expect(plan.policy).toEqual({
      tokens: 1920,
      decided: 1,
      undecided: [
        {
          candidate: 'rtn-6',
          rule: 'near',
          advice: expect.stringMatching(/tokens would probably decide it/),
        },
      ],
    })
    const { out: text } = await runHere(['plan', ...asked])
    expect(text).toContain('policy     1 of 2 rules were decided on the 1,920 tokens of the baseline')
    expect(text).toContain('near (rtn-6): about')
  })

  it.each(['abc', '', '-1', 'Infinity'])('a rate of "%s" is refused', async (rate) => {
    const { status, err } = await runHere(['plan', ...ASKED, '--rate', rate])
    expect(status).toBe(2)
    expect(err).toContain('A number from 0 was expected')
  })
})

describe('saegate plan --shard', () => {
  it('is of that shard, which sums every feature of every candidate', async () => {
    const asked = [...ASKED, '--candidate', 'rtn:4', '--explain', '0', '--format', 'json']
    const sumsOf = async (...more: readonly string[]): Promise<{ bytes: number; detail: string }> => {
      const { out, err, status } = await runHere(['plan', ...asked, ...more])
      expect(status, err).toBe(0)
      return JSON.parse(out).held.find(({ what }: { what: string }) => what.endsWith(': sums'))
    }
    const [half, eighth] = [await sumsOf('--shard', '1/2'), await sumsOf('--shard', '8/8')]
    expect(half.detail).toBe(
      'of the reference over 2048 features, of 2 candidates over all of them, as in every shard',
    )
    // Of 16 token groups 8 and 2. float64, four sums of the reference and ten of each candidate.
    expect(half.bytes - eighth.bytes).toBe(8 * 2048 * (4 + 2 * 10) * (8 - 2))
    const whole = await sumsOf()
    expect(whole.detail).toContain('over about 2048 that are active')
  })

  it.each([
    ['1/2', '--explain cannot be measured shard by shard', []],
    ['1/99', 'has 16 token groups, and 99 shards were asked for', ['--explain', '0']],
    ['3/2', 'does not say which of how many', ['--explain', '0']],
  ] as const)('refuses what `audit --shard %s` refuses', async (shard, words, more) => {
    const { status, err } = await runHere(['plan', ...ASKED, ...more, '--shard', shard])
    expect(status).toBe(2)
    expect(err).toContain(words)
  })
})
