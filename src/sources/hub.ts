/**
 * @file A repository of the Hugging Face Hub as pinned files: fixed to a commit at once, each file fetched when opened.
 *
 * Listing and commits come through @huggingface/hub; contents go to the shared cache by hub-download.ts, which checks
 * them (the library's own cache writer does not). Left out: Xet's own transfers (the Hub serves the same files, put
 * together, over plain HTTP, by way of a host that gets no token), Spaces and buckets.
 */
import { datasetInfo, listFiles, modelInfo, pathsInfo } from '@huggingface/hub'
import { fileSource } from '../bytes/file.ts'
import type { ByteSource } from '../bytes/source.ts'
import { hubAnswerUnusable, hubPathMissing } from '../errors/hub.ts'
import { SaegateError } from '../errors/problem.ts'
import { fileNotListed, folderTooLarge, nameLeavesFolder } from '../errors/sources.ts'
import { COMMIT, openCached, repositoryFolder, writeRef } from './hub-cache.ts'
import type { HubSettings } from './hub-settings.ts'
import { type HubSpec, parseHubSpec, repositoryName } from './hub-spec.ts'
import { type PinnedFiles, staysInside } from './pinned-files.ts'
import { boundedAnswers } from './transfer/bounded-answers.ts'
import { cachedFile, fileUrl, HUB_TRANSFER, type HubFile, isCached } from './transfer/hub-download.ts'
import { hubFetch } from './transfer/hub-fetch.ts'
import { rangedSource, WHOLE_BYTES } from './transfer/ranged-source.ts'

/** The largest SAE collections have some ten thousand files; name a folder of them. */
const MAX_FILES = 20_000

/** Open `hf:owner/name[@revision][/sub/path]`. Errors: HUB_*, FOLDER_TOO_LARGE. */
export async function openHub(text: string, settings: HubSettings): Promise<PinnedFiles> {
  const spec = parseHubSpec(text)
  if (settings.offline) return openCached(spec, settings)
  const request = hubFetch(spec, settings)
  try {
    const bounded = boundedAnswers(request, repositoryName(spec))
    const commit = await commitOf(spec, settings, bounded)
    const files = await listedFiles(spec, commit, settings, bounded)
    await writeRef(repositoryFolder(spec, settings), spec.revision, commit)
    return pinned(spec, commit, files, settings, request)
  } catch (error) {
    if (error instanceof SaegateError) throw error
    throw hubAnswerUnusable(repositoryName(spec), error instanceof Error ? error.message : String(error))
  }
}

async function commitOf(spec: HubSpec, settings: HubSettings, request: typeof fetch): Promise<string> {
  const { name, revision } = spec
  const asked = { name, revision, hubUrl: settings.endpoint, fetch: request }
  const { sha } =
    spec.type === 'model'
      ? await modelInfo({ ...asked, additionalFields: ['sha'] })
      : await datasetInfo({ ...asked, additionalFields: ['sha'] })
  if (typeof sha !== 'string' || !COMMIT.test(sha))
    throw hubAnswerUnusable(repositoryName(spec), 'it names no commit')
  // A mirror, or somebody between, may not put another commit in the place of the one that was pinned.
  if (COMMIT.test(revision) && sha !== revision)
    throw hubAnswerUnusable(repositoryName(spec), `asked for commit ${revision}, it answers with ${sha}`)
  return sha
}

/** As an answer has it: of no type that anybody vouches for. */
interface Listed {
  readonly path: string
  readonly size: unknown
  readonly oid?: unknown
  readonly lfs?: { readonly oid: unknown; readonly size: unknown }
}

