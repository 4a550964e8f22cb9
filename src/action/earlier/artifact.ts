/**
 * @file A report out of a run's artifact: the zip as GitHub gives it, unpacked as far as it is a report of one's own check.
 * What is in it is believed no further than its digests reach.
 */
import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { openZip, type ZipArchive } from '../../archives/zip.ts'
import { makeFolder } from '../../bytes/make-folder.ts'
import { bytesSource } from '../../bytes/source.ts'
import { ORIGIN_FILE, type Origin, parseOrigin } from './origin.ts'

/** Bytes of one artifact, packed or not: tables of a million features in every read-out. */
export const MAX_ARTIFACT_BYTES = 2 ** 30

/** The folder with report.json, its tables and its origin below `into`; null: no report that `isWanted`. Errors: NPZ_MALFORMED, those of writing. */
export async function unpackReport(
  zip: Uint8Array,
  name: string,
  into: string,
  isWanted: (origin: Origin) => boolean,
): Promise<string | null> {
  const archive = await openZip(bytesSource(name, zip))
  const folder = await wantedFolder(archive, isWanted)
  if (folder === null) return null
  let left = MAX_ARTIFACT_BYTES
  for (const member of archive.members.values()) {
    if (!member.name.startsWith(folder) || !isOfReport(member.name.slice(folder.length))) continue
    left -= member.byteLength
    if (left < 0) return null
    const path = join(into, member.name.slice(folder.length))
    await makeFolder(dirname(path))
    await writeFile(path, await archive.readMember(member))
  }
  return into
}

const isOfReport = (name: string): boolean =>
  name === 'report.json' || name === ORIGIN_FILE || /^(?:report-[0-9a-f]{16}\/)?features\/[^/]+$/.test(name)

/** The prefix of the first origin that is wanted: several folders may have been kept together. */
async function wantedFolder(
  archive: ZipArchive,
  isWanted: (origin: Origin) => boolean,
): Promise<string | null> {
  for (const member of archive.members.values()) {
    if (member.name !== ORIGIN_FILE && !member.name.endsWith(`/${ORIGIN_FILE}`)) continue
    const origin = parseOrigin(new TextDecoder().decode(await archive.readMember(member)))
    if (origin !== null && isWanted(origin)) return member.name.slice(0, -ORIGIN_FILE.length)
  }
  return null
}
