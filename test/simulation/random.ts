/** @file Seeded random numbers for the simulations: fast enough for billions of firings. */

export class Random {
  private a: number
  private b: number
  private c: number
  private d = 1
  private spare = Number.NaN

  /** sfc32 (C. Doty-Humphrey), seeded by running it in. */
  constructor(seed: number) {
    this.a = seed | 0
    this.b = (seed * 0x9e3779b1) | 0
    this.c = 0x243f6a88
    for (let i = 0; i < 20; i++) this.uniform()
  }

  /** In [0, 1). */
  uniform(): number {
    const t = (((this.a + this.b) | 0) + this.d) | 0
    this.d = (this.d + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = ((this.c << 21) | (this.c >>> 11)) + t
    return (t >>> 0) / 4294967296
  }

  /** Marsaglia's polar method. */
  normal(): number {
    if (!Number.isNaN(this.spare)) {
      const kept = this.spare
      this.spare = Number.NaN
      return kept
    }
    for (;;) {
      const x = 2 * this.uniform() - 1
      const y = 2 * this.uniform() - 1
      const s = x * x + y * y
      if (s >= 1 || s === 0) continue
      const factor = Math.sqrt((-2 * Math.log(s)) / s)
      this.spare = y * factor
      return x * factor
    }
  }

  /** Mean 1. */
  exponential(): number {
    return -Math.log(1 - this.uniform())
  }

  /** By counting exponential waits; the normal approximation above a mean of 30. */
  poisson(mean: number): number {
    if (mean > 30) {
      const normal = Math.round(mean + Math.sqrt(mean) * this.normal())
      return Math.max(0, normal)
    }
    const floor = Math.exp(-mean)
    let count = 0
    for (let product = this.uniform(); product > floor; product *= this.uniform()) count++
    return count
  }
}
