/**
 * @file `baseline: base`: the report of the commit that a pull request branches off from, as this very check measured it
 * there. Looked for under cache-path, then in the artifacts of the runs for that commit, newest first. Never one of another
 * check, of another place in the matrix, or of a fork.
 */
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Artifact } from '../../delivery/github-history.ts'
import { httpFailure, isDenied, messageOf } from '../../delivery/patience.ts'
import type { Connection } from '../../delivery/sticky-comment.ts'
import { connectionOf } from '../deliver.ts'
import { sha256File } from '../digest.ts'
import type { Run } from '../run.ts'
import { MAX_ARTIFACT_BYTES, unpackReport } from './artifact.ts'
import { recall } from './memory.ts'
import type { Origin } from './origin.ts'
import { placeOf } from './reuse.ts'

/** What the input or key `baseline` says for it. */
export const BASE = 'base'

export type BaseReport =
  | { readonly kind: 'found'; readonly json: string; readonly commit: string; readonly where: string }
  | { readonly kind: 'none'; readonly why: string }

/** Runs and artifacts that are looked into. */
const MAX_RUNS = 10
const MAX_ARTIFACTS = 20

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
    return (await kept(run, commit)) ?? (await uploaded(run, link, commit))
  } catch (error) {
    return none(
      isDenied(httpFailure(error))
        ? 'the token may not ask GitHub for it: the workflow needs permissions: contents: read and actions: read'
        : `GitHub can’t be asked for it: ${messageOf(error)}`,
    )
  }
}

const isOwn =
  (run: Run, commit: string) =>
  (origin: Origin): boolean =>
    origin.check === run.inputs.checkName &&
    origin.leg === run.job.leg &&
    origin.commit === commit &&
    origin.repository === `${run.event.repository.owner}/${run.event.repository.repo}` &&
    !origin.fork

async function kept(run: Run, commit: string): Promise<BaseReport | null> {
  const place = placeOf(run)
  const found = place === null ? null : recall(place, { kind: 'commit', sha: commit })
  if (found === null || !isOwn(run, commit)(found.origin)) return null
  return await asFound(
    found.folder,
    found.origin.reportSha256,
    commit,
    `cache-path, of run ${found.origin.run}`,
  )
}

async function uploaded(run: Run, link: Connection, commit: string): Promise<BaseReport> {
  const { github, patience } = link
  const here = `${run.event.repository.owner}/${run.event.repository.repo}`
  const runs = (await patience.with(() => github.workflowRunsAt(commit)))
    .filter((one) => one.headRepository === here && one.headSha === commit)
    .slice(0, MAX_RUNS)
  let looked = 0
  for (const { id } of runs) {
    const artifacts = await patience.with(() => github.artifactsOf(id))
    for (const artifact of likeliest(artifacts, run.inputs.checkName)) {
      if (looked++ === MAX_ARTIFACTS) break
      const found = await inArtifact(run, link, artifact, { commit, runId: id })
      if (found !== null) return found
    }
  }
  return none(
    `check ${run.inputs.checkName} has no report for the merge base ${commit.slice(0, 12)}: looked under cache-path and into ${looked} artifacts of ${runs.length} runs for that commit. Run this check on pushes to the base branch, and upload its report-path`,
  )
}

/** Those whose name tells of us first: each is downloaded whole to see what is in it. */
function likeliest(artifacts: readonly Artifact[], checkName: string): readonly Artifact[] {
  const rank = ({ name }: Artifact) => (name.includes(checkName) || /saegate/i.test(name) ? 0 : 1)
  return artifacts
    .filter(({ byteLength }) => byteLength <= MAX_ARTIFACT_BYTES)
    .sort((a, b) => rank(a) - rank(b) || b.id - a.id)
}

async function inArtifact(
  run: Run,
  { github, patience }: Connection,
  artifact: Artifact,
  { commit, runId }: { readonly commit: string; readonly runId: number },
): Promise<BaseReport | null> {
  try {
    const zip = await patience.with(() => github.artifactZip(artifact.id))
    const into = await mkdtemp(join(run.host.env.RUNNER_TEMP || tmpdir(), 'saegate-base-'))
    let sha256 = ''
    const isWanted = (origin: Origin) => {
      sha256 = origin.reportSha256
      return isOwn(run, commit)(origin) && origin.run === runId
    }
    const folder = await unpackReport(zip, `artifact ${artifact.name}`, into, isWanted)
    return folder === null
      ? null
      : await asFound(folder, sha256, commit, `artifact ${artifact.name} of run ${runId}`)
  } catch (error) {
    run.host.core.info(
      `baseline: artifact ${artifact.name} of run ${runId} is passed over: ${messageOf(error)}`,
    )
    return null
  }
}

async function asFound(
  folder: string,
  sha256: string,
  commit: string,
  where: string,
): Promise<BaseReport | null> {
  const json = join(folder, 'report.json')
  return (await sha256File(json)) === sha256 ? { kind: 'found', json, commit, where } : null
}
