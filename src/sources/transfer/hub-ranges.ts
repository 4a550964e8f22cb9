/**
 * @file A file of the Hub of which only what is asked for arrives: ranges over plain HTTP, nothing kept. For corpora of many
 * gigabytes, of which an audit reads a few. What comes is what the commit's address gives; only whole files can be held
 * against their hash.
 */
import type { ByteSource } from '../../bytes/source.ts'
import { checkRange } from '../../bytes/source.ts'
import { hubFileDamaged } from '../../errors/hub.ts'
import { SaegateError } from '../../errors/problem.ts'
import { ATTEMPTS, backOff, unreachable } from './hub-fetch.ts'

/** Files up to this size are fetched whole, verified and kept: they cost a minute once. */
export const WHOLE_BYTES = 2 ** 27

export interface RangedFile {
  readonly name: string
  readonly url: URL
  readonly byteLength: number
}

/** Errors on reading: HUB_*. */
export function rangedSource(
  { name, url, byteLength }: RangedFile,
  request: typeof fetch,
  wait: (milliseconds: number) => Promise<unknown>,
): ByteSource {
  return {
    name,
    byteLength,
    read: async (start, end) => {
      checkRange(name, start, end, byteLength)
      if (start === end) return new Uint8Array(0)
      for (let attempt = 1; ; attempt++) {
        try {
          return await readRange({ name, url, byteLength }, { start, end }, request)
        } catch (error) {
          if (error instanceof SaegateError) throw error
          if (attempt === ATTEMPTS) throw unreachable(url, error)
          await wait(backOff(attempt))
        }
      }
    },
    close: async () => {},
  }
}

async function readRange(
  { name, url, byteLength }: RangedFile,
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
