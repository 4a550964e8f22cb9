/**
 * @file Which commit a verdict is about, and on which pull request it is said: for every event that may start a run, with
 * the reason where it is said on none. Pure but for the file that tells what is checked out.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MeasuredHead } from '../../delivery/pull-request.ts'
import type { RunEvent } from './event.ts'

export type Audience =
  | { readonly kind: 'pull-request'; readonly number: number; readonly fork: boolean }
  /** The open pull request of a fork whose report is handed on: to be looked up. */
  | { readonly kind: 'head'; readonly measured: MeasuredHead }
  /** `push`: an open pull request may have a run of its own. */
  | { readonly kind: 'nobody'; readonly why: string; readonly askForPulls: boolean }

export interface Subject {
  /** Check runs go there, and the comment names it. */
  readonly commit: string
  readonly audience: Audience
}

/** `checkedOut`: the workspace's HEAD; null: there is no repository. `hasReport`: it is judged, and nothing measured. */
export function subjectOf(event: RunEvent, hasReport: boolean, checkedOut: string | null): Subject {
  const { name, sha, pullRequest, measured } = event
  const nobody = (why: string, askForPulls = false): Subject => ({
    commit: sha,
    audience: { kind: 'nobody', why, askForPulls },
  })
  const short = sha.slice(0, 12)
  switch (name) {
    case 'pull_request':
      return ofPull(event)
    case 'pull_request_target':
      if (hasReport || (pullRequest !== null && checkedOut === pullRequest.headSha)) return ofPull(event)
      return nobody(
        `pull_request_target checks out the base branch (${short}), so that is what was measured, and not the pull request. Run on pull_request; for forks, hand the report on as examples/workflows/fork-measure.yml and fork-comment.yml do`,
      )
    case 'workflow_run':
      if (!hasReport)
        return nobody(
          `workflow_run measures the default branch (${short}), not what the run before it was about: the input report hands that run's report on`,
        )
      if (measured === null)
        return nobody(`the run that this one follows was started by ${event.followed}, not by pull_request`)
      return { commit: measured.sha, audience: { kind: 'head', measured } }
    case 'merge_group':
      return nobody(
        `merge_group measures what the queue is about to merge (${short}), which may be several pull requests at once: the job's exit status tells the queue`,
      )
    case 'push':
      return nobody(`this run was started by push and is about the commit ${short}`, true)
    default:
      return nobody(`this run was started by ${name || 'no event'}, not by a pull request`)
  }
}

function ofPull({ sha, pullRequest }: RunEvent): Subject {
  if (pullRequest === null)
    return {
      commit: sha,
      audience: { kind: 'nobody', why: 'the event names no pull request', askForPulls: false },
    }
  const { number, headSha, fork } = pullRequest
  return { commit: headSha, audience: { kind: 'pull-request', number, fork } }
}

/** The commit that a workspace has checked out; null: none that can be told. */
export function checkedOutCommit(workspace: string): string | null {
  const read = (name: string): string | null => {
    try {
      return readFileSync(join(workspace, '.git', name), 'utf8').trim()
    } catch {
      return null
    }
  }
  const head = read('HEAD')
  const branch = /^ref: (refs\/[\w./-]+)$/.exec(head ?? '')?.[1]
  const found = branch === undefined || branch.includes('..') ? head : read(branch)
  return found !== null && /^[0-9a-f]{40,64}$/.test(found) ? found : null
}
