/** @file The bytes of a pickle from front to back: numbers, texts and lengths, none longer than what is left of the file. */
import { pytorchMalformed } from '../errors/pytorch.ts'

const MOST_INTEGER_BYTES = 256

/** Where in a pickle its machine is. Every method goes on behind what it gives. Errors: PYTORCH_MALFORMED. */
export class PickleBytes {
  readonly #file: string
  readonly #bytes: Uint8Array
  readonly #view: DataView
  #at: number

  constructor(file: string, bytes: Uint8Array, start: number) {
    this.#file = file
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.#at = start
  }

  /** Of the next byte. */
  get at(): number {
    return this.#at
  }

  /** Start of the next `count` bytes, which are then behind. */
  take(count: number): number {
    const start = this.#at
    if (!(count <= this.#bytes.byteLength - start)) throw this.malformed('it ends early')
    this.#at = start + count
    return start
  }

  byte(): number {
    return this.#view.getUint8(this.take(1))
  }

  length(bytes: 4 | 8): number {
    const at = this.take(bytes)
    return bytes === 4 ? this.#view.getUint32(at, true) : Number(this.#view.getBigUint64(at, true))
  }

  slice(length: number): Uint8Array {
    const start = this.take(length)
    return this.#bytes.slice(start, start + length)
  }

  string(length: number): string {
    return new TextDecoder().decode(this.slice(length))
  }

  /** Up to the next line feed. */
  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#at)
    if (end < 0) throw this.malformed('it ends early')
    const text = this.string(end - this.#at)
    this.take(1)
    return text
  }

  /** Little-endian, two's complement. */
  integer(length: number): number | bigint {
    if (length > MOST_INTEGER_BYTES) throw this.malformed(`an integer has ${length} bytes`)
    const bytes = this.slice(length)
    let value = 0n
    for (const byte of bytes.toReversed()) value = (value << 8n) | BigInt(byte)
    if ((bytes.at(-1) ?? 0) >= 0x80) value -= 1n << BigInt(8 * length)
    const small = Number(value)
    return Number.isSafeInteger(small) ? small : value
  }

  int32(): number {
    return this.#view.getInt32(this.take(4), true)
  }

  uint16(): number {
    return this.#view.getUint16(this.take(2), true)
  }

  /** Big-endian, as pickle has it. */
  float64(): number {
    return this.#view.getFloat64(this.take(8), false)
  }

  /** PYTORCH_MALFORMED, near where it is. */
  malformed(reason: string): Error {
    return pytorchMalformed(this.#file, `in its pickle, near byte ${this.#at}, ${reason}`)
  }
}
