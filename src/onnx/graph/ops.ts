/**
 * @file Operators: one function per ONNX operator, named as the operator, which infers the result's shape and adds a
 * node. Those made for the layers of a decoder are in layer-ops.ts. Definitions: https://onnx.ai/onnx/operators/
 */
import {
  type Dim,
  ELEMENT_CODE,
  type ElementType,
  type GraphBuilder,
  int,
  ints,
  type Shape,
  type Value,
} from './graph.ts'

/** (m, k) · (n, k)ᵀ + (n) → (m, n): a linear layer with its weight [out, in] as Hugging Face stores it. */
export function gemm(g: GraphBuilder, x: Value, weight: Value, bias: Value | null): Value {
  const inputs = bias === null ? [x, weight] : [x, weight, bias]
  const shape = [dim(x, 0), dim(weight, 0)]
  return g.apply('Gemm', inputs, { type: x.type, shape }, { transB: int(1) })
}

/** (…, m, k) · (k, n) → (…, m, n) */
export function matMul(g: GraphBuilder, a: Value, b: Value): Value {
  return g.apply('MatMul', [a, b], { type: a.type, shape: [...a.shape.slice(0, -1), dim(b, -1)] })
}

type Binary = 'Add' | 'Sub' | 'Mul' | 'Div' | 'Max' | 'Min'
function binary(g: GraphBuilder, op: Binary, a: Value, b: Value): Value {
  const shape = a.shape.length >= b.shape.length ? a.shape : b.shape
  return g.apply(op, [a, b], { type: a.type, shape })
}
export const add = (g: GraphBuilder, a: Value, b: Value): Value => binary(g, 'Add', a, b)
export const sub = (g: GraphBuilder, a: Value, b: Value): Value => binary(g, 'Sub', a, b)
export const mul = (g: GraphBuilder, a: Value, b: Value): Value => binary(g, 'Mul', a, b)
export const max = (g: GraphBuilder, a: Value, b: Value): Value => binary(g, 'Max', a, b)
export const min = (g: GraphBuilder, a: Value, b: Value): Value => binary(g, 'Min', a, b)
export const div = (g: GraphBuilder, a: Value, b: Value): Value => binary(g, 'Div', a, b)

/** (m, 1) + (n) → (m, n) */
export function outerAdd(g: GraphBuilder, a: Value, b: Value): Value {
  return g.apply('Add', [a, b], { type: a.type, shape: [dim(a, 0), dim(b, 0)] })
}

type Unary = 'Sigmoid' | 'Relu' | 'Sqrt' | 'Exp' | 'Tanh' | 'Identity' | 'Sign' | 'Abs' | 'Round' | 'Log'
function unary(g: GraphBuilder, op: Unary, x: Value): Value {
  return g.apply(op, [x], x)
}
export const relu = (g: GraphBuilder, x: Value): Value => unary(g, 'Relu', x)
export const sigmoid = (g: GraphBuilder, x: Value): Value => unary(g, 'Sigmoid', x)
export const sqrt = (g: GraphBuilder, x: Value): Value => unary(g, 'Sqrt', x)
export const exp = (g: GraphBuilder, x: Value): Value => unary(g, 'Exp', x)
export const log = (g: GraphBuilder, x: Value): Value => unary(g, 'Log', x)
export const tanh = (g: GraphBuilder, x: Value): Value => unary(g, 'Tanh', x)
export const identity = (g: GraphBuilder, x: Value): Value => unary(g, 'Identity', x)
export const abs = (g: GraphBuilder, x: Value): Value => unary(g, 'Abs', x)
/** To the nearest integer, halves to even. */
export const round = (g: GraphBuilder, x: Value): Value => unary(g, 'Round', x)
export const sign = (g: GraphBuilder, x: Value): Value => unary(g, 'Sign', x)

/** A value in another type; nothing is added when it has that type already. */
export function cast(g: GraphBuilder, x: Value, type: ElementType): Value {
  if (x.type === type) return x
  return g.apply('Cast', [x], { type, shape: x.shape }, { to: int(ELEMENT_CODE[type]) })
}

