/**
 * @file How numbers look to a reader: the one place where anything is rounded.
 *
 * Ratios are 0..1 and perplexity changes are percent until they get here. Signs are the real minus (U+2212), a
 * percent sign stands after a narrow no-break space (SI brochure 5.4.3), an undefined number is an en dash.
 * Nothing here decides anything: comparisons are made on the unrounded numbers, and where a rounded observation
 * would read the same as the limit it missed, digits are added until the two differ.
 */
import type { Interval, RuleResult } from '../../contract/report/report-schema.ts'
import { metricNamed } from '../../policy/metrics/table.ts'
import { type Unit, unitOfChange } from '../../policy/metrics/units.ts'

export const MINUS = '\u2212'
/** Narrow no-break space. */
export const THIN = '\u202F'
export const MISSING = '–'

/** No formatted number needs more: a float64 has 17 significant digits. */
const MAX_DIGITS = 12

function fixed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits)
  const isZero = Number(text) === 0
  return value < 0 && !isZero ? MINUS + text : text
}

/** A plain number with a fixed count of decimals; a missing one is an en dash. */
export function decimal(value: number | null | undefined, digits: number): string {
  if (value === null || value === undefined || Number.isNaN(value)) return MISSING
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${MINUS}∞`
  return fixed(value, digits)
}

/** No more decimals than this: what is smaller is noise of float32. */
const MOST_DECIMALS = 7

/** Decimals that a small figure needs to be told from nothing: four, more where less than two digits of it would be seen. */
export function smallDigits(value: number | null | undefined): number {
  const size = Math.abs(value ?? 0)
  if (!(size > 0)) return 4
  return Math.min(MOST_DECIMALS, Math.max(4, 1 - Math.floor(Math.log10(size))))
}

/** A number of unknown size, to `significant` digits, without trailing zeros; thousands apart above 10⁴. */
export function number(value: number | null | undefined, significant = 4): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return decimal(value, 0)
  if (Number.isInteger(value)) return count(value)
  const size = Math.abs(value)
  if (size >= 1e4) return count(Math.round(value))
  if (size < 1e-4) {
    const [mantissa = '0', exponent = '0'] = size.toExponential(Math.max(0, significant - 2)).split('e')
    const power = Number(exponent)
    return `${value < 0 ? MINUS : ''}${mantissa}e${power < 0 ? MINUS : ''}${Math.abs(power)}`
  }
  return String(Number(size.toPrecision(significant))).replace(/^/, value < 0 ? MINUS : '')
}

/** `1.783 → 1.790`: the second to the decimals that the first has, so that neither looks rounder than it is. */
export function change(before: number, after: number, significant = 4): string {
  const digits = Math.max(0, significant - 1 - Math.floor(Math.log10(Math.abs(before))))
  if (!(Math.abs(before) >= 1e-4 && Math.abs(before) < 1e4)) return `${number(before)} → ${number(after)}`
  return `${decimal(before, digits)} → ${decimal(after, digits)}`
}

/** 32768 → 32,768. */
export function count(value: number): string {
  const digits = String(Math.abs(Math.trunc(value))).replace(/\B(?=(\d{3})+$)/g, ',')
  return value < 0 ? MINUS + digits : digits
}

/** 0.62395 → 62.4 % */
export function percent(ratio: number | null | undefined, digits = 1): string {
  if (ratio === null || ratio === undefined || !Number.isFinite(ratio)) return decimal(ratio, digits)
  return `${fixed(100 * ratio, digits)}${THIN}%`
}

/** A change that is in percent already: 14.722 → +14.7 %, −5.648 → −5.6 %. */
export function signedPercent(change: number | null | undefined, digits = 1): string {
  if (change === null || change === undefined || !Number.isFinite(change)) return decimal(change, digits)
  return `${signed(change, digits)}${THIN}%`
}

/** With its sign; a value that rounds to nothing has none. */
export function signed(value: number, digits: number): string {
  const text = fixed(value, digits)
  return value > 0 && Number(text) !== 0 ? `+${text}` : text
}

/** [0.611, 0.637] → [61.1, 63.7]; empty without an interval. */
export function percentInterval(ci: Interval | readonly number[] | null | undefined, digits = 1): string {
  return interval(ci, (value) => fixed(100 * value, digits))
}

export function signedInterval(ci: Interval | readonly number[] | null | undefined, digits = 1): string {
  return interval(ci, (value) => signed(value, digits))
}

export function decimalInterval(ci: Interval | readonly number[] | null | undefined, digits: number): string {
  return interval(ci, (value) => fixed(value, digits))
}

function interval(ci: readonly number[] | null | undefined, show: (value: number) => string): string {
  const [low, high] = ci ?? []
  return low === undefined || high === undefined ? '' : `[${show(low)}, ${show(high)}]`
}

/** Half the width of an interval, as ± in the units that `show` prints; empty without an interval. */
export function plusMinus(ci: readonly number[] | null | undefined, factor: number, digits = 1): string {
  const [low, high] = ci ?? []
  return low === undefined || high === undefined ? '' : `±${fixed((factor * (high - low)) / 2, digits)}`
}

/** 4096 s → 1 h 8 min. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds < 10 ? fixed(seconds, 1) : Math.round(seconds)}${THIN}s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes}${THIN}min`
  return `${Math.floor(minutes / 60)}${THIN}h ${minutes % 60}${THIN}min`
}

