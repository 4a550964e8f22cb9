/**
 * @file The part of zip that .npz files use: members listed from the central directory, read one at a time.
 *
 * Source: APPNOTE.TXT 6.3.10, section 4.3.7 (local header). Stored and deflated members, checksums verified. Left out:
 * encryption, other methods, several disks. Names that leave a folder, or occur twice, are refused.
 */
import { crc32, inflateRawSync, constants as zlib } from 'node:zlib'
import { type ByteSource, checkRange } from '../bytes/source.ts'
import { npzMalformed } from '../errors/checkpoints.ts'
import type { ByteRange } from '../tensors/raw-tensor.ts'
import {
  findDirectory,
  LOCAL_BYTES,
  MAX_EXPANSION,
  readDirectory,
  textOf,
  viewOf,
  type ZipMember,
} from './zip-directory.ts'

export interface ZipArchive {
  readonly members: ReadonlyMap<string, ZipMember>
  /** At least the first `atLeast` bytes of a member, or all of it where it is shorter. */
  readStart(member: ZipMember, atLeast: number): Promise<Uint8Array>
  /** The whole member, its checksum verified. */
  readMember(member: ZipMember): Promise<Uint8Array>
  /** Bytes of a range of a member; of one that is stored as it is no others are read, and no checksum tells of them. */
  readPart(member: ZipMember, range: ByteRange): Promise<Uint8Array>
}

/** List an archive. Errors: NPZ_MALFORMED. */
export async function openZip(source: ByteSource): Promise<ZipArchive> {
  const directory = await findDirectory(source)
  const members = await readDirectory(source, directory)
  const readMember = (member: ZipMember): Promise<Uint8Array> => readWhole(source, member, directory.start)
  return {
    members,
    readMember,
    readPart: async (member, [from, to]) => {
      checkRange(`${source.name}: ${member.name}`, from, to, member.byteLength)
      if (member.deflated) return (await readMember(member)).subarray(from, to)
      const start = await dataStart(source, member, directory.start)
      return await source.read(start + from, start + to)
    },
    readStart: async (member, atLeast) => {
      const start = await dataStart(source, member, directory.start)
      const stored = await source.read(start, start + Math.min(member.storedBytes, atLeast))
      if (!member.deflated) return stored
      return inflate(source, member, stored, stored.byteLength * MAX_EXPANSION + 1, 'start')
    },
  }
}

async function readWhole(source: ByteSource, member: ZipMember, directoryStart: number): Promise<Uint8Array> {
  const start = await dataStart(source, member, directoryStart)
  const stored = await source.read(start, start + member.storedBytes)
  const bytes = member.deflated ? inflate(source, member, stored, member.byteLength, 'whole') : stored
  if (bytes.byteLength !== member.byteLength) {
    throw npzMalformed(
      source.name,
      `"${member.name}" has ${bytes.byteLength} bytes, not the ${member.byteLength} it declares`,
    )
  }
  if (crc32(bytes) !== member.crc)
    throw npzMalformed(source.name, `the checksum of "${member.name}" does not match`)
  return bytes
}

function inflate(
  source: ByteSource,
  member: ZipMember,
  stored: Uint8Array,
  most: number,
  part: 'start' | 'whole',
): Uint8Array {
  try {
    return inflateRawSync(stored, {
      // One more than declared, so that a member with more is noticed and not cut.
      maxOutputLength: most + 1,
      ...(part === 'start' ? { finishFlush: zlib.Z_SYNC_FLUSH } : { chunkSize: Math.max(64, most + 1) }),
    })
  } catch {
    throw npzMalformed(
      source.name,
      `the compressed data of "${member.name}" is damaged or longer than declared`,
    )
  }
}

/** Where a member's bytes begin: its local header repeats the name, with an extra field of its own. */
async function dataStart(source: ByteSource, member: ZipMember, directoryStart: number): Promise<number> {
  const { headerStart, name } = member
  const view = viewOf(await source.read(headerStart, headerStart + LOCAL_BYTES))
  const start = headerStart + LOCAL_BYTES + view.getUint16(26, true) + view.getUint16(28, true)
  if (view.getUint32(0, true) !== 0x04034b50 || start + member.storedBytes > directoryStart) {
    throw npzMalformed(source.name, `the local header of "${name}" is damaged`)
  }
  const local = viewOf(
    await source.read(headerStart + LOCAL_BYTES, headerStart + LOCAL_BYTES + view.getUint16(26, true)),
  )
  if (textOf(local, 0, local.byteLength) !== name) {
    throw npzMalformed(source.name, `its directory and the local header of "${name}" disagree on the name`)
  }
  return start
}
