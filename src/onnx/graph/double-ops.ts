/**
 * @file Operators whose kernels on onnxruntime's CPU provider are float32 only, composed in float64 of those that have
 * double kernels (tried on 1.30.0: Gemm, MatMul, Softmax, Exp, Tanh, both layer normalizations and all arithmetic do;
 * Erf, Gelu, QuickGelu and RotaryEmbedding do not). Slower than a kernel, and used on few rows only.
 *
 * erf: W. J. Cody, "Rational Chebyshev approximations for the error function", Math. Comp. 23 (1969), coefficients as in
 * his CALERF. His third range (|x| > 4) is left out: the second one continued is off by less than 1e-17 there.
 */
import type { GraphBuilder, Value } from './graph.ts'
import * as op from './ops.ts'

/** Where Cody's first range ends. */
const SMALL = 0.46875
/** erf(x) = x · A(x²) / B(x²) up to SMALL; highest power first. */
const A = [0.18577770618460315, 3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694]
const B = [1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171]
/** erfc(y) = e^(−y²) · C(y) / D(y) beyond it. */
const C = [
  2.1531153547440383e-8, 0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001,
  881.952221241769, 1712.0476126340707, 2051.0783778260716, 1230.3393547979972,
]
const D = [
  1, 15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597,
  4362.619090143247, 3439.3676741437216, 1230.3393548037495,
]

/** Error function, any shape. */
export function erf(g: GraphBuilder, x: Value): Value {
  const constant = (value: number): Value => g.scalar('float64', value)
  const square = op.mul(g, x, x)
  const near = op.mul(g, x, op.div(g, polynomial(g, square, A), polynomial(g, square, B)))
  const y = op.abs(g, x)
  const ratio = op.div(g, polynomial(g, y, C), polynomial(g, y, D))
  const complement = op.mul(g, op.exp(g, op.sub(g, constant(0), square)), ratio)
  const far = op.mul(g, op.sign(g, x), op.sub(g, constant(1), complement))
  return op.where(g, op.less(g, y, constant(SMALL)), near, far)
}

/** Horner's rule, highest power first. */
function polynomial(g: GraphBuilder, x: Value, [first = 0, ...rest]: readonly number[]): Value {
  const constant = (value: number): Value => g.scalar('float64', value)
  const [second = 0, ...lower] = rest
  const start = op.add(g, op.mul(g, x, constant(first)), constant(second))
  return lower.reduce((sum, coefficient) => op.add(g, op.mul(g, sum, x), constant(coefficient)), start)
}

/**
 * Normalizations take their epsilon ε as a float32: x and ε with which they give what x and the exact ε would give, both
 * scaled. By a factor near 2, because onnxruntime drops products with a factor near 1.
 */
export function forEpsilon(
  g: GraphBuilder,
  x: Value,
  epsilon: number,
): { readonly x: Value; readonly epsilon: number } {
  if (epsilon === 0) return { x, epsilon }
  const scaled = 4 * Math.fround(epsilon)
  return { x: op.mul(g, x, g.scalar('float64', Math.sqrt(scaled / epsilon))), epsilon: scaled }
}

/** x · Φ(x), or the approximation by tanh that some models were trained with. */
export function gelu(g: GraphBuilder, x: Value, approximate: 'none' | 'tanh'): Value {
  const constant = (value: number): Value => g.scalar('float64', value)
  const half = op.mul(g, x, constant(0.5))
  const inner = (): Value => {
    const cubic = op.add(g, op.mul(g, op.mul(g, x, x), constant(0.044715)), constant(1))
    return op.tanh(g, op.mul(g, op.mul(g, x, cubic), constant(Math.sqrt(2 / Math.PI))))
  }
  const odd = approximate === 'tanh' ? inner() : erf(g, op.mul(g, x, constant(Math.SQRT1_2)))
  return op.mul(g, half, op.add(g, odd, constant(1)))
}

/** x · sigmoid(factor · x), written as a quotient: onnxruntime fuses the product into its float32 QuickGelu. */
export function silu(g: GraphBuilder, x: Value, factor = 1): Value {
  const scaled = factor === 1 ? x : op.mul(g, x, g.scalar('float64', factor))
  const minus = op.exp(g, op.sub(g, g.scalar('float64', 0), scaled))
  return op.div(g, x, op.add(g, minus, g.scalar('float64', 1)))
}

/**
 * Rotary embedding of (n_block, n_token, heads · headSize) with positions 0, 1, …; `cos` and `sin` are (max positions,
 * size/2), `length` is n_token as an int32 scalar.
 */
export function rotaryEmbedding(
  g: GraphBuilder,
  x: Value,
  rotary: { cos: Value; sin: Value; size: number; interleaved: boolean },
  heads: number,
  length: Value,
): Value {
  const { size, interleaved } = rotary
  const [blocks = 1, , width] = x.shape
  if (typeof width !== 'number' || typeof blocks !== 'number') throw new Error(`${x.name} has no fixed width`)
  const pairs = size / 2
  const headSize = width / heads
  const split = op.reshape(g, x, [blocks, -1, heads, headSize], [blocks, 'n_token', heads, headSize])
  const table = (whole: Value): Value =>
    op.reshape(g, op.firstRows(g, whole, length), [-1, 1, pairs], ['n_token', 1, pairs])
  const turned = op.columns(g, split, 0, size)
  const [a, b] = interleaved ? neighbours(g, turned, pairs) : halves(g, turned, pairs)
  const [cos, sin] = [table(rotary.cos), table(rotary.sin)]
  const first = op.sub(g, op.mul(g, a, cos), op.mul(g, b, sin))
  const second = op.add(g, op.mul(g, b, cos), op.mul(g, a, sin))
  const rotated = interleaved ? woven(g, first, second, size) : joined(g, [first, second], size)
  const rest = size === headSize ? [] : [op.columns(g, split, size, headSize)]
  const whole = joined(g, [rotated, ...rest], headSize)
  return op.reshape(g, whole, [blocks, -1, width], x.shape)
}

/** (…, size) → the first and the second half of it. */
function halves(g: GraphBuilder, x: Value, pairs: number): readonly [Value, Value] {
  return [op.columns(g, x, 0, pairs), op.columns(g, x, pairs, 2 * pairs)]
}

/** (…, size) → its even and its odd entries, (…, pairs) both. */
function neighbours(g: GraphBuilder, x: Value, pairs: number): readonly [Value, Value] {
  const lead = x.shape.slice(0, -1)
  const shape = [...lead, pairs]
  const two = op.reshape(g, x, [...lead.map(() => 0), pairs, 2], [...shape, 2])
  const pick = (i: number): Value =>
    op.reshape(g, op.columns(g, two, i, i + 1), [...lead.map(() => 0), pairs], shape)
  return [pick(0), pick(1)]
}

/** The inverse of `neighbours`. */
function woven(g: GraphBuilder, even: Value, odd: Value, size: number): Value {
  const lead = even.shape.slice(0, -1)
  const zeros = lead.map(() => 0)
  const column = (x: Value): Value => op.reshape(g, x, [...zeros, size / 2, 1], [...x.shape, 1])
  const two = op.concat(g, [column(even), column(odd)], even.shape.length, [...even.shape, 2])
  return op.reshape(g, two, [...zeros, size], [...lead, size])
}

function joined(g: GraphBuilder, parts: readonly Value[], width: number): Value {
  const [first] = parts
  return op.concat(g, parts, 3, [...(first?.shape.slice(0, -1) ?? []), width])
}
