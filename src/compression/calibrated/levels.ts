/** @file Evenly spaced levels between the least and the greatest of some weights, 0 among them: asymmetric rounding to nearest. */
import { halfToEven } from '../../numbers/half-even.ts'

export interface Levels {
  readonly scale: number
  /** The level of 0. */
  readonly zero: number
  readonly top: number
}

/** By GPTQ's and AWQ's rule: (greatest − least)/(2^bits − 1) apart, both taken with 0; of zeros alone, levels of −1 to 1. */
export function levelsOf(weights: ArrayLike<number>, bits: number): Levels {
  let [least, greatest] = [0, 0]
  for (let i = 0; i < weights.length; i++) {
    least = Math.min(least, weights[i]!)
    greatest = Math.max(greatest, weights[i]!)
  }
  if (least === 0 && greatest === 0) [least, greatest] = [-1, 1]
  const top = 2 ** bits - 1
  const scale = (greatest - least) / top
  return { scale, zero: halfToEven(-least / scale), top }
}

export function nearestLevel(weight: number, { scale, zero, top }: Levels): number {
  const level = Math.min(top, Math.max(0, halfToEven(weight / scale) + zero))
  return (level - zero) * scale
}
