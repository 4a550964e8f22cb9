/**
 * @file Pull requests on models of the Hugging Face Hub: ours that are open, and files written to one of them or to a new one.
 * Answers are of no type that anybody vouches for.
 */
import { commit } from '@huggingface/hub'
import { hubAnswerUnusable } from '../../errors/hub.ts'
import { SaegateError } from '../../errors/problem.ts'
import type { HubSettings } from '../hub-settings.ts'
import { parseHubSpec } from '../hub-spec.ts'
import { boundedAnswers } from './bounded-answers.ts'
import { hubFetch } from './hub-fetch.ts'

/** A change of one small text file. */
export interface HubChange {
  readonly path: string
  readonly text: string
  /** The commit that the text was made from: where the branch is another by now, the Hub refuses. */
  readonly parent: string
  readonly title: string
  readonly description: string
  /** Number of the pull request that it is for; null: a new one. */
  readonly pullRequest: number | null
}

export interface HubPullRequests {
  /** Numbers of the open ones of this title that the token's owner made, oldest first. */
  own(title: string): Promise<readonly number[]>
  /** Asked once: nobody knows of a request that broke off whether it was heard. Gives the address. Errors: HUB_*. */
  write(change: HubChange): Promise<string>
  addressOf(pullRequest: number): string
}

const MOST_PAGES = 20

/** `name`: owner/name. Errors of all: HUB_*. */
export function hubPullRequests(name: string, settings: HubSettings): HubPullRequests {
  const spec = parseHubSpec(`hf:${name}`)
  const { endpoint } = settings
  const unusable = (reason: string): SaegateError => hubAnswerUnusable(name, reason)
  const request = boundedAnswers(hubFetch(spec, settings), name)
  const get = async (path: string): Promise<Fields> => {
    const answer = await request(`${endpoint}/api/${path}`)
    try {
      return fieldsOf(await answer.json())
    } catch {
      throw unusable('it is not JSON')
    }
  }
  const addressOf = (pullRequest: number): string => `${endpoint}/${name}/discussions/${pullRequest}`
  return {
    addressOf,
    async own(title) {
      const { name: author } = await get('whoami-v2')
      if (typeof author !== 'string' || author === '') throw unusable('it does not say whose the token is')
      const asked = new URLSearchParams({ type: 'pull_request', status: 'open', author })
      const found: number[] = []
      for (let page = 0, seen = 0; page < MOST_PAGES; page++) {
        const { discussions, count } = await get(`models/${name}/discussions?${asked}&p=${page}`)
        if (!Array.isArray(discussions)) throw unusable('it has no list of discussions')
        const listed = discussions.map(fieldsOf)
        // What was asked for is looked at again: a mirror may not know these filters.
        const ours = listed.filter(
          (one) =>
            one.isPullRequest === true &&
            (one.status === 'open' || one.status === 'draft') &&
            one.title === title &&
            fieldsOf(one.author).name === author,
        )
        for (const { num } of ours) if (typeof num === 'number' && Number.isSafeInteger(num)) found.push(num)
        seen += listed.length
        if (listed.length === 0 || typeof count !== 'number' || seen >= count) break
      }
      return found.sort((a, b) => a - b)
    },
    async write({ path, text, parent, title, description, pullRequest }) {
      const isNew = pullRequest === null
      try {
        const written = await commit({
          repo: { type: 'model', name },
          operations: [{ operation: 'addOrUpdate', path, content: new Blob([text]) }],
          title,
          description,
          parentCommit: parent,
          ...(isNew ? { isPullRequest: true } : { branch: `refs/pr/${pullRequest}` }),
          hubUrl: endpoint,
          fetch: boundedAnswers(hubFetch(spec, settings, 1), name),
        })
        if (!isNew) return addressOf(pullRequest)
        const number = /\/discussions\/(\d{1,9})$/.exec(written?.pullRequestUrl ?? '')?.[1]
        if (number === undefined) throw unusable('it names no pull request')
        return addressOf(Number(number))
      } catch (error) {
        if (error instanceof SaegateError) throw error
        throw unusable(error instanceof Error ? error.message : String(error))
      }
    },
  }
}

type Fields = Readonly<Record<string, unknown>>

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
