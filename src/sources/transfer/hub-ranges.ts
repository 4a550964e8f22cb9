/**
 * @file A file of the Hub of which only what is asked for arrives: ranges over plain HTTP, nothing kept. For corpora of many
 * gigabytes, of which an audit reads a few. Only whole files can be held against their hash: one that is read from its beginning
 * to its end is; of any other is told that it was not.
 */
import type { Hash } from 'node:crypto'
import type { ByteSource } from '../../bytes/source.ts'
import { checkRange } from '../../bytes/source.ts'
import { hubFileDamaged } from '../../errors/hub.ts'
import { SaegateError } from '../../errors/problem.ts'
import { beginListedHash, type ListedContent } from '../content-proof.ts'
import type { HubSettings } from '../hub-settings.ts'
import { ATTEMPTS, backOff, unreachable } from './hub-fetch.ts'

/** Files up to this size are fetched whole, verified and kept: they cost a minute once. */
export const WHOLE_BYTES = 2 ** 27

export interface RangedFile {
  readonly name: string
  readonly url: URL
  readonly listed: ListedContent
}

/** Errors on reading: HUB_*. */
export function rangedSource(
  { name, url, listed }: RangedFile,
  request: typeof fetch,
  { wait, onRanges }: Pick<HubSettings, 'wait' | 'onRanges'>,
): ByteSource {
  const { byteLength } = listed
  const inOrder = new InOrder(name, listed)
  const readAgain = async (start: number, end: number): Promise<Uint8Array> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await readRange({ name, url, byteLength }, { start, end }, request)
      } catch (error) {
        if (error instanceof SaegateError) throw error
        if (attempt === ATTEMPTS) throw unreachable(url, error)
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
  readonly #name: string
  readonly #listed: ListedContent
  readonly #hash: Hash
  #at = 0

  constructor(name: string, listed: ListedContent) {
    this.#name = name
    this.#listed = listed
    this.#hash = beginListedHash(listed.hash.algorithm, listed.byteLength)
  }

  /** Errors: HUB_FILE_DAMAGED at the end of a file that is not the listed one. */
  add(start: number, bytes: Uint8Array): void {
    if (start !== this.#at) return
    this.#hash.update(bytes)
    this.#at += bytes.byteLength
    const { byteLength, hash } = this.#listed
    if (this.#at < byteLength) return
    const found = this.#hash.digest('hex')
    if (found !== hash.hex)
      throw hubFileDamaged(this.#name, `its ${hash.algorithm} is ${found}, not ${hash.hex}`)
    this.isVerified = true
  }
}

async function readRange(
  { name, url, byteLength }: Pick<RangedFile, 'name' | 'url'> & { readonly byteLength: number },
  { start, end }: { readonly start: number; readonly end: number },
  request: typeof fetch,
): Promise<Uint8Array> {
  const response = await request(url, { headers: { Range: `bytes=${start}-${end - 1}` } })
  const said = response.headers.get('Content-Range')
  if (response.status !== 206 || said !== `bytes ${start}-${end - 1}/${byteLength}`) {
    await response.body?.cancel()
    const what = response.status === 206 ? `the range "${said}"` : `a whole file (${response.status})`
    throw hubFileDamaged(
      name,
      `${what} arrived where bytes ${start} to ${end - 1} of ${byteLength} were asked for`,
    )
  }
  const bytes = new Uint8Array(end - start)
  let at = 0
  for await (const chunk of response.body ?? []) {
    if (at + chunk.byteLength > bytes.byteLength)
      throw hubFileDamaged(name, 'more bytes than were asked for arrived')
    bytes.set(chunk, at)
    at += chunk.byteLength
  }
  if (at < bytes.byteLength) throw new Error(`${at} of ${bytes.byteLength} bytes arrived`)
  return bytes
}
