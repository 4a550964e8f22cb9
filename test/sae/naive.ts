/** @file Encoders and decoders as papers and projects write them, in float64 loops over the tensors as they are stored. */
import { RandomSource } from '../oracle/random-source.ts'
import type { Stored } from './dictionary-files.ts'
import type { Matrix } from './encode.ts'

export type Row = readonly number[]

/** A stored matrix by rows. */
export function matrix({ shape: [rows = 0, columns = 0], values }: Stored): Matrix {
  return Array.from({ length: rows }, (_, i) => values.slice(i * columns, (i + 1) * columns))
}

export const column = (m: Matrix, j: number): Row => m.map((row) => row[j] ?? Number.NaN)
export const turned = (m: Matrix): Matrix => (m[0] ?? []).map((_, j) => column(m, j))
export const dot = (a: Row, b: Row): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] ?? Number.NaN), 0)
export const minus = (a: Row, b: Row): Row => a.map((value, i) => value - (b[i] ?? Number.NaN))
export const plus = (a: Row, b: Row): Row => a.map((value, i) => value + (b[i] ?? Number.NaN))
export const times = (a: Row, factor: number): Row => a.map((value) => value * factor)
export const norm = (a: Row): number => Math.sqrt(dot(a, a))
export const relu = (value: number): number => Math.max(0, value)

/** x · M, M (rows, columns). */
export const product = (x: Row, m: Matrix): Row => (m[0] ?? []).map((_, j) => dot(x, column(m, j)))

export const jump = (z: Row, threshold: (j: number) => number): Row =>
  z.map((value, j) => (value > threshold(j) ? relu(value) : 0))

/** The k largest, of equal ones the first; relu comes last. */
export function topK(z: Row, k: number): Row {
  const order = z.map((value, j) => ({ value, j })).sort((a, b) => b.value - a.value || a.j - b.j)
  const chosen = new Set(order.slice(0, k).map(({ j }) => j))
  return z.map((value, j) => (chosen.has(j) ? relu(value) : 0))
}

/** Of each of k groups of neighbours the largest. */
export function groupMax(z: Row, k: number): Row {
  const size = z.length / k
  return z.map((value, j) => {
    const start = Math.floor(j / size) * size
    return value === Math.max(...z.slice(start, start + size)) ? relu(value) : 0
  })
}

/** (x − mean) / (std + 1e-5), std over n − 1. */
export function layerNormed(x: Row): { rows: Row; mean: number; deviation: number } {
  const mean = x.reduce((sum, value) => sum + value, 0) / x.length
  const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (x.length - 1)
  const deviation = Math.sqrt(variance) + 1e-5
  return { rows: x.map((value) => (value - mean) / deviation), mean, deviation }
}

/** Random tensors of these shapes. */
export function randomTensors<Name extends string>(
  seed: number,
  shapes: Readonly<Record<Name, readonly number[]>>,
): Record<Name, Stored> {
  const random = new RandomSource(seed)
  const one = (shape: readonly number[]): Stored => ({
    shape,
    // What float32 holds is what is written down.
    values: Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => Math.fround(random.normal())),
  })
  const named: Partial<Record<Name, Stored>> = {}
  const names: Name[] = []
  for (const name in shapes) names.push(name)
  for (const name of names) named[name] = one(shapes[name])
  const complete = (tensors: Partial<Record<Name, Stored>>): tensors is Record<Name, Stored> =>
    names.every((name) => name in tensors)
  if (!complete(named)) throw new Error('a tensor is missing')
  return named
}

export function randomRows(seed: number, count: number, width: number): Matrix {
  const random = new RandomSource(seed)
  return Array.from({ length: count }, () =>
    Array.from({ length: width }, () => Math.fround(2 * random.normal())),
  )
}
