import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as format from '../../src/report/words/format.ts'

/** Narrow no-break spaces as plain ones, for reading. */
const plain = (text: string) => text.replaceAll('\u202F', ' ')

test.each([
  [format.percent(0.62395), '62.4 %'],
  [format.percent(0), '0.0 %'],
  [format.percent(1), '100.0 %'],
  [format.percent(null), '–'],
  [format.percent(Number.NaN), '–'],
  [format.signedPercent(14.722), '+14.7 %'],
  [format.signedPercent(-5.648), '−5.6 %'],
  [format.signedPercent(-0.0001), '0.0 %'],
  [format.signedPercent(0.0001), '0.0 %'],
  [format.signedPercent(Number.POSITIVE_INFINITY), '∞'],
  [format.percentInterval([0.611, 0.637]), '[61.1, 63.7]'],
  [format.percentInterval(null), ''],
  [format.signedInterval([-6.1, 0.2]), '[−6.1, +0.2]'],
  [format.plusMinus([0.611, 0.637], 100), '±1.3'],
  [format.count(32768), '32,768'],
  [format.count(-1234567), '−1,234,567'],
  [format.change(1.7832, 1.7901), '1.783 → 1.790'],
  [format.change(15.68, 120.4), '15.68 → 120.40'],
  [format.change(20_000, 30_000.5), '20,000 → 30,001'],
  [format.number(0.012345), '0.01235'],
  [format.number(-0.5), '−0.5'],
  [format.number(1.5e-7), '1.5e−7'.replace('1.5', '1.50')],
  [format.decimal(-0.0004, 3), '0.000'],
  [format.duration(83.2), '1 min'],
  [format.duration(4096), '1 h 8 min'],
  [format.bar(0.0004, 5, '#', '-'), '-----'],
  [format.bar(0.0006, 5, '#', '-'), '#----'],
  [format.bar(0.9999, 5, '#', '-'), '####-'],
  [format.bar(1, 5, '#', '-'), '#####'],
  [format.bar(0, 5, '#', '-'), '-----'],
])('%s', (shown, expected) => {
  expect(plain(shown)).toBe(expected)
})

describe('a rule reads in the units of its metric', () => {
  const rule = {
    operator: 'min',
    observed: 0.62395,
    ci: [0.611, 0.637],
    limit: 0.8,
    metric: 'features.survived',
  } as const
  const text = (change: object) => {
    const { observed, interval, limit } = format.ruleText({ ...rule, ci: [...rule.ci], ...change })
    return plain(`${observed} ${interval} ${limit}`)
  }
  test.each([
    [text({}), '62.4 % [61.1, 63.7] at least 80.0 %'],
    [
      text({
        metric: 'perplexity.chunked.deltaPercent',
        operator: 'max',
        observed: -5.6,
        ci: null,
        limit: 2,
      }),
      '−5.6 %  at most +2.0 %',
    ],
    [
      text({ metric: 'features.correlation', observed: 0.91, ci: null, limit: 0.95 }),
      '0.910  at least 0.950',
    ],
    [
      text({ operator: 'maxDrop', observed: 0.031, ci: null, limit: 0.02 }),
      '3.1 points  a drop of at most 2.0 points',
    ],
    [
      text({ metric: 'dissociation', operator: 'equals', observed: true, ci: null, limit: false }),
      'yes  has to be no',
    ],
    [text({ observed: null, ci: null }), '–  at least 80.0 %'],
    [
      text({ metric: 'divergence.klMean', operator: 'max', observed: 0.0583, ci: null, limit: 0.05 }),
      '0.0583 nats  at most 0.0500 nats',
    ],
  ])('%s', (shown, expected) => {
    expect(shown).toBe(expected)
  })

  test('an observation that missed its limit never reads the same as the limit', () => {
    expect(text({ observed: 0.7999, ci: null })).toBe('79.99 %  at least 80.00 %')
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (observed, limit) => {
          fc.pre(Math.abs(observed - limit) > 1e-10)
          const shown = format.ruleText({ ...rule, ci: null, observed, limit })
          expect(`at least ${shown.observed}`).not.toBe(shown.limit)
        },
      ),
    )
  })
})
