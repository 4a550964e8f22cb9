/**
 * @file Whether a number keeps a limit, given how well it is known: the whole interval on the right side passes, the
 * whole interval on the wrong side fails, anything else is inconclusive. A number that ought to have an interval and has none
 * (too few token groups) is inconclusive too: nobody knows how far it may be off. One that can have none decides alone.
 * Nothing is rounded before it is compared.
 */
import type { Interval } from '../../contract/report/report-schema.ts'
import { type Estimate, intervalOf } from '../../statistics/estimate.ts'
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
 * Half-widths shrink with 1/√tokens. With (half-width / distance)² times the tokens the interval would just touch the
 * limit, and miss it half the time, as the number itself moves; twice that decides about four times in five.
 */
const TOKENS_FOR_POWER = 2

/** A number against a limit; `maxDrop` and `maxRise` take the drop or the rise itself. */
export function decide(estimate: Seen, limit: Limit, confidence: number): Decision {
  const interval = intervalOf(estimate, confidence)
  const [low, high] = interval ?? [estimate.value, estimate.value]
  const isUnsure = interval === null && estimate.error !== null
  const outcome = isUnsure ? 'inconclusive' : outcomeOf(low, high, limit)
  return {
    outcome,
    estimate,
    interval,
    timesTokens: isUnsure
      ? Number.NaN
      : outcome === 'inconclusive'
        ? timesTokens(estimate, low, high, limit)
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

function timesTokens({ value }: Estimate, low: number, high: number, limit: Limit): number {
  const distance = Math.abs(value - Number(limit.value))
  const half = value < Number(limit.value) ? high - value : value - low
  return distance === 0 ? Number.POSITIVE_INFINITY : Math.max(1, TOKENS_FOR_POWER * (half / distance) ** 2)
}

/** A number of tokens worth naming: two digits, rounded up. */
export function roundedTokens(tokens: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(tokens)) - 1)
  // Twelve digits: 8000.000000001 tokens are 8,000.
  return Math.ceil(Number((tokens / unit).toPrecision(12))) * unit
}
