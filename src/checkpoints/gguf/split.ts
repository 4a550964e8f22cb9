/**
 * @file Models split over several GGUF files, as llama.cpp's gguf-split writes them.
 *
 * Each part is a GGUF file with its own tensors and the keys split.no (0-based), split.count and split.tensors.count;
 * the model's metadata stands in part 0. Names end in `-00001-of-0000N.gguf`.
 */
import { ggufMalformed, ggufSplitWrong } from '../../errors/gguf.ts'
import type { GgufFile, GgufTensor } from './container.ts'

/** All parts that belong with a file name, in order; the name alone when it is not one of a split. */
export function ggufPartNames(name: string): readonly string[] {
  const match = /^(.*)-(\d{5})-of-(\d{5})\.gguf$/s.exec(name)
  const stem = match?.[1]
  const count = Number(match?.[3])
  if (stem === undefined || count < 1 || Number(match?.[2]) < 1 || Number(match?.[2]) > count) return [name]
  return Array.from({ length: count }, (_, i) => `${stem}-${padded(i + 1)}-of-${padded(count)}.gguf`)
}

const padded = (number: number) => String(number).padStart(5, '0')

/** The parts as one file: the metadata of part 0, the tensors of all. Errors: GGUF_SPLIT_WRONG, GGUF_MALFORMED. */
export function joinParts(parts: readonly GgufFile[]): GgufFile {
  const ordered = [...parts].sort((a, b) => partNumber(a) - partNumber(b))
  const [first] = ordered
  if (first === undefined) throw new RangeError('joinParts needs at least one file')
  const count = first.metadata.get('split.count') ?? 1
  if (parts.length === 1 && (count === 1 || count === 0)) return first
  for (const [i, part] of ordered.entries()) {
    const found = part.metadata.get('split.count')
    if (found !== parts.length) {
      throw ggufSplitWrong(
        part.source.name,
        `split.count is ${shown(found)}, but ${parts.length} parts are given`,
      )
    }
    if (partNumber(part) !== i) {
      throw ggufSplitWrong(
        part.source.name,
        `part ${i + 1} of ${parts.length} is missing or another is given twice`,
      )
    }
  }
  return { ...first, tensors: joinTensors(ordered, first) }
}

function joinTensors(parts: readonly GgufFile[], first: GgufFile): ReadonlyMap<string, GgufTensor> {
  const tensors = new Map<string, GgufTensor>()
  for (const part of parts) {
    for (const [name, tensor] of part.tensors) {
      if (tensors.has(name))
        throw ggufMalformed(part.source.name, `tensor "${name}"`, 'is in another part as well')
      tensors.set(name, tensor)
    }
  }
  const promised = first.metadata.get('split.tensors.count')
  if (promised !== undefined && promised !== tensors.size) {
    const reason = `split.tensors.count is ${shown(promised)}, but the parts hold ${tensors.size} tensors`
    throw ggufSplitWrong(first.source.name, reason)
  }
  return tensors
}

function partNumber(file: GgufFile): number {
  const number = file.metadata.get('split.no')
  return typeof number === 'number' ? number : 0
}

const shown = (value: unknown) => (value === undefined ? 'missing' : String(value).slice(0, 40))
