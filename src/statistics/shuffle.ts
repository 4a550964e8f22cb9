/** @file A seeded order: Fisher–Yates by xorshift128 of Marsaglia (2003), its state filled by splitmix32. */

/** The same items in an order that `next`, uniform in [0, 1), alone decides. */
export function shuffled<T>(items: readonly T[], next: () => number): T[] {
  const order = [...items]
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(next() * (i + 1))
    ;[order[i], order[j]] = [order[j]!, order[i]!]
  }
  return order
}

/** Uniform in [0, 1). */
export function seeded(seed: number): () => number {
  let filler = seed >>> 0
  const word = (): number => {
    filler = (filler + 0x9e3779b9) >>> 0
    let z = filler
    z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
    z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
    return (z ^ (z >>> 16)) >>> 0
  }
  let [x, y, z, w] = [word(), word(), word(), word()]
  return () => {
    const t = x ^ (x << 11)
    ;[x, y, z] = [y, z, w]
    w = (w ^ (w >>> 19) ^ t ^ (t >>> 8)) >>> 0
    return w / 2 ** 32
  }
}
