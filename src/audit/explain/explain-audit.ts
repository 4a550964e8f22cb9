/** @file Explanations of a whole audit: features of each round while its captures are there, words for all of them at the end. */
import { inScope } from '../../contract/readout-scope.ts'
import { present } from '../../numbers/present.ts'
import { type ModelCapture, storeOf } from '../capture/capture-model.ts'
import type { CandidateFeatures } from '../features/evidence/feature-evidence.ts'
import type { SeenReadout } from '../features/reference-features.ts'
import { isRescaled } from '../features/scaling.ts'
import type { Residuals } from '../rows/residuals.ts'
import type { Run } from '../run/run.ts'
import type { Model } from '../subjects/model.ts'
import { type Explained, inWords, type Located, locateFeatures, worstFeatures } from './explain.ts'

/** One candidate of a round: what was made of its features, read-out by read-out, and what it was made from. */
export interface RoundCandidate {
  readonly features: readonly CandidateFeatures[]
  readonly capture: ModelCapture
}

/** Features of one candidate by read-out. */
export type LocatedByReadout = readonly (readonly Located[])[]

/** Of every candidate of a round what is to be explained; nothing where it was not asked for. Errors: ENGINE_FAILED. */
export async function locateRound(
  run: Run,
  reference: { readonly capture: ModelCapture; readonly readouts: readonly SeenReadout[] },
  candidates: readonly RoundCandidate[],
): Promise<readonly LocatedByReadout[]> {
  const { explain = 0, thresholds, rescale } = run.config
  const { survived } = thresholds
  const byCandidate: (readonly Located[])[][] = candidates.map(() => [])
  if (explain === 0) return byCandidate
  for (const [r, seen] of reference.readouts.entries()) {
    const { hook, center } = seen.readout
    const residuals = ({ chunked }: ModelCapture, scale: number): Residuals => ({
      store: storeOf(chunked, hook),
      center,
      scale,
    })
    const wanted = { survived, most: explain, watched: watchedAt(run, seen) }
    const places = {
      reference: residuals(reference.capture, 1),
      candidates: candidates.map(({ capture, features }) => {
        const { scaling } = present(features[r])
        return residuals(capture, rescale && isRescaled(scaling) ? 1 / scaling.factor : 1)
      }),
      chosen: candidates.map(({ features }) => worstFeatures(present(features[r]).evidence, wanted)),
    }
    const located = await locateFeatures(run, seen, places)
    for (const [c, of] of byCandidate.entries()) of.push(present(located[c]))
  }
  return byCandidate
}

/** A candidate of a round where it is known of every feature where it fires most. */
export interface KnownCandidate {
  readonly features: readonly CandidateFeatures[]
  readonly highest: (readout: number, feature: number) => Located['contexts']
}

/** The same without captures. */
export function locateKnown(
  run: Run,
  readouts: readonly SeenReadout[],
  candidates: readonly KnownCandidate[],
): readonly LocatedByReadout[] {
  const { explain = 0, thresholds } = run.config
  if (explain === 0) return candidates.map(() => [])
  return candidates.map(({ features, highest }) =>
    readouts.map((seen, r) => {
      const wanted = { survived: thresholds.survived, most: explain, watched: watchedAt(run, seen) }
      const chosen = worstFeatures(present(features[r]).evidence, wanted)
      return chosen.map((one) => ({ ...one, contexts: highest(r, one.feature) }))
    }),
  )
}

/** The features of this read-out that the policy lists. */
export function watchedAt({ config }: Run, { readout }: SeenReadout): ReadonlySet<number> {
  const { id, hook, dictionary } = readout
  const names = [id, hook, dictionary.spec]
  return new Set(
    (config.watched ?? [])
      .filter((scope) => inScope(scope, names, dictionary.reads.layer))
      .flatMap(({ ids }) => ids),
  )
}

/** What was located, in words, as part of what the report says of each candidate's features. Errors: those of reading. */
export async function withExplanations<Result extends { readonly features: readonly CandidateFeatures[] }>(
  run: Run,
  reference: { readonly model: Model; readonly readouts: readonly SeenReadout[] },
  results: readonly (Result & { readonly located: LocatedByReadout })[],
): Promise<readonly Result[]> {
  const byReadout: (readonly (readonly Explained[])[])[] = []
  for (const [r, seen] of reference.readouts.entries())
    byReadout.push(
      await inWords(
        run,
        reference.model,
        seen,
        results.map(({ located }) => located[r] ?? []),
      ),
    )
  return results.map((result, c) => ({
    ...result,
    features: result.features.map((one, r) => {
      const explained = byReadout[r]?.[c] ?? []
      if (explained.length === 0) return one
      return { ...one, report: { ...one.report, explained: [...explained] } }
    }),
  }))
}
