/**
 * @file A report that another run made is a claim: judged, shown, held against what the base asks for, and never a pass.
 *
 * @module-tag slow
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/contract/report/report-schema.ts'
import { type Ended, startAction } from './action-process.ts'
import { gate, heading } from './gate.ts'
import { forkRunEvent, HEAD, type Inputs, pullRequestEvent } from './harness.ts'

const BUILT = resolve('dist/action.js')
const said = gate()
const ownRun = {
  workflow_run: { ...forkRunEvent.workflow_run, head_repository: { owner: { login: 'octo' } } },
}
const CONFIG: Readonly<Record<string, string>> = {
  reference: './models/neox',
  candidates: '[rtn:8]',
  saes: '[./saes/neox/blocks.3.hook_resid_post, ./saes/neox/blocks.4.hook_resid_post]',
  corpus: '{source: ./corpus/eval.txt, tokens: 73984, blockLength: 128, bos: never}',
  perplexity: 'chunked,sliding=256/64',
}
const LENIENT =
  'version: 1\nname: lenient\nrules:\n  - {id: feature-survival, metric: features.survived, min: 0.01, layers: [4]}\n'

interface Handed {
  readonly event?: unknown
  readonly name?: string
  /** Keys of the base's saegate.yaml that differ. */
  readonly config?: Readonly<Record<string, string>>
  readonly policy?: string
  readonly inputs?: Inputs
  readonly change?: (report: Report) => unknown
  readonly script?: string | null
}

let once: Promise<{ readonly folder: string; readonly report: Report }> | undefined

/** A report of known content, in the folder of the run that made it. */
async function measuredOnce(): Promise<{ readonly folder: string; readonly report: Report }> {
  const { folder, outputs } = await said.act({ name: 'push', event: {} })
  return { folder, report: JSON.parse(readFileSync(outputs['report-json'] ?? '', 'utf8')) }
}

/** The action judges a report of known content, as `workflow_run` hands it on. */
async function hand({
  event = forkRunEvent,
  name = 'workflow_run',
  script = null,
  ...given
}: Handed = {}): Promise<Ended> {
  once ??= measuredOnce()
  const { folder, report } = await once
  const path = join(folder, 'out', 'report.json')
  const asked = {
    tokens: 73_984,
    lines: 'as-is',
    lineEnds: null,
    bos: 'never',
    field: null,
    template: false,
    subset: null,
    seed: 0,
    tokenizer: null,
    perplexity: 'chunked,sliding=256/64',
    positions: 'auto',
    activations: 'simulate',
    groups: 32,
    unrotate: false,
    rescale: false,
    tap: null,
    allowBadFit: false,
    precision: 'auto',
    streamRows: 'full',
  }
  const whole = { ...structuredClone(report), asked }
  writeFileSync(path, JSON.stringify(given.change?.(whole) ?? whole))
  writeFileSync(join(folder, 'judged.yaml'), given.policy ?? LENIENT)
  const lines = Object.entries({ ...CONFIG, ...given.config }).map(([key, value]) => `${key}: ${value}`)
  writeFileSync(join(folder, 'base.yaml'), `${lines.join('\n')}\npolicy: judged.yaml\nout: judged\n`)
  said.server().comments.length = 0
  said.server().pulls.push({ number: 12, state: 'open', head: { sha: HEAD, label: 'contributor:int6' } })
  const inputs = { report: path, 'check-run': 'true', ...given.inputs, config: 'base.yaml' }
  const env = { TEST_VERDICT: 'judged' }
  return await startAction({ script, url: said.url(), name, event, folder, inputs, env })
}

const check = () => said.server().checks.at(-1)
/** The sentence under the heading, without Markdown's escapes. */
const reasonIn = (text: string): string =>
  (/^.*Nobody here measured it.*$/m.exec(text)?.[0] ?? '').replace(/[\\\u2060]/g, '')
const comment = () => said.bodies(12)[0] ?? ''

