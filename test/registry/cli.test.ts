/** @file `saegate registry` as it is typed, over folders; no model is run. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCli } from '../../src/cli/run.ts'
import type { Entry } from '../../src/registry/state/entries.ts'
import { withState } from '../../src/registry/state/open-state.ts'
import { fakeHost, runHere } from '../cli/fake-host.ts'

let root = ''
const at = (name: string): string => join(root, name)
const registry = (...args: readonly string[]) => runHere(['registry', ...args])
const FLAGS = () => ['--config', at('registry.yaml')] as const
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'saegate-test-'))
  for (const name of ['one', 'two', 'notes']) mkdirSync(at(`models/${name}`), { recursive: true })
  for (const name of ['one', 'two']) writeFileSync(at(`models/${name}/model.safetensors`), name)
  write()
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const write = (more = ''): void =>
  writeFileSync(
    at('registry.yaml'),
    `version: 1
state: ${at('state')}
sources: [{name: lab, folder: {path: ${at('models')}}}]
audit:
  reference: fixtures/models/neox
  saes: [none]
  corpus: {source: fixtures/corpus/eval_head.txt, tokens: 2k, blockLength: 64}
  policy: default
rules: [{match: '*'}]
${more}`,
  )

const INPUTS = { candidate: 'c', reference: 'r', sae: 's', corpus: 't', policy: 'p', options: 'o', tool: '1' }
const finished = (item: string, folder: string, verdict: 'pass' | 'fail'): Entry => ({
  type: 'finished',
  item,
  revision: '0123456789abcdef',
  key: folder,
  folder,
  inputs: INPUTS,
  run: 'r',
  tries: 1,
  seconds: 1,
  outcome: {
    kind: 'verdict',
    verdict,
    blocks: verdict === 'fail',
    figures: { survived: 0.9812, damaged: 0, perplexityDelta: 0.4, klMean: 0.0032, bytes: 1 },
    report: 'digest',
  },
})
const listed = (name: string): Entry => ({
  type: 'listed',
  items: [{ source: 'lab', name, revision: '0123456789abcdef', when: null, tags: [], base: null }],
})
const history = (...entries: readonly Entry[]) => withState(at('state'), ({ note }) => note(...entries))

describe('registry run --dry-run', () => {
  it('says what would be audited and why, and what is no candidate, and writes nothing', async () => {
    const { status, out } = await registry('run', ...FLAGS(), '--dry-run')
    expect(out).toMatch(/2 candidates, dry run/)
    expect(out).toMatch(/Would be audited: lab:one \(new\), lab:two \(new\)|lab:two \(new\), lab:one \(new\)/)
    expect(out).toContain('No weights in: lab:notes.')
    expect(status).toBe(0)
    await expect(async () => readFileSync(at('state/journal.jsonl'))).rejects.toThrow()
  })

  it('is JSON where that is asked for, and a job’s summary on GitHub', async () => {
    const host = fakeHost(['registry', 'run', ...FLAGS(), '--dry-run', '--format', 'json'], null, {
      GITHUB_STEP_SUMMARY: at('summary.md'),
    })
    expect(await runCli(host)).toBe(0)
    expect(JSON.parse(host.out())).toMatchObject({
      schema: 'saegate/registry-run@1',
      isDryRun: true,
      listed: 2,
    })
    expect(readFileSync(at('summary.md'), 'utf8')).toContain('### Registry: 2 candidates, dry run')
  })

  it('names the shards that have work', async () => {
    const { out } = await registry('matrix', ...FLAGS(), '--shards', '3')
    const { shard, due }: { shard: string[]; due: number } = JSON.parse(out)
    expect(due).toBe(2)
    expect(shard.length).toBeGreaterThan(0)
    const counts = await Promise.all(
      ['1/3', '2/3', '3/3'].map(async (one) => {
        const { out: text } = await registry(
          'run',
          ...FLAGS(),
          '--dry-run',
          '--format',
          'json',
          '--shard',
          one,
        )
        const { due: ours }: { due: unknown[] } = JSON.parse(text)
        return [one, ours.length] as const
      }),
    )
    expect(counts.filter(([, n]) => n > 0).map(([one]) => one)).toEqual(shard)
    expect(counts.reduce((sum, [, n]) => sum + n, 0)).toBe(2)
  })
})

describe('registry.yaml', () => {
  it.each([
    ['rules: [{match: a}]', /sources/],
    ['sources: [{name: a}]\nrules: [{match: a}]', /exactly one is needed/],
    ['sources: [{name: a, folder: {path: x}, hub: {}}]\nrules: [{match: a}]', /folder and hub/],
    ['sources: [{name: a, folder: {path: x}}, {name: a, hub: {}}]\nrules: [{match: a}]', /called "a" too/],
    ['sources: [{name: a, folder: {path: x}}]\nrules: [{source: b}]', /names the source "b"/],
    ['sources: [{name: a, folder: {paht: x}}]\nrules: [{match: a}]', /paht.*path/s],
    ['sources: [{name: a, folder: {path: x}}]\nrules: [{match: a, audit: {corpsu: x}}]', /corpsu.*corpus/s],
    [
      'sources: [{name: a, folder: {path: x}}]\nrules: [{match: a, timeout: soon, audit: {reference: x, saes: [none], corpus: y}}]',
      /soon/,
    ],
    ['sources: [{name: a, folder: {path: x}}]\nrules: [{match: a}]', /--reference|reference.*missing/s],
    [
      'sources: [{name: a, folder: {path: x}}]\nrules: [{match: a, audit: {reference: x, saes: [none], corpus: y, policy: nowhere.yaml}}]',
      /nowhere\.yaml/,
    ],
    [
      'sources: [{name: a, hub: {webhookSecretEnv: NOT_SET_ANYWHERE}}]\nrules: [{skip: why}]',
      /NOT_SET_ANYWHERE/,
    ],
  ])('%s is refused in one message, with status 2', async (text, message) => {
    writeFileSync(at('wrong.yaml'), `version: 1\n${text}\n`)
    const { status, err } = await registry('run', '--config', at('wrong.yaml'), '--dry-run')
    expect(err).toMatch(message)
    expect(status).toBe(2)
  })

  it.each([
    ['--shard', '5/4'],
    ['--shard', '0/4'],
    ['--max-hours', 'soon'],
    ['--max-disk', '1'],
    ['--jobs', '0'],
  ])('and %s %s too', async (flag, value) => {
    expect((await registry('run', ...FLAGS(), '--dry-run', flag, value)).status).toBe(2)
  })
})

describe('the history', () => {
  it('is shown as status, as history, and of one candidate', async () => {
    await history(listed('one'), finished('lab:one', 'k1', 'fail'), finished('lab:one', 'k2', 'pass'))
    const flags = FLAGS()
    const words = async (...args: readonly string[]) =>
      (await registry(...args)).out.replaceAll(/[\u00A0\u2009\u202F]/g, ' ')
    expect(await words('status', ...flags)).toMatch(
      /✓ lab:one\s+pass\s+survived 98\.1 %, perplexity \+0\.4 %, KL 0\.0032/,
    )
    expect(await words('history', ...flags)).toMatch(/✓ lab:one@0123456789ab {2}pass .*\n.*✗ lab:one/)
    expect(await words('show', 'lab:o*', ...flags)).toContain(
      `report    ${at('state/reports/k2/report.json')}`,
    )
    const { out } = await registry('history', 'lab:one', '--json', ...flags)
    expect(JSON.parse(out)).toHaveLength(2)
  })

  it('of a candidate that is not there is refused, and one like it named', async () => {
    await history(listed('one'))
    const { status, err } = await registry('show', 'hub:one', ...FLAGS())
    expect([status, err]).toEqual([2, expect.stringContaining('lab:one')])
  })

  it('that nobody has written is said to be none', async () => {
    expect(await registry('status', ...FLAGS())).toMatchObject({
      status: 2,
      err: expect.stringContaining('holds no history'),
    })
    expect((await registry('retry', 'x', ...FLAGS())).status).toBe(2)
  })

  it('has a candidate audited again when somebody asks', async () => {
    await history(listed('one'), finished('lab:one', 'k1', 'pass'))
    expect((await registry('retry', 'lab:*', ...FLAGS())).out).toContain('lab:one')
    expect((await registry('status', ...FLAGS())).out).toContain('asked for again')
    const { out } = await registry('run', ...FLAGS(), '--dry-run')
    expect(out).toContain('lab:one (somebody asked for it)')
  })
})

describe('registry gc', () => {
  it('keeps the last reports of each candidate, and those of runs that were killed; the history stays', async () => {
    await history(listed('one'), ...['k1', 'k2', 'k3'].map((key) => finished('lab:one', key, 'pass')), {
      type: 'started',
      item: 'lab:one',
      key: 'k4',
      run: 'r',
    })
    for (const key of ['k1', 'k2', 'k3', 'k4', 'nobody'])
      mkdirSync(at(`state/reports/${key}`), { recursive: true })
    const { out } = await registry('gc', '--keep', '2', ...FLAGS())
    expect(out).toContain('2 reports and 0 downloads deleted')
    const { out: told } = await registry('history', '--json', ...FLAGS())
    expect(JSON.parse(told)).toHaveLength(3)
  })
})
