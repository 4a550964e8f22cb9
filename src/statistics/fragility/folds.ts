/** @file Stratified folds: each class shuffled by a seed and dealt to the folds in turn, so that all hold as many of it, within one. */

/** (K) fold of each row, 0 to folds − 1. */
export function stratifiedFolds(isOne: Uint8Array, folds: number, seed: number): Uint8Array {
  const next = seeded(seed)
  const fold = new Uint8Array(isOne.length)
  let dealt = 0
  for (const wanted of [0, 1]) {
    const rows = Uint32Array.from(isOne.keys()).filter((k) => isOne[k] === wanted)
    for (let i = rows.length - 1; i > 0; i--) {
      const j = Math.floor(next() * (i + 1))
      ;[rows[i], rows[j]] = [rows[j]!, rows[i]!]
    }
    for (const row of rows) fold[row] = dealt++ % folds
  }
  return fold
}

/** Uniform in [0, 1), from a seed: xorshift128 of Marsaglia (2003), its state filled by splitmix32. */
function seeded(seed: number): () => number {
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
