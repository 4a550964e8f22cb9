/**
 * @file One file from the Hub into the cache that all Hugging Face libraries share. Large files are named by the sha256 of their
 * contents, small ones by git's hash. What is in the cache already is verified (content-proof.ts): other programs write there,
 * and so may a pull request.
 */
import { dirname, join } from 'node:path'
import { hubFileDamaged } from '../../errors/hub.ts'
import { isProven, type ListedContent } from '../content-proof.ts'
import { linkBlob, makeCacheFolder, repositoryFolder } from '../hub-cache.ts'
import type { HubSettings } from '../hub-settings.ts'
import { type HubSpec, repositoryName } from '../hub-spec.ts'
import { unreachable } from './hub-fetch.ts'
import { downloadVerified, type TransferProblems } from './verified-download.ts'

/** A file as the Hub lists it. */
export interface HubFile extends ListedContent {
  /** Inside the repository. */
  readonly path: string
}

/** What is said of a transfer from the Hub. */
export const HUB_TRANSFER: TransferProblems = { damaged: hubFileDamaged, unreachable }

/** The path of the file on this machine, downloaded if it is not in the cache. Errors: HUB_*, those of writing. */
export async function cachedFile(
  spec: HubSpec,
  commit: string,
  file: HubFile,
  settings: HubSettings,
  request: typeof fetch,
): Promise<string> {
  const repository = repositoryFolder(spec, settings)
  const pointer = join(repository, 'snapshots', commit, file.path)
  if (await isProven(pointer, file, settings.proofFolder)) return pointer
  const blob = join(repository, 'blobs', file.hash.hex)
  if (!(await isProven(blob, file, settings.proofFolder))) {
    await makeCacheFolder(dirname(blob))
    const name = `${repositoryName(spec)}/${file.path}`
    const url = fileUrl(spec, commit, file, settings)
    await downloadVerified({ name, url, listed: file, problems: HUB_TRANSFER }, blob, settings, request)
  }
  // Another job may have been quicker; else what stands under this name is not the file that the Hub lists.
  if (!(await isProven(pointer, file, settings.proofFolder))) await linkBlob(blob, pointer)
  return pointer
}

/** Whether the whole file is in the cache, as the Hub lists it. */
export async function isCached(
  spec: HubSpec,
  commit: string,
  file: HubFile,
  settings: HubSettings,
): Promise<boolean> {
  const repository = repositoryFolder(spec, settings)
  const pointer = join(repository, 'snapshots', commit, file.path)
  return await isProven(pointer, file, settings.proofFolder)
}

/** Where its contents are answered; for large files by way of another host, which gets no token. */
export function fileUrl(spec: HubSpec, commit: string, { path }: HubFile, { endpoint }: HubSettings): URL {
  const encoded = path.split('/').map(encodeURIComponent).join('/')
  return new URL(`${endpoint}/${repositoryName(spec)}/resolve/${commit}/${encoded}`)
}
