/** @file How much of one text stands in another: n-grams of tokens, as contamination of benchmarks is measured (13, after arXiv 2005.14165, appendix C). */

/** Neighbouring tokens that are looked for together. */
export const NGRAM = 13

/** The 13-grams of a text, as a set of 53-bit hashes: of 10⁷ each, two differ and share one once in 10⁹. */
export function ngramsOf(ids: Int32Array): ReadonlySet<number> {
  const found = new Set<number>()
  for (let start = 0; start + NGRAM <= ids.length; start++) found.add(hashAt(ids, start))
  return found
}

/** Part of the n-grams of `ids` that `known` has; 0 where there are none. */
export function containment(ids: Int32Array, known: ReadonlySet<number>): number {
  const count = ids.length - NGRAM + 1
  if (count <= 0) return 0
  let shared = 0
  for (let start = 0; start < count; start++) if (known.has(hashAt(ids, start))) shared++
  return shared / count
}

/** Two 32-bit products of the ids, mixed with different odd factors, as one whole number below 2⁵³. */
function hashAt(ids: Int32Array, start: number): number {
  let [a, b] = [0x811c9dc5, 0x9e3779b9]
  for (let i = start; i < start + NGRAM; i++) {
    a = Math.imul(a ^ ids[i]!, 0x01000193)
    b = Math.imul(b ^ ids[i]!, 0x85ebca6b)
    b ^= b >>> 13
  }
  return (a >>> 11) * 2 ** 32 + (b >>> 0)
}
