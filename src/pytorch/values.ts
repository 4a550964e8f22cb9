/** @file What a pickle of PyTorch can hold here: plain values, containers of them, and tensors that are not read yet. */
import type { Dtype } from '../tensors/raw-tensor.ts'

/** Elements that lie one after the other, in a member of the archive or a range of the file. */
export interface Storage {
  readonly kind: 'storage'
  readonly key: string
  readonly dtype: Dtype
  readonly elements: number
}

/** A view of a storage, in elements. */
export interface PickledTensor {
  readonly kind: 'tensor'
  readonly storage: Storage
  readonly offset: number
  readonly shape: readonly number[]
  readonly stride: readonly number[]
}

export interface PickledList {
  readonly kind: 'list'
  readonly items: PickleValue[]
}

export interface PickledTuple {
  readonly kind: 'tuple'
  readonly items: readonly PickleValue[]
}

/** A dict or OrderedDict, in the order it was written. */
export interface PickledDict {
  readonly kind: 'dict'
  readonly entries: [PickleValue, PickleValue][]
}

/** A name that stands for a function, a class or a constant of Python. */
export interface Global {
  readonly kind: 'global'
  readonly name: string
}

export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | Storage
  | PickledTensor
  | PickledList
  | PickledTuple
  | PickledDict
  | Global

export function isKind<Kind extends 'storage' | 'tensor' | 'list' | 'tuple' | 'dict' | 'global'>(
  value: PickleValue | undefined,
  kind: Kind,
): value is Extract<PickleValue, { readonly kind: Kind }> {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === kind
}

/** A whole number of at least 0, or null. */
export function wholeNumber(value: PickleValue | undefined): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null
}

/** A tuple of whole numbers (torch.Size is one), or null. */
export function wholeNumbers(value: PickleValue | undefined): readonly number[] | null {
  if (!isKind(value, 'tuple')) return null
  const numbers = value.items.map(wholeNumber)
  return numbers.every((number) => number !== null) ? numbers : null
}
