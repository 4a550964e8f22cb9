/**
 * @file Reads a header of unknown length forward, in a few growing reads.
 *
 * A GGUF header does not say how long it is: metadata and tensor infos are read until their counts are used up. So the
 * file is read in windows that double (1 to 16 MiB); a 7B model's header takes three or four reads. Numbers are little-endian.
 */
import type { ByteSource } from '../../bytes/source.ts'
import { ggufLimit, ggufTruncated } from '../../errors/gguf.ts'

const FIRST_WINDOW_BYTES = 2 ** 20
const LAST_WINDOW_BYTES = 2 ** 24

/**
 * The largest headers are those of 262,144-token vocabularies with their merges: about 16 MB. Room for ten times that,
 * and a bound on what a hostile file can make us read and keep.
 */
const MAX_HEADER_BYTES = 192 * 2 ** 20

/** A cursor over the header. `need` makes sure of the next bytes; the other methods take bytes that `need` made sure of. */
export class HeaderReader {
  readonly source: ByteSource
  #window: Uint8Array = new Uint8Array(0)
  #view: DataView = new DataView(new ArrayBuffer(0))
  /** Where the window starts in the file, and the cursor's place in the window. */
  #windowStart = 0
  #at = 0
  #windowBytes = FIRST_WINDOW_BYTES
  readonly #text = new TextDecoder()

  constructor(source: ByteSource) {
    this.source = source
  }

  /** Bytes of the file consumed so far. */
  get position(): number {
    return this.#windowStart + this.#at
  }

  /** Bytes of the file not consumed yet: no count can promise more than that. */
  get remaining(): number {
    return this.source.byteLength - this.position
  }

  /** Whether the next `bytes` are in the window already. */
  has(bytes: number): boolean {
    return this.#at + bytes <= this.#window.byteLength
  }

  /** Make the next `bytes` available. Errors: GGUF_TRUNCATED (naming `what`), GGUF_LIMIT_EXCEEDED. */
  async need(bytes: number, what: string): Promise<void> {
    if (this.has(bytes)) return
    const end = this.position + bytes
    if (end > this.source.byteLength) {
      throw ggufTruncated(this.source.name, what, end, this.source.byteLength)
    }
    if (end > MAX_HEADER_BYTES)
      throw ggufLimit(this.source.name, 'the length of the header', end, MAX_HEADER_BYTES)
    const start = this.position
    const until = Math.min(this.source.byteLength, start + Math.max(bytes, this.#windowBytes))
    this.#window = await this.source.read(start, until)
    this.#view = new DataView(this.#window.buffer, this.#window.byteOffset, this.#window.byteLength)
    this.#windowStart = start
    this.#at = 0
    this.#windowBytes = Math.min(LAST_WINDOW_BYTES, 2 * this.#windowBytes)
  }

  u8 = (): number => this.#view.getUint8(this.#advance(1))
  i8 = (): number => this.#view.getInt8(this.#advance(1))
  u16 = (): number => this.#view.getUint16(this.#advance(2), true)
  i16 = (): number => this.#view.getInt16(this.#advance(2), true)
  u32 = (): number => this.#view.getUint32(this.#advance(4), true)
  i32 = (): number => this.#view.getInt32(this.#advance(4), true)
  u64 = (): bigint => this.#view.getBigUint64(this.#advance(8), true)
  i64 = (): bigint => this.#view.getBigInt64(this.#advance(8), true)
  f32 = (): number => this.#view.getFloat32(this.#advance(4), true)
  f64 = (): number => this.#view.getFloat64(this.#advance(8), true)

  /** UTF-8; bytes that are not become U+FFFD (some files hold tokens cut inside a character). */
  text(bytes: number): string {
    const start = this.#advance(bytes)
    return this.#text.decode(this.#window.subarray(start, start + bytes))
  }

  #advance(bytes: number): number {
    const start = this.#at
    this.#at += bytes
    return start
  }
}
