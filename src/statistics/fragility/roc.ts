/** @file How well scores tell two classes apart: ROC curve, and the area under it by mid-ranks, ties counting half. */
import { midRanks } from '../overlap/ranks.ts'

/** P(score of a one > score of a zero) + ½ P(equal); NaN where a class is empty. */
export function areaUnderRoc(scores: ArrayLike<number>, isOne: ArrayLike<number>): number {
  const ranks = midRanks(scores)
  let [sum, ones] = [0, 0]
  for (let k = 0; k < ranks.length; k++) {
    if (isOne[k] !== 1) continue
    sum += ranks[k]!
    ones++
  }
  const zeros = ranks.length - ones
  return ones === 0 || zeros === 0 ? Number.NaN : (sum - (ones * (ones + 1)) / 2) / (ones * zeros)
}

export interface RocPoint {
  readonly falsePositive: number
  readonly truePositive: number
}

/** From (0, 0) to (1, 1), a point for each distinct score, highest first. */
export function rocCurve(scores: ArrayLike<number>, isOne: ArrayLike<number>): readonly RocPoint[] {
  const order = Uint32Array.from({ length: scores.length }, (_, k) => k).sort(
    (a, b) => scores[b]! - scores[a]!,
  )
  const ones = order.reduce((sum, k) => sum + isOne[k]!, 0)
  const zeros = scores.length - ones
  const points: RocPoint[] = [{ falsePositive: 0, truePositive: 0 }]
  let [seenOnes, seenZeros] = [0, 0]
  order.forEach((k, at) => {
    if (isOne[k] === 1) seenOnes++
    else seenZeros++
    const next = order[at + 1]
    if (next !== undefined && scores[next] === scores[k]) return
    points.push({ falsePositive: seenZeros / zeros, truePositive: seenOnes / ones })
  })
  return points
}
