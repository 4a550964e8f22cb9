/**
 * @file Whether a number keeps a limit, given how well it is known: the whole interval on the right side passes, the
 * whole interval on the wrong side fails, anything else is inconclusive. A number that ought to have an interval and has none
 * (too few token groups) is inconclusive too: nobody knows how far it may be off. One that can have none decides alone.
 * Nothing is rounded before it is compared.
 */
import type { Interval } from '../../contract/report/report-schema.ts'
import { knownOf } from '../../statistics/intervals/estimate.ts'
import type { Seen } from '../metrics/view.ts'
import type { Limit } from '../policy.ts'

export type Outcome = 'pass' | 'fail' | 'inconclusive'

export interface Decision {
  readonly outcome: Outcome
  readonly estimate: Seen
  readonly interval: Interval
  /**
   * Inconclusive: how many times the tokens would probably decide it; Infinity where the number is on the limit, NaN where
   * there is no interval to tell.
   */
  readonly timesTokens: number
}

/**
 * Half-width over distance to the limit at which about four audits in five decide. Where the two are equal, half of them do:
 * the interval just touches the limit, and the number itself moves.
 */
const WIDTH_FOR_POWER = Math.SQRT1_2

/** A number against a limit; `maxDrop` and `maxRise` take the drop or the rise itself. */
export function decide(estimate: Seen, limit: Limit, confidence: number): Decision {
  const known = knownOf(estimate, confidence)
  const interval = known?.interval ?? null
  const [low, high] = interval ?? [estimate.value, estimate.value]
  const isUnsure = interval === null && estimate.error !== null
  const found = isUnsure ? 'inconclusive' : outcomeOf(low, high, limit)
  const slack = estimate.isEarly === true ? Math.abs(known?.bias ?? 0) : 0
  const outcome =
    found === 'fail' && outcomeOf(low - slack, high + slack, limit) !== 'fail' ? 'inconclusive' : found
  return {
    outcome,
    estimate,
    interval,
    timesTokens: isUnsure
      ? Number.NaN
      : outcome === 'inconclusive'
        ? tokensNeeded(estimate.value, [low, high], limit, known?.budgetExponent ?? 2)
        : 1,
  }
}

function outcomeOf(low: number, high: number, limit: Limit): Outcome {
  switch (limit.operator) {
    case 'min':
      return low >= limit.value ? 'pass' : high < limit.value ? 'fail' : 'inconclusive'
    case 'max':
    case 'maxDrop':
    case 'maxRise':
      return high <= limit.value ? 'pass' : low > limit.value ? 'fail' : 'inconclusive'
    case 'equals':
      return low === limit.value && high === limit.value ? 'pass' : 'fail'
  }
}

/**
 * Times the tokens that would decide a number about four times in five; Infinity where it is on the limit. Half-widths fall
 * as tokens^(−1/exponent): 2 where errors fall as those of a mean do, up to 4 for fractions of features that err each for
 * themselves.
 */
export function tokensNeeded(
  value: number,
  [low, high]: readonly [low: number, high: number],
  limit: Limit,
  exponent: number,
): number {
  const distance = Math.abs(value - Number(limit.value))
  const half = value < Number(limit.value) ? high - value : value - low
  if (distance === 0) return Number.POSITIVE_INFINITY
  return Math.max(1, (half / (WIDTH_FOR_POWER * distance)) ** exponent)
}

/** A number of tokens worth naming: two digits, rounded up. */
export function roundedTokens(tokens: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(tokens)) - 1)
  // Twelve digits: 8000.000000001 tokens are 8,000.
  return Math.ceil(Number((tokens / unit).toPrecision(12))) * unit
}