export function greater(g: GraphBuilder, a: Value, b: Value): Value {
  return g.apply('Greater', [a, b], { type: 'bool', shape: a.shape })
}

/** a < b, elementwise. */
export function less(g: GraphBuilder, a: Value, b: Value): Value {
  return g.apply('Less', [a, b], {
    type: 'bool',
    shape: a.shape.length >= b.shape.length ? a.shape : b.shape,
  })
}

/** a = b, elementwise; one of them may broadcast to the other's columns. */
export function equal(g: GraphBuilder, a: Value, b: Value): Value {
  const [rows, columns] = [b.shape[0] ?? 1, a.shape.at(-1) ?? 1]
  const shape = a.shape.length >= b.shape.length ? a.shape : [rows, columns]
  return g.apply('Equal', [a, b], { type: 'bool', shape })
}

/** Indices of what is true, one column each, in row-major order: (…) of rank r → (r, count). */
export function nonZero(g: GraphBuilder, x: Value, count: Dim): Value {
  return g.apply('NonZero', [x], { type: 'int64', shape: [x.shape.length, count] })
}

export function where(g: GraphBuilder, condition: Value, a: Value, b: Value): Value {
  const widest = [a, b, condition].reduce((most, v) => (v.shape.length > most.shape.length ? v : most))
  return g.apply('Where', [condition, a, b], { type: a.type, shape: widest.shape })
}

/** What lies above 0 of x, from there on: x + height where x > 0, else 0. A JumpReLU of what lies above its thresholds (https://arxiv.org/abs/2407.14435, eq. 3). */
export function jumpFrom(g: GraphBuilder, x: Value, height: Value): Value {
  const zero = g.scalar('float32', 0)
  return where(g, greater(g, x, zero), add(g, x, height), zero)
}

/** 0 keeps a dimension, −1 is inferred; `shape` is what the result has, in names and numbers. */
export function reshape(g: GraphBuilder, x: Value, dims: readonly number[], shape: Shape): Value {
  return g.apply('Reshape', [x, g.integers(dims)], { type: x.type, shape })
}

/** Rows of a table: (n, d)[indices] → (…indices, d) */
export function gather(g: GraphBuilder, table: Value, indices: Value): Value {
  const shape = [...indices.shape, ...table.shape.slice(1)]
  return g.apply('Gather', [table, indices], { type: table.type, shape }, { axis: int(0) })
}

/** x[i, index[i, j]] → (…index) */
export function gatherElements(g: GraphBuilder, x: Value, index: Value, axis: number): Value {
  return g.apply('GatherElements', [x, index], { type: x.type, shape: index.shape }, { axis: int(axis) })
}

export function concat(g: GraphBuilder, values: readonly Value[], axis: number, shape: Shape): Value {
  const [first] = values
  if (first === undefined) throw new Error('Concat of nothing')
  if (values.length === 1) return first
  return g.apply('Concat', values, { type: first.type, shape }, { axis: int(axis) })
}

/** Equal parts along an axis. */
export function split(
  g: GraphBuilder,
  x: Value,
  parts: number,
  axis: number,
  shape: Shape,
): readonly Value[] {
  if (parts === 1) return [x]
  const result = { type: x.type, shape }
  return g.node('Split', [x], new Array<typeof result>(parts).fill(result), {
    axis: int(axis),
    num_outputs: int(parts),
  })
}

/** Parts of these sizes along the first axis. */
export function splitRows(g: GraphBuilder, x: Value, sizes: readonly number[]): readonly Value[] {
  if (sizes.length === 1) return [x]
  const results = sizes.map((size) => ({ type: x.type, shape: [size, ...x.shape.slice(1)] }))
  return g.node('Split', [x, g.integers(sizes)], results, { axis: int(0) })
}

