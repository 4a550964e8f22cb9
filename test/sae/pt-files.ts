/** @file A file as torch.save writes it, by opcodes of our own: a dict of float32 tensors and plain numbers. */
import { zipOf } from '../fuzz/zip-of.ts'
import { Pickler } from '../pytorch/pickler.ts'
import type { Stored } from './dictionary-files.ts'

const strides = (shape: readonly number[]): number[] =>
  shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1))

/** `more` adds items to the dict. */
export function ptFile(
  tensors: Readonly<Record<string, Stored>>,
  more: (pickler: Pickler) => void = () => {},
): Uint8Array {
  const pickler = new Pickler().raw(0x7d)
  const members = new Map<string, Uint8Array>()
  for (const [i, [name, { shape, values }]] of Object.entries(tensors).entries()) {
    pickler.text(name)
    pickler.tensor(shape, strides(shape), { key: String(i), elements: values.length })
    pickler.raw(0x73)
    members.set(`ae/data/${i}`, new Uint8Array(Float32Array.from(values).buffer))
  }
  more(pickler)
  return zipOf(new Map([['ae/data.pkl', pickler.bytes()], ...members]))
}
