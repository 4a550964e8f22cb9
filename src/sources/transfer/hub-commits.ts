/** @file Files written to a repository of the Hugging Face Hub, all in one commit. */
import { commit } from '@huggingface/hub'
import { hubAnswerUnusable } from '../../errors/hub.ts'
import { SaegateError } from '../../errors/problem.ts'
import type { HubSettings } from '../hub-settings.ts'
import { parseHubSpec, repositoryName } from '../hub-spec.ts'
import { boundedAnswers } from './bounded-answers.ts'
import { hubFetch } from './hub-fetch.ts'

export interface HubCommit {
  /** hf:[datasets/]owner/name */
  readonly repository: string
  readonly files: readonly { readonly path: string; readonly text: string }[]
  /** What they were made from: where the branch is another by now, the Hub refuses. Null: whatever it is. */
  readonly parent: string | null
  readonly title: string
}

/** Asked once: nobody knows of a request that broke off whether it was heard. Errors: HUB_*. */
export async function commitFiles(
  { repository, files, parent, title }: HubCommit,
  settings: HubSettings,
): Promise<void> {
  const spec = parseHubSpec(repository)
  const { type, name } = spec
  try {
    await commit({
      repo: { type, name },
      operations: files.map(({ path, text }) => ({
        operation: 'addOrUpdate' as const,
        path,
        content: new Blob([text]),
      })),
      title,
      ...(parent === null ? {} : { parentCommit: parent }),
      hubUrl: settings.endpoint,
      fetch: boundedAnswers(hubFetch(spec, settings, 1), repositoryName(spec)),
    })
  } catch (error) {
    if (error instanceof SaegateError) throw error
    throw hubAnswerUnusable(repositoryName(spec), error instanceof Error ? error.message : String(error))
  }
}
