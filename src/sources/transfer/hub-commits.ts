/** @file Files written to a repository of the Hugging Face Hub, all in one commit. */
import { openAsBlob } from 'node:fs'
import { commit } from '@huggingface/hub'
import { hubAnswerUnusable } from '../../errors/hub.ts'
import { SaegateError } from '../../errors/problem.ts'
import type { HubSettings } from '../hub-settings.ts'
import { parseHubSpec, repositoryName } from '../hub-spec.ts'
import { boundedAnswers } from './bounded-answers.ts'
import { hubFetch } from './hub-fetch.ts'

/** Its path in the repository, and its text or the file of this machine that it is. */
export type HubFile = { readonly path: string } & ({ readonly text: string } | { readonly from: string })

export interface HubCommit {
  /** hf:[datasets/]owner/name */
  readonly repository: string
  readonly files: readonly HubFile[]
  /** What they were made from: where the branch is another by now, the Hub refuses. Null: whatever it is. */
  readonly parent: string | null
  readonly title: string
}

/** Asked once: nobody knows of a request that broke off whether it was heard. Gives the commit; '': the Hub does not say. Errors: HUB_*. */
export async function commitFiles(
  { repository, files, parent, title }: HubCommit,
  settings: HubSettings,
): Promise<string> {
  const spec = parseHubSpec(repository)
  const { type, name } = spec
  try {
    const operations = []
    for (const file of files) {
      const content = 'text' in file ? new Blob([file.text]) : await openAsBlob(file.from)
      operations.push({ operation: 'addOrUpdate' as const, path: file.path, content })
    }
    const written = await commit({
      repo: { type, name },
      operations,
      title,
      ...(parent === null ? {} : { parentCommit: parent }),
      hubUrl: settings.endpoint,
      fetch: boundedAnswers(hubFetch(spec, settings, 1), repositoryName(spec)),
    })
    return written?.commit.oid ?? ''
  } catch (error) {
    if (error instanceof SaegateError) throw error
    throw hubAnswerUnusable(repositoryName(spec), error instanceof Error ? error.message : String(error))
  }
}
