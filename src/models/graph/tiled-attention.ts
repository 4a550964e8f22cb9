/**
 * @file Causal attention as plain matrix products, some query rows at a time: rows [start, end) of the queries
 * meet the keys before `end` only (and within the window), so that of the upper triangle that softmax would throw away
 * little is computed, and scores stay in cache. On the CPU twice as quick as onnxruntime's GroupQueryAttention and
 * MultiHeadAttention at 512 positions of 8 heads of 64, 1.6 times at 2,048; equal to 6e-7.
 *
 * On WebGPU it is the only attention that can be trusted: what onnxruntime's fused kernels get wrong there is told in
 * fused-attention.ts. These products agree with the CPU's to 1e-6 of the largest value.
 *
 * How many positions a sequence has is known only when the graph runs; tiles beyond it are empty, or take its last row.
 * Shapes: B sequences, n tokens, H key heads, R query heads per key head, D head size.
 */
import type { GraphBuilder, Value } from '../../onnx/graph/graph.ts'
import * as op from '../../onnx/graph/ops.ts'

/** How attention is cut into tiles. */
export interface Tiling {
  /** Query rows per tile. */
  readonly rows: number
  /**
   * What a tile beyond the end of a sequence computes: nothing, or its last row once more, which is then cut off. WebGPU
   * refuses a Softmax of nothing ("Invalid dispatch group size (0, 1, 1)"); the cut costs the CPU a tenth of attention at 512 positions.
   */
  readonly beyondEnd: 'nothing' | 'last row'
}

/** 64 rows are quicker at 512 positions, slower at 2,048. */
export const CPU_TILING: Tiling = { rows: 128, beyondEnd: 'nothing' }
/** For GPUs. */
export const SAFE_TILING: Tiling = { rows: 128, beyondEnd: 'last row' }

/** Added to a score that a query may not see: e to its power is 0 beside any score that it may. */
const HIDDEN_SCORE = -3e38

export interface TiledShape {
  readonly sequences: number
  readonly heads: number
  readonly kvHeads: number
  readonly headSize: number
  readonly scale: number
  readonly softcap: number | null
  /** Keys visible to a query, itself included. */
  readonly window: number | null
  /** (n_head) of the masks' type: a score beside those of the keys that no value has; absent: none. */
  readonly sinks?: Value | null
  /** What shares are rounded by before they meet the values; absent: nothing. */
  readonly rounded?: (x: Value) => Value
}

/** What a tile adds to its scores. One per graph: layers with the same window share. */
export class CausalMasks {
  readonly #g: GraphBuilder
  readonly #tiling: Tiling
  readonly #longest: number
  readonly #type: 'float32' | 'float64'
  /** n, as (1) int64 */
  readonly #length: Value
  readonly #masks = new Map<string, Value>()
  readonly #starts = new Map<number, Value>()

  /** `type`: of the scores. */
  constructor(
    g: GraphBuilder,
    tiling: Tiling,
    longest: number,
    length: Value,
    type: 'float32' | 'float64' = 'float32',
  ) {
    this.#g = g
    this.#tiling = tiling
    this.#longest = longest
    this.#type = type
    this.#length = op.reshape(g, op.cast(g, length, 'int64'), [1], [1])
  }

  get type(): 'float32' | 'float64' {
    return this.#type
  }