/** Where along an axis the largest is, of equal ones the first: int64, the axis stays as 1. */
export function argMax(g: GraphBuilder, x: Value, axis: number): Value {
  const shape = x.shape.map((d, i) => (i === axis ? 1 : d))
  return g.apply('ArgMax', [x], { type: 'int64', shape }, { axis: int(axis), keepdims: int(1) })
}

/** Largest along an axis, which stays as 1; null: of all, every axis stays as 1. */
export const reduceMax = (g: GraphBuilder, x: Value, axis: number | null): Value =>
  reduce(g, 'ReduceMax', x, axis)
/** Smallest, likewise. */
export const reduceMin = (g: GraphBuilder, x: Value, axis: number | null): Value =>
  reduce(g, 'ReduceMin', x, axis)

function reduce(g: GraphBuilder, op: 'ReduceMax' | 'ReduceMin', x: Value, axis: number | null): Value {
  const rank = x.shape.length
  const shape = x.shape.map((d, i) => (axis === null || i === (axis + rank) % rank ? 1 : d))
  const inputs = axis === null ? [x] : [x, g.integers([axis])]
  return g.apply(op, inputs, { type: x.type, shape }, { keepdims: int(1) })
}

/** Σ over the first axis, which goes: (p, m, n) → (m, n) */
export function firstAxisSum(g: GraphBuilder, x: Value): Value {
  const shape = x.shape.slice(1)
  return g.apply('ReduceSum', [x, g.integers([0])], { type: x.type, shape }, { keepdims: int(0) })
}

/** Clamp to [low, high]. */
export function clip(g: GraphBuilder, x: Value, low: Value, high: Value): Value {
  return g.apply('Clip', [x, low, high], x)
}

function dim(x: Value, axis: number): number | string {
  const value = x.shape.at(axis)
  if (value === undefined) throw new Error(`${x.name} has no axis ${axis}`)
  return value
}

/** The first `count` rows of a table, count known only when the graph runs: (n, d) → (count, d). */
export function firstRows(g: GraphBuilder, table: Value, count: Value): Value {
  const end = g.apply('Reshape', [cast(g, count, 'int64'), g.integers([1])], { type: 'int64', shape: [1] })
  const inputs = [table, g.integers([0]), end, g.integers([0])]
  return g.apply('Slice', inputs, { type: table.type, shape: ['n_token', ...table.shape.slice(1)] })
}

/** Zeros behind the last axis of a tensor: (…, d) → (…, d + count). */
export function padLast(g: GraphBuilder, x: Value, count: number, shape: Shape): Value {
  const pads = [...x.shape.map(() => 0), ...x.shape.slice(1).map(() => 0), count]
  return g.apply('Pad', [x, g.integers(pads)], { type: x.type, shape })
}

/** Zeros before and behind an axis; how many may be known only when the graph runs: both (1) int64. */
export function padAxis(
  g: GraphBuilder,
  x: Value,
  axis: number,
  before: Value,
  behind: Value,
  shape: Shape,
): Value {
  const rank = x.shape.length
  const none = (axes: number): Value => g.integers(new Array<number>(axes).fill(0))
  const left = none(axis)
  const right = none(rank - axis - 1)
  const parts = [left, before, right, left, behind, right].filter(({ shape: [size] }) => size !== 0)
  const pads = concat(g, parts, 0, [2 * rank])
  return g.apply('Pad', [x, pads], { type: x.type, shape })
}

/** The first `count` entries of the last axis. */
export function firstOfLast(g: GraphBuilder, x: Value, count: number, shape: Shape): Value {
  const inputs = [x, g.integers([0]), g.integers([count]), g.integers([-1])]
  return g.apply('Slice', inputs, { type: x.type, shape })
}

/** Columns [start, end) of the last axis. */
export function columns(g: GraphBuilder, x: Value, start: number, end: number): Value {
  const inputs = [x, g.integers([start]), g.integers([end]), g.integers([-1])]
  return g.apply('Slice', inputs, { type: x.type, shape: [...x.shape.slice(0, -1), end - start] })
}

