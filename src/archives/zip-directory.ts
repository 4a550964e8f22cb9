/**
 * @file What a zip archive says it contains: the end record, its zip64 form, and the central directory.
 *
 * Source: APPNOTE.TXT 6.3.10, sections 4.3.12 (central directory), 4.3.14-16 (end records, zip64), 4.5.3 (zip64 extra field).
 * Nothing here is believed: every length and offset is checked against the file before it is used.
 */
import type { ByteSource } from '../bytes/source.ts'
import { refuseStandIn } from '../bytes/stand-in.ts'
import { npzMalformed } from '../errors/checkpoints.ts'
import { staysInside } from '../sources/pinned-files.ts'

export interface ZipMember {
  readonly name: string
  readonly deflated: boolean
  readonly crc: number
  readonly storedBytes: number
  readonly byteLength: number
  readonly headerStart: number
}

const END_BYTES = 22
const LOCATOR_BYTES = 20
const END64_BYTES = 56
const ENTRY_BYTES = 46
export const LOCAL_BYTES = 30

/** A comment has at most 65,535 bytes, so the end record begins within this distance of the end. */
const END_SEARCH_BYTES = END_BYTES + 0xffff

/** An npz has one member per array; the largest checkpoints have some ten thousand tensors. */
const MAX_DIRECTORY_BYTES = 16 * 2 ** 20

/** Deflate cannot expand further: 258 bytes from 2 bits (zlib manual, "Maximum Compression Factor" 1032:1). */
export const MAX_EXPANSION = 1032

export interface Directory {
  readonly start: number
  readonly end: number
  readonly entries: number
}

export async function findDirectory(source: ByteSource): Promise<Directory> {
  const tailStart = Math.max(0, source.byteLength - END_SEARCH_BYTES)
  const tail = viewOf(await source.read(tailStart, source.byteLength))
  for (let at = tail.byteLength - END_BYTES; at >= 0; at--) {
    if (
      tail.getUint32(at, true) !== 0x06054b50 ||
      at + END_BYTES + tail.getUint16(at + 20, true) !== tail.byteLength
    )
      continue
    const [size, start, entries] = [
      tail.getUint32(at + 12, true),
      tail.getUint32(at + 16, true),
      tail.getUint16(at + 10, true),
    ]
    const is64 = start === 0xffffffff || size === 0xffffffff || entries === 0xffff
    const directory = is64
      ? await findDirectory64(source, tailStart + at)
      : { start, end: start + size, entries }
    return checkedDirectory(source, directory, tailStart + at)
  }
  await refuseStandIn(source)
  throw npzMalformed(source.name, 'it is not a zip archive, or its end is missing')
}

async function findDirectory64(source: ByteSource, endStart: number): Promise<Directory> {
  const locatorStart = endStart - LOCATOR_BYTES
  if (locatorStart < 0) throw npzMalformed(source.name, 'its zip64 locator is missing')
  const locator = viewOf(await source.read(locatorStart, endStart))
  const at = safe(locator.getBigUint64(8, true))
  if (locator.getUint32(0, true) !== 0x07064b50 || at + END64_BYTES > locatorStart) {
    throw npzMalformed(source.name, 'its zip64 locator is damaged')
  }
  const record = viewOf(await source.read(at, at + END64_BYTES))
  if (record.getUint32(0, true) !== 0x06064b50)
    throw npzMalformed(source.name, 'its zip64 end record is damaged')
  const start = safe(record.getBigUint64(48, true))
  return {
    start,
    end: start + safe(record.getBigUint64(40, true)),
    entries: safe(record.getBigUint64(32, true)),
  }
}

function checkedDirectory(source: ByteSource, directory: Directory, limit: number): Directory {
  const { start, end, entries } = directory
  if (end > limit || start > end) throw npzMalformed(source.name, 'its directory lies outside the file')
  if (end - start > MAX_DIRECTORY_BYTES) {
    throw npzMalformed(
      source.name,
      `its directory has ${end - start} bytes; at most ${MAX_DIRECTORY_BYTES} are read`,
    )
  }
  if (entries * ENTRY_BYTES > end - start)
    throw npzMalformed(source.name, `its directory is too small for ${entries} members`)
  return directory
}

