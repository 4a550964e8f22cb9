/** @file What every call to GitHub's API has: a repository, a limit of time, pages. */
import type { getOctokit } from '@actions/github'

export type Octokit = ReturnType<typeof getOctokit>

export interface Repository {
  readonly owner: string
  readonly repo: string
}

/** One request. GitHub ends its own requests after 10 s. */
const REQUEST_LIMIT_MS = 30_000
export const PER_PAGE = 100

export const limited = (milliseconds = REQUEST_LIMIT_MS) => ({
  request: { signal: AbortSignal.timeout(milliseconds) },
})
