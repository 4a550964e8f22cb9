/** @file Group sums as a part of an entry, in the format of their file (sums/write-group-sums.ts). */
import { bytesSource } from '../../bytes/source.ts'
import { SaegateError } from '../../errors/problem.ts'
import { EntryDamaged, type OpenEntry } from '../../sources/kept/entries.ts'
import type { GroupSums } from '../sums/group-sums.ts'
import { readGroupSums } from '../sums/read-group-sums.ts'

export const SUMS_PART = 'sums.safetensors'

/** All bytes of a part. Errors: EntryDamaged. */
export async function wholePart(entry: OpenEntry, part: string): Promise<Uint8Array> {
  const bytes = new Uint8Array(entry.bytesOf(part))
  let done = 0
  for await (const piece of entry.pieces(part)) {
    bytes.set(piece, done)
    done += piece.byteLength
  }
  return bytes
}

/** Errors: EntryDamaged. */
export async function readSums(entry: OpenEntry): Promise<GroupSums> {
  const bytes = await wholePart(entry, SUMS_PART)
  try {
    return await readGroupSums(bytesSource(SUMS_PART, bytes))
  } catch (error) {
    if (error instanceof SaegateError) throw new EntryDamaged(error.message)
    throw error
  }
}
