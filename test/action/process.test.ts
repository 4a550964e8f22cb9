/**
 * @file The bundled action as a runner starts it: a process with GITHUB_* and INPUT_* environment, against loopback.
 *
 * @module-tag slow
 */
import { execFile } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { GitHubServer } from '../delivery/github-server.ts'
import { actionBundle, startAction } from './action-process.ts'
import {
  forkRunEvent,
  HEAD,
  type Inputs,
  pullRequestEvent,
  RUNTIME,
  runnerEnv,
  workspace,
} from './harness.ts'

const BUILT = resolve('dist/action.js')
let entry: string
let server: GitHubServer
let url: string

beforeAll(async () => {
  entry = await actionBundle()
})
beforeEach(async () => {
  server = new GitHubServer()
  url = await server.start()
})
afterEach(() => server.stop())

const start = (script: string, name: string, event: unknown, inputs: Inputs, folder?: string) =>
  startAction({ script, url, name, event, inputs, ...(folder === undefined ? {} : { folder }) })

it('comments, annotates, summarises and exits 1', async () => {
  // The one that looks fine and is not is annotated where saegate.yaml names it.
  const env = { TEST_CANDIDATES: 'int8,int6-repaired,int4' }
  const ended = await startAction({ script: entry, url, event: pullRequestEvent(), env })
  expect(ended.stdout).toContain('::add-mask::t0ken')
  expect(ended.stdout.indexOf('::add-mask::')).toBe(0)
  expect(ended.stdout).toMatch(/^::(error|warning) title=saegate%3A .*file=saegate\.yaml,line=\d+/m)
  expect(ended.status).toBe(1)
  expect(ended.outputs).toMatchObject({ verdict: 'fail' })
  expect(ended.summary).toContain('saegate')
  expect(server.comments).toHaveLength(1)
  expect(server.comments[0]!.body).toContain(HEAD.slice(0, 12))
})

it('keeps verdict and summary when the token may not write', async () => {
  server.failing(/POST .*comments/, { status: 403, message: 'Resource not accessible by integration' })
  const ended = await start(entry, 'pull_request', pullRequestEvent('contributor/models'), {
    'fail-on': 'never',
  })
  expect(ended.status).toBe(0)
  expect(ended.stdout.match(/DELIVERY_WRITE_DENIED/g)).toHaveLength(1)
  expect(ended.summary).not.toBe('')
})

it('ends with 2 and one message when the audit is not fully said', async () => {
  const ended = await start(entry, 'push', {}, { 'fail-on': 'loudly' })
  expect(ended.status).toBe(2)
  expect(ended.stdout).toContain('input fail-on is "loudly"; allowed: error, warning or never')
  expect(ended.stdout).not.toMatch(/\n\s+at .*:\d+:\d+/)
})

it.runIf(existsSync(BUILT))(
  'judges and posts a stored report with the built action',
  async () => {
    const measured = await start(entry, 'push', {}, {})
    const report = join(measured.folder, 'out', 'report.json')
    server.pulls.push({ number: 12, state: 'open', head: { sha: HEAD, label: 'contributor:int6' } })
    const ended = await start(
      BUILT,
      'workflow_run',
      forkRunEvent,
      { report, 'runtime-path': RUNTIME, 'fail-on': 'never' },
      measured.folder,
    )
    expect(ended.stdout).not.toContain('UNEXPECTED')
    expect(ended.status).toBe(0)
    expect(server.comments).toMatchObject([{ issue: 12 }])
  },
  60_000,
)

it('runs under @github/local-action, with its stubs of the toolkit', async () => {
  const { env, folder } = runnerEnv(url, 'pull_request', pullRequestEvent())
  // This runner expands no expressions, and these defaults are some.
  const given = { ...workspace(folder), 'check-name': 'local', matrix: 'null', 'job-total': '1' }
  const inputs = Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])
  const lines = [...Object.entries(env), ...inputs].map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  writeFileSync(join(folder, '.env'), lines.join('\n'))
  const tool = resolve('node_modules/@github/local-action/bin/local-action.js')
  const stdout = await new Promise<string>((done) => {
    const args = [tool, '.', 'test/action/local-entry.ts', join(folder, '.env')]
    execFile(process.execPath, args, { timeout: 500_000 }, (_, stdout) => done(stdout))
  })
  expect(stdout).toMatch(/'verdict'\s+│ 'fail'/)
  expect(readFileSync(join(folder, 'summary'), 'utf8')).toContain('saegate')
  expect(server.comments).toHaveLength(1)
})

it.runIf(existsSync(BUILT))(
  'measures, judges and comments with the built action, engine and all',
  async () => {
    const small = {
      candidate: 'rtn:8\nrtn:4',
      tokens: '2k',
      'block-length': '128',
      policy: 'default',
      config: '',
    }
    const inputs = {
      ...small,
      reference: resolve('fixtures/models/neox'),
      sae: resolve('fixtures/saes/neox/blocks.4.hook_resid_post'),
      corpus: resolve('fixtures/corpus/eval_head.txt'),
    }
    const { folder } = runnerEnv(url, 'push', {})
    const ended = await start(BUILT, 'pull_request', pullRequestEvent(), inputs, folder)
    expect(ended.stdout).not.toContain('UNEXPECTED')
    expect(ended.status).toBe(1)
    expect(server.comments[0]?.body).toMatch(/`rtn-4` fails/)
    expect(ended.outputs['report-json']).toContain(join('out', 'report.json'))
  },
  120_000,
)
