/**
 * @file Which libraries a shared library needs, read from its own header: the names that the loader will look for, whatever version
 * of CUDA it was built with. Of an ELF file for 64-bit little-endian machines the dynamic section alone is read, every length bounded.
 * https://refspecs.linuxfoundation.org/elf/gabi4+/contents.html (chapters 4 and 5)
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

const HEADER_BYTES = 64
const PROGRAM_HEADER_BYTES = 56
const MOST_PROGRAM_HEADERS = 128
const ENTRY_BYTES = 16
const MOST_DYNAMIC_BYTES = 64 * 1024
const MOST_STRING_BYTES = 16 * 1024 * 1024
const LONGEST_NAME = 255
const MOST_NAMES = 256

const MAGIC = 0x7f454c46
const CLASS_64 = 2
const LITTLE_ENDIAN = 1
const [PT_LOAD, PT_DYNAMIC] = [1, 2]
const [DT_NULL, DT_NEEDED, DT_STRTAB, DT_STRSZ] = [0, 1, 5, 10]

/** A part of the file, and where the loader would put it. */
interface Segment {
  readonly type: number
  readonly offset: number
  readonly address: number
  readonly bytes: number
}

/** In the file's order; null: it is no such file, or its header does not hold together. */
export function neededLibraries(path: string): readonly string[] | null {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch {
    return null
  }
  try {
    return namesIn((offset, bytes) => {
      const into = Buffer.alloc(bytes)
      return into.subarray(0, readSync(file, into, 0, bytes, offset))
    })
  } catch {
    // A header that points outside of what is there, or an unreadable file.
    return null
  } finally {
    closeSync(file)
  }
}

/**
 * Does a library end before its own table of sections does, as a copy that was cut short? False for what is no library of that
 * kind, and for no file at all.
 */
export function isCutShort(path: string): boolean {
  try {
    const file = openSync(path, 'r')
    try {
      const header = Buffer.alloc(HEADER_BYTES)
      const read = readSync(file, header, 0, HEADER_BYTES, 0)
      if (read < 4 || header.readUInt32BE(0) !== MAGIC) return false
      if (read < HEADER_BYTES) return true
      const end = number(header, 40) + header.readUInt16LE(58) * header.readUInt16LE(60)
      return fstatSync(file).size < end
    } finally {
      closeSync(file)
    }
  } catch (error) {
    return error instanceof RangeError
  }
}

type Read = (offset: number, bytes: number) => Buffer

function namesIn(read: Read): readonly string[] | null {
  const header = read(0, HEADER_BYTES)
  if (header.readUInt32BE(0) !== MAGIC || header[4] !== CLASS_64 || header[5] !== LITTLE_ENDIAN) return null
  const count = header.readUInt16LE(56)
  if (header.readUInt16LE(54) !== PROGRAM_HEADER_BYTES || count > MOST_PROGRAM_HEADERS) return null
  const segments = segmentsIn(read(number(header, 32), count * PROGRAM_HEADER_BYTES))
  const dynamic = segments.find(({ type }) => type === PT_DYNAMIC)
  if (dynamic === undefined || dynamic.bytes > MOST_DYNAMIC_BYTES) return null
  const entries = entriesIn(read(dynamic.offset, dynamic.bytes))
  const value = (tag: number): number | undefined => entries.find((entry) => entry.tag === tag)?.value
  const [address, bytes] = [value(DT_STRTAB), value(DT_STRSZ)]
  const home = segments.find(
    (one) =>
      one.type === PT_LOAD &&
      address !== undefined &&
      address >= one.address &&
      address < one.address + one.bytes,
  )
  if (home === undefined || address === undefined || bytes === undefined || bytes > MOST_STRING_BYTES)
    return null
  const start = home.offset + address - home.address
  return entries
    .filter(({ tag }) => tag === DT_NEEDED)
    .slice(0, MOST_NAMES)
    .map((entry) => nameAt(read, start, { at: entry.value, bytes }))
}

function segmentsIn(headers: Buffer): readonly Segment[] {
  return Array.from({ length: headers.length / PROGRAM_HEADER_BYTES }, (_, i) => {
    const one = headers.subarray(i * PROGRAM_HEADER_BYTES, (i + 1) * PROGRAM_HEADER_BYTES)
    return {
      type: one.readUInt32LE(0),
      offset: number(one, 8),
      address: number(one, 16),
      bytes: number(one, 32),
    }
  })
}

function entriesIn(dynamic: Buffer): readonly { readonly tag: number; readonly value: number }[] {
  const entries: { tag: number; value: number }[] = []
  for (let at = 0; at + ENTRY_BYTES <= dynamic.length; at += ENTRY_BYTES) {
    const tag = dynamic.readBigInt64LE(at)
    if (tag === BigInt(DT_NULL)) break
    // Tags of processors and systems are large, and none of ours.
    if (tag > 0n && tag < 64n) entries.push({ tag: Number(tag), value: number(dynamic, at + 8) })
  }
  return entries
}

/** A name in the table of strings, up to its zero byte. Throws RangeError for a name outside of the table. */
function nameAt(read: Read, table: number, { at, bytes }: { at: number; bytes: number }): string {
  if (at >= bytes) throw new RangeError('a name outside of the table')
  const text = read(table + at, Math.min(LONGEST_NAME + 1, bytes - at))
  const end = text.indexOf(0)
  if (end < 0) throw new RangeError('a name without an end')
  return text.toString('latin1', 0, end)
}

/** Eight bytes as a number. Throws RangeError beyond what a file can hold. */
function number(bytes: Buffer, at: number): number {
  const value = Number(bytes.readBigUInt64LE(at))
  if (!Number.isSafeInteger(value)) throw new RangeError('no offset of a file')
  return value
}
