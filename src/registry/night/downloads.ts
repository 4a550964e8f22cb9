/**
 * @file What a night downloads, in a folder of its own with a size: what was used least recently goes first, what is still needed
 * never. The folder is not the one that other programs share: nothing of theirs is ever deleted.
 */
import { createHash } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { readdir, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { beginFile, writeProblem } from '../../bytes/atomic.ts'
import { removeDeadTemporaries } from '../../bytes/leftovers.ts'
import { makeFolder } from '../../bytes/make-folder.ts'
import { registryDamaged } from '../../errors/registry.ts'
import { isHubSpec, parseHubSpec } from '../../sources/hub-spec.ts'
import { isOciSpec, ociFolderName, parseOciSpec } from '../../sources/oci/oci-spec.ts'
import type { PinnedFiles } from '../../sources/pinned-files.ts'
import { digestOfWords } from '../content.ts'
import { type Item, itemId } from '../item.ts'

/** The folder of a candidate that has to be downloaded before it can be audited. */
export const downloadName = (item: Item): string =>
  `${item.source}--${digestOfWords(itemId(item), item.revision).slice(0, 32)}`

/** The folder of a spec below the downloads, as the Hub's libraries name it; null: it is not downloaded. */
export function downloadNameOf(spec: string): string | null {
  if (isOciSpec(spec)) return ociFolderName(parseOciSpec(spec))
  if (!isHubSpec(spec)) return null
  const { type, name } = parseHubSpec(spec)
  return `${type}s--${name.replaceAll('/', '--')}`
}

const PIECE_BYTES = 2 ** 24

/** Every file of a candidate into `folder`; what is there already is whole. Errors: REGISTRY_DAMAGED, those of reading and writing. */
export async function download(files: PinnedFiles, folder: string, signal: AbortSignal): Promise<void> {
  for (const name of files.names) {
    const path = join(folder, name)
    await makeFolder(dirname(path)).catch((error: unknown) => {
      throw writeProblem(path, error)
    })
    await removeDeadTemporaries(dirname(path))
    const isThere = await stat(path).then(
      (found) => found.isFile(),
      () => false,
    )
    if (!isThere) await downloadFile(files, name, path, signal)
  }
}

async function downloadFile(
  files: PinnedFiles,
  name: string,
  path: string,
  signal: AbortSignal,
): Promise<void> {
  const source = await files.open(name)
  const file = await beginFile(path)
  const hash = createHash('sha256')
  try {
    for (let start = 0; start < source.byteLength; start += PIECE_BYTES) {
      signal.throwIfAborted()
      const piece = await source.read(start, Math.min(start + PIECE_BYTES, source.byteLength))
      hash.update(piece)
      await file.write(piece)
    }
    const listed = files.listedHash?.(name) ?? null
    const found = hash.digest('hex')
    if (listed?.algorithm === 'sha256' && listed.hex !== found)
      throw registryDamaged(source.name, found, listed.hex)
    await file.commit()
  } finally {
    await file.discard()
    await source.close()
  }
}

/** Bytes of all weights and configurations, as far as the place lists them. */
export const listedBytes = (files: PinnedFiles): number =>
  files.names.reduce((sum, name) => sum + (files.listedBytes?.(name) ?? 0), 0)

export interface Room {
  readonly folder: string
  /** Bytes of all downloads. */
  readonly limit: number
}

/**
 * Delete until `needed` more bytes fit, or nothing is left that may go. `order`: names of downloads, those used last at the end;
 * what it does not name is older than all. `kept`: names that are in use or will be. Gives what was deleted.
 */
export async function makeRoom(
  { folder, limit }: Room,
  needed: number,
  order: readonly string[],
  kept: ReadonlySet<string>,
): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((): Dirent[] => [])
  const rank = new Map(order.map((name, i) => [name, i]))
  const sizes = new Map<string, number>()
  for (const { name } of entries) sizes.set(name, await bytesBelow(join(folder, name)))
  const oldest = [...sizes.keys()].sort(
    (a, b) => (rank.get(a) ?? -1) - (rank.get(b) ?? -1) || (a < b ? -1 : 1),
  )
  let total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0)
  const gone: string[] = []
  for (const name of oldest) {
    if (total + needed <= limit) break
    if (kept.has(name)) continue
    await rm(join(folder, name), { recursive: true, force: true })
    total -= sizes.get(name) ?? 0
    gone.push(name)
  }
  return gone
}

/** Links, by which the cache names its blobs, have no size of their own. */
async function bytesBelow(path: string): Promise<number> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch((): Dirent[] => [])
  let sum = 0
  for (const entry of entries)
    if (entry.isFile())
      sum += (await stat(join(entry.parentPath, entry.name)).catch(() => ({ size: 0 }))).size
  return sum
}
