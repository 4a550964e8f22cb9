/** @file How often the product's intervals hold the truth, over many made-up texts of one setting. */
import { bareEstimate, type Estimate, intervalOf } from '../../src/statistics/intervals/estimate.ts'
import { studentQuantile } from '../../src/statistics/intervals/student-t.ts'
import { dealGroups } from '../../src/statistics/intervals/token-groups.ts'
import type { Design } from './designs.ts'
import {
  type Ends,
  type Figure,
  featureFigures,
  featuresOf,
  figuresOf,
  lossFigures,
  parts,
  survivalDrop,
} from './figures.ts'
import { Random } from './random.ts'
import {
  documentLengths,
  measuredText,
  noisier,
  type Population,
  piecesOf,
  population,
  type Setting,
  type Sums,
} from './text.ts'

/** How often intervals held the truth, and how wide they were: half-width over t · (true sd + |true bias|). */
export interface Held {
  readonly covered: number
  readonly width: number
}

/** One figure of so many features with one number of groups, over all texts. */
export interface Cell extends Held {
  readonly figure: string
  readonly features: number
  readonly groups: number
  /** How often the whole interval lay below the truth, or above it. */
  readonly tooLow: number
  readonly tooHigh: number
  /** Mean half-width in the figure's unit. */
  readonly half: number
  /** Mean error and its sd, in the figure's unit. */
  readonly bias: number
  readonly sd: number
  readonly truth: number
  /** Intervals counted. */
  readonly intervals: number
  readonly tried: Partial<Record<Design, Held>>
}

export interface Run extends Setting {
  readonly groups: readonly number[]
  readonly texts: number
  readonly seed: number
  readonly confidence: number
  /** Features are also looked at so many at a time, as if there were no others. */
  readonly part: number | null
}

/**
 * Simulate: every text with features of its own, because which features happen to lie near a threshold is chance too.
 * `groups` descend, each half of the one before: neighbouring groups are joined.
 */
export function coverage(run: Run): Cell[] {
  const tallies = new Map<string, Tally>()
  const add = (features: number, groups: number, figures: readonly Figure[]) => {
    for (const figure of figures) {
      const key = `${figure.name}/${features}/${groups}`
      const tally = tallies.get(key) ?? new Tally({ figure: figure.name, features, groups }, run.confidence)
      tally.add(figure)
      tallies.set(key, tally)
    }
  }
  for (let text = 0; text < run.texts; text++) {
    const made = population(run, run.seed + 104729 * (text + 1))
    let sums = oneText(made, run, new Random(run.seed + 7919 * (text + 1)))
    for (const groups of run.groups) {
      while (sums.reference.groups > groups) sums = joinedNeighbours(sums)
      const features = featuresOf(sums, made)
      add(run.features, groups, featureFigures(features, run.confidence))
      add(run.features, groups, lossFigures(sums, made.truth, run.confidence))
      if (run.part === null) continue
      for (const some of parts(features, run.part))
        add(run.part, groups, featureFigures(some, run.confidence))
    }
  }
  return [...tallies.values()].map((tally) => tally.cell())
}

/**
 * Two candidates on the same text, the later one with `noise` times the noise of the earlier, each with draws of its own:
 * the difference of their survival as a policy's `maxDrop` compares it, group by group.
 */
export function regressions(run: Run, noise: number): Cell[] {
  const groups = Math.max(...run.groups)
  const tally = new Tally({ figure: 'drop', features: run.features, groups }, run.confidence)
  for (let text = 0; text < run.texts; text++) {
    const seed = run.seed + 7919 * (text + 1)
    const earlier = population(run, run.seed + 104729 * (text + 1))
    const [one, other] = [earlier, noisier(earlier, noise)].map((made, i) =>
      featuresOf(oneText(made, run, new Random(seed), new Random(-seed - i)), made),
    )
    tally.add(survivalDrop(one!, other!, run.confidence))
  }
  return [tally.cell()]
}

/**
 * The same features measured on two texts that share nothing: how often the difference of both estimates lies within the
 * interval that the product makes for figures measured apart, t √(se₁² + se₂²).
 */
