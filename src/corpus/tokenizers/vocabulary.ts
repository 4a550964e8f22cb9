/**
 * @file Which token each id stands for, and whether two models agree on it where it matters: both read the reference's ids,
 * so a candidate that numbers the same tokens otherwise would be run on another text.
 *
 * Tokens that only one of the two knows are no disagreement by themselves: GGUF files and Hugging Face spell a few of them
 * differently, and reserved places get names later.
 */
import { readJsonObject } from '../../sources/json.ts'
import type { PinnedFiles } from '../../sources/pinned-files.ts'
import { tokenizerFile } from './tokenizer.ts'
import { vocabularyEntries } from './vocabulary-entries.ts'

export interface Vocabulary {
  readonly tokens: ReadonlyMap<number, string>
  readonly ids: ReadonlyMap<string, number>
}

/** An id that means two tokens. */
export interface Disagreement {
  /** How many ids of those that were asked about. */
  readonly count: number
  readonly id: number
  readonly ours: string
  readonly theirs: string
}

/** The vocabulary of a tokenizer.json and its added tokens; null: there is none. Errors: those of reading JSON. */
export async function readVocabulary(files: PinnedFiles): Promise<Vocabulary | null> {
  const name = tokenizerFile(files)
  if (name === null) return null
  return vocabularyOf(vocabularyEntries(await readJsonObject(files, name)))
}

/** Tokens in the order of their ids, as GGUF files list them. */
export function listedVocabulary(tokens: readonly string[]): Vocabulary {
  return vocabularyOf(tokens.map((token, id) => [token, id] as const))
}

function vocabularyOf(entries: readonly (readonly [token: string, id: number])[]): Vocabulary {
  return { tokens: new Map(entries.map(([token, id]) => [id, token])), ids: new Map(entries) }
}

/** Of these ids, those that stand for tokens which the other model has under another id; null: none. */
export function disagreement(
  ours: Vocabulary,
  theirs: Vocabulary,
  ids: Iterable<number>,
): Disagreement | null {
  let first: Omit<Disagreement, 'count'> | null = null
  let count = 0
  for (const id of new Set(ids)) {
    const [token, other] = [ours.tokens.get(id), theirs.tokens.get(id)]
    if (token === undefined || other === undefined || token === other) continue
    if (!theirs.ids.has(token) && !ours.ids.has(other)) continue
    first ??= { id, ours: token, theirs: other }
    count++
  }
  return first === null ? null : { ...first, count }
}