export async function readDirectory(
  source: ByteSource,
  directory: Directory,
): Promise<Map<string, ZipMember>> {
  const view = viewOf(await source.read(directory.start, directory.end))
  const members = new Map<string, ZipMember>()
  let at = 0
  for (let i = 0; i < directory.entries; i++) {
    if (at + ENTRY_BYTES > view.byteLength || view.getUint32(at, true) !== 0x02014b50) {
      throw npzMalformed(source.name, `member ${i + 1} of its directory is damaged`)
    }
    const nameEnd = at + ENTRY_BYTES + view.getUint16(at + 28, true)
    const next = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    if (next > view.byteLength)
      throw npzMalformed(source.name, `member ${i + 1} of its directory is cut short`)
    const member = memberAt(source, view, at, nameEnd)
    if (members.has(member.name)) throw npzMalformed(source.name, `it has two members "${member.name}"`)
    members.set(member.name, member)
    at = next
  }
  return members
}

function memberAt(source: ByteSource, view: DataView, at: number, nameEnd: number): ZipMember {
  const name = textOf(view, at + ENTRY_BYTES, nameEnd)
  if (!staysInside(name))
    throw npzMalformed(source.name, `its member "${name}" has a name that leaves the archive`)
  const flags = view.getUint16(at + 8, true)
  const method = view.getUint16(at + 10, true)
  if ((flags & 0x2041) !== 0) throw npzMalformed(source.name, `"${name}" is encrypted`)
  if (method !== 0 && method !== 8)
    throw npzMalformed(
      source.name,
      `"${name}" uses compression method ${method}; stored and deflated are read`,
    )
  const extraEnd = nameEnd + view.getUint16(at + 30, true)
  const { byteLength, storedBytes, headerStart } = sizesOf(source, view, at, nameEnd, extraEnd)
  const most = method === 8 ? storedBytes * MAX_EXPANSION : storedBytes
  if (byteLength > most || (method === 0 && byteLength !== storedBytes)) {
    throw npzMalformed(
      source.name,
      `"${name}" declares ${byteLength} bytes, which ${storedBytes} stored bytes cannot hold`,
    )
  }
  return {
    name,
    deflated: method === 8,
    crc: view.getUint32(at + 16, true),
    byteLength,
    storedBytes,
    headerStart,
  }
}

/** Sizes and place of a member; those that read 0xffffffff stand in the zip64 extra field, in this order. */
function sizesOf(source: ByteSource, view: DataView, at: number, extraStart: number, extraEnd: number) {
  const long = zip64Field(view, extraStart, extraEnd)
  const pick = (offset: number): number => {
    const short = view.getUint32(offset, true)
    if (short !== 0xffffffff) return short
    const value = long.shift()
    if (value === undefined) throw npzMalformed(source.name, 'a zip64 size is missing from its directory')
    return value
  }
  const byteLength = pick(at + 24)
  const storedBytes = pick(at + 20)
  const headerStart = pick(at + 42)
  if (headerStart + LOCAL_BYTES + storedBytes > source.byteLength) {
    throw npzMalformed(source.name, 'a member of its directory lies outside the file')
  }
  return { byteLength, storedBytes, headerStart }
}

function zip64Field(view: DataView, start: number, end: number): number[] {
  let at = start
  while (at + 4 <= end) {
    const next = at + 4 + view.getUint16(at + 2, true)
    if (next > end) break
    if (view.getUint16(at, true) === 1) {
      const values: number[] = []
      for (let i = at + 4; i + 8 <= next; i += 8) values.push(safe(view.getBigUint64(i, true)))
      return values
    }
    at = next
  }
  return []
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** UTF-8; names of arrays that are not are shown with replacement characters, which is all that is needed. */
export function textOf(view: DataView, start: number, end: number): string {
  return new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + start, end - start))
}

/** 64-bit numbers above 2⁵³ become Infinity, which every check against the file's length refuses. */
function safe(value: bigint): number {
  return value <= Number.MAX_SAFE_INTEGER ? Number(value) : Number.POSITIVE_INFINITY
}
