/**
 * @file An .npz archive (numpy.savez, savez_compressed): arrays by name, each read when it is asked for.
 *
 * Opening reads the directory and the header of every array, not the arrays. Members that are not .npy are ignored.
 */
import type { ByteSource } from '../bytes/source.ts'
import { npyMalformed, npzMalformed, tensorMissing, tensorNotFloat } from '../errors/checkpoints.ts'
import { requireFinite, requireFiniteSpan } from '../tensors/float-tensors.ts'
import type { TensorData, TensorEntry, TensorTable } from '../tensors/tensor.ts'
import {
  MAX_NPY_HEADER_BYTES,
  type NpyArray,
  type NpyHeader,
  npyRange,
  readNpy,
  readNpyHeader,
  readNpyValues,
} from './npy.ts'
import { openZip } from './zip.ts'
import type { ZipMember } from './zip-directory.ts'

export interface NpzArchive {
  /** What messages call it. */
  readonly name: string
  /** By the name that numpy shows: the member's without ".npy". */
  readonly arrays: ReadonlyMap<string, NpyHeader>
  /** Errors: TENSOR_MISSING, NPZ_MALFORMED, NPY_MALFORMED. */
  read(array: string): Promise<NpyArray>
  /** Elements [start, end) of an array that is stored as it is and row-major; null: of this one only all together. */
  spansOf(array: string): ((start: number, end: number) => Promise<NpyArray>) | null
  close(): Promise<void>
}

/** Enough for the longest header that is read, even where the first bytes of a member did not compress at all. */
const HEADER_READ_BYTES = MAX_NPY_HEADER_BYTES + 2048

/** Open an archive; closing it closes the source. Errors: NPZ_MALFORMED, NPY_MALFORMED. */
export async function openNpz(source: ByteSource): Promise<NpzArchive> {
  const zip = await openZip(source)
  const members = new Map<string, ZipMember>()
  const arrays = new Map<string, NpyHeader>()
  for (const member of zip.members.values()) {
    if (!member.name.endsWith('.npy')) continue
    const array = member.name.slice(0, -'.npy'.length)
    const shown = `${source.name}: ${member.name}`
    const header = readNpyHeader(await zip.readStart(member, HEADER_READ_BYTES), shown)
    const declared = header.dataStart + header.dataBytes
    if (declared !== member.byteLength) {
      throw npyMalformed(shown, `its header describes ${declared} bytes, but it has ${member.byteLength}`)
    }
    members.set(array, member)
    arrays.set(array, header)
  }
  if (arrays.size === 0) throw npzMalformed(source.name, 'it holds no .npy array')
  return {
    name: source.name,
    arrays,
    read: async (array) => {
      const member = members.get(array)
      if (member === undefined) throw tensorMissing(source.name, array)
      return readNpy(await zip.readMember(member), `${source.name}: ${member.name}`)
    },
    spansOf: (array) => {
      const [member, header] = [members.get(array), arrays.get(array)]
      if (member === undefined || header === undefined) throw tensorMissing(source.name, array)
      if (member.deflated || header.isFortran) return null
      return async (start, end) => {
        const bytes = await zip.readPart(member, npyRange(header, start, end))
        return readNpyValues(header.dtype, bytes)
      }
    },
    close: () => source.close(),
  }
}

/** The arrays as float tensors; f8 is rounded to float32. Errors on read: TENSOR_NOT_FLOAT, TENSOR_NOT_FINITE, those of `read`. */
export function npzTensors(archive: NpzArchive): TensorTable {
  const entries = new Map<string, TensorEntry>()
  for (const [name, { dtype, shape, dataBytes }] of archive.arrays) {
    entries.set(name, { name, shape, storedAs: dtype, byteLength: dataBytes })
  }
  return {
    entries,
    read: async (name) => {
      const data = tensorOf(archive.name, name, await archive.read(name))
      requireFinite(archive.name, name, data)
      return data
    },
    spansOf: (name) => {
      const spans = archive.spansOf(name)
      const shape = entries.get(name)?.shape ?? []
      if (spans === null) return null
      return async (start, end) => {
        const data = tensorOf(archive.name, name, await spans(start, end))
        requireFiniteSpan(archive.name, name, data, { start, shape })
        return data
      }
    },
    close: () => archive.close(),
  }
}

function tensorOf(file: string, name: string, { shape, ...values }: NpyArray): TensorData {
  switch (values.dtype) {
    case 'f8':
      return { type: 'float32', shape, data: new Float32Array(values.data) }
    case 'f4':
      return { type: 'float32', shape, data: values.data }
    case 'f2':
      return { type: 'float16', shape, data: values.data }
    default:
      throw tensorNotFloat(file, name, values.dtype)
  }
}
