/**
 * @file The bytes of a file in order, unpacked on the way: a piece at a time, so that who stops early has read no more than that.
 *
 * gzip by node:zlib, Zstandard by fzstd, whose frames are watched (zstd-frames.ts). Left out: the checksum at the end of
 * a Zstandard frame, which fzstd does not verify.
 */
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { Decompress } from 'fzstd'
import type { ByteSource } from '../../bytes/source.ts'
import { corpusBroken } from '../../errors/corpus.ts'
import { SaegateError } from '../../errors/problem.ts'
import type { Packing } from '../places/formats.ts'
import { STREAM_WINDOW, ZstdFrames } from './zstd-frames.ts'

const PIECE_BYTES = 2 ** 20

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
  const frames = new ZstdFrames(STREAM_WINDOW)
  const made: Uint8Array[] = []
  let unpacked = 0
  const stream = new Decompress((chunk) => {
    unpacked += chunk.byteLength
    made.push(chunk.slice())
  })
  for await (const piece of pieces(source)) {
    // What a byte can become is bounded (a block of 128 KiB takes four), so a little at a time.
    for (let at = 0; at < piece.byteLength; at += SIP_BYTES) {
      const sip = piece.slice(at, at + SIP_BYTES)
      frames.watch(sip, unpacked)
      stream.push(sip)
      yield* made.splice(0)
    }
  }
  stream.push(new Uint8Array(0), true)
  yield* made.splice(0)
}

const SIP_BYTES = 2 ** 12
