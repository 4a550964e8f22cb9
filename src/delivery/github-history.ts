/** @file What GitHub knows of earlier runs: merge bases, workflow runs and what they have kept. */
import { limited, type Octokit, PER_PAGE, type Repository } from './github-request.ts'

/** A run of a workflow, as GitHub tells it. */
export interface WorkflowRun {
  readonly id: number
  readonly attempt: number
  /** .github/workflows/NAME.yml */
  readonly path: string
  /** What started it: push, pull_request, … */
  readonly event: string
  readonly headSha: string
  /** owner/name of where the commit comes from; null: a fork that is gone. */
  readonly headRepository: string | null
  readonly status: string | null
  readonly conclusion: string | null
}

export interface Artifact {
  readonly id: number
  readonly name: string
  readonly byteLength: number
}

/** An artifact with its tables. */
const DOWNLOAD_LIMIT_MS = 120_000

export function history(octokit: Octokit, repository: Repository) {
  const { repos, actions } = octokit.rest
  return {
    /** The newest commit that both descend from. */
    async mergeBase(base: string, head: string): Promise<string> {
      const basehead = `${base}...${head}`
      const answer = await repos.compareCommitsWithBasehead({
        ...repository,
        basehead,
        per_page: 1,
        ...limited(),
      })
      return answer.data.merge_base_commit.sha
    },

    async workflowRun(id: number): Promise<WorkflowRun> {
      return workflowRun((await actions.getWorkflowRun({ ...repository, run_id: id, ...limited() })).data)
    },

    /** Runs for a commit that have ended, newest first. */
    async workflowRunsAt(sha: string): Promise<readonly WorkflowRun[]> {
      const answer = await actions.listWorkflowRunsForRepo({
        ...repository,
        head_sha: sha,
        status: 'completed',
        per_page: PER_PAGE,
        ...limited(),
      })
      return answer.data.workflow_runs.map(workflowRun).sort((a, b) => b.id - a.id)
    },

    /** What a run has kept and still has. */
    async artifactsOf(run: number): Promise<readonly Artifact[]> {
      const answer = await actions.listWorkflowRunArtifacts({
        ...repository,
        run_id: run,
        per_page: PER_PAGE,
        ...limited(),
      })
      return answer.data.artifacts
        .filter((one) => !one.expired)
        .map(({ id, name, size_in_bytes }) => ({ id, name, byteLength: size_in_bytes }))
    },

    /** The artifact's zip. */
    async artifactZip(id: number): Promise<Uint8Array> {
      const answer = await actions.downloadArtifact({
        ...repository,
        artifact_id: id,
        archive_format: 'zip',
        ...limited(DOWNLOAD_LIMIT_MS),
      })
      if (!(answer.data instanceof ArrayBuffer))
        throw new Error('an artifact came as something else than bytes')
      return new Uint8Array(answer.data)
    },
  }
}

interface RestRun {
  readonly id: number
  readonly run_attempt?: number | undefined
  readonly path: string
  readonly event: string
  readonly head_sha: string
  readonly head_repository: { readonly full_name: string } | null
  readonly status: string | null
  readonly conclusion: string | null
}

const workflowRun = (data: RestRun): WorkflowRun => ({
  id: data.id,
  attempt: data.run_attempt ?? 1,
  // GitHub may append @ref.
  path: data.path.replace(/@.*$/, ''),
  event: data.event,
  headSha: data.head_sha,
  headRepository: data.head_repository?.full_name ?? null,
  status: data.status,
  conclusion: data.conclusion,
})
