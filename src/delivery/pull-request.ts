/**
 * @file Which pull request a `workflow_run` is about. Its event comes from GitHub, not from the fork; still the answer is
 * checked: an open pull request of this repository whose head is exactly the commit that was measured.
 *
 * GitHub leaves `workflow_run.pull_requests` empty for forks, so the head repository and branch are asked for instead.
 */
import { pullRequestUnknown } from '../errors/delivery.ts'
import type { GitHub } from './github.ts'
import type { Patience } from './patience.ts'

export interface MeasuredHead {
  /** owner:branch, as the pulls API takes it. */
  readonly head: string
  readonly sha: string
  /** What the event names, where it does. */
  readonly number: number | null
}

/** Errors: DELIVERY_PULL_REQUEST_UNKNOWN, and what GitHub answers. */
export async function findPullRequest(
  github: GitHub,
  patience: Patience,
  measured: MeasuredHead,
): Promise<number> {
  const { number, head, sha } = measured
  const found =
    number === null
      ? await patience.with(() => github.pullRequestsFrom(head))
      : [await patience.with(() => github.pullRequest(number))]
  const matching = found.filter((pull) => pull.open && pull.headSha === sha)
  if (matching.length === 1) return matching[0]!.number
  const reason =
    matching.length === 0 ? `${found.length} found, none at that commit` : `${matching.length} found`
  throw pullRequestUnknown(head, sha, reason)
}
