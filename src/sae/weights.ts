/** @file The tensors of an autoencoder, found by name, checked for shape, read as float32. */

import { npzTensors, openNpz } from '../archives/npz.ts'
import type { ByteSource } from '../bytes/source.ts'
import { openSafetensors } from '../checkpoints/safetensors.ts'
import { tensorMissing } from '../errors/checkpoints.ts'
import { saeShape } from '../errors/sae.ts'
import { openPytorch, type PlainValue } from '../pytorch/open.ts'
import type { PinnedFiles } from '../sources/pinned-files.ts'
import { floatTensors, toFloat32 } from '../tensors/float-tensors.ts'
import type { SpanReader, TensorTable } from '../tensors/tensor.ts'
import type { FeatureRange } from './dictionary.ts'

/** An open weights file. */
export interface SaeTensors {
  /** For messages. */
  readonly file: string
  /** What describes the tensors, for messages: `cfg.json`. */
  readonly config: string
  readonly table: TensorTable
  /** Plain values beside the tensors, in files of PyTorch. */
  readonly values: ReadonlyMap<string, PlainValue>
}

export interface SaeSize {
  readonly d_in: number
  readonly d_sae: number
}

/** A weights file: in which files it lies, its name, and what describes its tensors. */
export interface WeightsFile {
  readonly files: PinnedFiles
  readonly name: string
  readonly config: string
}

/** Use the tensors of a weights file, whatever its container; it is closed behind. Errors: those of the container and of `use`. */
export async function withTensors<T>(
  { files, name, config }: WeightsFile,
  use: (tensors: SaeTensors) => Promise<T>,
): Promise<T> {
  const source = await files.open(name)
  try {
    return await use({ file: source.name, config, ...(await openTable(files.spec, source, name)) })
  } finally {
    await source.close()
  }
}

async function openTable(
  spec: string,
  source: ByteSource,
  name: string,
): Promise<Pick<SaeTensors, 'table' | 'values'>> {
  if (name.endsWith('.npz')) return { table: npzTensors(await openNpz(source)), values: new Map() }
  if (/\.(pt|pth|bin)$/.test(name)) {
    const file = await openPytorch(source)
    return { table: floatTensors(spec, file), values: file.values }
  }
  return { table: floatTensors(spec, await openSafetensors(source)), values: new Map() }
}

/** How a matrix is stored: as it is wanted, or its rows as columns. */
export type Stored = 'as wanted' | 'transposed'

/** d_in and d_sae from W_enc. Errors: TENSOR_MISSING, SAE_SHAPE. */
export function sizeOf(
  { file, config, table }: SaeTensors,
  name: string,
  stored: Stored = 'as wanted',
): SaeSize {
  const shape = table.entries.get(name)?.shape
  if (shape === undefined) throw tensorMissing(file, name, config)
  const [rows = 0, columns = 0] = shape
  const [d_in, d_sae] = stored === 'transposed' ? [columns, rows] : [rows, columns]
  if (shape.length !== 2 || d_in === 0 || d_sae === 0)
    throw saeShape(file, name, shape, [rows, columns], d_in, d_sae)
  return { d_in, d_sae }
}

/** Length of a vector. Errors: TENSOR_MISSING, SAE_SHAPE. */
export function lengthOf(
  { file, config, table }: SaeTensors,
  name: string,
  { d_in, d_sae }: SaeSize,
): number {
  const shape = table.entries.get(name)?.shape
  if (shape === undefined) throw tensorMissing(file, name, config)
  const [length = 0] = shape
  if (shape.length !== 1 || length === 0) throw saeShape(file, name, shape, [length], d_in, d_sae)
  return length
}

/** One tensor of exactly this shape. Errors: TENSOR_MISSING, SAE_SHAPE, and those of reading (TENSOR_NOT_FINITE, …). */
export async function readShaped(
  { file, config, table }: SaeTensors,
  name: string,
  wanted: readonly number[],
  { d_in, d_sae }: SaeSize,
): Promise<Float32Array> {
  const shape = table.entries.get(name)?.shape
  if (shape === undefined) throw tensorMissing(file, name, config)
  if (shape.length !== wanted.length || wanted.some((size, axis) => shape[axis] !== size)) {
    throw saeShape(file, name, shape, wanted, d_in, d_sae)
  }
  return toFloat32(await table.read(name))
}

/** A matrix by its name, and how it is stored. */
export interface MatrixRef {
  readonly name: string
  readonly stored: Stored
}

