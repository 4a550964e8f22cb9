/** @file What the pages of a registry are about: models, each with its audits over time, and what was measured alike. Pure. */
import { digestOfWords } from '../content.ts'
import type { Outcome } from '../outcome.ts'
import type { Finished, Recorded } from '../state/entries.ts'
import type { History, Known } from '../state/history.ts'

/** A model as people see it: one candidate, or the versions of one that its source counts. */
export interface SiteModel {
  /** `SOURCE:NAME` */
  readonly id: string
  readonly source: string
  readonly name: string
  /** Of its files: safe in every file system and address. */
  readonly slug: string
  /** Of its newest version. */
  readonly isListed: boolean
  readonly revision: string
  /** The model it was made of, as its source says; null: nobody says. */
  readonly base: string | null
  /** Oldest first. */
  readonly audits: readonly Recorded<Finished>[]
  /** The last audit; null: none yet. */
  readonly last: Recorded<Finished> | null
}

/** A name that tells people what it is, and a digest that keeps it apart from all others. */
export function slugOf(id: string): string {
  const words = id
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
  return `${words.slice(0, 60) || 'model'}-${digestOfWords(id).slice(0, 10)}`
}

/** By their ids. */
export function modelsOf({ items, audits }: History): readonly SiteModel[] {
  const auditsOf = new Map<string, Recorded<Finished>[]>()
  const grouped = new Map<string, [string, Known][]>()
  for (const [id, known] of items) {
    const { source, name, of } = known.item
    const model = `${source}:${of ?? name}`
    grouped.set(model, [...(grouped.get(model) ?? []), [id, known]])
  }
  for (const audit of audits) {
    const own = auditsOf.get(audit.what.item)
    if (own === undefined) auditsOf.set(audit.what.item, [audit])
    else own.push(audit)
  }
  const found = [...grouped].flatMap(([id, versions]): SiteModel[] => {
    const own = versions.flatMap(([item]) => auditsOf.get(item) ?? []).sort(inTime)
    const newest = versions.reduce((a, b) => ((b[1].item.when ?? '') >= (a[1].item.when ?? '') ? b : a))[1]
    const { source, name, of, revision, base } = newest.item
    const isListed = versions.some(([, known]) => known.isListed)
    return [
      {
        id,
        source,
        name: of ?? name,
        slug: slugOf(id),
        isListed,
        revision,
        base,
        audits: own,
        last: own.at(-1) ?? null,
      },
    ]
  })
  return found.sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** In the order of their ends, as the history has them; clocks decide only between candidates. */
const inTime = (a: Recorded<Finished>, b: Recorded<Finished>): number =>
  a.what.item === b.what.item ? 0 : a.at < b.at ? -1 : a.at > b.at ? 1 : 0

/** Audits with the same digest here were measured against the same, on the same: their figures can be compared. */
export const measuredAgainst = ({ inputs: { reference, sae, corpus, options } }: Finished): string =>
  digestOfWords(reference, sae, corpus, options)

export type VerdictOutcome = Extract<Outcome, { readonly kind: 'verdict' }>

/** An audit that has figures. */
export type Measured = Finished & { readonly outcome: VerdictOutcome }

export const isMeasured = (finished: Finished): finished is Measured => finished.outcome.kind === 'verdict'
