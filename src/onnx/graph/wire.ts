/**
 * @file Reads protobuf's wire format from bytes nobody vouches for: every length is checked against the message it lies
 * in, fields are counted against a budget, and nothing is copied. https://protobuf.dev/programming-guides/encoding/
 *
 * Left out: groups (deprecated since 2008; ONNX never had them).
 */
import { onnxMalformed, onnxTooLarge } from '../../errors/user-onnx.ts'

/** One field of a message. Varints and fixed 32-bit floats carry `value`; length-delimited ones the range [start, end). */
export interface WireField {
  readonly number: number
  readonly kind: 'varint' | 'float' | 'fixed64' | 'bytes'
  readonly value: number
  readonly start: number
  readonly end: number
}

/** A field with its tag, as it stands. */
export interface RawField extends WireField {
  readonly raw: Uint8Array
}

/**
 * Fields that one model may have. The largest exports have about two million; each costs at most some 200 bytes here,
 * so a hostile file of tiny messages stays below two gigabytes.
 */
const MOST_FIELDS = 8_000_000
/** Names decoded from one model, bytes; a hundred thousand nodes with long paths for names have some 50 MB. */
const MOST_TEXT = 256 * 2 ** 20
const LONGEST_NAME = 65_536

const text = new TextDecoder('utf-8')

/** The bytes of one file, read as messages. */
export class Wire {
  readonly file: string
  readonly bytes: Uint8Array
  readonly #view: DataView
  #fieldsLeft = MOST_FIELDS
  #textLeft = MOST_TEXT

  constructor(file: string, bytes: Uint8Array) {
    this.file = file
    this.bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  }

  /** The fields of the message in [start, end). Errors: ONNX_MALFORMED, ONNX_TOO_LARGE. */
  *fields(start = 0, end = this.bytes.byteLength): Generator<WireField> {
    for (let at = start; at < end; ) {
      if (this.#fieldsLeft-- === 0) throw onnxTooLarge(this.file, 'too many protobuf fields', MOST_FIELDS)
      const tag = this.#varint(at, end)
      const field = this.#field(tag.value, tag.next, end)
      at = field.end
      yield field
    }
  }

  /** The same, each with its bytes. */
  *rawFields(start = 0, end = this.bytes.byteLength): Generator<RawField> {
    let at = start
    for (const field of this.fields(start, end)) {
      yield { ...field, raw: this.bytes.subarray(at, field.end) }
      at = field.end
    }
  }

  /** A name. Errors: ONNX_MALFORMED when it is longer than names are. */
  string({ start, end }: WireField): string {
    if (end - start > LONGEST_NAME) throw this.malformed(start, `a name has ${end - start} bytes`)
    this.#textLeft -= end - start
    if (this.#textLeft < 0) throw onnxTooLarge(this.file, 'too many bytes of names', MOST_TEXT)
    return text.decode(this.bytes.subarray(start, end))
  }

  /** The integers of a repeated field, whether packed or one at a time. */
  *integers(field: WireField): Generator<number> {
    if (field.kind === 'varint') yield field.value
    if (field.kind !== 'bytes') return
    for (let at = field.start; at < field.end; ) {
      if (this.#fieldsLeft-- === 0) throw onnxTooLarge(this.file, 'too many protobuf fields', MOST_FIELDS)
      const { value, next } = this.#varint(at, field.end)
      at = next
      yield value
    }
  }

  malformed(byte: number, reason: string): Error {
    return onnxMalformed(this.file, byte, reason)
  }

  #field(tag: number, at: number, end: number): WireField {
    const number = Math.floor(tag / 8)
    if (number === 0 || number > 0x1fffffff) throw this.malformed(at, `a field is numbered ${number}`)
    switch (tag % 8) {
      case 0: {
        const { value, next } = this.#varint(at, end)
        return { number, kind: 'varint', value, start: at, end: next }
      }
      case 1:
        return { number, kind: 'fixed64', value: 0, start: at, end: this.#within(at, 8, end) }
      case 2: {
        const { value, next } = this.#varint(at, end)
        return { number, kind: 'bytes', value: 0, start: next, end: this.#within(next, value, end) }
      }
      case 5: {
        const past = this.#within(at, 4, end)
        return { number, kind: 'float', value: this.#view.getFloat32(at, true), start: at, end: past }
      }
      default:
        throw this.malformed(at, `wire type ${tag % 8} is not one that ONNX uses`)
    }
  }

  #within(start: number, length: number, end: number): number {
    if (!(length >= 0 && length <= end - start)) {
      throw this.malformed(start, `a length of ${length} leaves its message, which ends at byte ${end}`)
    }
    return start + length
  }

  /** Signed 64-bit; beyond 2^53 rounded. */
  #varint(start: number, end: number): { value: number; next: number } {
    let value = 0
    for (let i = 0; i < 10 && start + i < end; i++) {
      const byte = this.bytes[start + i] ?? 0
      if (i < 7) value += (byte & 0x7f) * 2 ** (7 * i)
      if (byte < 0x80) return { value: i < 7 ? value : this.#wideVarint(start, i + 1), next: start + i + 1 }
    }
    throw this.malformed(start, 'a number does not end')
  }

  #wideVarint(start: number, length: number): number {
    let value = 0n
    for (let i = 0; i < length; i++) value |= BigInt((this.bytes[start + i] ?? 0) & 0x7f) << BigInt(7 * i)
    return Number(BigInt.asIntN(64, value))
  }
}