export function halvesApart(run: Run): { readonly figure: string; readonly covered: number }[] {
  const held = new Map<string, number>()
  for (let text = 0; text < run.texts; text++) {
    const made = population(run, run.seed + 104729 * (text + 1))
    const random = new Random(run.seed + 7919 * (text + 1))
    const figures = () => figuresOf(oneText(made, run, random), made, run.confidence)
    const [one, other] = [figures(), figures()]
    for (const [i, { name, estimate }] of one.entries()) {
      const another = other[i]?.estimate
      if (estimate === null || another == null) continue
      const apart = knownApart(estimate, another, run.confidence)
      held.set(name, (held.get(name) ?? 0) + Number(apart[0] <= 0 && apart[1] >= 0))
    }
  }
  return [...held].map(([figure, count]) => ({ figure, covered: count / run.texts }))
}

function knownApart(from: Estimate, less: Estimate, confidence: number): readonly [number, number] {
  const value = from.value - less.value
  const interval = intervalOf({ ...bareEstimate(value), error: { kind: 'unpaired', from, less } }, confidence)
  if (interval === null) throw new RangeError('a difference has no interval')
  return interval
}

export function oneText(made: Population, run: Run, random: Random, errors = random): Sums {
  const lengths = documentLengths(run, random)
  const starts = new Int32Array(lengths.length)
  for (let d = 1; d < lengths.length; d++) starts[d] = starts[d - 1]! + lengths[d - 1]!
  const text = { sequences: run.tokens, tokensPerSequence: 1, documentStarts: starts }
  const most = Math.max(...run.groups)
  return measuredText(made, run, piecesOf(lengths, dealGroups(text, most)), most, { text: random, errors })
}

/** Groups 2g and 2g + 1 as one. */
export function joinedNeighbours(sums: Sums): Sums {
  const { reference, candidate, losses, divergence, groupOf } = sums
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
    ...sums,
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
    groupOf: groupOf.map((g) => g >> 1),
  }
}

/** What a tally is of. */
interface Told {
  readonly figure: string
  readonly features: number
  readonly groups: number
}

/** Counts of one figure; a figure of many features is counted over them all, each on its own. */
export class Tally {
  private readonly told: Told
  private readonly t: number
  private readonly shipped = new Count()
  private readonly tried = new Map<string, Count>()
  private truth = 0
  private error = 0
  private squares = 0
  private values = 0

  constructor(told: Told, confidence: number) {
    this.told = told
    this.t = studentQuantile(confidence, told.groups - 1)
  }

  add({ values, truth, tried, ...ends }: Figure): void {
    for (let k = 0; k < values.length; k++) {
      const error = values[k]! - truth[k]!
      this.values++
      this.truth += truth[k]!
      this.error += error
      this.squares += error * error
    }
    this.shipped.add(ends, truth)
    for (const [design, other] of Object.entries(tried)) {
      const count = this.tried.get(design) ?? new Count()
      count.add(other, truth)
      this.tried.set(design, count)
    }
  }

  cell(): Cell {
    const bias = this.error / this.values
    const sd = Math.sqrt(this.squares / this.values - bias * bias)
    const wide = this.t * (sd + Math.abs(bias))
    return {
      ...this.told,
      ...this.shipped.held(wide),
      ...this.shipped.missed(),
      half: this.shipped.half(),
      bias,
      sd,
      truth: this.truth / this.values,
      intervals: this.shipped.intervals,
      tried: Object.fromEntries([...this.tried].map(([design, count]) => [design, count.held(wide)])),
    }
  }
}

/** Intervals of one design. */
class Count {
  intervals = 0
  private tooLow = 0
  private tooHigh = 0
  private widths = 0

  add({ low, high }: Ends, truth: ArrayLike<number>): void {
    for (let k = 0; k < truth.length; k++) {
      if (Number.isNaN(low[k]!)) continue
      this.intervals++
      this.widths += (high[k]! - low[k]!) / 2
      if (high[k]! < truth[k]!) this.tooLow++
      if (low[k]! > truth[k]!) this.tooHigh++
    }
  }

  half(): number {
    return this.widths / this.intervals
  }

  missed() {
    return { tooLow: this.tooLow / this.intervals, tooHigh: this.tooHigh / this.intervals }
  }

  held(wide: number): Held {
    return { covered: 1 - (this.tooLow + this.tooHigh) / this.intervals, width: this.half() / wide }
  }
}
