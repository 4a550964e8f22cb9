/** A short run of `npm run coverage`: enough to see an interval that is half or twice as wide as it should be. */
import { describe, expect, it } from 'vitest'
import { coverage, halvesApart, joinedNeighbours } from './coverage.ts'
import { Random } from './random.ts'
import { documentLengths, measuredText, piecesOf, population } from './text.ts'

const setting = {
  features: 120,
  tokens: 24_000,
  documentLength: 300,
  lengthSpread: 0.5,
  sharedErrors: 0.4,
} as const

describe('intervals over made-up texts', () => {
  const cells = coverage({ ...setting, groups: [16, 8], texts: 80, seed: 3, confidence: 0.95, part: null })
  const cell = (figure: string, groups: number) =>
    cells.find((one) => one.figure === figure && one.groups === groups)!

  it.each(['perplexity', 'KL mean', 'KL p99', 'median', 'single rho'])(
    'of %s hold the truth about 95 times in 100',
    (name) => {
      for (const groups of [16, 8]) {
        // Of 80, 68 to 80: a coverage of 95 % falls below once in a thousand, one of 76 % (half the width) lies below.
        expect(cell(name, groups).covered, `${groups} groups`).toBeGreaterThan(0.85)
        expect(cell(name, groups).width, `${groups} groups`).toBeLessThan(1.5)
      }
    },
  )

  it('are made of every text, for every feature that can be measured alone', () => {
    expect(cell('survived', 8).intervals).toBe(80)
    expect(cell('single rho', 8).intervals).toBeGreaterThan(0.9 * 80 * 120)
    expect(cell('survived', 8).truth).toBeGreaterThan(0.8)
  })
})

describe('two texts that share nothing', () => {
  // Errors that documents share, so that spread is most of the error: bias, which both texts have, cancels in the difference.
  const run = {
    ...setting,
    sharedErrors: 0.8,
    groups: [16],
    texts: 200,
    seed: 5,
    confidence: 0.5,
    part: null,
  }

  // Of 200 at 50 %, intervals of exactly the right width hold fewer than 79 or more than 121 once in 400 runs; ones of half
  // that width hold 53, of one and a half times 138. Two texts often have as many damaged features of 120 each: then
  // any interval holds their difference.
  it.each(halvesApart(run))(
    'differ in $figure as often as is stated, no more and no less',
    ({ figure, covered }) => {
      expect(covered).toBeGreaterThan(0.39)
      expect(covered).toBeLessThan(figure === 'damaged' ? 0.8 : 0.61)
    },
  )
})

it('a text has the sums of its groups, whichever are joined', () => {
  const made = population(setting, 1)
  const lengths = documentLengths(setting, new Random(2))
  const starts = Int32Array.from({ length: 9 }, (_, g) => (g * setting.tokens) / 8)
  const sums = measuredText(made, setting, piecesOf(lengths, starts), 8, {
    text: new Random(3),
    errors: new Random(4),
  })
  expect([...sums.reference.positions]).toEqual(new Array(8).fill(3000))
  const four = joinedNeighbours(sums)
  expect(four.reference.groups).toBe(4)
  expect(four.candidate.product[120 + 7]).toBeCloseTo(
    sums.candidate.product[2 * 120 + 7]! + sums.candidate.product[3 * 120 + 7]!,
    9,
  )
  expect(four.divergence.tokens).toEqual([6000, 6000, 6000, 6000])
})
