/**
 * @file Numbers of a metric in words. Rounds for the eye only: with digits enough that a value and its limit never look
 * equal when they are not.
 */

/** What a metric is measured in, and how a change of it is told. */
export type Unit =
  | 'fraction'
  | 'correlation'
  | 'ratio'
  | 'percent'
  | 'perplexity'
  | 'nats'
  | 'bits'
  | 'flag'
  | 'points'
  | 'percentPoints'

const DIGITS: Readonly<Record<Unit, number>> = {
  fraction: 1,
  points: 1,
  percentPoints: 1,
  correlation: 3,
  ratio: 3,
  percent: 1,
  perplexity: 2,
  nats: 4,
  bits: 2,
  flag: 0,
}

const MAX_DIGITS = 12

function fixed(value: number, digits: number): string {
  return value
    .toFixed(digits)
    .replace(/^-(?=0(\.0*)?$)/, '')
    .replace('-', '−')
}

/** A value in its unit: 78.0 %, −5.6 %, 0.912, 0.0034 nats. */
export function quantity(value: number, unit: Unit, extraDigits = 0): string {
  const digits = DIGITS[unit] + extraDigits
  switch (unit) {
    case 'fraction':
      return `${fixed(100 * value, digits)} %`
    case 'points':
      return `${fixed(100 * value, digits)} points`
    case 'percentPoints':
      return `${fixed(value, digits)} points`
    case 'percent':
      return `${value > 0 ? '+' : ''}${fixed(value, digits)} %`
    case 'nats':
      return `${fixed(value, digits)} nats`
    case 'bits':
      return `${fixed(value, digits)} bits`
    case 'correlation':
    case 'ratio':
    case 'perplexity':
    case 'flag':
      return fixed(value, digits)
  }
}

/** How many digits more are needed to tell two values apart. */
export function digitsApart(a: number, b: number, unit: Unit): number {
  let extra = 0
  while (a !== b && extra < MAX_DIGITS && quantity(a, unit, extra) === quantity(b, unit, extra)) extra++
  return extra
}

/** Changes of percentages are points. */
export function unitOfChange(unit: Unit): Unit {
  return unit === 'fraction' ? 'points' : unit === 'percent' ? 'percentPoints' : unit
}

/** 1234567 → 1,234,567 */
export function grouped(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(\d{3})+$)/g, ',')
}