describe('a report that a fork’s run measured', () => {
  it('is said to be claimed where every rule holds, and green nowhere', async () => {
    const ended = await hand({ script: BUILT })
    expect([ended.status, ended.outputs.verdict, ended.outputs.claimed, ended.outputs.enforced]).toEqual([
      0,
      'inconclusive',
      'true',
      'false',
    ])
    expect(check()).toMatchObject({
      conclusion: 'neutral',
      output: { title: 'Claimed by the fork’s run, not verified' },
    })
    for (const text of [comment(), ended.summary]) {
      expect(text).toContain('claimed by the fork’s run, not verified')
      expect(text).toContain('By its own figures every rule holds. Nobody here measured it.')
      expect(text).not.toContain('✅')
    }
    const written = readFileSync(ended.outputs['report-json']?.replace('json', 'md') ?? '', 'utf8')
    expect(heading(comment())).toContain('❔')
    expect(written).not.toContain('✅')
  })

  it('fails where it claims a failure', async () => {
    const strict = LENIENT.replace('0.01', '0.999')
    const failed = await hand({ policy: strict })
    expect([failed.status, failed.outputs.verdict, check()?.conclusion]).toEqual([1, 'fail', 'failure'])
    expect(heading(comment())).toContain('fail, claimed by the fork’s run, not verified')
  })

  it('is claimed by another run where that was no fork’s', async () => {
    said.server().pulls.push({ number: 12, state: 'open', head: { sha: HEAD, label: 'octo:int6' } })
    const own = await hand({ event: ownRun })
    expect(own.summary).toContain('claimed by another run, not verified')
    expect(own.outputs.verdict).toBe('inconclusive')
  })

  it('is claimed by an earlier step on a pull request, whose checkout that step ran in', async () => {
    const step = { name: 'pull_request', event: pullRequestEvent() }
    const honest = await hand(step)
    expect([honest.status, honest.outputs.verdict, honest.outputs.claimed]).toEqual([
      0,
      'inconclusive',
      'true',
    ])
    expect(check()).toMatchObject({
      conclusion: 'neutral',
      output: { title: 'Claimed by an earlier step, not verified' },
    })
    expect(honest.summary).not.toContain('✅')
    const config = { reference: 'hf:other/base', candidates: '[rtn:8, ./quantized]' }
    const other = await hand({ ...step, config })
    expect([other.status, other.outputs.verdict]).toEqual([1, 'inconclusive'])
    for (const words of [
      'reference: hf:other/base is asked for',
      'candidates: ./quantized is asked for, and the report has none of it',
    ])
      expect(reasonIn(other.summary)).toContain(words)
  })

  it('is this run’s own where an earlier step of a push measured: the honest way stays green', async () => {
    const own = await hand({ name: 'push', event: {} })
    expect([own.status, own.outputs.verdict, own.outputs.claimed]).toEqual([0, 'pass', 'false'])
    expect(check()?.conclusion).toBe('success')
    expect(own.summary).toContain('✅')
  })
})

describe('a claim', () => {
  it.each([
    ['reference', { reference: 'hf:other/base' }, 'reference: hf:other/base is asked for'],
    ['SAE', { saes: '[./saes/other]' }, 'saes[0]: ./saes/other is asked for'],
    [
      'hook',
      { saes: '[{source: ./saes/neox/blocks.3.hook_resid_post, hook: blocks.2.hook_resid_post}]' },
      'saes[0].hook: blocks.2.hook_resid_post is asked for, and the report has blocks.3.hook_resid_post',
    ],
    [
      'tokens',
      { corpus: '{source: ./corpus/eval.txt, tokens: 1k, blockLength: 128, bos: never}' },
      'tokens: 1000 is asked for',
    ],
    ['protocol', { perplexity: 'chunked' }, 'perplexity: chunked is asked for'],
    ['whatever decides a figure', { allowBadFit: 'true' }, 'allowBadFit: true is asked for'],
  ])('that has another %s than the base asks for is no harmless claim', async (_, config, words) => {
    const other = await hand({ config })
    expect([other.status, other.outputs.verdict, check()?.conclusion]).toEqual([1, 'inconclusive', 'failure'])
    for (const text of [comment(), other.summary]) expect(reasonIn(text)).toContain(words)
  })
})

describe('a report that was edited', () => {
  it.each([
    [
      'perplexity',
      (report: Report) => {
        const chunked = report.candidates.at(-1)?.perplexity.chunked
        if (chunked) Object.assign(chunked, { candidate: 46, candidateLoss: 3.83, deltaPercent: 0.1 })
        return report
      },
      'perplexity.chunked.candidate is 46',
    ],
    [
      'a count',
      (report: Report) => {
        const features = report.candidates.at(-1)?.features[0]
        if (features) features.survived.count += 1
        return report
      },
      'survived.count at blocks.3.hook_resid_post',
    ],
  ])('is refused where %s was edited, both values named', async (_, change, words) => {
    const edited = await hand({ change })
    expect(edited.status).toBe(2)
    expect(edited.stdout).toContain('FIGURES_DIFFER')
    expect(edited.stdout).toContain(words)
    expect(edited.stdout).toMatch(/give \d/)
    expect(said.bodies(12)[0]).toContain('did not finish')
  })

  it('is refused where its tables have no digests', async () => {
    const change = (report: Report) => {
      for (const one of report.candidates) for (const features of one.features) features.tableSha256 = null
      return report
    }
    const edited = await hand({ change })
    expect([edited.status, edited.stdout]).toEqual([2, expect.stringContaining('TABLE_WITHOUT_DIGEST')])
  })
})
