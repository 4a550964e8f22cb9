import { describe, expect, it } from 'vitest'
import { studentQuantile } from '../../src/statistics/intervals/student-t.ts'

/** Two-sided critical values as printed in statistical tables (three decimals), and a few known more precisely. */
const table: readonly (readonly [confidence: number, degrees: number, t: number])[] = [
  [0.95, 1, 12.706],
  [0.95, 2, 4.303],
  [0.95, 3, 3.182],
  [0.95, 4, 2.776],
  [0.95, 5, 2.571],
  [0.9, 7, 1.895],
  [0.95, 10, 2.228],
  [0.99, 10, 3.169],
  [0.98, 15, 2.602],
  [0.95, 30, 2.042],
  [0.95, 31, 2.04],
  [0.999, 31, 3.633],
  [0.95, 120, 1.98],
  [0.5, 9, 0.703],
]

describe('Student t quantiles', () => {
  it.each(table)('at %d with %i degrees of freedom', (confidence, degrees, t) => {
    expect(Math.abs(studentQuantile(confidence, degrees) - t)).toBeLessThan(6e-4)
  })

  it('have closed forms for one, two and four degrees', () => {
    for (const p of [0.1, 0.5, 0.9, 0.95, 0.999]) {
      expect(studentQuantile(p, 1)).toBeCloseTo(Math.tan((Math.PI * p) / 2), 9)
      expect(studentQuantile(p, 2)).toBeCloseTo(p * Math.sqrt(2 / (1 - p * p)), 9)
      const alpha = 1 - p * p
      const q = Math.cos(Math.acos(Math.sqrt(alpha)) / 3) / Math.sqrt(alpha)
      expect(studentQuantile(p, 4)).toBeCloseTo(2 * Math.sqrt(q - 1), 9)
    }
  })

  it('integrate back to the confidence (Simpson on the density)', () => {
    for (const degrees of [3, 6, 31, 64]) {
      const t = studentQuantile(0.95, degrees)
      expect(2 * integratedDensity(t, degrees)).toBeCloseTo(0.95, 9)
    }
  })

  it('approach the normal distribution', () => {
    expect(Math.abs(studentQuantile(0.95, 100_000) - 1.959963984540054)).toBeLessThan(3e-5)
  })

  it('refuse what has no quantile', () => {
    expect(() => studentQuantile(1, 5)).toThrow(RangeError)
    expect(() => studentQuantile(0.95, 0.5)).toThrow(RangeError)
    expect(() => studentQuantile(0.95, 0)).toThrow(RangeError)
  })
})

/** ∫₀ᵗ of the density, normalised by its own integral through x = √ν tan θ: ∫ cos^(ν−1). */
function integratedDensity(t: number, degrees: number): number {
  const integral = (end: number) => {
    const steps = 20_000
    let sum = 0
    for (let i = 0; i <= steps; i++) {
      const weight = i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2
      sum += weight * Math.cos((end * i) / steps) ** (degrees - 1)
    }
    return (sum * end) / steps / 3
  }
  return integral(Math.atan(t / Math.sqrt(degrees))) / (2 * integral(Math.PI / 2))
}
