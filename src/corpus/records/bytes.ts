/**
 * @file The bytes of a file in order, unpacked on the way: a piece at a time, so that who stops early has read no more than that.
 *
 * gzip by node:zlib, Zstandard by fzstd, whose window (what a frame may ask for at once) is bounded here. Left out: the checksum
 * at the end of a Zstandard frame, which fzstd does not verify.
 */
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { Decompress } from 'fzstd'
import type { ByteSource } from '../../bytes/source.ts'
import { corpusBroken } from '../../errors/corpus.ts'
import { SaegateError } from '../../errors/problem.ts'
import type { Packing } from '../places/formats.ts'

const PIECE_BYTES = 2 ** 20

/** What `zstd --ultra --long` makes of itself without being asked for more. */
const MOST_WINDOW = 2 ** 27

/** Errors: CORPUS_BROKEN where the packing is damaged, those of reading. */
export async function* unpackedBytes(source: ByteSource, packing: Packing): AsyncGenerator<Uint8Array> {
  try {
    if (packing === 'gzip') yield* gunzipped(source)
    else if (packing === 'zstd') yield* unzstd(source)
    else yield* pieces(source)
  } catch (error) {
    if (packing === null || error instanceof SaegateError) throw error
    const reason = error instanceof Error ? error.message.slice(0, 200) : 'broken'
    throw corpusBroken(source.name, `it is no whole ${packing} file (${reason})`)
  }
}

async function* pieces(source: ByteSource): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < source.byteLength; start += PIECE_BYTES)
    yield await source.read(start, Math.min(start + PIECE_BYTES, source.byteLength))
}

async function* gunzipped(source: ByteSource): AsyncGenerator<Uint8Array> {
  if (source.byteLength === 0) throw new Error('it is empty')
  const packed = Readable.from(pieces(source))
  const gunzip = createGunzip({ chunkSize: 2 ** 16 })
  packed.on('error', (error) => gunzip.destroy(error))
  packed.pipe(gunzip)
  try {
    for await (const chunk of gunzip) yield chunk
  } finally {
    packed.destroy()
    gunzip.destroy()
  }
}

async function* unzstd(source: ByteSource): AsyncGenerator<Uint8Array> {
  checkWindow(await source.read(0, Math.min(18, source.byteLength)))
  const made: Uint8Array[] = []
  const stream = new Decompress((chunk) => void made.push(chunk.slice()))
  for await (const piece of pieces(source)) {
    // What a byte can become is bounded (a block of 128 KiB takes four), so a little at a time.
    for (let at = 0; at < piece.byteLength; at += SIP_BYTES) {
      stream.push(piece.slice(at, at + SIP_BYTES))
      yield* made.splice(0)
    }
  }
  stream.push(new Uint8Array(0), true)
  yield* made.splice(0)
}

const SIP_BYTES = 2 ** 12

/** RFC 8878, 3.1.1.1: the window descriptor, or the content size in a frame of one segment. */
export function checkWindow(head: Uint8Array): void {
  const [descriptor = 0, window = 0] = head.subarray(4, 6)
  const isFrame = head[0] === 0x28 && head[1] === 0xb5 && head[2] === 0x2f && head[3] === 0xfd
  if (!isFrame) return
  const isOneSegment = (descriptor & 0x20) !== 0
  const asked = isOneSegment
    ? contentSize(head, descriptor)
    : 2 ** (10 + (window >> 3)) * (1 + (window & 7) / 8)
  if (asked > MOST_WINDOW)
    throw new Error(`it asks for a window of ${asked} bytes; ${MOST_WINDOW} is the most`)
}

function contentSize(head: Uint8Array, descriptor: number): number {
  const flag = descriptor >> 6
  const dictionary = [0, 1, 2, 4][descriptor & 3] ?? 0
  const length = [1, 2, 4, 8][flag] ?? 1
  let size = flag === 1 ? 256 : 0
  for (let i = 0; i < length; i++) size += (head[5 + dictionary + i] ?? 0) * 2 ** (8 * i)
  return size
}
