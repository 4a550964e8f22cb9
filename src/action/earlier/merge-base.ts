/**
 * @file `baseline: base`: the report of the commit that a pull request branches off from, as this very check measured it
 * there. Looked for in the artifacts of the runs for that commit, newest first. Never one of another check, of another place
 * in the matrix, of a fork, or of a run whose workflow a pull request may have written.
 */
import type { WorkflowRun } from '../../delivery/github-history.ts'
import { httpFailure, isDenied, messageOf } from '../../delivery/patience.ts'
import type { Connection } from '../../delivery/sticky-comment.ts'
import { connectionOf } from '../deliver.ts'
import type { Run } from '../run.ts'
import type { Origin } from './origin.ts'
import { uploadedBy } from './uploaded.ts'

/** What the input or key `baseline` says for it. */
export const BASE = 'base'

export type BaseReport =
  | { readonly kind: 'found'; readonly json: string; readonly commit: string; readonly where: string }
  | { readonly kind: 'none'; readonly why: string }

/** Runs and artifacts that are looked into. */
const MAX_RUNS = 10
const MAX_ARTIFACTS = 20

/** Their workflows are as the commit has them. Of a pull request's runs they are as merged into whatever branch it names. */
const OF_THE_COMMIT = ['push', 'merge_group', 'schedule', 'workflow_dispatch', 'repository_dispatch']

const none = (why: string): BaseReport => ({ kind: 'none', why })

/** Never throws: where there is none, the reason is handed back. */
export async function baseReport(run: Run): Promise<BaseReport> {
  const { pullRequest } = run.event
  if (pullRequest === null || pullRequest.baseSha === null)
    return none(`${run.event.name || 'this run'} is no pull request's run, so it has no merge base`)
  const link = connectionOf(run)
  if (link === null) return none('github-token is empty, so the merge base can’t be asked for')
  const { baseSha, headSha } = pullRequest
  try {
    const commit = await link.patience.with(() => link.github.mergeBase(baseSha, headSha))
    return await uploadedFor(run, link, commit)
  } catch (error) {
    return none(
      isDenied(httpFailure(error))
        ? 'the token may not ask GitHub for it: the workflow needs permissions: contents: read and actions: read'
        : `GitHub can’t be asked for it: ${messageOf(error)}`,
    )
  }
}

const hereOf = ({ event }: Run): string => `${event.repository.owner}/${event.repository.repo}`

async function uploadedFor(run: Run, link: Connection, commit: string): Promise<BaseReport> {
  const isOfCommit = (one: WorkflowRun): boolean =>
    one.headRepository === hereOf(run) && one.headSha === commit && OF_THE_COMMIT.includes(one.event)
  const isOwn = ({ check, leg, commit: of, repository, fork }: Origin): boolean =>
    check === run.inputs.checkName &&
    leg === run.job.leg &&
    of === commit &&
    repository === hereOf(run) &&
    !fork
  const runs = (await link.patience.with(() => link.github.workflowRunsAt(commit)))
    .filter(isOfCommit)
    .slice(0, MAX_RUNS)
  let left = MAX_ARTIFACTS
  for (const { id } of runs) {
    const { found, count } = await uploadedBy(run, link, { run: id, isOwn, most: left })
    left -= count
    if (found !== null)
      return { kind: 'found', json: found.json, commit, where: `artifact ${found.artifact} of run ${id}` }
  }
  return none(
    `check ${run.inputs.checkName} has no report for the merge base ${commit.slice(0, 12)}: looked into ${MAX_ARTIFACTS - left} artifacts of ${runs.length} runs for that commit. Run this check on pushes to the base branch, and upload its report-path`,
  )
}