/** A matrix (rows, columns), turned where it is stored the other way. Errors: as `readShaped`. */
export async function readMatrix(
  tensors: SaeTensors,
  { name, stored }: MatrixRef,
  [rows, columns]: readonly [number, number],
  size: SaeSize,
): Promise<Float32Array> {
  if (stored === 'as wanted') return readShaped(tensors, name, [rows, columns], size)
  return transposed(await readShaped(tensors, name, [columns, rows], size), columns, rows)
}

/** A matrix by its name, the shape that it is wanted in, and the SAE's size for messages. */
export interface WantedMatrix extends MatrixRef {
  readonly shape: readonly [rows: number, columns: number]
  readonly size: SaeSize
}

/** Columns [start, end) of a matrix: (rows, end − start). Errors: as `readShaped`. */
export async function readColumns(
  tensors: SaeTensors,
  { name, stored, shape: [rows, columns], size }: WantedMatrix,
  range: FeatureRange = [0, columns],
): Promise<Float32Array> {
  if (stored === 'as wanted') return await columnsOf(tensors, { name, shape: [rows, columns], size }, range)
  const turned = await rowsOf(tensors, { name, shape: [columns, rows], size }, range)
  return transposed(turned, range[1] - range[0], rows)
}

/** Rows [start, end) of a matrix: (end − start, columns). Errors: as `readShaped`. */
export async function readRows(
  tensors: SaeTensors,
  { name, stored, shape: [rows, columns], size }: WantedMatrix,
  range: FeatureRange = [0, rows],
): Promise<Float32Array> {
  if (stored === 'as wanted') return await rowsOf(tensors, { name, shape: [rows, columns], size }, range)
  const turned = await columnsOf(tensors, { name, shape: [columns, rows], size }, range)
  return transposed(turned, columns, range[1] - range[0])
}

/** A matrix as it is stored. */
type StoredMatrix = Omit<WantedMatrix, 'stored'>

async function rowsOf(
  tensors: SaeTensors,
  { name, shape, size }: StoredMatrix,
  [start, end]: FeatureRange,
): Promise<Float32Array> {
  const [rows, columns] = shape
  const spans = start === 0 && end === rows ? null : spansOf(tensors, name, shape)
  if (spans !== null) return toFloat32(await spans(start * columns, end * columns))
  const whole = await readShaped(tensors, name, shape, size)
  return start === 0 && end === rows ? whole : whole.slice(start * columns, end * columns)
}

/** Rows whose parts are read beside each other: as many as keep a disk busy. */
const READ_AT_ONCE = 16

async function columnsOf(
  tensors: SaeTensors,
  { name, shape, size }: StoredMatrix,
  [start, end]: FeatureRange,
): Promise<Float32Array> {
  const [rows, columns] = shape
  if (start === 0 && end === columns) return await readShaped(tensors, name, shape, size)
  const width = end - start
  const out = new Float32Array(rows * width)
  const spans = spansOf(tensors, name, shape)
  if (spans === null) {
    const whole = await readShaped(tensors, name, shape, size)
    for (let r = 0; r < rows; r++) out.set(whole.subarray(r * columns + start, r * columns + end), r * width)
    return out
  }
  for (let first = 0; first < rows; first += READ_AT_ONCE) {
    const some = Array.from({ length: Math.min(READ_AT_ONCE, rows - first) }, (_, i) => first + i)
    const parts = await Promise.all(some.map((r) => spans(r * columns + start, r * columns + end)))
    for (const [i, part] of parts.entries()) out.set(toFloat32(part), (first + i) * width)
  }
  return out
}

/** Null: this tensor can be had whole only, or is of another shape, which reading all of it tells. */
function spansOf({ table }: SaeTensors, name: string, shape: readonly number[]): SpanReader | null {
  const found = table.entries.get(name)?.shape
  if (found?.length !== shape.length || !shape.every((size, axis) => found[axis] === size)) return null
  return table.spansOf?.(name) ?? null
}

/** Rows and columns that are turned together, so that both sides stay in cache. */
const TURNED = 32

/** (rows, columns) → (columns, rows) */
export function transposed(matrix: Float32Array, rows: number, columns: number): Float32Array {
  const out = new Float32Array(matrix.length)
  for (let r0 = 0; r0 < rows; r0 += TURNED) {
    for (let c0 = 0; c0 < columns; c0 += TURNED) {
      for (let c = c0; c < Math.min(c0 + TURNED, columns); c++) {
        for (let r = r0; r < Math.min(r0 + TURNED, rows); r++) out[c * rows + r] = matrix[r * columns + c]!
      }
    }
  }
  return out
}
