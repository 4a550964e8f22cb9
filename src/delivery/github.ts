/**
 * @file The one door to GitHub's API: the calls that delivery makes, through the real Octokit of @actions/github, each
 * with a time limit. What GitHub answers is narrowed to what is used. Trying again is patience.ts' business.
 */
import { getOctokit } from '@actions/github'
import { history } from './github-history.ts'
import { issues } from './github-issues.ts'
import { objects } from './github-objects.ts'
import { limited, type Octokit, PER_PAGE, type Repository } from './github-request.ts'

export type { Repository } from './github-request.ts'

export interface PostedComment {
  readonly id: number
  readonly body: string
  /** Login without GitHub's `[bot]` suffix; null: a deleted account. */
  readonly author: string | null
  readonly bot: boolean
  readonly url: string
}

export interface PullRequest {
  readonly number: number
  readonly headSha: string
  readonly open: boolean
}

export interface CheckRunContent {
  readonly conclusion: 'success' | 'failure' | 'neutral'
  readonly title: string
  readonly summary: string
}

export type GitHub = ReturnType<typeof connectGitHub>

export function connectGitHub(token: string, apiUrl: string, repository: Repository) {
  const octokit = getOctokit(token, { baseUrl: apiUrl.replace(/\/+$/, '') })
  return {
    ...comments(octokit, repository),
    ...pullRequests(octokit, repository),
    ...checkRuns(octokit, repository),
    ...history(octokit, repository),
    ...objects(octokit, repository),
    ...issues(octokit, repository),
  }
}

/** What is said on a pull request, and by whom. */
function comments(octokit: Octokit, repository: Repository) {
  const { issues } = octokit.rest
  return {
    /** Who the token speaks as; GITHUB_TOKEN may not ask the REST API that, but may ask GraphQL. */
    async viewer(): Promise<string> {
      const answer = await octokit.graphql<{ viewer: { login: string } }>(
        'query { viewer { login } }',
        limited(),
      )
      return withoutSuffix(answer.viewer.login)
    },

    /** One page of comments, oldest first, and whether the Link header names a next one. */
    async commentPage(
      number: number,
      page: number,
    ): Promise<{ comments: readonly PostedComment[]; more: boolean }> {
      const answer = await issues.listComments({
        ...repository,
        issue_number: number,
        per_page: PER_PAGE,
        page,
        ...limited(),
      })
      return { comments: answer.data.map(posted), more: /rel="next"/.test(answer.headers.link ?? '') }
    },

    async createComment(number: number, body: string): Promise<string> {
      return (await issues.createComment({ ...repository, issue_number: number, body, ...limited() })).data
        .html_url
    },

    async updateComment(id: number, body: string): Promise<string> {
      return (await issues.updateComment({ ...repository, comment_id: id, body, ...limited() })).data.html_url
    },

    /** One that somebody else has removed already is as good. */
    async deleteComment(id: number): Promise<void> {
      try {
        await issues.deleteComment({ ...repository, comment_id: id, ...limited() })
      } catch (error) {
        if (!(error instanceof Error && 'status' in error && error.status === 404)) throw error
      }
    },
  }
}

function pullRequests(octokit: Octokit, repository: Repository) {
  const { pulls, repos } = octokit.rest
  return {
    async pullRequest(number: number): Promise<PullRequest> {
      return pullRequest((await pulls.get({ ...repository, pull_number: number, ...limited() })).data)
    },

    /** Open pull requests from `owner:branch`. */
    async pullRequestsFrom(head: string): Promise<readonly PullRequest[]> {
      const answer = await pulls.list({
        ...repository,
        state: 'open',
        head,
        per_page: PER_PAGE,
        ...limited(),
      })
      return answer.data.map(pullRequest)
    },

    /** Pull requests that a commit belongs to. */
    async pullRequestsWith(sha: string): Promise<readonly PullRequest[]> {
      const answer = await repos.listPullRequestsAssociatedWithCommit({
        ...repository,
        commit_sha: sha,
        per_page: PER_PAGE,
        ...limited(),
      })
      return answer.data.map(pullRequest)
    },
  }
}

function checkRuns(octokit: Octokit, repository: Repository) {
  const { checks } = octokit.rest
  return {
    async startCheckRun(name: string, sha: string): Promise<number> {
      return (
        await checks.create({ ...repository, name, head_sha: sha, status: 'in_progress', ...limited() })
      ).data.id
    },

    async finishCheckRun(id: number, content: CheckRunContent): Promise<void> {
      const { conclusion, title, summary } = content
      await checks.update({
        ...repository,
        check_run_id: id,
        status: 'completed',
        conclusion,
        output: { title, summary },
        ...limited(),
      })
    },
  }
}

interface RestComment {
  readonly id: number
  readonly body?: string | undefined
  readonly html_url: string
  readonly user: { readonly login: string; readonly type: string } | null
}

const posted = ({ id, body, user, html_url }: RestComment): PostedComment => ({
  id,
  body: body ?? '',
  author: user === null ? null : withoutSuffix(user.login),
  bot: user?.type === 'Bot',
  url: html_url,
})

const pullRequest = (data: { number: number; state: string; head: { sha: string } }): PullRequest => ({
  number: data.number,
  headSha: data.head.sha,
  open: data.state === 'open',
})

const withoutSuffix = (login: string): string => login.replace(/\[bot\]$/, '')
