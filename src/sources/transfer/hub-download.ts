/**
 * @file One file from the Hub into the cache: streamed, resumed where the connection breaks, and checked before it counts.
 *
 * Large files are named by the sha256 of their contents, small ones by git's hash (sha1 of "blob LENGTH\0" and the
 * contents); both are verified while the bytes arrive, so a damaged or exchanged file never enters the cache. What is in
 * the cache already is verified too (content-proof.ts): other programs write there, and so may a pull request.
 */
import { createReadStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { beginFile, type PendingFile } from '../../bytes/atomic.ts'
import { removeDeadTemporaries, temporariesIn } from '../../bytes/leftovers.ts'
import { hubFileDamaged } from '../../errors/hub.ts'
import { SaegateError } from '../../errors/problem.ts'
import { beginListedHash, isProven, type ListedContent } from '../content-proof.ts'
import { linkBlob, makeFolder, repositoryFolder } from '../hub-cache.ts'
import type { HubSettings } from '../hub-settings.ts'
import { type HubSpec, repositoryName } from '../hub-spec.ts'
import { ATTEMPTS, backOff, unreachable } from './hub-fetch.ts'

/** A file as the Hub lists it. */
export interface HubFile extends ListedContent {
  /** Inside the repository. */
  readonly path: string
}

/** No byte for this long counts as a broken connection. */
const STALL_TIMEOUT_MS = 60_000

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
    await makeFolder(dirname(blob))
    await download(spec, commit, file, blob, settings, request)
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

async function download(
  spec: HubSpec,
  commit: string,
  file: HubFile,
  blob: string,
  settings: HubSettings,
  request: typeof fetch,
): Promise<void> {
  const url = fileUrl(spec, commit, file, settings)
  const kept = `${blob}.partial`
  await keepDead(blob, kept)
  await removeDeadTemporaries(dirname(blob))
  const pending = await beginFile(blob, kept)
  const arrival = new Arrival(`${repositoryName(spec)}/${file.path}`, file, pending, settings)
  let isWorthKeeping = true
  try {
    if (!(await arrival.begin())) {
      isWorthKeeping = false
      await pending.discard()
      return await download(spec, commit, file, blob, settings, request)
    }
    for (let attempt = 1; arrival.receivedBytes < file.byteLength; attempt++) {
      const before = arrival.receivedBytes
      const failure = await stream(url, arrival, request)
      // Progress starts the count anew: a long download may break more often than five times.
      if (arrival.receivedBytes > before) attempt = 1
      if (failure === null) break
      if (attempt >= ATTEMPTS) throw unreachable(url, failure)
      await settings.wait(backOff(attempt))
    }
    isWorthKeeping = false
    arrival.verify()
    // Another job may have been quicker, and read from it already: it keeps its file.
    if (!(await isProven(blob, file, settings.proofFolder))) await pending.commit()
  } catch (error) {
    isWorthKeeping &&= !(error instanceof SaegateError && error.code === 'HUB_FILE_DAMAGED')
    if (pending.keptBytes === 0 || isWorthKeeping) throw error
    // What an earlier run kept may be what is wrong.
    await pending.discard()
    await download(spec, commit, file, blob, settings, request)
  } finally {
    await (isWorthKeeping && arrival.receivedBytes > 0 ? pending.keep() : pending.discard())
  }
}

/** What a killed run left of this file becomes what a later one goes on with. */
async function keepDead(blob: string, kept: string): Promise<void> {
  const { dead } = await temporariesIn(dirname(blob))
  const own = dead.find((path) => basename(path).startsWith(`.${basename(blob)}.`))
  if (own !== undefined) await rename(own, kept).catch(() => {})
}

/** Read what is missing. Returns why the connection broke, or null when the answer was complete. */
async function stream(url: URL, arrival: Arrival, request: typeof fetch): Promise<unknown> {
  const aborter = new AbortController()
  const stalled = () => aborter.abort(new Error(`nothing arrived for ${STALL_TIMEOUT_MS / 1000} s`))
  let timer: NodeJS.Timeout | undefined
  try {
    const from = arrival.receivedBytes
    // What a commit's address gives never changes; a mirror that knows the file by another tag sends it whole.
    const tag = arrival.tag === null ? {} : { 'If-Range': arrival.tag }
    const headers = from > 0 ? { Range: `bytes=${from}-`, ...tag } : {}
    const response = await request(url, { headers, signal: aborter.signal })
    arrival.tag = strongTag(response)
    // A server that knows no ranges sends everything again: skip what is here already.
    let skip = response.status === 206 ? 0 : from
    timer = setTimeout(stalled, STALL_TIMEOUT_MS)
    for await (const chunk of response.body ?? []) {
      clearTimeout(timer)
      timer = setTimeout(stalled, STALL_TIMEOUT_MS)
      const fresh = skip > 0 ? chunk.subarray(skip) : chunk
      skip = Math.max(0, skip - chunk.byteLength)
      if (fresh.byteLength > 0) await arrival.add(fresh)
    }
    return null
  } catch (error) {
    // Refusals and full disks do not get better by trying again.
    if (error instanceof SaegateError) throw error
    return error
  } finally {
    clearTimeout(timer)
  }
}

/** What the server calls this very content; null: nothing, or something that is not exact. */
function strongTag(response: Response): string | null {
  const tag = response.headers.get('ETag')
  return tag?.startsWith('"') === true ? tag : null
}

/** The bytes of one file as they come in: counted, hashed, written. */
class Arrival {
  receivedBytes = 0
  /** Of the answer that the bytes came in. */
  tag: string | null = null
  readonly #name: string
  readonly #file: HubFile
  readonly #pending: PendingFile
  readonly #settings: HubSettings
  readonly #hash

  constructor(name: string, file: HubFile, pending: PendingFile, settings: HubSettings) {
    this.#name = name
    this.#file = file
    this.#pending = pending
    this.#settings = settings
    this.#hash = beginListedHash(file.hash.algorithm, file.byteLength)
  }

  /** Take in what an earlier run kept. False: it cannot be the beginning of this file. */
  async begin(): Promise<boolean> {
    const { keptBytes, temporaryPath } = this.#pending
    if (keptBytes > this.#file.byteLength) return false
    if (keptBytes === 0) return true
    for await (const chunk of createReadStream(temporaryPath, { highWaterMark: 2 ** 20 }))
      this.#hash.update(chunk)
    this.receivedBytes = keptBytes
    return true
  }

  async add(bytes: Uint8Array): Promise<void> {
    const total = this.#file.byteLength
    if (this.receivedBytes + bytes.byteLength > total) {
      throw hubFileDamaged(this.#name, `more than its ${total} bytes arrived`)
    }
    this.#hash.update(bytes)
    await this.#pending.write(bytes)
    this.receivedBytes += bytes.byteLength
    this.#settings.onProgress({ file: this.#name, receivedBytes: this.receivedBytes, totalBytes: total })
  }

  verify(): void {
    const { byteLength, hash } = this.#file
    if (this.receivedBytes !== byteLength) {
      throw hubFileDamaged(this.#name, `${this.receivedBytes} of its ${byteLength} bytes arrived`)
    }
    const found = this.#hash.digest('hex')
    if (found !== hash.hex)
      throw hubFileDamaged(this.#name, `its ${hash.algorithm} is ${found}, not ${hash.hex}`)
  }
}
