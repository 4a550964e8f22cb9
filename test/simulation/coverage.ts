/** @file How often the product's intervals hold the truth, over many made-up texts of one setting. */
import { studentQuantile } from '../../src/statistics/intervals/student-t.ts'
import { dealGroups } from '../../src/statistics/intervals/token-groups.ts'
import { type Figure, figuresOf } from './figures.ts'
import { Random } from './random.ts'
import {
  documentLengths,
  measuredText,
  type Population,
  piecesOf,
  population,
  type Setting,
  type Sums,
} from './text.ts'

/** One figure with one number of groups, over all texts. */
export interface Cell {
  readonly figure: string
  readonly groups: number
  /** Part of the intervals that hold the truth, and how often an estimate was too low or too high for that. */
  readonly covered: number
  readonly tooLow: number
  readonly tooHigh: number
  /** Mean half-width over t · (true sd + |true bias|), of the estimates' errors over all texts. */
  readonly width: number
  /** Mean error in true sds. */
  readonly bias: number
  readonly truth: number
  /** Intervals counted. */
  readonly intervals: number
}

export interface Run extends Setting {
  readonly groups: readonly number[]
  readonly texts: number
  readonly seed: number
}

/**
 * Simulate: every text with features of its own, because which features happen to lie near a threshold is chance too.
 * `groups` descend, each half of the one before: neighbouring groups are joined.
 */
export function coverage(run: Run): Cell[] {
  const tallies = new Map<string, Tally>()
  for (let text = 0; text < run.texts; text++) {
    const made = population(run, run.seed + 104729 * (text + 1))
    let sums = oneText(made, run, new Random(run.seed + 7919 * (text + 1)))
    for (const groups of run.groups) {
      while (sums.reference.groups > groups) sums = joinedNeighbours(sums)
      for (const figure of figuresOf(sums, made.truth)) {
        const key = `${figure.name}/${groups}`
        const tally = tallies.get(key) ?? new Tally(figure.name, groups)
        tally.add(figure)
        tallies.set(key, tally)
      }
    }
  }
  return [...tallies.values()].map((tally) => tally.cell())
}

function oneText(made: Population, run: Run, random: Random): Sums {
  const lengths = documentLengths(run, random)
  const starts = new Int32Array(lengths.length)
  for (let d = 1; d < lengths.length; d++) starts[d] = starts[d - 1]! + lengths[d - 1]!
  const text = { sequences: run.tokens, tokensPerSequence: 1, documentStarts: starts }
  const most = Math.max(...run.groups)
  return measuredText(made, run, piecesOf(lengths, dealGroups(text, most)), most, random)
}

/** Groups 2g and 2g + 1 as one. */
export function joinedNeighbours({ reference, candidate, losses, divergence, kl, groupOf }: Sums): Sums {
  const groups = reference.groups / 2
  const join = (sums: Float64Array): Float64Array => {
    const columns = sums.length / (2 * groups)
    return Float64Array.from({ length: groups * columns }, (_, i) => {
      const at = Math.floor(i / columns) * 2 * columns + (i % columns)
      return sums[at]! + sums[at + columns]!
    })
  }
  const joinList = (sums: readonly number[]) => Array.from(join(Float64Array.from(sums)))
  return {
    reference: {
      ...reference,
      groups,
      positions: join(reference.positions),
      sum: join(reference.sum),
      sumOfSquares: join(reference.sumOfSquares),
    },
    candidate: {
      ...candidate,
      groups,
      sum: join(candidate.sum),
      sumOfSquares: join(candidate.sumOfSquares),
      product: join(candidate.product),
    },
    losses: {
      tokens: joinList(losses.tokens),
      referenceLoss: joinList(losses.referenceLoss),
      candidateLoss: joinList(losses.candidateLoss),
    },
    divergence: {
      tokens: joinList(divergence.tokens),
      kl: joinList(divergence.kl),
      agreements: joinList(divergence.agreements),
    },
    kl,
    groupOf: groupOf.map((g) => g >> 1),
  }
}

/** Counts of one figure; a figure of many features is counted over them all, each on its own. */
class Tally {
  private readonly name: string
  private readonly groups: number
  private intervals = 0
  private tooLow = 0
  private tooHigh = 0
  private width = 0
  private truth = 0
  private error = 0
  private squares = 0
  private values = 0

  constructor(name: string, groups: number) {
    this.name = name
    this.groups = groups
  }

  add({ values, low, high, truth }: Figure): void {
    for (let k = 0; k < values.length; k++) {
      const error = values[k]! - truth[k]!
      this.values++
      this.truth += truth[k]!
      this.error += error
      this.squares += error * error
      if (Number.isNaN(low[k]!)) continue
      this.intervals++
      this.width += (high[k]! - low[k]!) / 2
      if (high[k]! < truth[k]!) this.tooLow++
      if (low[k]! > truth[k]!) this.tooHigh++
    }
  }

  cell(): Cell {
    const bias = this.error / this.values
    const sd = Math.sqrt(this.squares / this.values - bias * bias)
    const t = studentQuantile(0.95, this.groups - 1)
    return {
      figure: this.name,
      groups: this.groups,
      covered: 1 - (this.tooLow + this.tooHigh) / this.intervals,
      tooLow: this.tooLow / this.intervals,
      tooHigh: this.tooHigh / this.intervals,
      width: this.width / this.intervals / (t * (sd + Math.abs(bias))),
      bias: bias / sd,
      truth: this.truth / this.values,
      intervals: this.intervals,
    }
  }
}
