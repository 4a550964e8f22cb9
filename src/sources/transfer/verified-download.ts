/**
 * @file One file from another machine to a place on this one: streamed, resumed where the connection breaks, and checked before it
 * counts. Its hash is verified while the bytes arrive, so a damaged or exchanged file never gets its name.
 */
import { createReadStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { beginFile, type PendingFile } from '../../bytes/atomic.ts'
import { removeDeadTemporaries, temporariesIn } from '../../bytes/leftovers.ts'
import { SaegateError } from '../../errors/problem.ts'
import { beginListedHash, isProven, type ListedContent } from '../content-proof.ts'
import type { HubSettings } from '../hub-settings.ts'
import { ATTEMPTS, backOff } from './hub-fetch.ts'

/** How the place words what goes wrong. */
export interface TransferProblems {
  damaged(file: string, reason: string): SaegateError
  unreachable(url: URL, error: unknown): SaegateError
}

export interface RemoteFile {
  /** For messages. */
  readonly name: string
  readonly url: URL
  readonly listed: ListedContent
  readonly problems: TransferProblems
}

export type TransferSettings = Pick<HubSettings, 'wait' | 'onProgress' | 'proofFolder'>

/** No byte for this long counts as a broken connection. */
const STALL_TIMEOUT_MS = 60_000

/** Download to `blob`, which lies in a folder that is there. Errors: `file.problems`, those of the request and of writing. */
export async function downloadVerified(
  file: RemoteFile,
  blob: string,
  settings: TransferSettings,
  request: typeof fetch,
): Promise<void> {
  const { url, listed, problems } = file
  const kept = `${blob}.partial`
  await keepDead(blob, kept)
  await removeDeadTemporaries(dirname(blob))
  const pending = await beginFile(blob, kept)
  const arrival = new Arrival(file, pending, settings)
  let isWorthKeeping = true
  try {
    if (!(await arrival.begin())) {
      isWorthKeeping = false
      await pending.discard()
      return await downloadVerified(file, blob, settings, request)
    }
    for (let attempt = 1; arrival.receivedBytes < listed.byteLength; attempt++) {
      const before = arrival.receivedBytes
      const failure = await stream(url, arrival, request)
      // Progress starts the count anew: a long download may break more often than five times.
      if (arrival.receivedBytes > before) attempt = 1
      if (failure === null) break
      if (attempt >= ATTEMPTS) throw problems.unreachable(url, failure)
      await settings.wait(backOff(attempt))
    }
    isWorthKeeping = false
    arrival.verify()
    // Another job may have been quicker, and read from it already: it keeps its file.
    if (!(await isProven(blob, listed, settings.proofFolder))) await pending.commit()
  } catch (error) {
    isWorthKeeping &&= !(error instanceof SaegateError && error.code === problems.damaged('', '').code)
    if (pending.keptBytes === 0 || isWorthKeeping) throw error
    // What an earlier run kept may be what is wrong.
    await pending.discard()
    await downloadVerified(file, blob, settings, request)
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
  readonly #file: RemoteFile
  readonly #pending: PendingFile
  readonly #settings: TransferSettings
  readonly #hash

  constructor(file: RemoteFile, pending: PendingFile, settings: TransferSettings) {
    const { byteLength, hash } = file.listed
    this.#file = file
    this.#pending = pending
    this.#settings = settings
    this.#hash = beginListedHash(hash.algorithm, byteLength)
  }

  /** Take in what an earlier run kept. False: it cannot be the beginning of this file. */
  async begin(): Promise<boolean> {
    const { keptBytes, temporaryPath } = this.#pending
    if (keptBytes > this.#file.listed.byteLength) return false
    if (keptBytes === 0) return true
    for await (const chunk of createReadStream(temporaryPath, { highWaterMark: 2 ** 20 }))
      this.#hash.update(chunk)
    this.receivedBytes = keptBytes
    return true
  }

  async add(bytes: Uint8Array): Promise<void> {
    const { name, listed, problems } = this.#file
    const total = listed.byteLength
    if (this.receivedBytes + bytes.byteLength > total)
      throw problems.damaged(name, `more than its ${total} bytes arrived`)
    this.#hash.update(bytes)
    await this.#pending.write(bytes)
    this.receivedBytes += bytes.byteLength
    this.#settings.onProgress({ file: name, receivedBytes: this.receivedBytes, totalBytes: total })
  }

  verify(): void {
    const { name, problems } = this.#file
    const { byteLength, hash } = this.#file.listed
    if (this.receivedBytes !== byteLength)
      throw problems.damaged(name, `${this.receivedBytes} of its ${byteLength} bytes arrived`)
    const found = this.#hash.digest('hex')
    if (found !== hash.hex) throw problems.damaged(name, `its ${hash.algorithm} is ${found}, not ${hash.hex}`)
  }
}
