/** @file Seeded random activations, and their sums made the naive way: one position at a time. */
import {
  addCandidateTile,
  addReferenceTile,
  type CandidateMoments,
  emptyCandidateMoments,
  emptyReferenceMoments,
  type ReferenceMoments,
} from '../../src/statistics/features/feature-moments.ts'

/** Uniform in [0, 1): mulberry32. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

/** Standard normal (Box-Muller). */
export function seededNormal(seed: number): () => number {
  const uniform = seededRandom(seed)
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
}

/** One position of every feature on both sides, and the group it belongs to. */
export interface Position {
  readonly group: number
  readonly a: readonly number[]
  readonly b: readonly number[]
}

/** Sparse non-negative activations, the candidate's a noisy copy of the reference's. */
export function sparsePositions(seed: number, count: number, groups: number, features: number): Position[] {
  const normal = seededNormal(seed)
  return Array.from({ length: count }, (_, t) => {
    const a = Array.from({ length: features }, () => Math.max(0, normal() - 0.5))
    const b = a.map((x) => Math.max(0, x + 0.4 * normal()))
    return { group: Math.floor((t * groups) / count), a, b }
  })
}

/** Both sides' sums, the candidate measured on `measured` only. */
export function momentsOf(
  positions: readonly Position[],
  groups: number,
  width: number,
  measured: Int32Array = Int32Array.from({ length: width }, (_, j) => j),
): { reference: ReferenceMoments; candidate: CandidateMoments } {
  const reference = emptyReferenceMoments(groups, width)
  const candidate = emptyCandidateMoments(groups, measured)
  for (const { group, a, b } of positions) {
    const x = Float64Array.from(a)
    reference.positions[group]! += 1
    addReferenceTile(reference, group, 0, {
      sum: x,
      sumOfSquares: x.map((v) => v * v),
      firings: x.map((v) => (v > 0 ? 1 : 0)),
      peak: x,
    })
    const onMeasured = (values: (id: number) => number) => Float64Array.from(measured, values)
    addCandidateTile(candidate, group, 0, {
      sum: onMeasured((id) => b[id]!),
      sumOfSquares: onMeasured((id) => b[id]! ** 2),
      product: onMeasured((id) => a[id]! * b[id]!),
      together: onMeasured((id) => (a[id]! > 0 && b[id]! > 0 ? 1 : 0)),
      either: onMeasured((id) => (a[id]! > 0 || b[id]! > 0 ? 1 : 0)),
    })
  }
  return { reference, candidate }
}

/** Two-pass Pearson in float64; NaN without variance. */
export function naiveCorrelation(a: readonly number[], b: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((s, v) => s + v, 0) / values.length
  const [meanA, meanB] = [mean(a), mean(b)]
  let [aa, bb, ab] = [0, 0, 0]
  for (let t = 0; t < a.length; t++) {
    aa += (a[t]! - meanA) ** 2
    bb += (b[t]! - meanB) ** 2
    ab += (a[t]! - meanA) * (b[t]! - meanB)
  }
  return aa === 0 || bb === 0 ? Number.NaN : ab / Math.sqrt(aa * bb)
}
