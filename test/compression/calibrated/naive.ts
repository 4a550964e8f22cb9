/** @file Published compressors in their plainest form, float64 numbers in lists: one weight at a time, an inverse made anew at each. */

export type Matrix = readonly (readonly number[])[]

/** Gauss and Jordan, with the largest pivot. */
export function inverse(matrix: Matrix): number[][] {
  const n = matrix.length
  const a = matrix.map((row, i) => [...row, ...Array.from({ length: n }, (_, j) => (i === j ? 1 : 0))])
  for (let k = 0; k < n; k++) {
    let pivot = k
    for (let i = k + 1; i < n; i++) if (Math.abs(a[i]![k]!) > Math.abs(a[pivot]![k]!)) pivot = i
    ;[a[k], a[pivot]] = [a[pivot]!, a[k]!]
    const head = a[k]![k]!
    a[k] = a[k]!.map((x) => x / head)
    for (let i = 0; i < n; i++) {
      const times = a[i]![k]!
      if (i !== k && times !== 0) a[i] = a[i]!.map((x, j) => x - times * a[k]![j]!)
    }
  }
  return a.map((row) => row.slice(n))
}

/** With a hundredth of the mean of the diagonal added to it. */
export function damped(products: Matrix): number[][] {
  const mean = products.reduce((sum, row, i) => sum + row[i]!, 0) / products.length
  return products.map((row, i) => row.map((x, j) => x + (i === j ? 0.01 * mean : 0)))
}

/** The inverse of what is left of H once inputs before k are taken away. */
function left(products: Matrix, k: number): number[][] {
  const made = kept.get(products) ?? []
  kept.set(products, made)
  made[k] ??= inverse(products.slice(k).map((row) => row.slice(k)))
  return made[k]
}
const kept = new WeakMap<Matrix, number[][][]>()

/** The best the inputs from k on can do, once input k is off by `error`: Optimal Brain Surgeon's update of a row, in place. */
function correct(row: number[], products: Matrix, k: number, error: number): void {
  const h = left(products, k)
  for (let j = k; j < row.length; j++) row[j] = row[j]! - (error * h[0]![j - k]!) / h[0]![0]!
}

const evenly = (x: number): number => {
  const down = Math.floor(x)
  if (x - down !== 0.5) return Math.round(x)
  return down % 2 === 0 ? down : down + 1
}

/** Rounds to 2^bits levels between the least and the greatest of `span`, both with 0. */
export function rounder(span: readonly number[], bits: number): (x: number) => number {
  const [low, high] = [Math.min(0, ...span), Math.max(0, ...span)]
  const scale = (high - low) / (2 ** bits - 1)
  const zero = evenly(-low / scale)
  return (x) => (Math.min(2 ** bits - 1, Math.max(0, evenly(x / scale) + zero)) - zero) * scale
}

export function naiveGptq(weights: Matrix, products: Matrix, bits: number, group: number | null): number[][] {
  const h = damped(products)
  return weights.map((weight) => {
    const row = [...weight]
    let round = rounder(row, bits)
    for (let k = 0; k < row.length; k++) {
      if (group !== null && k % group === 0) round = rounder(row.slice(k, k + group), bits)
      const value = round(row[k]!)
      correct(row, h, k, row[k]! - value)
      row[k] = value
    }
    return row
  })
}

/** What a weight's loss costs at least: w² over the first diagonal element of what is left of H, inverted. */
const cost = (row: readonly number[], h: Matrix, k: number): number => row[k]! ** 2 / left(h, k)[0]![0]!

/** Over blocks of `block` inputs and all rows. */
export function naiveSparseGpt(
  weights: Matrix,
  products: Matrix,
  fraction: number,
  block: number,
): number[][] {
  const h = damped(products)
  const rows = weights.map((row) => [...row])
  const inputs = products.length
  for (let start = 0; start < inputs; start += block) {
    const places = rows.flatMap((row, r) =>
      Array.from({ length: Math.min(block, inputs - start) }, (_, i) => ({
        r,
        k: start + i,
        cost: cost(row, h, start + i),
      })),
    )
    const gone = [...places].sort((a, b) => a.cost - b.cost).slice(0, Math.floor(fraction * places.length))
    for (const [r, row] of rows.entries()) {
      for (let k = start; k < Math.min(start + block, inputs); k++) {
        if (!gone.some((one) => one.r === r && one.k === k)) continue
        correct(row, h, k, row[k]!)
        row[k] = 0
      }
    }
  }
  return rows
}

export function naiveSparseGptPattern(
  weights: Matrix,
  products: Matrix,
  keep: number,
  of: number,
): number[][] {
  const h = damped(products)
  return weights.map((weight) => {
    const row = [...weight]
    for (let first = 0; first < row.length; first += of) {
      const costs = Array.from({ length: of }, (_, i) => ({ k: first + i, cost: cost(row, h, first + i) }))
      const gone = costs
        .sort((a, b) => a.cost - b.cost)
        .slice(0, of - keep)
        .map(({ k }) => k)
      for (let k = first; k < first + of; k++) {
        if (!gone.includes(k)) continue
        correct(row, h, k, row[k]!)
        row[k] = 0
      }
    }
    return row
  })
}

/** Σ over rows of e H eᵀ: the squared error of the layer's outputs over the calibration. */
export function outputError(weights: Matrix, changed: Matrix, products: Matrix): number {
  return weights.reduce((sum, row, r) => {
    const e = row.map((w, k) => w - changed[r]![k]!)
    return sum + e.reduce((s, a, j) => s + a * products[j]!.reduce((t, h, k) => t + h * e[k]!, 0), 0)
  }, 0)
}
