/**
 * @file Which close calls are decided in float64, and where they go once they are. Pure.
 *
 * A call that falls the wrong way moves ρ of its feature by about θ² / Σa²: much where the feature is rare. Deciding one
 * means running its sequence again, so the sequences whose calls could do most harm come first.
 */
import { present } from '../../numbers/present.ts'
import { firingRate, isActive } from '../../statistics/definitions.ts'
import {
  addCandidateTile,
  addReferenceTile,
  type CandidateMoments,
  countedPositions,
  groupTotals,
  type ReferenceMoments,
} from '../../statistics/features/feature-moments.ts'
import type { ByPosition } from '../rows/row-batches.ts'
import type { CandidateCall, CloseCall, Reading } from './close-cells.ts'
import { type JumpEncoder, jumpRelu } from './jumps.ts'

/** Calls that move ρ by less are left to float32: half of what float32 sums move it by (docs/method.md). */
const LEAST_EFFECT = 1e-6
/**
 * At most this share of the sequences is run again for one read-out of one model, and fewer where that would cost more than it may
 * (referee.ts). float64 takes three to four times as long as float32.
 */
export const MOST_SEQUENCES_SHARE = 1 / 4

/** z of pairs decided in float64, by `pairKey`. */
export type ExactPairs = ReadonlyMap<number, number>

export const pairKey = (width: number, row: number, feature: number): number => row * width + feature

/** (d_sae) effect of one call, 0 below LEAST_EFFECT and for features that cannot be active whatever is decided. */
export function callEffects(
  { threshold }: Pick<JumpEncoder, 'threshold'>,
  counted: ReferenceMoments,
  calls: readonly CloseCall[],
  activeRate: number,
): Float64Array {
  const { groups, width } = counted
  const positions = countedPositions(counted)
  const sums = groupTotals(counted.sum, groups, width)
  const squares = groupTotals(counted.sumOfSquares, groups, width)
  const undecided = new Float64Array(width)
  for (const { feature } of calls) undecided[feature] = present(undecided[feature]) + 1
  return Float64Array.from(threshold, (theta, j) => {
    const firings = present(counted.firings[j]) + present(undecided[j])
    if (!isActive(firingRate(firings, positions), activeRate)) return 0
    const variance = present(squares[j]) - present(sums[j]) ** 2 / positions
    const effect = variance > 0 ? (theta * theta) / variance : 1
    return effect < LEAST_EFFECT ? 0 : Math.min(effect, 1)
  })
}

/** Calls that are decided together, and what was left out because of the limit. */
export interface Choice<Call> {
  readonly chosen: readonly Call[]
  readonly left: readonly Call[]
}

/** What may be run again: so many sequences of this length. */
export interface Allowance {
  readonly sequenceLength: number
  readonly mostSequences: number
}

/** Calls in at most `mostSequences` sequences: those of the largest harm, which is effect times the chance of falling wrong. */
export function chooseCalls<Call extends CloseCall>(
  calls: readonly Call[],
  readingOf: (call: Call) => Reading,
  effects: Float64Array,
  { sequenceLength, mostSequences }: Allowance,
): Choice<Call> {
  const weighed = calls.flatMap((call) => {
    const { doubt } = readingOf(call)
    const effect = present(effects[call.feature])
    return doubt === null || effect === 0 ? [] : [{ call, harm: effect * Math.exp(-doubt) }]
  })
  // Of the same harm in the text's order, in whatever order they were found.
  weighed.sort((a, b) => b.harm - a.harm || a.call.row - b.call.row || a.call.feature - b.call.feature)
  const sequenceOf = (call: Call): number => Math.floor(call.row / sequenceLength)
  const sequences = new Set<number>()
  for (const { call } of weighed) if (sequences.size < mostSequences) sequences.add(sequenceOf(call))
  const isChosen = ({ call }: { readonly call: Call }): boolean => sequences.has(sequenceOf(call))
  return {
    chosen: weighed.filter(isChosen).map(({ call }) => call),
    left: weighed.filter((one) => !isChosen(one)).map(({ call }) => call),
  }
}

/** Add every call to the reference's sums: by its float64 z where there is one. In place. */
export function settleReference(
  { threshold }: Pick<JumpEncoder, 'threshold'>,
  moments: ByPosition<ReferenceMoments>,
  calls: readonly CloseCall[],
  exact: ExactPairs,
): void {
  for (const { row, feature, tokenGroup, place, reference } of calls) {
    const z = exact.get(pairKey(threshold.length, row, feature)) ?? reference.z
    const a = jumpRelu(z, present(threshold[feature]))
    addReferenceTile(moments[place], tokenGroup, feature, {
      sum: Float64Array.of(a),
      sumOfSquares: Float64Array.of(a * a),
      firings: Float64Array.of(a > 0 ? 1 : 0),
      peak: Float64Array.of(a),
    })
  }
}

/** Add every call to a candidate's sums, likewise. `exact`: of both models. In place. */
export function settleCandidate(
  { threshold }: Pick<JumpEncoder, 'threshold'>,
  moments: ByPosition<CandidateMoments>,
  calls: readonly CandidateCall[],
  exact: { readonly reference: ExactPairs; readonly candidate: ExactPairs },
): void {
  for (const { row, feature, column, tokenGroup, place, reference, candidate } of calls) {
    const key = pairKey(threshold.length, row, feature)
    const theta = present(threshold[feature])
    const a = jumpRelu(exact.reference.get(key) ?? reference.z, theta)
    const b = jumpRelu(exact.candidate.get(key) ?? candidate.z, theta)
    addCandidateTile(moments[place], tokenGroup, column, {
      sum: Float64Array.of(b),
      sumOfSquares: Float64Array.of(b * b),
      product: Float64Array.of(a * b),
      together: Float64Array.of(a > 0 && b > 0 ? 1 : 0),
      either: Float64Array.of(a > 0 || b > 0 ? 1 : 0),
    })
  }
}

/** What is said of calls that were left to float32. `skipped`: features of a batch in which one is left, or more. */
export function leftWarnings(
  name: string,
  { id }: { readonly id: string },
  { left, skipped }: { readonly left: number; readonly skipped: number },
): readonly string[] {
  if (left + skipped === 0) return []
  const count = skipped === 0 ? `${left}` : `${left + skipped} or more`
  return [
    `${name} at ${id}: ${count} activations lie too near their threshold for float32 to tell and were left to it: deciding all of them in float64 would take too long`,
  ]
}
