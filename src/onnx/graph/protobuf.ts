/** @file The protobuf wire encodings that ONNX needs. https://protobuf.dev/programming-guides/encoding/ */

const utf8 = new TextEncoder()
const WIRE_VARINT = 0
const WIRE_BYTES = 2
const WIRE_FIXED32 = 5

/** A protobuf message under construction. Field numbers are those of onnx.proto. */
export class Message {
  readonly #parts: Uint8Array[] = []

  int(field: number, value: number): this {
    return this.#push(tag(field, WIRE_VARINT), value < 0 ? signedVarint(value) : varint(value))
  }
  float(field: number, value: number): this {
    const bytes = new Uint8Array(4)
    new DataView(bytes.buffer).setFloat32(0, value, true)
    return this.#push(tag(field, WIRE_FIXED32), bytes)
  }
  bytes(field: number, value: Uint8Array): this {
    return this.#push(tag(field, WIRE_BYTES), varint(value.byteLength), value)
  }
  string(field: number, value: string): this {
    return this.bytes(field, utf8.encode(value))
  }
  message(field: number, value: Message): this {
    return this.bytes(field, value.finish())
  }
  finish(): Uint8Array {
    return Buffer.concat(this.#parts)
  }
  #push(...parts: Uint8Array[]): this {
    this.#parts.push(...parts)
    return this
  }
}

function tag(field: number, wireType: number): Uint8Array {
  return varint(field * 8 + wireType)
}

/** Unsigned LEB128. `>>>` would cut at 32 bits, so this divides. */
function varint(value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`varint of ${value}`)
  const bytes: number[] = []
  let rest = value
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80)
  bytes.push(rest)
  return Uint8Array.from(bytes)
}

/** Negative int64: ten bytes of two's complement. */
function signedVarint(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  for (; rest >= 0x80n; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80)
  bytes.push(Number(rest))
  return Uint8Array.from(bytes)
}
