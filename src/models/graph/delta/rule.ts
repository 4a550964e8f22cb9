/**
 * @file The gated delta rule of every position of a sequence at once, as matrix products over chunks of it (Yang et al., arXiv 2412.06464,
 * 2406.06484). A head's state S (key size, value size) begins with zeros; at every position, with fade f ≤ 0, share w, key k, value v, query q:
 *
 *     S ← e^f S        S ← S + w k (v − Sᵀk)ᵀ        out = Sᵀq
 *
 * Inside a chunk, with F_ij the sum of fades behind position j up to i, A_ij = w_i (k_i·k_j) e^F_ij for j < i and T = (I + A)⁻¹, that is
 *
 *     U = T w v − T w e^F k S        out = e^F q S + (q·k e^F) U        S ← e^F S + (e^F k)ᵀ U
 *
 * T is made from inverses of diagonal blocks, twice as large each time: (A 0; C B)⁻¹ = (A⁻¹ 0; −B⁻¹ C A⁻¹ B⁻¹). All numbers in it are of
 * the result's size; a product of (I + A²)(I + A⁴)… is not: where keys repeat, it loses every digit of float32 at 64 positions. Sums of
 * fades are made each from its own terms, so that none is a difference of large ones.
 *
 * Every run is as long as the longest: what is missing is filled with positions that write nothing. Slower chunks: 16 and 128 positions
 * (docs/decisions/2026-11-29-delta-nets.md).
 */
import type { GraphBuilder, Value } from '../../../onnx/graph/graph.ts'
import * as op from '../../../onnx/graph/ops.ts'

/** Positions of a chunk, a power of two; fewer where the longest sequence has fewer. */
export const DELTA_CHUNK = 64

/** Shapes: B sequences, n tokens, H key heads, R value heads of each, K and V sizes of a key and a value. */
export interface DeltaShape {
  readonly sequences: number
  readonly keyHeads: number
  readonly valueHeads: number
  readonly keySize: number
  readonly valueSize: number
}

export interface DeltaRows {
  /** (B, n, H·K), scaled */
  readonly q: Value
  /** (B, n, H·K) */
  readonly k: Value
  /** (B, n, H·R·V) */
  readonly v: Value
  /** (B, n, H·R): 0 or below */
  readonly fade: Value
  /** (B, n, H·R): 0 to 1 */
  readonly write: Value
}

/** Constants of the rule, made where a graph first needs them; one per graph. */
export class DeltaTables {
  readonly type: 'float32' | 'float64'
  readonly chunk: number
  readonly chunks: number
  readonly #g: GraphBuilder
  readonly #length: Value
  readonly #made = new Map<string, Value>()

  /** `longest`: positions of the longest sequence; `length`: of this run, int32 scalar. */
  constructor(
    g: GraphBuilder,
    longest: number,
    length: Value,
    type: 'float32' | 'float64',
    chunk = DELTA_CHUNK,
  ) {
    this.#g = g
    this.#length = length
    this.type = type
    this.chunk = Math.min(chunk, 2 ** Math.ceil(Math.log2(longest)))
    this.chunks = Math.ceil(longest / this.chunk)
  }

  /** (1) int64 */
  get length(): Value {
    return this.#once('length', () => {
      const g = this.#g
      return op.reshape(g, op.cast(g, this.#length, 'int64'), [1], [1])
    })
  }

  /** How many positions are missing at the end of this run; (1) int64. */
  get missing(): Value {
    return this.#once('missing', () =>
      op.sub(this.#g, this.#g.integers([this.chunks * this.chunk]), this.length),
    )
  }

  /** (chunk, chunk · chunk): column i · chunk + j adds up what stands behind j up to i. */
  get between(): Value {
    const c = this.chunk
    return this.#table('between', c, c * c, (l, pair) => pair % c < l && l <= Math.floor(pair / c))
  }

  /** (chunk, chunk): column i adds up what stands up to i. */
  get upTo(): Value {
    return this.#table('up_to', this.chunk, this.chunk, (l, i) => l <= i)
  }

  /** (chunk, chunk): column i adds up what stands behind i. */
  get behind(): Value {
    return this.#table('behind', this.chunk, this.chunk, (l, i) => l > i)
  }

  /** (chunk, 1): adds up all. */
  get all(): Value {
    return this.#table('all', this.chunk, 1, () => true)
  }

  /** (chunk, chunk): 1 where a query sees a key. */
  get seen(): Value {
    return this.#table('seen', this.chunk, this.chunk, (i, j) => j <= i)
  }

  get identity(): Value {
    return this.#table('identity', this.chunk, this.chunk, (i, j) => i === j)
  }

  /** (chunk, chunk): 1 in the lower left quarter of each diagonal block of twice `size`. */
  corner(size: number): Value {
    const inBlock = (x: number): number => x % (2 * size)
    return this.#table(`corner_${size}`, this.chunk, this.chunk, (i, j) => {
      const sameBlock = Math.floor(i / (2 * size)) === Math.floor(j / (2 * size))
      return sameBlock && inBlock(i) >= size && inBlock(j) < size
    })
  }

  #table(
    name: string,
    rows: number,
    columns: number,
    isOne: (row: number, column: number) => boolean,
  ): Value {
    return this.#once(name, () => {
      const size = rows * columns
      const data = this.type === 'float64' ? new Float64Array(size) : new Float32Array(size)
      for (let i = 0; i < size; i++) data[i] = isOne(Math.floor(i / columns), i % columns) ? 1 : 0
      return this.#g.initializer(`delta_${name}`, this.type, [rows, columns], data)
    })
  }

  #once(name: string, make: () => Value): Value {
    const known = this.#made.get(name) ?? make()
    this.#made.set(name, known)
    return known
  }
}

