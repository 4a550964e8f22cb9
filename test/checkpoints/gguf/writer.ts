/**
 * @file Writes GGUF files for tests: the container, the simple quantizers, and splits.
 *
 * Written from the format's specification, not from the reader: bytes are pushed one field after the other.
 */

type Field =
  | { readonly type: 'u8' | 'i8' | 'u16' | 'i16' | 'u32' | 'i32' | 'f32' | 'f64'; readonly value: number }
  | { readonly type: 'u64'; readonly value: bigint }
  | { readonly type: 'i64'; readonly value: bigint }
  | { readonly type: 'bool'; readonly value: boolean }
  | { readonly type: 'string'; readonly value: string }
  | { readonly type: 'array'; readonly items: Field['type']; readonly value: readonly Field[] }

const TYPE_ID: Record<Field['type'], number> = {
  u8: 0,
  i8: 1,
  u16: 2,
  i16: 3,
  u32: 4,
  i32: 5,
  f32: 6,
  bool: 7,
  string: 8,
  array: 9,
  u64: 10,
  i64: 11,
  f64: 12,
}

export type Metadata = Record<string, Field>

export const u32 = (value: number): Field => ({ type: 'u32', value })
export const f32 = (value: number): Field => ({ type: 'f32', value })
export const bool = (value: boolean): Field => ({ type: 'bool', value })
export const text = (value: string): Field => ({ type: 'string', value })
export const texts = (values: readonly string[]): Field => ({
  type: 'array',
  items: 'string',
  value: values.map(text),
})
export const f32s = (values: readonly number[]): Field => ({
  type: 'array',
  items: 'f32',
  value: values.map(f32),
})
export const i32s = (values: readonly number[]): Field => ({
  type: 'array',
  items: 'i32',
  value: values.map((value) => ({ type: 'i32', value })),
})
export const bools = (values: readonly boolean[]): Field => ({
  type: 'array',
  items: 'bool',
  value: values.map(bool),
})

export interface WrittenTensor {
  readonly name: string
  /** PyTorch order; written reversed. */
  readonly shape: readonly number[]
  readonly typeId: number
  readonly bytes: Uint8Array
}

class Bytes {
  readonly parts: Uint8Array[] = []
  length = 0

  push(bytes: Uint8Array): void {
    this.parts.push(bytes)
    this.length += bytes.byteLength
  }

  pad(to: number): void {
    this.push(new Uint8Array((to - (this.length % to)) % to))
  }

  string(value: string): void {
    const utf8 = new TextEncoder().encode(value)
    this.push(u64Bytes(BigInt(utf8.byteLength)))
    this.push(utf8)
  }

  field(field: Field): void {
    if (field.type === 'string') this.string(field.value)
    else if (field.type === 'bool') this.push(Uint8Array.of(field.value ? 1 : 0))
    else if (field.type === 'u64' || field.type === 'i64')
      this.push(u64Bytes(BigInt.asUintN(64, field.value)))
    else if (field.type === 'array') this.array(field.items, field.value)
    else this.push(numberBytes(field.type, field.value))
  }

  array(items: Field['type'], fields: readonly Field[]): void {
    this.push(u32Bytes(TYPE_ID[items]))
    this.push(u64Bytes(BigInt(fields.length)))
    for (const field of fields) this.field(field)
  }

  joined(): Uint8Array {
    const all = new Uint8Array(this.length)
    let at = 0
    for (const part of this.parts) {
      all.set(part, at)
      at += part.byteLength
    }
    return all
  }
}

function u32Bytes(value: number): Uint8Array {
  return numberBytes('u32', value)
}

function u64Bytes(value: bigint): Uint8Array {
  return new Uint8Array(BigUint64Array.of(value).buffer)
}

function numberBytes(
  type: 'u8' | 'i8' | 'u16' | 'i16' | 'u32' | 'i32' | 'f32' | 'f64',
  value: number,
): Uint8Array {
  const arrays = {
    u8: Uint8Array,
    i8: Int8Array,
    u16: Uint16Array,
    i16: Int16Array,
    u32: Uint32Array,
    i32: Int32Array,
    f32: Float32Array,
    f64: Float64Array,
  }
  return new Uint8Array(arrays[type].of(value).buffer)
}

export interface Damage {
  readonly magic?: string
  readonly version?: number
  readonly tensorCount?: bigint
  readonly keyCount?: bigint
  /** In place of each tensor's own offset. */
  readonly offsets?: readonly bigint[]
}

