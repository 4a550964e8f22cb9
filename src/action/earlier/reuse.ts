/**
 * @file skip-unchanged: the measurement of an earlier run in place of a new one, where everything that a verdict depends on is
 * the same and GitHub confirms the run that it comes from. A kept report speeds the job up and decides nothing: it is
 * judged again, by the policy as it is now, and delivered like a fresh one.
 */
import type { Measurement } from '../../contract/report/measurement.ts'
import type { WorkflowRun } from '../../delivery/github-history.ts'
import { httpFailure, isDenied, messageOf } from '../../delivery/patience.ts'
import { connectionOf } from '../deliver.ts'
import { sha256File } from '../digest.ts'
import type { Run } from '../run.ts'
import { type Place, type Remembered, recall, type Scope } from './memory.ts'

export interface Reused {
  readonly measurement: Measurement
  readonly run: number
  readonly commit: string
  /** The run ended well: what it said may be a pass. */
  readonly succeeded: boolean
}

/** What this run's pull request, or else its branch, is kept under. Another one's never speaks for it. */
export function scopeOf({ event }: Run): Scope {
  return event.pullRequest === null
    ? { kind: 'ref', name: event.ref }
    : { kind: 'pull', number: event.pullRequest.number }
}

export function placeOf({ inputs, job }: Run): Place | null {
  return inputs.cachePath === null
    ? null
    : { cachePath: inputs.cachePath, check: inputs.checkName, leg: job.leg }
}

/** null: something has changed, or nobody can tell; the log says which. */
export async function unchanged(run: Run, fingerprint: string): Promise<Reused | null> {
  const { host, tools } = run
  const note = (why: string) => host.core.info(`skip-unchanged: measured anew, because ${why}`)
  const place = placeOf(run)
  const kept = place === null ? null : recall(place, scopeOf(run))
  if (kept === null) {
    note(place === null ? 'cache-path is not set, so no report was kept' : 'no report of this check was kept')
    return null
  }
  if (kept.origin.fingerprint !== fingerprint) {
    note('what the verdict depends on has changed')
    return null
  }
  const ended = await confirmed(run, kept)
  if (typeof ended === 'string') {
    note(ended)
    return null
  }
  try {
    const json = `${kept.folder}/report.json`
    if ((await sha256File(json)) !== kept.origin.reportSha256)
      throw new Error('it is not the one that was kept')
    const measurement = await tools.load(json)
    return {
      measurement,
      run: ended.id,
      commit: kept.origin.commit,
      succeeded: ended.conclusion === 'success',
    }
  } catch (error) {
    note(`the kept report can't be read: ${messageOf(error)}`)
    return null
  }
}

/** The run as GitHub knows it; a text: why it is not taken. */
async function confirmed(run: Run, { origin }: Remembered): Promise<WorkflowRun | string> {
  const { event, job } = run
  const link = connectionOf(run)
  if (link === null) return 'github-token is empty, so nobody confirms the run that the kept report is of'
  let found: WorkflowRun
  try {
    found = await link.patience.with(() => link.github.workflowRun(origin.run))
  } catch (error) {
    return isDenied(httpFailure(error))
      ? `GitHub does not confirm run ${origin.run}: the workflow needs permissions: actions: read`
      : `GitHub does not confirm run ${origin.run}: ${messageOf(error)}`
  }
  const here = `${event.repository.owner}/${event.repository.repo}`
  if (found.path !== job.workflow) return `run ${origin.run} is one of another workflow`
  if (found.headSha !== origin.commit)
    return `run ${origin.run} was for another commit than the kept report says`
  if (origin.repository !== here || (found.headRepository !== here) !== origin.fork)
    return `run ${origin.run} was for another repository than the kept report says`
  if (found.status !== 'completed' || (found.conclusion !== 'success' && found.conclusion !== 'failure'))
    return `run ${origin.run} has not ended with a verdict (${found.conclusion ?? found.status})`
  return found
}