  /** Tiles of query rows with the first key that any of them sees; `isWhole`: they meet every key that there is. Ends are exclusive. */
  tiles(
    window: number | null,
  ): readonly { start: number; end: number; firstKey: number; isWhole: boolean }[] {
    const { rows } = this.#tiling
    return Array.from({ length: Math.ceil(this.#longest / rows) }, (_, i) => {
      const start = i * rows
      const [end, firstKey] = [start + rows, Math.max(0, start + 1 - (window ?? Infinity))]
      return { start, end, firstKey, isWhole: firstKey === 0 && end >= this.#longest }
    })
  }

  /** The results of all tiles, along `axis`, without those beyond the end. */
  trimmed(x: Value, axis: number): Value {
    const isWhole = this.#tiling.beyondEnd === 'nothing' || this.#longest <= this.#tiling.rows
    return isWhole ? x : op.range(this.#g, x, axis, this.#g.integers([0]), this.#length)
  }

  /** Where to begin for `position`: there, or if it must exist at the last that does; (1) int64. */
  from(position: number): Value {
    const g = this.#g
    if (position === 0 || this.#tiling.beyondEnd === 'nothing') return g.integers([position])
    const known =
      this.#starts.get(position) ??
      op.min(g, op.sub(g, this.#length, g.integers([1])), g.integers([position]))
    this.#starts.set(position, known)
    return known
  }

  /** (rows of the tile that there are, keys that there are) */
  of(start: number, end: number, firstKey: number, window: number | null): Value {
    const name = `${start} ${window}`
    const known = this.#masks.get(name) ?? this.#cut(start, end, firstKey, window)
    this.#masks.set(name, known)
    return known
  }

  /**
   * A mask depends on the distance of key and query only, so all are cut out of one band: its column c is the key that
   * stands c − longest after the tile's first query.
   */
  #cut(start: number, end: number, firstKey: number, window: number | null): Value {
    const g = this.#g
    const left = this.#longest - start + firstKey
    const first = op.concat(g, [this.from(start), this.from(firstKey)], 0, [2])
    const sizes = op.sub(g, op.min(g, this.#length, g.integers([end, end])), first)
    const ends = op.add(g, op.max(g, sizes, g.integers([0, 0])), g.integers([0, left]))
    return op.slice(g, this.#band(window), g.integers([0, left]), ends, ['n_query', 'n_key'])
  }

  #band(window: number | null): Value {
    const { rows } = this.#tiling
    const width = this.#longest + rows
    const size = rows * width
    const band = this.#type === 'float64' ? new Float64Array(size) : new Float32Array(size)
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < width; column++) {
        const distance = row - (column - this.#longest)
        const visible = distance >= 0 && (window === null || distance < window)
        band[row * width + column] = visible ? 0 : HIDDEN_SCORE
      }
    }
    const name = `causal_${window}`
    const known = this.#masks.get(name) ?? this.#g.initializer(name, this.#type, [rows, width], band)
    this.#masks.set(name, known)
    return known
  }
}

/** q (B, n, H·R·D), k and v (B, n, H·D), of the masks' type → (B, n, H·R·D) */
export function tiledAttention(
  g: GraphBuilder,
  q: Value,
  k: Value,
  v: Value,
  masks: CausalMasks,
  shape: TiledShape,
): Value {
  const { sequences: B, heads, kvHeads: H, headSize: D, scale, softcap, window, rounded } = shape
  const sinks = shape.sinks
    ? op.reshape(g, shape.sinks, [1, H, heads / H, 1, 1], [1, H, heads / H, 1, 1])
    : null
  const R = heads / H
  const split = (x: Value, repeats: number): Value =>
    op.reshape(g, x, [B, -1, H, repeats, D], [B, 'n_token', H, repeats, D])
  const scaled = scale === 1 ? q : op.mul(g, q, g.scalar(masks.type, scale))
  const queries = op.transpose(g, split(scaled, R), [0, 2, 3, 1, 4])
  const keys = op.transpose(g, split(k, 1), [0, 2, 3, 4, 1])
  const values = op.transpose(g, split(v, 1), [0, 2, 3, 1, 4])
  const parts = masks.tiles(window).map(({ start, end, firstKey, isWhole }) => {
    const some = (x: Value, axis: number, from: number): Value =>
      op.range(g, x, axis, masks.from(from), g.integers([end]))
    // Cut nowhere, they would be copied.
    const met = (x: Value, axis: number): Value => (isWhole ? x : some(x, axis, firstKey))
    let scores = op.matMul(g, some(queries, 3, start), met(keys, 4))
    if (softcap !== null) {
      const cap = g.scalar(masks.type, softcap)
      scores = op.mul(g, op.tanh(g, op.div(g, scores, cap)), cap)
    }
    const masked = op.add(g, scores, masks.of(start, end, firstKey, window))
    const shares = sinks === null ? op.softmax(g, masked) : withSinks(g, masked, scores, sinks)
    return op.matMul(g, rounded?.(shares) ?? shares, met(values, 3))
  })
  const attended = masks.trimmed(op.concat(g, parts, 3, [B, H, R, 'n_token', D]), 3)
  const rows = op.transpose(g, attended, [0, 3, 1, 2, 4])
  return op.reshape(g, rows, [B, -1, heads * D], [B, 'n_token', heads * D])
}

/** Softmax over the scores and a sink (1, H, R, 1, 1), without the sink's share. `scores`: the same before they were masked, finite. */
function withSinks(g: GraphBuilder, masked: Value, scores: Value, sinks: Value): Value {
  const [B = 1, H = 1, R = 1] = scores.shape
  const zero = g.scalar(scores.type === 'float64' ? 'float64' : 'float32', 0)
  const column = op.add(g, op.mul(g, op.columns(g, scores, 0, 1), zero), sinks)
  const all = op.softmax(g, op.concat(g, [masked, column], 4, [B, H, R, 'n_query', 'n_key_and_sink']))
  return op.range(g, all, 4, g.integers([0]), g.integers([-1]))
}