/** What the heads read: (B, n, H·R·V). */
export function gatedDeltaRule(
  g: GraphBuilder,
  rows: DeltaRows,
  shape: DeltaShape,
  tables: DeltaTables,
): Value {
  const cut = chunked(g, rows, shape, tables)
  const parts = inChunks(g, cut, tables)
  const B = shape.sequences
  const read = op.concat(g, throughChunks(g, parts), 3, [])
  const { chunk, chunks, length } = tables
  const width = shape.valueHeads * shape.valueSize
  const inOrder = op.transpose(g, { ...read, shape: ['B', 'H', 'R', 'N', 'c', 'V'] }, [0, 3, 4, 1, 2, 5])
  const whole = op.reshape(g, inOrder, [B, chunks * chunk, width], [B, chunks * chunk, width])
  const found = op.range(g, whole, 1, g.integers([0]), length)
  return { ...found, shape: [B, 'n_token', width] }
}

/** q and k (B, H, 1, N, c, K), v (B, H, R, N, c, V), fade (B, H, R, N, c), write (B, H, R, N, c, 1) */
function chunked(g: GraphBuilder, rows: DeltaRows, shape: DeltaShape, tables: DeltaTables): DeltaRows {
  const { sequences: B, keyHeads: H, valueHeads, keySize: K, valueSize: V } = shape
  const R = valueHeads / H
  const { chunk: c, chunks: N, missing } = tables
  const cut = (x: Value, share: number, size: number): Value => {
    const filled = op.padAxis(g, x, 1, g.integers([0]), missing, [B, N * c, H * share * size])
    const split = op.reshape(g, filled, [B, N, c, H, share, size], [B, N, c, H, share, size])
    return op.transpose(g, split, [0, 3, 4, 1, 2, 5])
  }
  const { q, k, v, fade, write } = rows
  return {
    q: cut(q, 1, K),
    k: cut(k, 1, K),
    v: cut(v, R, V),
    fade: op.reshape(g, cut(fade, R, 1), [B, H, R, N, c], [B, H, R, N, c]),
    write: cut(write, R, 1),
  }
}

/** Of all chunks, axis 3. */
interface ChunkParts {
  /** T w v (…, c, V) */
  readonly values: Value
  /** T w e^F k (…, c, K) */
  readonly remembered: Value
  /** e^F q (…, c, K) */
  readonly queries: Value
  /** (e^F k)ᵀ (…, K, c) */
  readonly keys: Value
  /** q·k e^F (…, c, c) */
  readonly scores: Value
  /** e to the sum of all fades (…, 1, 1) */
  readonly fades: Value
  readonly count: number
}

function inChunks(g: GraphBuilder, { q, k, v, fade, write }: DeltaRows, tables: DeltaTables): ChunkParts {
  const { chunk: c, chunks: count } = tables
  const [B = 1, H = 1, R = 1, N = 1] = fade.shape
  const faded = (sums: Value, rows: number, columns: number): Value => {
    const exponents = op.matMul(g, fade, sums)
    const shaped = op.reshape(g, exponents, [0, 0, 0, 0, rows, columns], [B, H, R, N, rows, columns])
    return op.exp(g, shaped)
  }
  const within = op.mul(g, faded(tables.between, c, c), tables.seen)
  const started = faded(tables.upTo, c, 1)
  const turned = op.transpose(g, k, [0, 1, 2, 3, 5, 4])
  const likeness = op.mul(g, op.mul(g, within, write), op.matMul(g, k, turned))
  const solve = unitLowerInverse(g, likeness, tables)
  return {
    values: op.matMul(g, solve, op.mul(g, v, write)),
    remembered: op.matMul(g, solve, op.mul(g, op.mul(g, write, started), k)),
    queries: op.mul(g, started, q),
    keys: op.mul(g, faded(tables.behind, 1, c), turned),
    scores: op.mul(g, within, op.matMul(g, q, turned)),
    fades: faded(tables.all, 1, 1),
    count,
  }
}

/** (I + A)⁻¹ of what is below the diagonal of (…, c, c). */
function unitLowerInverse(g: GraphBuilder, a: Value, tables: DeltaTables): Value {
  const corner = (size: number): Value => op.mul(g, a, tables.corner(size))
  if (tables.chunk === 1) return tables.identity
  let inverse = op.sub(g, tables.identity, corner(1))
  for (let size = 2; size < tables.chunk; size *= 2) {
    inverse = op.sub(g, inverse, op.matMul(g, inverse, op.matMul(g, corner(size), inverse)))
  }
  return inverse
}

/** What the heads read in each chunk, one after the other. */
function throughChunks(g: GraphBuilder, parts: ChunkParts): readonly Value[] {
  const { count } = parts
  const each = (x: Value): readonly Value[] => op.split(g, x, count, 3, x.shape)
  const [values, remembered, queries, keys, scores, fades] = [
    each(parts.values),
    each(parts.remembered),
    each(parts.queries),
    each(parts.keys),
    each(parts.scores),
    each(parts.fades),
  ]
  const read: Value[] = []
  let state: Value | null = null
  for (let n = 0; n < count; n++) {
    const of = (all: readonly Value[]): Value => {
      const one = all[n]
      if (one === undefined) throw new RangeError(`no chunk ${n}`)
      return one
    }
    const known: Value | null = state
    const written: Value =
      known === null ? of(values) : op.sub(g, of(values), op.matMul(g, of(remembered), known))
    const own = op.matMul(g, of(scores), written)
    read.push(known === null ? own : op.add(g, op.matMul(g, of(queries), known), own))
    const added = op.matMul(g, of(keys), written)
    state = known === null ? added : op.add(g, op.mul(g, known, of(fades)), added)
  }
  return read
}
