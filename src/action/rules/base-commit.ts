/**
 * @file Which commit has the word on the gate's rules, for every event that may start a run, and which one the pull request
 * brings. What GitHub's event names is taken, never what the checkout says.
 */

import type { ACTION_OPTIONS, ChoiceOf } from '../../contract/options/options.ts'
import { baseUnknown } from '../../errors/action.ts'
import type { RunEvent } from '../asked/event.ts'
import type { Commit } from './objects.ts'

export type ConfigFrom = ChoiceOf<typeof ACTION_OPTIONS.configFrom>

export interface Commits {
  /** Whose rules are in force. */
  readonly decides: 'base' | 'checkout'
  /** null: not known, where the checkout decides. */
  readonly base: NamedCommit | null
  /** What the pull request makes of it; null: there is nothing to compare. */
  readonly head: string | null
  /** Where the rules come from, in words. */
  readonly words: string
  /** The checkout may be somebody's who may not change the gate. */
  readonly guarded: boolean
}

export interface NamedCommit {
  readonly sha: string
  /** To be said in messages: "the base commit 0123456789ab". */
  readonly name: string
}

/** What has to be asked for. */
export interface Asked {
  commit(sha: string): Promise<Commit>
  /** The tip of a branch. */
  tip(branch: string): Promise<string>
}

/** Events whose checkout is, or may be, somebody's who may not change the gate. */
const GUARDED = ['pull_request', 'pull_request_target', 'merge_group', 'workflow_run']

/** `given` null: the input is not set. Errors: ACTION_BASE_UNKNOWN, and what asking ends with. */
export async function commitsOf(event: RunEvent, given: ConfigFrom | null, ask: Asked): Promise<Commits> {
  const guarded = GUARDED.includes(event.name)
  if ((given ?? (guarded ? 'base' : 'head')) === 'base') return await fromBase(event, ask)
  const words = guarded ? 'from the pull request itself (config-from: head)' : 'from the checkout'
  const there = guarded ? await fromBase(event, ask).catch(() => null) : null
  return { decides: 'checkout', base: there?.base ?? null, head: there?.head ?? null, words, guarded }
}

async function fromBase(event: RunEvent, ask: Asked): Promise<Commits> {
  const from = (sha: string, head: string | null, why: string): Commits => ({
    decides: 'base',
    base: { sha, name: `the base commit ${sha.slice(0, 12)}` },
    head,
    words: `from the base commit ${sha.slice(0, 12)} (${why})`,
    guarded: GUARDED.includes(event.name),
  })
  const { pullRequest, sha } = event
  switch (event.name) {
    case 'pull_request':
      return await ofPull(event, ask, from)
    case 'pull_request_target':
      if (pullRequest?.baseSha == null) throw baseUnknown('the event names no base commit')
      return from(pullRequest.baseSha, pullRequest.headSha, 'the base that the event names')
    case 'merge_group':
      if (event.groupBase === null) throw baseUnknown('the event names no base commit')
      return from(event.groupBase, sha, 'what the merge group is queued upon')
    case 'workflow_run':
    case 'schedule':
      return from(sha, null, 'the tip of the default branch')
    default:
      return await ofBranch(event, ask, from)
  }
}

type From = (sha: string, head: string | null, why: string) => Commits

/**
 * On pull_request GITHUB_SHA is GitHub's own merge of the head into its base: its first parent is the base that is really
 * merged into. The event's base may be older, where the base branch has moved since.
 */
async function ofPull({ sha, pullRequest }: RunEvent, ask: Asked, from: From): Promise<Commits> {
  if (pullRequest === null) throw baseUnknown('the event names no pull request')
  const parents = await ask.commit(sha).then(
    (merge) => merge.parents,
    () => [],
  )
  const [base, head] = parents
  if (parents.length === 2 && base !== undefined && head === pullRequest.headSha)
    return from(base, sha, 'what GitHub merges the head into')
  if (pullRequest.baseSha === null) throw baseUnknown('the event names no base commit')
  return from(pullRequest.baseSha, pullRequest.headSha, 'the base that the event names')
}

/** A commit on the default branch, or on a protected one, has the word itself; any other branch is somebody's draft. */
async function ofBranch(event: RunEvent, ask: Asked, from: From): Promise<Commits> {
  const { defaultBranch, ref, sha, isProtected } = event
  if (isProtected || (defaultBranch !== null && ref === `refs/heads/${defaultBranch}`))
    return from(sha, null, `it stands on ${isProtected ? 'a protected' : 'the default'} branch`)
  if (defaultBranch === null) throw baseUnknown(`${event.name || 'the event'} names no default branch`)
  return from(await ask.tip(defaultBranch), sha, `the tip of ${defaultBranch}`)
}