/** Entries [start, end) of one axis, as far as there are such; both (1) int64, which may be known only when the graph runs. */
export function range(g: GraphBuilder, x: Value, axis: number, start: Value, end: Value): Value {
  const shape = x.shape.map((n, i) => (i === axis ? `${start.name} to ${end.name}` : n))
  const inputs = [x, start, end, g.integers([axis])]
  return g.apply('Slice', inputs, { type: x.type, shape })
}

/** Entries start, start + step, … before `end` of one axis, as far as there are such. */
export function every(
  g: GraphBuilder,
  x: Value,
  axis: number,
  { start, end, step }: { readonly start: number; readonly end: number; readonly step: number },
): Value {
  if (step === 1) return range(g, x, axis, g.integers([start]), g.integers([end]))
  const shape = x.shape.map((n, i) => (i === axis ? `${start}:${end}:${step} of ${n}` : n))
  const bounds = [[start], [end], [axis], [step]].map((values) => g.integers(values))
  return g.apply('Slice', [x, ...bounds], { type: x.type, shape })
}

/** Entries from `starts` to `ends` of the first axes, which may be known only when the graph runs. */
export function slice(g: GraphBuilder, x: Value, starts: Value, ends: Value, shape: Shape): Value {
  return g.apply('Slice', [x, starts, ends], { type: x.type, shape })
}

/** Axis i of the result is axis order[i] of x. */
export function transpose(g: GraphBuilder, x: Value, order: readonly number[]): Value {
  const shape = order.map((axis) => dim(x, axis))
  return g.apply('Transpose', [x], { type: x.type, shape }, { perm: ints(order) })
}

/** eˣ / Σ eˣ over the last axis. */
export function softmax(g: GraphBuilder, x: Value): Value {
  return g.apply('Softmax', [x], x, { axis: int(-1) })
}

/** x − ln Σ eˣ over the last axis. */
export function logSoftmax(g: GraphBuilder, x: Value): Value {
  return g.apply('LogSoftmax', [x], x, { axis: int(-1) })
}

/** Largest of each row and where: (m, n) → two of (m, 1). */
export function top1(g: GraphBuilder, x: Value): { value: Value; index: Value } {
  const { values, indices } = topK(g, x, 1)
  return { value: values, index: indices }
}

/** The k largest along the last axis, descending, of equal ones the first: (…, n) → two of (…, k). */
export function topK(g: GraphBuilder, x: Value, k: number): { values: Value; indices: Value } {
  const shape = [...x.shape.slice(0, -1), k]
  const results = [
    { type: x.type, shape },
    { type: 'int64', shape },
  ] as const
  const [values, indices] = g.node('TopK', [x, g.integers([k])], results, { axis: int(-1) })
  if (values === undefined || indices === undefined) throw new Error('TopK has no result')
  return { values, indices }
}

/** A vector with x[index[i]] = updates[i]. */
export function scatterElements(g: GraphBuilder, x: Value, index: Value, updates: Value): Value {
  return g.apply('ScatterElements', [x, index, updates], x, { axis: int(0) })
}

/** Σ over columns as a product with ones, which is quicker than ReduceSum: (m, n) → (m, 1) */
export function rowSums(g: GraphBuilder, x: Value): Value {
  return matMul(g, x, g.ones(dimNumber(x, 1), 1))
}

function dimNumber(x: Value, axis: number): number {
  const value = dim(x, axis)
  if (typeof value !== 'number')
    throw new Error(`${x.name}: axis ${axis} is not known when the graph is built`)
  return value
}

/** (m, k) · (k, n) + (n) → (m, n): a product with its weight [in, out] as SAEs store it. */
export function gemmPlain(g: GraphBuilder, x: Value, weight: Value, bias: Value): Value {
  return g.apply('Gemm', [x, weight, bias], { type: x.type, shape: [dim(x, 0), dim(weight, 1)] })
}
