/** @file What a GGUF checkpoint is made of, for the report and for `saegate inspect`. */
import type { TensorEntry } from '../../tensors/tensor.ts'

export interface TypeCount {
  readonly tensors: number
  readonly parameters: number
}

/** As report.json's `compression`. */
export interface GgufDescription {
  /** `gguf Q4_K`: the quantized type with most weights; `gguf F16` where nothing is quantized. */
  readonly method: string
  /** Mean stored bits per weight, scales included, over quantized tensors; over all matrices where none is. */
  readonly bits: number
  readonly tensors: number
  readonly parameters: number
}

const FLOAT_TYPES: readonly string[] = ['F32', 'F16', 'BF16']

/** By ggml type name, most parameters first. */
export function countTypes(entries: Iterable<TensorEntry>): ReadonlyMap<string, TypeCount> {
  const counts = new Map<string, TypeCount>()
  for (const entry of entries) {
    const { tensors, parameters } = counts.get(entry.storedAs) ?? { tensors: 0, parameters: 0 }
    counts.set(entry.storedAs, { tensors: tensors + 1, parameters: parameters + size(entry) })
  }
  return new Map([...counts].sort(([a, x], [b, y]) => y.parameters - x.parameters || (a < b ? -1 : 1)))
}

export function describeGguf(entries: readonly TensorEntry[]): GgufDescription {
  const quantized = entries.filter((entry) => !FLOAT_TYPES.includes(entry.storedAs))
  const compressed = quantized.length > 0 ? quantized : entries.filter((entry) => entry.shape.length > 1)
  const parameters = compressed.reduce((sum, entry) => sum + size(entry), 0)
  const bytes = compressed.reduce((sum, entry) => sum + entry.byteLength, 0)
  const [type = 'F32'] = countTypes(compressed).keys()
  return {
    method: `gguf ${type}`,
    bits: parameters === 0 ? 0 : (8 * bytes) / parameters,
    tensors: compressed.length,
    parameters,
  }
}

function size(entry: TensorEntry): number {
  return entry.shape.reduce((product, length) => product * length, 1)
}