/** The first hexadecimal digits of a hash: enough to tell two apart by eye. */
export function shortHash(hash: string): string {
  return hash.slice(0, 12)
}

type Show = (value: number, digits: number) => string

/** How the values of a unit read, and with how many digits. */
const SHOWN: Readonly<Partial<Record<Unit, readonly [digits: number, show: Show]>>> = {
  percent: [1, (value, digits) => signedPercent(value, digits)],
  fraction: [1, (value, digits) => percent(value, digits)],
  correlation: [3, fixed],
  nats: [4, (value, digits) => `${fixed(value, digits)} nats`],
  bits: [2, (value, digits) => `${fixed(value, digits)} bits`],
  points: [1, (value, digits) => `${fixed(100 * value, digits)} points`],
  percentPoints: [1, (value, digits) => `${fixed(value, digits)} points`],
}

function shower(rule: Pick<RuleResult, 'metric' | 'operator'>): readonly [number, Show] {
  const unit = metricNamed(rule.metric)?.unit ?? 'perplexity'
  const isChange = rule.operator === 'maxDrop' || rule.operator === 'maxRise'
  return SHOWN[isChange ? unitOfChange(unit) : unit] ?? [4, (value) => number(value)]
}

const LIMIT_WORDS: Record<RuleResult['operator'], string> = {
  min: 'at least ',
  max: 'at most ',
  equals: 'has to be ',
  maxDrop: 'a drop of at most ',
  maxRise: 'a rise of at most ',
}

export interface RuleText {
  /** What was seen, or an en dash when it was not measured. */
  readonly observed: string
  /** Its interval in the same units, the unit left out, or ''. */
  readonly interval: string
  /** The limit with its direction: `at least 80.0 %`. */
  readonly limit: string
}

/** A rule's observation and limit in the units of its metric, with digits enough to tell the two apart. */
export function ruleText(
  rule: Pick<RuleResult, 'metric' | 'operator' | 'observed' | 'ci' | 'limit'>,
): RuleText {
  const [digits, show] = shower(rule)
  const { observed, limit } = rule
  const words = LIMIT_WORDS[rule.operator]
  if (typeof limit === 'boolean' || typeof observed === 'boolean') {
    return {
      observed: observed === null ? MISSING : yesNo(observed),
      interval: '',
      limit: words + yesNo(limit),
    }
  }
  const enough = observed === null ? digits : digitsApart(observed, limit, digits, show)
  return {
    observed: observed === null ? MISSING : show(observed, enough),
    interval: interval(rule.ci, (value) => show(value, enough).replace(/[^\d∞]+$/, '')),
    limit: words + show(limit, enough),
  }
}

/** The limit in short, for a cell: `≥ 80.0 %`. */
export function shortLimit(rule: Parameters<typeof ruleText>[0]): string {
  return ruleText(rule).limit.replace(LIMIT_WORDS.min, `≥${THIN}`).replace(LIMIT_WORDS.max, `≤${THIN}`)
}

function yesNo(value: number | boolean): string {
  if (typeof value === 'number') return number(value)
  return value ? 'yes' : 'no'
}

function digitsApart(a: number, b: number, digits: number, show: Show): number {
  let enough = digits
  while (a !== b && enough < MAX_DIGITS && show(a, enough) === show(b, enough)) enough++
  return enough
}

/** A bar of `width` cells filled in proportion to `ratio`: none for what is shown as 0.0 %, else at least one; below 1 not all. */
export function bar(ratio: number, width: number, full: string, empty: string): string {
  if (!(ratio >= 0.0005)) return empty.repeat(width)
  const cells = ratio >= 1 ? width : Math.min(width - 1, Math.max(1, Math.round(ratio * width)))
  return full.repeat(cells) + empty.repeat(width - cells)
}
