/**
 * @file The whole action in-process: inputs and event in; comment, outputs, annotations and exit status out.
 *
 * @module-tag slow
 */
import { mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { runAction } from '../../src/action/main.ts'
import type { Report } from '../../src/contract/report/report-schema.ts'
import { GitHubServer } from '../delivery/github-server.ts'
import {
  forkRunEvent,
  HEAD,
  hostWith,
  type Inputs,
  PULL,
  pullRequestEvent,
  recorder,
  runnerEnv,
  toolsWith,
  workspace,
} from './harness.ts'

let server: GitHubServer
let url: string

beforeEach(async () => {
  server = new GitHubServer()
  url = await server.start()
})
afterEach(() => server.stop())

interface Setting {
  readonly name?: string
  readonly event?: unknown
  readonly inputs?: Inputs
  readonly change?: (report: Report) => Report
  readonly width?: number
  /** Reuse the workspace of an earlier run. */
  readonly folder?: string
}

async function act({
  name = 'pull_request',
  event = pullRequestEvent(),
  inputs = {},
  change,
  width,
  folder,
}: Setting = {}) {
  const runner = runnerEnv(url, name, event)
  const at = folder ?? runner.folder
  const all = { ...workspace(at), ...inputs }
  const { core, seen } = recorder(all)
  const tools = toolsWith(change, width)
  const env = { ...runner.env, GITHUB_WORKSPACE: at }
  const status = await runAction(hostWith(core, seen, env), tools)
  return { status, seen, asked: tools.asked, env, folder: at }
}

const verdict = (value: 'pass' | 'fail' | 'inconclusive') => (report: Report) => ({
  ...report,
  verdict: value,
})

it('goes red, with comment, outputs, summary and annotations', async () => {
  const { status, seen, asked, env, folder } = await act()
  expect(status).toBe(1)
  expect(asked).toHaveLength(1)
  expect(asked[0]).toMatchObject({
    reference: join(folder, 'reference'),
    candidates: ['rtn:8', 'rtn:7', 'rtn:6', 'rtn:5', 'rtn:4'],
  })
  expect(server.comments).toHaveLength(1)
  expect(server.comments[0]).toMatchObject({ issue: PULL })
  expect(server.comments[0]!.body).toContain(`commit ${HEAD.slice(0, 12)}`)
  const report: Report = JSON.parse(readFileSync(join(folder, 'out', 'report.json'), 'utf8'))
  const survived = report.candidates.flatMap((one) =>
    one.features.map((features) => features.survived.fraction),
  )
  expect(seen.outputs).toMatchObject({
    verdict: 'fail',
    survived: String(Math.min(...survived)),
    dissociation: 'true',
    'report-json': join(folder, 'out', 'report.json'),
  })
  expect(Object.keys(seen.outputs).sort()).toEqual([
    'candidate-sha256',
    'claimed',
    'damaged',
    'degraded',
    'dissociation',
    'enforced',
    'gate-changed',
    'perplexity-delta',
    'reference-sha256',
    'report-json',
    'report-path',
    'survived',
    'verdict',
  ])
  expect(seen.summary).toContain('saegate')
  expect(seen.annotations.length).toBeGreaterThan(0)
  expect(seen.annotations.length).toBeLessThanOrEqual(10)
  expect(seen.annotations.some((one) => one.file === 'saegate.yaml' && (one.startLine ?? 0) >= 3)).toBe(true)
  expect(seen.secrets).toEqual(['t0ken'])
  expect(env).toHaveProperty('SAEGATE_RUNTIME')
})

it('says nothing new when nothing is new', async () => {
  await act()
  const { seen } = await act()
  expect(seen.log.join()).toContain('Comment: unchanged')
  expect(server.count(/PATCH/)).toBe(0)
  await act({ change: verdict('pass') })
  expect(server.comments).toHaveLength(1)
  expect(server.count(/PATCH/)).toBe(1)
})

it('keeps two gates on one pull request apart', async () => {
  await act({ inputs: { 'check-name': 'int6' } })
  await act({ inputs: { 'check-name': 'int4' } })
  await act({ inputs: { 'check-name': 'int6' } })
  expect(server.comments).toHaveLength(2)
})

it('keeps the verdict of a fork whose token may not write, and says so once', async () => {
  server.failing(/POST .*comments/, { status: 403, message: 'Resource not accessible by integration' })
  const { status, seen } = await act({
    event: pullRequestEvent('contributor/models'),
    change: verdict('pass'),
  })
  expect(status).toBe(0)
  const said = seen.annotations.filter((one) => one.title?.includes('DELIVERY'))
  expect(said).toHaveLength(1)
  expect(said[0]!.message).toContain('fork')
  expect(seen.outputs.verdict).toBe('pass')
})

it('lets no failing comment change the verdict', async () => {
  server.failing(/./, ...Array(100).fill({ status: 502 }))
  expect((await act({ change: verdict('pass') })).status).toBe(0)
  expect((await act()).status).toBe(1)
})

it('tries again after two 502', async () => {
  server.failing(/GET .*comments/, { status: 502 }, { status: 502 })
  const { seen } = await act()
  expect(seen.slept).toEqual([1000, 2000])
  expect(server.comments).toHaveLength(1)
})

it('posts a huge report whole enough', async () => {
  const many = (report: Report): Report => ({
    ...report,
    candidates: Array.from({ length: 150 }, (_, index) => ({
      ...report.candidates[index % report.candidates.length]!,
      name: `candidate-${index}-${'x'.repeat(80)}`,
    })),
  })
  const { seen } = await act({ change: many, width: 64 })
  expect(server.comments).toHaveLength(1)
  expect(server.comments[0]!.body.length).toBeLessThanOrEqual(65_536)
  expect(server.comments[0]!.body).toMatch(/saegate.*fail/)
  expect(Buffer.byteLength(seen.summary)).toBeLessThan(2 ** 20)
})

it('exits as fail-on says', async () => {
  expect((await act({ inputs: { 'fail-on': 'never' } })).status).toBe(0)
  expect((await act({ inputs: { 'fail-on': 'warning' }, change: verdict('pass') })).status).toBe(
    (await act({ change: verdict('pass') })).seen.annotations.some(
      (one) => one.title?.endsWith('fails') && one.level === 'warning',
    )
      ? 1
      : 0,
  )
})

it('opens a check run on request, and closes it', async () => {
  await act({ inputs: { 'check-run': 'true', 'check-name': 'int6 gate' } })
  expect(server.checks).toMatchObject([
    { name: 'int6 gate', head_sha: HEAD, status: 'completed', conclusion: 'failure' },
  ])
  await act()
  expect(server.checks).toHaveLength(1)
})

it('closes the check run as failed when the audit dies, and keeps its exit status', async () => {
  const { status, seen } = await act({ inputs: { 'check-run': 'true', candidate: 'rtn:6', tokens: 'abc' } })
  expect(status).toBe(2)
  expect(seen.annotations).toMatchObject([{ level: 'error', title: 'saegate: OPTION_INVALID' }])
  expect(seen.annotations[0]!.message).toContain('input tokens is "abc"')
  expect(seen.summary).toContain('did not finish')
  expect(server.checks).toMatchObject([{ conclusion: 'failure' }])
})

it('annotates the line of a mistake in saegate.yaml', async () => {
  const { folder } = runnerEnv(url, 'push', {})
  const runner = runnerEnv(url, 'push', {})
  const path = join(folder, 'broken.yaml')
  writeFileSync(path, 'reference: a\ncandidats: [b]\n')
  const { core, seen } = recorder({ config: path })
  expect(
    await runAction(hostWith(core, seen, { ...runner.env, GITHUB_WORKSPACE: folder }), toolsWith()),
  ).toBe(2)
  expect(seen.annotations).toMatchObject([{ file: 'broken.yaml', startLine: 2 }])
  expect(seen.annotations[0]!.message).toContain('did you mean "candidates"?')
})

it('masks tokens before anything is said, even where an input is wrong', async () => {
  const { seen } = await act({ inputs: { 'hf-token': 'hf_secret', comment: 'loudly' } })
  expect(seen.secrets).toEqual(['t0ken', 'hf_secret'])
  expect(JSON.stringify([seen.log, seen.annotations, seen.summary, seen.outputs])).not.toMatch(
    /hf_secret|t0ken/,
  )
})

it('delivers a fork’s report from a workflow_run to the pull request whose head it is', async () => {
  const first = await act({ name: 'push' })
  const report = join(first.folder, 'out', 'report.json')
  server.pulls.push({ number: 12, state: 'open', head: { sha: HEAD, label: 'contributor:int6' } })
  const { status, asked } = await act({ name: 'workflow_run', event: forkRunEvent, inputs: { report } })
  expect(status).toBe(1)
  expect(asked).toEqual([])
  expect(server.comments).toMatchObject([{ issue: 12 }])
  expect(server.comments[0]!.body).toContain('measured by an unprivileged run of the fork')
})

it('posts a fork’s report nowhere when its head has moved', async () => {
  const first = await act({ name: 'push' })
  server.pulls.push({ number: 12, state: 'open', head: { sha: 'c'.repeat(40), label: 'contributor:int6' } })
  const { status, seen } = await act({
    name: 'workflow_run',
    event: forkRunEvent,
    inputs: { report: join(first.folder, 'out', 'report.json') },
  })
  expect(status).toBe(1)
  expect(server.comments).toEqual([])
  expect(seen.annotations.map((one) => one.title)).toContain('saegate: DELIVERY_PULL_REQUEST_UNKNOWN')
})

/** Inputs whose every subject is a file, so that what they stand for can be told. */
function pinned(folder: string, words: string): Inputs {
  for (const name of ['reference', 'sae', 'text.txt']) writeFileSync(join(folder, name), name)
  writeFileSync(join(folder, 'candidate'), words)
  const [reference, candidate, sae, corpus] = ['reference', 'candidate', 'sae', 'text.txt'].map((name) =>
    join(folder, name),
  )
  return {
    reference: reference!,
    candidate: candidate!,
    sae: sae!,
    corpus: corpus!,
    'skip-unchanged': 'true',
  }
}

it('writes its report below the workspace or the runner’s temporary folder only, wherever links lead', async () => {
  const other = mkdtempSync(join(tmpdir(), 'saegate-other-'))
  writeFileSync(join(other, 'report.json'), 'another gate’s')
  const { folder } = runnerEnv(url, 'push', {})
  symlinkSync(other, join(folder, 'link'))
  for (const out of [
    other,
    join(folder, '..'),
    folder,
    join(folder, 'link'),
    join(folder, 'link', 'deeper'),
  ]) {
    const config = readFileSync(workspace(folder).config!, 'utf8').replace(
      /^out: .*$/m,
      `out: ${JSON.stringify(out)}`,
    )
    writeFileSync(join(folder, 'out.yaml'), config)
    const { status, seen } = await act({ folder, inputs: { config: join(folder, 'out.yaml') } })
    expect(status, out).toBe(2)
    expect(
      seen.annotations.map((one) => one.title),
      out,
    ).toEqual(['saegate: ACTION_OUT_OUTSIDE'])
  }
  expect(readFileSync(join(other, 'report.json'), 'utf8')).toBe('another gate’s')
  const honest = readFileSync(workspace(folder).config!, 'utf8').replace(
    /^out: .*$/m,
    `out: ${join(folder, 'sub', 'report')}`,
  )
  writeFileSync(join(folder, 'out.yaml'), honest)
  expect((await act({ folder, inputs: { config: join(folder, 'out.yaml') } })).status).toBe(1)
})

it('skips nothing when a repository is not pinned to a commit', async () => {
  const { folder } = runnerEnv(url, 'push', {})
  const inputs = { ...pinned(folder, 'w'), sae: 'hf:owner/sae@main' }
  await act({ folder, inputs })
  const again = await act({ folder, inputs })
  expect(again.asked).toHaveLength(1)
  expect(again.seen.log.join()).toContain('not pinned')
})
