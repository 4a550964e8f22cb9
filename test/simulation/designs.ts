/** @file Other ways to make an interval of the same halves, which were tried: what each covers stands in docs/statistics.md. */
import { halfSampleSpread } from '../../src/statistics/intervals/half-samples.ts'
import { studentQuantile } from '../../src/statistics/intervals/student-t.ts'

/** From a figure and its halves, on its own scale, to the ends. */
type Ends = (value: number, halves: ArrayLike<number>, confidence: number) => [low: number, high: number]

/** b, √V (the bias in it once) and t with G − 1 degrees of freedom. */
function partsOf(value: number, halves: ArrayLike<number>, confidence: number) {
  const spread = halfSampleSpread(value, halves)
  if (spread === null) throw new RangeError(`${halves.length} halves have no spread`)
  const { bias, error, degrees } = spread
  return {
    bias,
    rootV: Math.sqrt(Math.max(0, error ** 2 - bias ** 2)),
    t: studentQuantile(confidence, degrees),
  }
}

const around = (value: number, half: number): [number, number] => [value - half, value + half]

export const DESIGNS = {
  spread: {
    words: 't √V',
    ends: (value, halves, confidence) => {
      const { rootV, t } = partsOf(value, halves, confidence)
      return around(value, t * rootV)
    },
  },
  squares: {
    words: 't √(V + b²)',
    ends: (value, halves, confidence) => {
      const { bias, rootV, t } = partsOf(value, halves, confidence)
      return around(value, t * Math.hypot(rootV, bias))
    },
  },
  beside: {
    words: 't √V + |b|',
    ends: (value, halves, confidence) => {
      const { bias, rootV, t } = partsOf(value, halves, confidence)
      return around(value, t * rootV + Math.abs(bias))
    },
  },
} satisfies Record<string, { readonly words: string; readonly ends: Ends }>

export type Design = keyof typeof DESIGNS
