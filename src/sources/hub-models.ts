/** @file Lists of models on the Hugging Face Hub: what is published, by whom, made of what, and at which commit. */
import { listModels } from '@huggingface/hub'
import { hubAnswerUnusable } from '../errors/hub.ts'
import { SaegateError } from '../errors/problem.ts'
import { COMMIT } from './hub-cache.ts'
import type { HubSettings } from './hub-settings.ts'
import { parseHubSpec } from './hub-spec.ts'
import { boundedAnswers } from './transfer/bounded-answers.ts'
import { hubFetch } from './transfer/hub-fetch.ts'

export interface ListedModel {
  /** owner/name */
  readonly name: string
  readonly commit: string
  /** ISO 8601 */
  readonly modified: string
  readonly tags: readonly string[]
}

export interface ModelSearch {
  readonly owner: string | null
  /** A model has all of them. */
  readonly tags: readonly string[]
}

/** How messages call it. */
const THE_LIST = { text: 'the list of models', type: 'model', revision: 'main', path: '' } as const

/**
 * The models that a search finds, those that changed last first. `since`: ISO 8601; the list ends where it comes to older ones, as
 * long as it is in that order. Errors: HUB_*.
 */
export async function hubModels(
  { owner, tags }: ModelSearch,
  since: string | null,
  settings: HubSettings,
): Promise<readonly ListedModel[]> {
  const name = owner === null ? THE_LIST.text : `${THE_LIST.text} of ${owner}`
  const request = boundedAnswers(hubFetch({ ...THE_LIST, name }, settings), name)
  const found = new Map<string, ListedModel>()
  let last: string | null = null
  let isOrdered = true
  try {
    const listed = listModels({
      search: { ...(owner === null ? {} : { owner }), tags: [...tags] },
      additionalFields: ['sha', 'tags'],
      sort: 'lastModified',
      hubUrl: settings.endpoint,
      fetch: request,
    })
    for await (const entry of listed) {
      const model = checked(entry, name)
      // One that begins with what is older is in another order, or its newest model is gone: it is read to its end.
      isOrdered &&= last === null ? since === null || model.modified >= since : model.modified <= last
      last = model.modified
      // A page that is older than the one before may name a model again, as it was.
      if ((found.get(model.name)?.modified ?? '') < model.modified) found.set(model.name, model)
      if (isOrdered && since !== null && model.modified < since) break
    }
  } catch (error) {
    if (error instanceof SaegateError) throw error
    throw hubAnswerUnusable(name, error instanceof Error ? error.message : String(error))
  }
  return [...found.values()]
}

/** An entry as an answer has it: of no type that anybody vouches for. Errors: HUB_ANSWER_UNUSABLE. */
function checked(
  entry: {
    readonly name: unknown
    readonly sha: unknown
    readonly updatedAt: Date
    readonly tags: unknown
  },
  list: string,
): ListedModel {
  const { name, sha, updatedAt, tags } = entry
  if (typeof name !== 'string' || typeof sha !== 'string' || !COMMIT.test(sha))
    throw hubAnswerUnusable(list, 'a model has no name or no commit')
  if (Number.isNaN(updatedAt.getTime())) throw hubAnswerUnusable(list, `${name} has no date`)
  return {
    name: parseHubSpec(`hf:${name}`).name,
    commit: sha,
    modified: updatedAt.toISOString(),
    tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string').slice(0, 1000) : [],
  }
}
