/**
 * @file How often an audit that may stop early (`--until-decided`) decides falsely, on made-up texts with known truth: every figure has
 * its truth as its limit, once as the least allowed and once as the most, and is looked at after a quarter, half and all of the
 * token groups, by the product's own functions.
 */
import { type Estimate, knownOf } from '../../src/statistics/intervals/estimate.ts'
import { lookGroups, normalLookConfidence } from '../../src/statistics/intervals/looks.ts'
import { oneText, type Run } from './coverage.ts'
import { type Figure, featureFigures, featuresOf, lossFigures } from './figures.ts'
import { Random } from './random.ts'
import { population, type Sums } from './text.ts'

/** Of all texts, for one figure: parts that passed and failed falsely, by which side the limit bounds. */
export interface LookCell {
  readonly figure: string
  readonly falsePass: readonly [min: number, max: number]
  readonly falseFail: readonly [min: number, max: number]
  /** Decided, rightly or not, at each look; the rest never. */
  readonly decidedAt: readonly number[]
}

type Outcome = 'pass' | 'fail' | null

/** Figures whose weights are not kept by token group. */
const LEFT_OUT = new Set(['survived in use', 'single rho'])

/** What each look may be held to: parts of the error that normal theory allows it, the product's among them. */
const PARTS = [1, 1 / 2, 1 / 4, 1 / 8] as const

/** What came of it at one confidence. */
export interface LookErrors {
  readonly level: number
  readonly cells: readonly LookCell[]
}

/** At the confidences that `PARTS` make of the run's. */
export function lookErrors(run: Run): readonly LookErrors[] {
  const allowed = 1 - normalLookConfidence(run.confidence, 3)
  return lookErrorsAt(
    run,
    PARTS.map((part) => 1 - part * allowed),
  )
}

/** The same texts, each look held to each of these confidences. */
function lookErrorsAt(run: Run, levels: readonly number[]): readonly LookErrors[] {
  const planned = lookGroups(Math.max(...run.groups))
  const tallies = levels.map(() => new Map<string, Tally>())
  for (let text = 0; text < run.texts; text++) {
    const made = population(run, run.seed + 104729 * (text + 1))
    const sums = oneText(made, run, new Random(run.seed + 7919 * (text + 1)))
    const looks = planned.map((some) => {
      const beginning = firstGroups(sums, some)
      return [
        ...featureFigures(featuresOf(beginning, made), run.confidence),
        ...lossFigures(beginning, made.truth, run.confidence),
      ].filter(({ name }) => !LEFT_OUT.has(name))
    })
    for (const [f, { name }] of looks[0]!.entries()) {
      const figures = looks.map((of) => of[f]!)
      for (const [l, confidence] of levels.entries()) {
        const tally = tallies[l]!.get(name) ?? new Tally(planned.length)
        tally.add(figures, confidence)
        tallies[l]!.set(name, tally)
      }
    }
  }
  return levels.map((level, l) => ({
    level,
    cells: [...tallies[l]!].map(([figure, tally]) => ({ figure, ...tally.rates() })),
  }))
}

class Tally {
  private texts = 0
  private readonly passes: [number, number] = [0, 0]
  private readonly fails: [number, number] = [0, 0]
  private readonly decidedAt: number[]

  constructor(looks: number) {
    this.decidedAt = new Array<number>(looks).fill(0)
  }

  add(looks: readonly Figure[], confidence: number): void {
    this.texts++
    for (const side of [0, 1] as const) {
      for (const [l, figure] of looks.entries()) {
        const outcome = decided(figure, side, { confidence, isLast: l === looks.length - 1 })
        if (outcome === null) continue
        this.decidedAt[l]! += 1 / 2
        if (outcome === 'pass') this.passes[side]++
        else this.fails[side]++
        break
      }
    }
  }

  rates(): Omit<LookCell, 'figure'> {
    const of = (counts: readonly [number, number]): readonly [number, number] => [
      counts[0] / this.texts,
      counts[1] / this.texts,
    ]
    return {
      falsePass: of(this.passes),
      falseFail: of(this.fails),
      decidedAt: this.decidedAt.map((count) => count / this.texts),
    }
  }
}

/** Side 0: the truth is the least allowed; 1: the most. A look before the last fails where the bias widens the interval and it still does. */
function decided(
  { estimate, truth }: Figure,
  side: 0 | 1,
  { confidence, isLast }: { readonly confidence: number; readonly isLast: boolean },
): Outcome {
  const known = knownOf(present(estimate), confidence)
  if (known === null) return null
  const [low, high] = known.interval
  const limit = truth[0]!
  const slack = isLast ? 0 : Math.abs(known.bias ?? 0)
  if (side === 0) return low >= limit ? 'pass' : high + slack < limit ? 'fail' : null
  return high <= limit ? 'pass' : low - slack > limit ? 'fail' : null
}

function present(estimate: Estimate | null): Estimate {
  if (estimate === null) throw new RangeError('a figure of single features')
  return estimate
}

/** The first token groups of a text, as if it ended there. */
function firstGroups(sums: Sums, groups: number): Sums {
  const { reference, candidate, losses, divergence, groupOf, kl, documents } = sums
  const part = groups / reference.groups
  const own = (of: Float64Array): Float64Array => of.slice(0, part * of.length)
  const list = (of: readonly number[]): number[] => of.slice(0, groups)
  const tokens = groupOf.filter((group) => group < groups).length
  return {
    reference: {
      ...reference,
      groups,
      positions: own(reference.positions),
      sum: own(reference.sum),
      sumOfSquares: own(reference.sumOfSquares),
    },
    candidate: {
      ...candidate,
      groups,
      sum: own(candidate.sum),
      sumOfSquares: own(candidate.sumOfSquares),
      product: own(candidate.product),
      together: own(candidate.together),
      either: own(candidate.either),
    },
    losses: {
      tokens: list(losses.tokens),
      referenceLoss: list(losses.referenceLoss),
      candidateLoss: list(losses.candidateLoss),
    },
    divergence: {
      tokens: list(divergence.tokens),
      kl: list(divergence.kl),
      agreements: list(divergence.agreements),
    },
    kl: kl.slice(0, tokens),
    groupOf: groupOf.slice(0, tokens),
    documents: documents * part,
  }
}
