/**
 * @file What edits did at each position, put together in float64 from tiles of the vocabulary (models/effect-head.ts).
 *
 * With e(v) = ln p^do(v) − ln p(v) = u(v) − c, where u is the shifted difference of logits and c the shifted difference of their
 * log-sum-exps: Σ p e e' = E[u u'] − c' E[u] − c E[u'] + c c', and KL(p ‖ p^do) = −Σ p e = c − E[u].
 */

/** A row's distribution over tiles. */
export interface TileParts {
  /** ln Σ e^l over the vocabulary. */
  readonly logSum: number
  /** (tiles) which part of the probability each tile has. */
  readonly parts: Float64Array
}

/** From each tile's largest logit and that one's share of the tile: Σ e^l over it is e^top / share. */
export function tileParts(top: ArrayLike<number>, share: ArrayLike<number>): TileParts {
  let most = Number.NEGATIVE_INFINITY
  for (let t = 0; t < top.length; t++) most = Math.max(most, top[t]!)
  const parts = Float64Array.from(top, (largest, t) => Math.exp(largest - most) / share[t]!)
  const sum = parts.reduce((total, part) => total + part, 0)
  return { logSum: most + Math.log(sum), parts: parts.map((part) => part / sum) }
}

/** Σ_t π_t x_t */
export function meanOverTiles({ parts }: TileParts, values: ArrayLike<number>): number {
  let sum = 0
  for (let t = 0; t < parts.length; t++) sum += parts[t]! * values[t]!
  return sum
}
