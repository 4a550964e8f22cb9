/** @file Which commit has the word, for every event that may start a run. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readEvent } from '../../src/action/asked/event.ts'
import { commitsOf } from '../../src/action/rules/base-commit.ts'
import { BASE_TIP, forkRunEvent, HEAD, pullRequestEvent, runnerEnv } from './harness.ts'

/** GITHUB_SHA, what GitHub merges into, the tip of the default branch. */
const [SHA, PARENT, TIP] = ['b', 'c', 'e'].map((digit) => digit.repeat(40)) as [string, string, string]
const REPOSITORY = { repository: { default_branch: 'main' } }

async function commits(name: string, payload: object, { from = null, env = {}, parents = [] }: Asked = {}) {
  const runner = runnerEnv('http://localhost', name, payload)
  writeFileSync(join(runner.folder, 'event.json'), JSON.stringify(payload))
  const event = readEvent({ ...runner.env, GITHUB_SHA: SHA, ...env })
  const { decides, base, head, guarded } = await commitsOf(event, from, {
    commit: async (sha) => {
      if (sha !== SHA || parents.length === 0) throw new Error('no such commit')
      return { tree: '', parents }
    },
    tip: async () => TIP,
  })
  return { decides, base: base?.sha ?? null, head, guarded }
}

interface Asked {
  readonly from?: 'base' | 'head' | null
  readonly env?: Readonly<Record<string, string>>
  readonly parents?: readonly string[]
}

const FEATURE = { GITHUB_REF: 'refs/heads/feature' }
const group = { merge_group: { base_sha: PARENT, head_sha: SHA } }
type Row = readonly [
  what: string,
  event: string,
  payload: object,
  asked: Asked,
  decides: string,
  base: string | null,
  head: string | null,
]
const rows: readonly Row[] = [
  [
    'merges the head into',
    'pull_request',
    pullRequestEvent(),
    { parents: [PARENT, HEAD] },
    'base',
    PARENT,
    SHA,
  ],
  [
    'names, where nothing is known of the merge',
    'pull_request',
    pullRequestEvent(),
    {},
    'base',
    BASE_TIP,
    HEAD,
  ],
  [
    'names, where the merge is one of others',
    'pull_request',
    pullRequestEvent(),
    { parents: [PARENT, PARENT] },
    'base',
    BASE_TIP,
    HEAD,
  ],
  ['names for its target', 'pull_request_target', pullRequestEvent(), {}, 'base', BASE_TIP, HEAD],
  ['queues upon', 'merge_group', group, {}, 'base', PARENT, SHA],
  ['has as its tip', 'workflow_run', forkRunEvent, {}, 'base', SHA, null],
  ['has as its tip', 'schedule', REPOSITORY, { from: 'base' }, 'base', SHA, null],
  ['is pushed to its default branch', 'push', REPOSITORY, { from: 'base' }, 'base', SHA, null],
  [
    'protects',
    'push',
    REPOSITORY,
    { from: 'base', env: { ...FEATURE, GITHUB_REF_PROTECTED: 'true' } },
    'base',
    SHA,
    null,
  ],
  ['has as its tip, beside a draft', 'push', REPOSITORY, { from: 'base', env: FEATURE }, 'base', TIP, SHA],
  [
    'has as its tip, beside a draft',
    'workflow_dispatch',
    REPOSITORY,
    { from: 'base', env: FEATURE },
    'base',
    TIP,
    SHA,
  ],
  ['does not guard', 'push', REPOSITORY, { env: FEATURE }, 'checkout', null, null],
  [
    'is told to leave alone',
    'pull_request',
    pullRequestEvent(),
    { from: 'head', parents: [PARENT, HEAD] },
    'checkout',
    PARENT,
    SHA,
  ],
]

describe('the base commit', () => {
  it.each(rows)('is what GitHub %s (%s)', async (_, name, payload, asked, decides, base, head) => {
    const guarded = /pull_request|merge_group|workflow_run/.test(name)
    expect(await commits(name, payload, asked)).toEqual({ decides, base, head, guarded })
  })

  it('is asked for and not guessed', async () => {
    const draft = commits('push', {}, { from: 'base', env: FEATURE })
    await expect(draft).rejects.toMatchObject({ code: 'ACTION_BASE_UNKNOWN' })
    const nothing = commits('merge_group', {})
    await expect(nothing).rejects.toMatchObject({ code: 'ACTION_BASE_UNKNOWN' })
  })
})
