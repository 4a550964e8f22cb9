/** @file What is audited: one candidate of one source, at one revision. */

export interface Item {
  /** Of the source in registry.yaml. */
  readonly source: string
  /** Unique in the source: `owner/name`, a path below a folder, `model/3`, `repository:tag`. */
  readonly name: string
  /** Changes whenever the content may have: a commit, a manifest's digest, sizes and times of files. Cheap to come by. */
  readonly revision: string
  /** ISO 8601; null: the source does not say. */
  readonly when: string | null
  readonly tags: readonly string[]
  /** The model it was made of, as a spec; null: nobody says. */
  readonly base: string | null
  /** The model that it is a version of, by its name in the source; absent: it is one by itself. */
  readonly of?: string
}

/** `SOURCE:NAME`: how people name it, and the history. */
export const itemId = ({ source, name }: Pick<Item, 'source' | 'name'>): string => `${source}:${name}`
