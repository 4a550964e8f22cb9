/**
 * @file .github/workflows/registry-night.yml, its scripts run by bash as they are written: three nights over folders, the last without a
 * change. Candidates have no config, so that their audits end at once.
 *
 * @module-tag slow
 */
import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { parse } from 'yaml'
import { readState } from '../../src/registry/state/open-state.ts'
import { isWorkflow, type Step } from '../action/workflow-lint.ts'
import { runHere } from '../cli/fake-host.ts'

const SCRIPT = readFileSync('.github/workflows/registry-night.yml', 'utf8')

let root = ''
const at = (name: string): string => join(root, name)
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'saegate-test-'))
  mkdirSync(at('bin'))
  // Say what it was given; answer what it is told to.
  command('saegate', 'printf "%s\\n" "$@" END >> calls; printf "%s" "$ANSWER"')
  for (let i = 0; i < 4; i++) {
    mkdirSync(at(`models/m${i}`), { recursive: true })
    writeFileSync(at(`models/m${i}/model.safetensors`), String(i))
  }
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

function command(name: string, text: string): void {
  writeFileSync(at(`bin/${name}`), `#!/bin/sh\n${text}\n`)
  chmodSync(at(`bin/${name}`), 0o755)
}

function step(job: string, name: string): Step {
  const workflow: unknown = parse(SCRIPT)
  if (!isWorkflow(workflow)) throw new Error('no workflow')
  const found = workflow.jobs[job]?.steps?.find((one) => one.name === name)
  if (found?.run === undefined) throw new Error(`${job} has no step ${name}`)
  return found
}

/** A step's script in a job's folder; what it wrote to its outputs. */
function bash(folder: string, { run = '' }: Step, env: Readonly<Record<string, string>>): string {
  const output = at(`${folder}/output`)
  writeFileSync(output, '')
  execFileSync('bash', ['--norc', '-e', '-c', run], {
    cwd: at(folder),
    env: {
      PATH: `${at('bin')}:${process.env.PATH}`,
      GITHUB_OUTPUT: output,
      ANSWER: '',
      CONFIG: 'registry.yaml',
      SHARDS: '4',
      HOURS: '5',
      DISK: '10GB',
      ...env,
    },
  })
  return readFileSync(output, 'utf8')
}

/** The same, and then what it would have had saegate do, done. */
async function saegate(folder: string, name: Step, env: Readonly<Record<string, string>>) {
  rmSync(at(`${folder}/calls`), { force: true })
  bash(folder, name, env)
  const calls = readFileSync(at(`${folder}/calls`), 'utf8')
    .split('END\n')
    .filter(Boolean)
  const ended = []
  for (const call of calls) {
    const args = call.trimEnd().split('\n')
    const isPath = (text: string) => text === 'registry.yaml' || text === 'state' || text.startsWith('parts/')
    ended.push(await runHere(args.map((text) => (isPath(text) ? at(`${folder}/${text}`) : text))))
  }
  return ended
}

/** A job’s folder with what it begins with. */
function job(folder: string, before: string | null): void {
  mkdirSync(at(folder), { recursive: true })
  const config = {
    version: 1,
    sources: [{ name: 'lab', folder: { path: at('models') } }],
    audit: {
      reference: 'fixtures/models/neox',
      saes: ['none'],
      corpus: { source: 'fixtures/corpus/eval_head.txt', tokens: '2k', blockLength: 64 },
      policy: 'default',
    },
    rules: [{ match: '*' }],
  }
  writeFileSync(at(`${folder}/registry.yaml`), JSON.stringify(config))
  if (before !== null) cpSync(at(before), at(`${folder}/state`), { recursive: true })
}

interface Matrix {
  readonly shard: readonly string[]
  readonly due: number
}

/** What a night does; the shards that had work, and those of them that `loses` says never handed anything on. */
async function night(name: string, before: string | null, loses = 0) {
  job(`${name}/plan`, before)
  const due = step('plan', 'What is due?')
  const [answer] = await saegate(`${name}/plan`, due, {})
  const output = bash(`${name}/plan`, due, { ANSWER: answer?.out.trim() ?? '' })
  const matrix: Matrix = JSON.parse(/^matrix=(.*)$/m.exec(output)?.[1] ?? '')
  job(`${name}/collect`, before)
  for (const [index, shard] of matrix.shard.entries()) {
    const folder = `${name}/leg-${index}`
    job(folder, before)
    const [ended] = await saegate(folder, step('audit', 'Audit this shard'), { SHARD: shard })
    expect(ended?.status, ended?.err).toBe(3)
    const part = at(`${name}/collect/parts/saegate-part-${index}`)
    if (index >= loses) cpSync(at(`${folder}/state`), part, { recursive: true })
  }
  const shards = { SHARDS: matrix.shard.join(',') }
  const [collected] =
    matrix.due === 0
      ? []
      : await saegate(`${name}/collect`, step('collect', 'Bring the shards together'), shards)
  const told = await saegate(`${name}/collect`, step('collect', 'Tell the verdicts'), {})
  expect(told.map(({ status }) => status)).toEqual([0, 0])
  return { matrix, collected, told: told[0]?.out ?? '', state: `${name}/collect/state` }
}

it('audits what is new on the machines that have work, what one of them lost the night after, and then nothing', async () => {
  const first = await night('first', null, 1)
  const [lost = '', ...others] = first.matrix.shard
  expect([first.matrix.due, others.length > 0]).toEqual([4, true])
  expect(first.collected).toMatchObject({ status: 3, err: `Shard ${lost} is missing.\n` })
  expect(first.told).toContain('4 candidates, 0 audited')
  const second = await night('second', first.state)
  expect([second.matrix.shard, second.collected?.status]).toEqual([[lost], 0])
  const third = await night('third', second.state)
  expect(third.matrix).toEqual({ shard: [], due: 0 })
  expect((await readState(at(third.state))).audits).toHaveLength(4)
})

it.skipIf(!existsSync('/usr/bin/jq'))(
  'takes the newest history that this repository’s default branch left',
  () => {
    const artifact = (id: number, run: number, changes: object = {}, expired = false) => ({
      id,
      expired,
      workflow_run: { id: run, head_branch: 'main', head_repository_id: 1, repository_id: 1, ...changes },
    })
    const pages = [
      [artifact(9, 109, { head_repository_id: 2 }), artifact(12, 112, {}, true), artifact(7, 107)],
      [artifact(10, 110), artifact(11, 111, { head_branch: 'other' })],
    ]
    mkdirSync(at('job'))
    for (const [i, artifacts] of pages.entries())
      writeFileSync(at(`job/page${i}`), JSON.stringify({ artifacts }))
    // gh applies its --jq to every page.
    command('gh', 'for filter; do :; done; for page in page*; do jq -r "$filter" "$page"; done')
    const find = step('plan', 'Find the history')
    const env = { GITHUB_REPOSITORY: 'octo/models', BRANCH: 'main', GH_TOKEN: 't' }
    expect(bash('job', find, env)).toBe('run=110\n')
    rmSync(at('job/page1'))
    expect(bash('job', find, { ...env, BRANCH: 'none' })).toBe('run=\n')
    command('gh', 'exit 1')
    expect(() => bash('job', find, env)).toThrow()
  },
)
