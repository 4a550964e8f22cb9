/**
 * @file A file of another machine of which only what is asked for arrives: ranges over plain HTTP, nothing kept. For corpora of many
 * gigabytes, of which an audit reads a few. Only whole files can be held against their hash: one that is read from its beginning
 * to its end is; of any other is told that it was not.
 */
import type { Hash } from 'node:crypto'
import type { ByteSource } from '../../bytes/source.ts'
import { checkRange } from '../../bytes/source.ts'
import { SaegateError } from '../../errors/problem.ts'
import { beginListedHash } from '../content-proof.ts'
import type { HubSettings } from '../hub-settings.ts'
import { ATTEMPTS, backOff } from './hub-fetch.ts'
import type { RemoteFile } from './verified-download.ts'

/** Files up to this size are fetched whole, verified and kept: they cost a minute once. */
export const WHOLE_BYTES = 2 ** 27

/** Errors on reading: `file.problems`, those of the request. */
export function rangedSource(
  file: RemoteFile,
  request: typeof fetch,
  { wait, onRanges }: Pick<HubSettings, 'wait' | 'onRanges'>,
): ByteSource {
  const { name, url, listed, problems } = file
  const { byteLength } = listed
  const inOrder = new InOrder(file)
  const readAgain = async (start: number, end: number): Promise<Uint8Array> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await readRange(file, { start, end }, request)
      } catch (error) {
        if (error instanceof SaegateError) throw error
        if (attempt === ATTEMPTS) throw problems.unreachable(url, error)
        await wait(backOff(attempt))
      }
    }
  }
  return {
    name,
    byteLength,
    read: async (start, end) => {
      checkRange(name, start, end, byteLength)
      if (start === end) return new Uint8Array(0)
      const bytes = await readAgain(start, end)
      inOrder.add(start, bytes)
      return bytes
    },
    close: async () => onRanges?.(name, inOrder.isVerified),
  }
}

/** Hashes what is read as long as it goes on where it ended. */
class InOrder {
  isVerified = false
  readonly #file: RemoteFile
  readonly #hash: Hash
  #at = 0

  constructor(file: RemoteFile) {
    const { hash, byteLength } = file.listed
    this.#file = file
    this.#hash = beginListedHash(hash.algorithm, byteLength)
  }

  /** Errors: that it is damaged, at the end of a file that is not the listed one. */
  add(start: number, bytes: Uint8Array): void {
    if (start !== this.#at) return
    this.#hash.update(bytes)
    this.#at += bytes.byteLength
    const { name, listed, problems } = this.#file
    const { byteLength, hash } = listed
    if (this.#at < byteLength) return
    const found = this.#hash.digest('hex')
    if (found !== hash.hex) throw problems.damaged(name, `its ${hash.algorithm} is ${found}, not ${hash.hex}`)
    this.isVerified = true
  }
}

async function readRange(
  { name, url, listed: { byteLength }, problems }: RemoteFile,
  { start, end }: { readonly start: number; readonly end: number },
  request: typeof fetch,
): Promise<Uint8Array> {
  const response = await request(url, { headers: { Range: `bytes=${start}-${end - 1}` } })
  const said = response.headers.get('Content-Range')
  if (response.status !== 206 || said !== `bytes ${start}-${end - 1}/${byteLength}`) {
    await response.body?.cancel()
    const what = response.status === 206 ? `the range "${said}"` : `a whole file (${response.status})`
    throw problems.damaged(
      name,
      `${what} arrived where bytes ${start} to ${end - 1} of ${byteLength} were asked for`,
    )
  }
  const bytes = new Uint8Array(end - start)
  let at = 0
  for await (const chunk of response.body ?? []) {
    if (at + chunk.byteLength > bytes.byteLength)
      throw problems.damaged(name, 'more bytes than were asked for arrived')
    bytes.set(chunk, at)
    at += chunk.byteLength
  }
  if (at < bytes.byteLength) throw new Error(`${at} of ${bytes.byteLength} bytes arrived`)
  return bytes
}
