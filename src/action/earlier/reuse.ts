/**
 * @file skip-unchanged: the measurement of an earlier run in place of a new one, where everything that a verdict depends on is
 * the same, GitHub confirms the run, and that run uploaded the report. What lies under cache-path says which run to ask about
 * and decides nothing. The report is judged again, by the policy as it is now, and delivered like a fresh one.
 */
import type { Measurement } from '../../contract/report/measurement.ts'
import type { WorkflowRun } from '../../delivery/github-history.ts'
import { httpFailure, isDenied, messageOf } from '../../delivery/patience.ts'
import type { Connection } from '../../delivery/sticky-comment.ts'
import { connectionOf } from '../deliver.ts'
import { objectsOf } from '../rules/objects.ts'
import type { Run } from '../run.ts'
import { type Place, recall, type Scope } from './memory.ts'
import type { Origin } from './origin.ts'
import { uploadedBy } from './uploaded.ts'

export interface Reused {
  readonly measurement: Measurement
  readonly run: number
  readonly commit: string
  /** The run ended well: what it said may be a pass. */
  readonly succeeded: boolean
}

/** Artifacts of the run that are looked into. */
const MAX_ARTIFACTS = 20

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
  try {
    return await reused(run, fingerprint)
  } catch (error) {
    if (!(error instanceof Anew)) throw error
    run.host.core.info(`skip-unchanged: measured anew, because ${error.message}`)
    return null
  }
}

/** Why it is measured anew. */
class Anew extends Error {}

async function reused(run: Run, fingerprint: string): Promise<Reused> {
  const place = placeOf(run)
  if (place === null) throw new Anew('cache-path is not set, so it is not known which run measured it')
  const kept = recall(place, scopeOf(run))
  if (kept === null) throw new Anew('no run of this check is known that measured it')
  if (kept.fingerprint !== fingerprint) throw new Anew('what the verdict depends on has changed')
  const link = connectionOf(run)
  if (link === null) throw new Anew(`github-token is empty, so nobody confirms run ${kept.run}`)
  const ended = await confirmed(run, link, kept)
  const isOwn = (origin: Origin): boolean => JSON.stringify(origin) === JSON.stringify(kept)
  const { found, count } = await asked(kept, () =>
    uploadedBy(run, link, { run: ended.id, isOwn, most: MAX_ARTIFACTS }),
  )
  if (found === null)
    throw new Anew(
      `none of the ${count} artifacts of run ${ended.id} holds the report that it is to have made: upload its report-path`,
    )
  try {
    const measurement = await run.tools.load(found.json)
    return { measurement, run: ended.id, commit: kept.commit, succeeded: ended.conclusion === 'success' }
  } catch (error) {
    throw new Anew(`the report of run ${ended.id} can't be read: ${messageOf(error)}`)
  }
}

/** What GitHub does not answer is not confirmed. */
async function asked<Answer>({ run }: Origin, ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask()
  } catch (error) {
    throw new Anew(
      isDenied(httpFailure(error))
        ? `GitHub does not confirm run ${run}: the workflow needs permissions: actions: read`
        : `GitHub does not confirm run ${run}: ${messageOf(error)}`,
    )
  }
}

/** The run as GitHub knows it: of this workflow, for that commit, with a verdict. */
async function confirmed(run: Run, link: Connection, kept: Origin): Promise<WorkflowRun> {
  const { event, job } = run
  const found = await asked(kept, () => link.patience.with(() => link.github.workflowRun(kept.run)))
  const here = `${event.repository.owner}/${event.repository.repo}`
  if (found.path !== job.workflow || found.event !== event.name)
    throw new Anew(`run ${kept.run} is one of another workflow, or of another event`)
  if (found.headSha !== kept.commit)
    throw new Anew(`run ${kept.run} was for another commit than it is to have measured`)
  if (kept.repository !== here || (found.headRepository !== here) !== kept.fork)
    throw new Anew(`run ${kept.run} was for another repository than it is to have measured`)
  if (found.status !== 'completed' || (found.conclusion !== 'success' && found.conclusion !== 'failure'))
    throw new Anew(`run ${kept.run} has not ended with a verdict (${found.conclusion ?? found.status})`)
  if (!(await asked(kept, () => hasSameWorkflows(run, link, found))))
    throw new Anew(`.github is another now than at the commit that run ${kept.run} was for`)
  return found
}

/**
 * An earlier commit of the same branch may have had a workflow of its author's, under the same name: what it uploaded is then
 * no measurement. One that brings the same .github as this one was run by the same files, unless its base was another.
 */
async function hasSameWorkflows(
  { subject }: Run,
  link: Connection,
  { headSha }: WorkflowRun,
): Promise<boolean> {
  if (headSha === subject.commit) return true
  const objects = objectsOf(null, link)
  const folderAt = async (commit: string): Promise<string | null> => {
    const { tree } = await objects.commit(commit)
    return (await objects.tree(tree)).find(({ name }) => name === '.github')?.id ?? null
  }
  return (await folderAt(headSha)) === (await folderAt(subject.commit))
}