/** A whole file, well-formed unless damage is asked for. */
export function writeGguf(
  metadata: Metadata,
  tensors: readonly WrittenTensor[],
  damage: Damage = {},
): Uint8Array {
  const alignmentField = metadata['general.alignment']
  // Padding stays small even where the file claims an absurd alignment.
  const alignment = Math.min(alignmentField?.type === 'u32' ? alignmentField.value : 32, 2 ** 12)
  const out = new Bytes()
  out.push(new TextEncoder().encode(damage.magic ?? 'GGUF'))
  out.push(u32Bytes(damage.version ?? 3))
  out.push(u64Bytes(damage.tensorCount ?? BigInt(tensors.length)))
  out.push(u64Bytes(damage.keyCount ?? BigInt(Object.keys(metadata).length)))
  for (const [key, field] of Object.entries(metadata)) {
    out.string(key)
    out.push(u32Bytes(TYPE_ID[field.type]))
    out.field(field)
  }
  const data = new Bytes()
  for (const [i, tensor] of tensors.entries()) {
    out.string(tensor.name)
    out.push(u32Bytes(tensor.shape.length))
    for (const size of [...tensor.shape].reverse()) out.push(u64Bytes(BigInt(size)))
    out.push(u32Bytes(tensor.typeId))
    out.push(u64Bytes(damage.offsets?.[i] ?? BigInt(data.length)))
    data.push(tensor.bytes)
    data.pad(alignment)
  }
  out.pad(alignment)
  out.push(data.joined())
  return out.joined()
}

/** Halves by halving and doubling: for small, exact test scales and for rounding float32 to float16. */
export function toHalf(value: number): number {
  if (value === 0) return Object.is(value, -0) ? 0x8000 : 0
  const sign = value < 0 ? 0x8000 : 0
  const magnitude = Math.abs(value)
  const exponent = Math.max(-14, Math.floor(Math.log2(magnitude)))
  const scaled = magnitude / 2 ** (exponent - 10)
  const floor = Math.floor(scaled)
  const rest = scaled - floor
  const rounded = rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor
  // A significand of 2048 carries into the exponent, one below 1024 is subnormal: both fall out of the addition.
  return sign + (exponent + 14) * 1024 + rounded
}

function putHalf(bytes: Uint8Array, at: number, value: number): void {
  const pattern = toHalf(value)
  bytes[at] = pattern & 255
  bytes[at + 1] = pattern >> 8
}

/** Encoders in ggml's manner (round to nearest with the block's extreme value); only their decoding must be exact. */
export const ENCODERS: Record<string, { typeId: number; encode: (values: Float32Array) => Uint8Array }> = {
  F32: { typeId: 0, encode: (values) => new Uint8Array(values.slice().buffer) },
  F16: {
    typeId: 1,
    encode: (values) => {
      // An iterator over millions of weights takes longer than what is done with each.
      const halves = new Uint16Array(values.length)
      for (let i = 0; i < values.length; i++) halves[i] = toHalf(values[i]!)
      return new Uint8Array(halves.buffer)
    },
  },
  BF16: {
    typeId: 30,
    encode: (values) => {
      const patterns = new Uint32Array(values.slice().buffer)
      return new Uint8Array(Uint16Array.from(patterns, (p) => (p + 0x7fff + ((p >>> 16) & 1)) >>> 16).buffer)
    },
  },
  Q8_0: {
    typeId: 8,
    encode: blockwise(34, (block, out) => {
      const d = Math.max(...block.map(Math.abs)) / 127
      putHalf(out, 0, d)
      for (const [j, value] of block.entries()) out[2 + j] = (d === 0 ? 0 : Math.round(value / d)) & 255
    }),
  },
  Q4_0: {
    typeId: 2,
    encode: blockwise(18, (block, out) => {
      const extreme = block.reduce((most, value) => (Math.abs(value) > Math.abs(most) ? value : most), 0)
      const d = extreme / -8
      putHalf(out, 0, d)
      const q = block.map((value) => (d === 0 ? 8 : Math.min(15, Math.floor(value / d + 8.5))))
      for (let j = 0; j < 16; j++) out[2 + j] = q[j]! | (q[j + 16]! << 4)
    }),
  },
  Q5_1: {
    typeId: 7,
    encode: blockwise(24, (block, out) => {
      const min = Math.min(...block)
      const d = (Math.max(...block) - min) / 31
      putHalf(out, 0, d)
      putHalf(out, 2, min)
      for (const [j, value] of block.entries()) {
        const q = d === 0 ? 0 : Math.min(31, Math.floor((value - min) / d + 0.5))
        out[4 + (j >> 3)]! |= (q >> 4) << (j & 7)
        out[8 + (j & 15)]! |= (q & 15) << (j < 16 ? 0 : 4)
      }
    }),
  },
}

function blockwise(blockBytes: number, encodeBlock: (block: number[], out: Uint8Array) => void) {
  return (values: Float32Array): Uint8Array => {
    const bytes = new Uint8Array((values.length / 32) * blockBytes)
    for (let i = 0; i < values.length / 32; i++) {
      const out = bytes.subarray(i * blockBytes, (i + 1) * blockBytes)
      encodeBlock([...values.subarray(32 * i, 32 * i + 32)], out)
    }
    return bytes
  }
}
