/** @file Issues of a repository as GitHub keeps them: those that are there, a new one, one that is changed, closed or opened again. */
import { limited, type Octokit, PER_PAGE, type Repository } from './github-request.ts'

export interface PostedIssue {
  readonly number: number
  readonly body: string
  readonly isOpen: boolean
  /** Login without GitHub's `[bot]` suffix; null: a deleted account. */
  readonly author: string | null
  readonly bot: boolean
  readonly url: string
}

export interface IssueText {
  readonly title: string
  readonly body: string
}

export function issues(octokit: Octokit, repository: Repository) {
  const { issues: api } = octokit.rest
  return {
    /** One page, open and closed, newest first, without pull requests, and whether the Link header names a next one. */
    async issuePage(page: number): Promise<{ issues: readonly PostedIssue[]; more: boolean }> {
      const answer = await api.listForRepo({
        ...repository,
        state: 'all',
        sort: 'created',
        direction: 'desc',
        per_page: PER_PAGE,
        page,
        ...limited(),
      })
      const found = answer.data.filter((one) => one.pull_request === undefined).map(posted)
      return { issues: found, more: /rel="next"/.test(answer.headers.link ?? '') }
    },

    async createIssue(text: IssueText, labels: readonly string[]): Promise<PostedIssue> {
      return posted((await api.create({ ...repository, ...text, labels: [...labels], ...limited() })).data)
    },

    async updateIssue(number: number, text: IssueText, isOpen: boolean): Promise<PostedIssue> {
      const state = isOpen ? 'open' : 'closed'
      const changed = { ...repository, issue_number: number, ...text, state } as const
      return posted((await api.update({ ...changed, ...limited() })).data)
    },
  }
}

interface RestIssue {
  readonly number: number
  readonly body?: string | null | undefined
  readonly state: string
  readonly html_url: string
  readonly user: { readonly login: string; readonly type?: string } | null
}

const posted = ({ number, body, state, html_url, user }: RestIssue): PostedIssue => ({
  number,
  body: body ?? '',
  isOpen: state === 'open',
  author: user === null ? null : user.login.replace(/\[bot\]$/, ''),
  bot: user?.type === 'Bot',
  url: html_url,
})
