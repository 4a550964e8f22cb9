/** @file Perturbations: half a step is found by the neighbours that the 16-bit format has; errors have the norm that was asked for. */
import { describe, expect, it } from 'vitest'
import { equalErrors, halfSteps, randomOf } from '../../src/compression/perturbed.ts'
import { narrowToBfloat16, narrowToFloat16, widenBfloat16, widenFloat16 } from '../../src/numbers/float16.ts'

const weights = Float32Array.from({ length: 4_000 }, (_, i) =>
  Math.fround(Math.sin(i) * 2 ** ((i % 40) - 30)),
)

/** The distance of the two neighbours of the format's number at x, above and at it: the next bit pattern is the next number. */
function stepAt(x: number, format: 'float16' | 'bfloat16'): number {
  const [narrow, widen] =
    format === 'float16' ? [narrowToFloat16, widenFloat16] : [narrowToBfloat16, widenBfloat16]
  const bits = new Uint16Array(1)
  narrow(Float32Array.of(Math.abs(x)), bits)
  const at = new Float32Array(2)
  widen(Uint16Array.of(bits[0]!, bits[0]! + 1), at)
  if (at[0]! > Math.abs(x)) widen(Uint16Array.of(bits[0]! - 1, bits[0]!), at)
  return at[1]! - at[0]!
}

describe.each(['float16', 'bfloat16'] as const)('half steps of %s', (format) => {
  const moved = halfSteps(weights, format, randomOf('w', 3))

  it('are half the distance of neighbours, up as often as down', () => {
    let up = 0
    for (const [i, w] of weights.entries()) {
      if (w === 0) continue
      // float32 holds the sum to its own half step.
      expect(Math.abs(moved[i]! - w) / (stepAt(w, format) / 2)).toBeCloseTo(1, 3)
      if (moved[i]! > w) up++
    }
    expect(up / weights.length).toBeCloseTo(0.5, 1)
    expect(halfSteps(Float32Array.of(0), format, randomOf('w', 1))).toEqual(Float32Array.of(0))
  })

  it('are the same by the same seed, others by another and in another tensor', () => {
    expect(halfSteps(weights, format, randomOf('w', 3))).toEqual(moved)
    expect(halfSteps(weights, format, randomOf('w', 4))).not.toEqual(moved)
    expect(halfSteps(weights, format, randomOf('v', 3))).not.toEqual(moved)
  })
})

describe('errors of equal norm', () => {
  const [out, inputs] = [5, 800]
  const rows = Float32Array.from({ length: out * inputs }, (_, i) => Math.cos(i))
  const others = rows.map((w, i) => (i < inputs ? w : w + Math.sin(7 * i) / (1 + Math.floor(i / inputs))))
  const moved = equalErrors(rows, others, inputs, randomOf('w', 1))
  const difference = (a: Float32Array, row: number): number[] =>
    Array.from({ length: inputs }, (_, k) => a[row * inputs + k]! - rows[row * inputs + k]!)

  it('have each row’s norm and not its direction', () => {
    for (let row = 0; row < out; row++) {
      const [found, wanted] = [difference(moved, row), difference(others, row)]
      const norm = Math.hypot(...wanted)
      expect(Math.hypot(...found)).toBeCloseTo(norm, 4)
      const cosine = found.reduce((sum, x, k) => sum + x * wanted[k]!, 0) / (norm * norm || 1)
      expect(Math.abs(cosine)).toBeLessThan(0.15)
    }
    expect(moved.subarray(0, inputs)).toEqual(rows.subarray(0, inputs))
  })

  it('are normal: the fourth moment is three times the square of the second', () => {
    const e = difference(moved, 1)
    const moment = (n: number): number => e.reduce((sum, x) => sum + x ** n, 0) / e.length
    expect(moment(4) / moment(2) ** 2).toBeGreaterThan(2.4)
    expect(moment(4) / moment(2) ** 2).toBeLessThan(3.7)
  })
})
