/** @file On which kind of token a candidate differs most from its reference, by KL and by survival. */

/** What is compared: mean KL, and its interval; null: none. */
interface Divergence {
  readonly klMean: number | null
  readonly klMeanCi: readonly number[] | null
}

/**
 * The kind with the largest mean KL among those whose whole interval lies above the interval of all tokens. Null: there is none, or there are no
 * intervals.
 */
export function worstKind<Kind extends Divergence>(kinds: readonly Kind[], whole: Divergence): Kind | null {
  const most = whole.klMeanCi?.[1]
  if (most === undefined) return null
  return kinds
    .filter(({ klMeanCi }) => klMeanCi !== null && klMeanCi[0]! > most)
    .reduce<Kind | null>((worst, one) => ((one.klMean ?? 0) > (worst?.klMean ?? 0) ? one : worst), null)
}

/** Survival at some of the positions. */
interface Survival {
  readonly survived: number | null
  readonly survivedCi: readonly number[] | null
}

/** The kind at which least survives, among those whose whole interval lies below that of all positions. Null: as above. */
export function leastSurvived<Kind extends Survival>(kinds: readonly Kind[], whole: Survival): Kind | null {
  const least = whole.survivedCi?.[0]
  if (least === undefined) return null
  return kinds
    .filter(({ survivedCi }) => survivedCi !== null && survivedCi[1]! < least)
    .reduce<Kind | null>((worst, one) => ((one.survived ?? 1) < (worst?.survived ?? 1) ? one : worst), null)
}
