/**
 * @file What the features are about that a candidate changed most: chosen from its table, looked up in the reference's rows while
 * the candidate's are still there.
 */

import { countedMask } from '../../contract/options/positions.ts'
import type { FeaturesReport } from '../../contract/report/report-schema.ts'
import { present } from '../../numbers/present.ts'
import type { CandidateFeatures } from '../features/evidence/feature-evidence.ts'
import type { SeenReadout } from '../features/reference-features.ts'
import type { Residuals } from '../rows/residuals.ts'
import type { Run } from '../run/run.ts'
import type { Model } from '../subjects/model.ts'
import { withProbe } from './probe.ts'
import { promotedTokens } from './promoted-tokens.ts'
import { distinctRows, type TopRow, topRows } from './top-rows.ts'

export type Explained = NonNullable<FeaturesReport['explained']>[number]

/** Contexts of a feature. */
export const MOST_CONTEXTS = 5
/** Tokens that it speaks for. */
const MOST_PROMOTED = 8
/** Tokens of a context beside the one where it fires. */
const BEFORE = 12
const AFTER = 6
const MOST_CHARACTERS = 400

/** A feature to look up. */
export interface Chosen {
  readonly feature: number
  readonly correlation: number | null
  /** A list of the policy names it. */
  readonly watched: boolean
}

/** A feature without its words: rows in place of text. */
export interface Located extends Chosen {
  readonly contexts: readonly (TopRow & { readonly candidate: number })[]
}

/** Which features are worth looking up. */
export interface Wanted {
  /** ρ from which on a feature survives. */
  readonly survived: number
  /** So many, and as many again of those that are watched. */
  readonly most: number
  readonly watched: ReadonlySet<number>
}

/**
 * Active features below the survived threshold, lowest ρ first; then the watched ones that are not among them, whatever their ρ. One
 * without ρ counts as 0. Pure.
 */
export function worstFeatures(
  { table }: CandidateFeatures['evidence'],
  { survived, most, watched }: Wanted,
): readonly Chosen[] {
  const { active, correlation, width } = table
  const found: (Chosen & { rank: number })[] = []
  for (let feature = 0; feature < width; feature++) {
    if (active[feature] !== 1) continue
    const rho = correlation[feature] ?? Number.NaN
    const rank = Number.isNaN(rho) ? 0 : rho
    const isWatched = watched.has(feature)
    if (rank < survived || isWatched)
      found.push({ feature, correlation: Number.isNaN(rho) ? null : rho, watched: isWatched, rank })
  }
  found.sort((a, b) => a.rank - b.rank || a.feature - b.feature)
  const worst = found.filter(({ rank }) => rank < survived).slice(0, most)
  const named = found.filter((one) => one.watched && !worst.includes(one)).slice(0, most)
  return [...worst, ...named].map(({ rank: _, ...chosen }) => chosen)
}

/** The residuals of a round at one read-out, and the features to look up for each candidate. */
export interface RoundPlaces {
  readonly reference: Residuals
  readonly candidates: readonly Residuals[]
  readonly chosen: readonly (readonly Chosen[])[]
}

/** Per candidate of the round, in the order given. Errors: ENGINE_FAILED. */
export async function locateFeatures(
  run: Run,
  { readout }: SeenReadout,
  { reference, candidates, chosen }: RoundPlaces,
): Promise<readonly (readonly Located[])[]> {
  const features = Int32Array.from(new Set(chosen.flatMap((of) => of.map(({ feature }) => feature)))).sort()
  if (features.length === 0) return candidates.map(() => [])
  const { encoder } = readout
  const sequences = {
    counted: countedMask(readout.positions, run.tokens.sequences.blockLength),
    most: MOST_CONTEXTS,
  }
  const tops = await topRows({ encoder, features }, reference, sequences, run.device)
  const rows = distinctRows(tops)
  const at = new Map([...rows].map((row, i) => [row, i]))
  const column = new Map([...features].map((feature, k) => [feature, k]))
  return await withProbe(encoder, features, run.device, async (probe) => {
    const located: Located[][] = []
    for (const [c, residuals] of candidates.entries()) {
      const activations = rows.length === 0 ? new Float32Array() : await probe(residuals, rows)
      const activation = (row: number, k: number): number =>
        present(activations[present(at.get(row)) * features.length + k])
      located.push(
        present(chosen[c]).map((one) => {
          const k = present(column.get(one.feature))
          const contexts = present(tops[k]).map((top) => ({ ...top, candidate: activation(top.row, k) }))
          return { ...one, contexts }
        }),
      )
    }
    return located
  })
}

/** In words, for the candidates of an audit at one read-out. Errors: the checkpoint's and the dictionary's own. */
export async function inWords(
  run: Run,
  model: Model,
  { readout }: SeenReadout,
  located: readonly (readonly Located[])[],
): Promise<readonly (readonly Explained[])[]> {
  const features = Int32Array.from(new Set(located.flatMap((of) => of.map(({ feature }) => feature)))).sort()
  if (features.length === 0) return located.map(() => [])
  const how = { device: run.device, most: MOST_PROMOTED }
  const promoted = await promotedTokens(model, readout.dictionary, features, how)
  const text = textOf(run)
  const promotes = new Map(
    [...features].map((feature, k) => [feature, (promoted?.[k] ?? []).map((id) => text([id]))]),
  )
  return located.map((of) =>
    of.map(({ feature, correlation, watched, contexts }) => ({
      feature,
      watched,
      correlation,
      contexts: contexts.map((context) => contextIn(run, context, text)),
      promotes: promotes.get(feature) ?? [],
    })),
  )
}

function textOf({ tokens }: Run): (ids: Iterable<number>) => string {
  const known = tokens.text ?? ((ids: Iterable<number>) => [...ids].map((id) => `#${id} `).join(''))
  // Not within a pair.
  return (ids) =>
    known(ids)
      .slice(0, MOST_CHARACTERS)
      .replace(/[\uD800-\uDBFF]$/, '')
}

function contextIn(
  { tokens }: Run,
  { row, activation, candidate }: Located['contexts'][number],
  text: (ids: Iterable<number>) => string,
): Explained['contexts'][number] {
  const { ids, blockLength } = tokens.sequences
  const sequence = Math.floor(row / blockLength)
  const [start, end] = [sequence * blockLength, (sequence + 1) * blockLength]
  return {
    sequence,
    position: row - start,
    before: text(ids.subarray(Math.max(start, row - BEFORE), row)),
    token: text(ids.subarray(row, row + 1)),
    after: text(ids.subarray(row + 1, Math.min(end, row + 1 + AFTER))),
    reference: activation,
    candidate,
  }
}
