/**
 * @file What started this run, read from GITHUB_* and the event file: the repository, the commit, the pull request where
 * there is one, and the run that a `workflow_run` follows. What is made of it is audience.ts' business.
 */
import { readFileSync } from 'node:fs'
import type { Repository } from '../../delivery/github.ts'
import type { MeasuredHead } from '../../delivery/pull-request.ts'
import { eventUnreadable } from '../../errors/action.ts'

export interface EventPull {
  readonly number: number
  readonly headSha: string
  /** The tip of the branch it would be merged into. */
  readonly baseSha: string | null
  readonly fork: boolean
}

export interface RunEvent {
  readonly name: string
  readonly repository: Repository
  /** GITHUB_SHA: what is checked out where nothing else is asked for. */
  readonly sha: string
  /** Branch, tag or pull request: GITHUB_REF. */
  readonly ref: string
  /** Of `pull_request` and `pull_request_target`. */
  readonly pullRequest: EventPull | null
  /** Of a `workflow_run` that a pull request started. */
  readonly measured: MeasuredHead | null
  /** What started the run that a `workflow_run` follows. */
  readonly followed: string | null
  /** What a merge group is queued upon. */
  readonly groupBase: string | null
  readonly defaultBranch: string | null
  /** Rules of the repository protect the branch that this run is for. */
  readonly isProtected: boolean
  readonly apiUrl: string
  readonly runUrl: string
}

const PULL_EVENTS = ['pull_request', 'pull_request_target']

/** Errors: ACTION_EVENT_UNREADABLE. */
export function readEvent(env: NodeJS.ProcessEnv): RunEvent {
  const name = env.GITHUB_EVENT_NAME ?? ''
  const [owner, repo, ...rest] = (env.GITHUB_REPOSITORY ?? '').split('/')
  if (!owner || !repo || rest.length > 0) throw eventUnreadable('GITHUB_REPOSITORY is not owner/name')
  const payload = readPayload(env.GITHUB_EVENT_PATH)
  const server = env.GITHUB_SERVER_URL ?? 'https://github.com'
  return {
    name,
    repository: { owner, repo },
    sha: env.GITHUB_SHA ?? '',
    ref: env.GITHUB_REF ?? '',
    pullRequest: PULL_EVENTS.includes(name) ? pullOf(payload, `${owner}/${repo}`) : null,
    measured: name === 'workflow_run' ? measuredBy(payload) : null,
    followed: name === 'workflow_run' ? String(at(payload, 'workflow_run', 'event')) : null,
    groupBase: shaOrNull(at(payload, 'merge_group', 'base_sha')),
    defaultBranch: branchOf(payload),
    isProtected: env.GITHUB_REF_PROTECTED === 'true',
    apiUrl: env.GITHUB_API_URL ?? 'https://api.github.com',
    runUrl: `${server}/${owner}/${repo}/actions/runs/${env.GITHUB_RUN_ID ?? ''}`,
  }
}

function readPayload(path: string | undefined): unknown {
  if (path === undefined || path === '') return {}
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw eventUnreadable(error instanceof Error ? error.message : String(error))
  }
}

function pullOf(payload: unknown, here: string): EventPull {
  const number = at(payload, 'pull_request', 'number')
  const headSha = at(payload, 'pull_request', 'head', 'sha')
  const baseSha = at(payload, 'pull_request', 'base', 'sha')
  if (!isPullNumber(number) || !isSha(headSha))
    throw eventUnreadable('pull_request has no number or head commit')
  // A deleted fork has no repository at all; it is a fork nonetheless.
  const fork = at(payload, 'pull_request', 'head', 'repo', 'full_name') !== here
  return { number, headSha, baseSha: shaOrNull(baseSha), fork }
}

function measuredBy(payload: unknown): MeasuredHead | null {
  const run = at(payload, 'workflow_run')
  if (at(run, 'event') !== 'pull_request') return null
  const [sha, branch] = [at(run, 'head_sha'), at(run, 'head_branch')]
  const owner = at(run, 'head_repository', 'owner', 'login')
  if (!isSha(sha) || typeof branch !== 'string' || typeof owner !== 'string') {
    throw eventUnreadable('workflow_run has no head commit, branch or repository')
  }
  const number = at(run, 'pull_requests', '0', 'number')
  return { head: `${owner}:${branch}`, sha, number: isPullNumber(number) ? number : null }
}

const isPullNumber = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) > 0
const isSha = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{40,64}$/.test(value)
const shaOrNull = (value: unknown): string | null => (isSha(value) ? value : null)

function branchOf(payload: unknown): string | null {
  const name = at(payload, 'repository', 'default_branch')
  return typeof name === 'string' && name !== '' && name.length <= 255 ? name : null
}

function at(value: unknown, ...path: readonly string[]): unknown {
  let found = value
  for (const key of path) {
    if (typeof found !== 'object' || found === null) return undefined
    found = Object.entries(found).find(([name]) => name === key)?.[1]
  }
  return found
}
