/** @file Small files and counting sources for the tests of the container. */
import { type ByteSource, bytesSource } from '../../../src/bytes/source.ts'
import { readGguf } from '../../../src/checkpoints/gguf/container.ts'
import { type Damage, ENCODERS, type Metadata, type WrittenTensor, writeGguf } from './writer.ts'

export function tensor(name: string, shape: readonly number[], type = 'F32'): WrittenTensor {
  const size = shape.reduce((product, length) => product * length, 1)
  const { typeId, encode } = ENCODERS[type]!
  return { name, shape, typeId, bytes: encode(Float32Array.from({ length: size }, (_, i) => i / 8)) }
}

export const read = (bytes: Uint8Array) => readGguf(bytesSource('x.gguf', bytes))
export const written = (metadata: Metadata, tensors: readonly WrittenTensor[] = [], damage: Damage = {}) =>
  read(writeGguf(metadata, tensors, damage))

/** Counts what is read and the longest single read: what a header can make us allocate. */
export function counted(source: ByteSource) {
  const count = { reads: 0, longest: 0, bytes: 0 }
  const counting = (start: number, end: number) => {
    count.reads++
    count.bytes += end - start
    count.longest = Math.max(count.longest, end - start)
    return source.read(start, end)
  }
  return { count, source: { ...source, read: counting } }
}
