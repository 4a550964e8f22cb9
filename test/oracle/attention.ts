/** @file Naive causal attention with grouped heads, windows and soft caps, and rotary embedding: the definitions, in loops. */
import { at, type Rows, softcap } from './pieces.ts'

export interface Rope {
  /** Angle per position of pair i; pair i is (i, i + number of pairs) of the head's leading dimensions. */
  readonly frequencies: readonly number[]
  /** On cos and sin. */
  readonly amplitude: number
}

/** Rotate each head of every row by its position; pairs are (2i, 2i + 1) where `neighbours` says so (GPT-J, GLM). */
export function rotate(rows: Rows, headSize: number, rope: Rope, neighbours = false): Rows {
  const pairs = rope.frequencies.length
  return rows.map((row, position) => {
    const out = row.slice()
    for (let i = 0; i < pairs; i++) {
      const cos = Math.cos(position * at(rope.frequencies, i)) * rope.amplitude
      const sin = Math.sin(position * at(rope.frequencies, i)) * rope.amplitude
      for (let head = 0; head < row.length / headSize; head++) {
        const a = head * headSize + (neighbours ? 2 * i : i)
        const b = neighbours ? a + 1 : a + pairs
        out[a] = at(row, a) * cos - at(row, b) * sin
        out[b] = at(row, b) * cos + at(row, a) * sin
      }
    }
    return out
  })
}

export interface AttentionShape {
  readonly heads: number
  readonly kvHeads: number
  readonly headSize: number
  readonly scale: number
  /** null: none. */
  readonly cap: number | null
  /** Keys visible, the query's own included; null: all before. */
  readonly window: number | null
  /** One per head: a score that no value has; absent: none. */
  readonly sinks?: ArrayLike<number>
}

/** z [position][heads · headSize]: softmax(cap(scale · q·k)) v, before the output projection. */
export function attend(q: Rows, k: Rows, v: Rows, shape: AttentionShape): Rows {
  const { heads, kvHeads, headSize } = shape
  return q.map((query, i) => {
    const z = new Float64Array(heads * headSize)
    const first = shape.window === null ? 0 : Math.max(0, i - shape.window + 1)
    for (let head = 0; head < heads; head++) {
      const kvHead = Math.floor(head / (heads / kvHeads))
      const scores: number[] = []
      for (let j = first; j <= i; j++) {
        let dot = 0
        for (let d = 0; d < headSize; d++) {
          dot += at(query, head * headSize + d) * at(k[j] ?? [], kvHead * headSize + d)
        }
        scores.push(softcap(dot * shape.scale, shape.cap))
      }
      const sink = shape.sinks === undefined ? -Infinity : at(shape.sinks, head)
      const peak = Math.max(...scores, sink)
      const weights = scores.map((score) => Math.exp(score - peak))
      const total = weights.reduce((sum, weight) => sum + weight, Math.exp(sink - peak))
      weights.forEach((weight, index) => {
        for (let d = 0; d < headSize; d++) {
          const value = at(v[first + index] ?? [], kvHead * headSize + d)
          z[head * headSize + d] = at(z, head * headSize + d) + (weight / total) * value
        }
      })
    }
    return z
  })
}