/** Name below the spec's path → file. A spec that names a file gives that one. */
async function listedFiles(
  spec: HubSpec,
  commit: string,
  settings: HubSettings,
  request: typeof fetch,
): Promise<Map<string, HubFile>> {
  const repo = { type: spec.type, name: spec.name }
  const asked = { repo, revision: commit, hubUrl: settings.endpoint, fetch: request }
  const found = new Map<string, HubFile>()
  if (spec.path !== '') {
    const [entry] = await pathsInfo({ ...asked, paths: [spec.path] })
    if (entry === undefined) throw hubPathMissing(repositoryName(spec), spec.path, spec.revision)
    // The path becomes one of the cache.
    if (entry.path !== spec.path)
      throw hubAnswerUnusable(repositoryName(spec), `asked for "${spec.path}", it describes another path`)
    if (entry.type === 'file') return new Map([[spec.path.split('/').at(-1) ?? '', hubFile(spec, entry)]])
  }
  const path = spec.path.split('/').map(encodeURIComponent).join('/')
  const prefix = spec.path === '' ? '' : `${spec.path}/`
  for await (const entry of listFiles({ ...asked, recursive: true, path })) {
    if (entry.type !== 'file' || !entry.path.startsWith(prefix)) continue
    // A repository can hold names that no folder can; they are not offered.
    const name = entry.path.slice(prefix.length)
    if (staysInside(entry.path) && staysInside(name)) found.set(name, hubFile(spec, entry))
    if (found.size > MAX_FILES) throw folderTooLarge(spec.text, MAX_FILES)
  }
  return found
}

function hubFile(spec: HubSpec, { path, size, oid, lfs }: Listed): HubFile {
  const byteLength = lfs ? lfs.size : size
  const hex = lfs ? lfs.oid : oid
  // The hash becomes a file name.
  const isHash = typeof hex === 'string' && new RegExp(`^[0-9a-f]{${lfs ? 64 : 40}}$`).test(hex)
  const isSize = typeof byteLength === 'number' && Number.isSafeInteger(byteLength) && byteLength >= 0
  if (!isHash || !isSize)
    throw hubAnswerUnusable(repositoryName(spec), `it describes "${path}" without a usable size or hash`)
  return { path, byteLength, hash: { algorithm: lfs ? 'sha256' : 'sha1', hex } }
}

function pinned(
  spec: HubSpec,
  commit: string,
  files: ReadonlyMap<string, HubFile>,
  settings: HubSettings,
  request: typeof fetch,
): PinnedFiles {
  // No digest of these files is taken later: what is remembered of them does not count.
  const forTexts = { ...settings, proofFolder: null }
  const local = new Map<string, string>()
  const arriving = new Map<string, Promise<string>>()
  const opened = new Set<ByteSource>()
  const fetched = async (name: string, by: HubSettings): Promise<string> => {
    const known = arriving.get(name) ?? cachedFile(spec, commit, listed(name), by, request)
    arriving.set(name, known)
    try {
      const path = await known
      local.set(name, path)
      return path
    } finally {
      arriving.delete(name)
    }
  }
  const listed = (name: string): HubFile => {
    if (!staysInside(name)) throw nameLeavesFolder(spec.text, name)
    const file = files.get(name)
    if (file === undefined) throw fileNotListed(spec.text, name)
    return file
  }
  const open = async (name: string, by: HubSettings): Promise<ByteSource> => {
    const source = await fileSource(await fetched(name, by))
    opened.add(source)
    const close = async () => {
      opened.delete(source)
      await source.close()
    }
    return { ...source, name: `${spec.text}: ${name}`, close }
  }
  return {
    spec: spec.text,
    revision: commit,
    names: [...files.keys()].sort(),
    has: (name) => files.has(name),
    open: (name) => open(name, settings),
    openParts: async (name) => {
      const file = listed(name)
      if (file.byteLength <= WHOLE_BYTES || (await isCached(spec, commit, file, forTexts)))
        return await open(name, forTexts)
      const url = fileUrl(spec, commit, file, settings)
      const part = { name: `${spec.text}: ${name}`, url, listed: file, problems: HUB_TRANSFER }
      return rangedSource(part, request, settings)
    },
    listedHash: (name) => files.get(name)?.hash ?? null,
    listedBytes: (name) => files.get(name)?.byteLength ?? null,
    localPath: (name) => local.get(name) ?? null,
    close: async () => {
      for (const source of opened) await source.close()
      opened.clear()
    },
  }
}
