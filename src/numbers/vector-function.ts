/**
 * @file Functions in WebAssembly, put together from their instructions: a way to the processor's vectors that needs neither a compiler nor
 * native code, and rounds every operation as JavaScript does, on every processor. Only what the project's own loops are made of is here;
 * names and codes are those of the WebAssembly specification (core 2.0, 5.4).
 */

import { vectorsMissing } from '../errors/system.ts'

/** Bytes of instructions, one after the other. */
export type Instructions = readonly number[]

/** All parameters are i32: addresses, and numbers of bytes. */
export interface VectorFunction {
  /** Parameters are locals 0, 1, …; those of `integers` (i32) follow, then those of `vectors` (v128). */
  readonly parameters: number
  readonly integers: number
  readonly vectors: number
  readonly body: readonly Instructions[]
}

/** A function and the memory that its addresses are in, which lasts as long as it does. */
export interface LoadedFunction {
  readonly memory: ArrayBuffer
  readonly call: (...parameters: readonly number[]) => void
}

/** What is used of WebAssembly, of which the language's own library has no types; undefined under `node --jitless`. */
declare const WebAssembly: WebAssemblyUsed | undefined
interface WebAssemblyUsed {
  /** Whether this engine, on this processor, takes a module. */
  readonly validate: (code: Uint8Array) => boolean
  readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer }
  readonly Module: new (code: Uint8Array) => object
  readonly Instance: new (
    module: object,
    imports: Readonly<Record<string, Readonly<Record<string, object>>>>,
  ) => { readonly exports: Readonly<Record<string, LoadedFunction['call']>> }
}

const I32 = 0x7f
const V128 = 0x7b
const PAGE = 65536

/** Load a function, with memory of `bytes` or a little more beside it. Errors: VECTORS_MISSING. */
export function loadFunction(written: VectorFunction, bytes: number): LoadedFunction {
  const code = moduleOf(written)
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(code)) throw vectorsMissing()
  const memory = new WebAssembly.Memory({ initial: Math.ceil(bytes / PAGE) })
  const module = new WebAssembly.Module(code)
  const { call } = new WebAssembly.Instance(module, { x: { memory } }).exports
  if (call === undefined) throw new RangeError('a function that is not exported')
  return { memory: memory.buffer, call }
}

function moduleOf({ parameters, integers, vectors, body }: VectorFunction): Uint8Array {
  const types = Array.from({ length: parameters }, () => [I32])
  const locals = [
    [...unsigned(integers), I32],
    [...unsigned(vectors), V128],
  ]
  const code = [...listOf(locals), ...body.flat(), 0x0b]
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, listOf([[0x60, ...listOf(types), 0]])),
    ...section(2, listOf([[...text('x'), ...text('memory'), 0x02, 0x00, 0]])),
    ...section(3, listOf([[0]])),
    ...section(7, listOf([[...text('call'), 0x00, 0]])),
    ...section(10, listOf([[...unsigned(code.length), ...code]])),
  ])
}

const OPCODES = {
  'v128.load': 0x00,
  'v128.load64_splat': 0x0a,
  'v128.store': 0x0b,
  'v128.const': 0x0c,
  'i8x16.shuffle': 0x0d,
  'f64x2.gt': 0x4a,
  'v128.and': 0x4e,
  'f32x4.demote_f64x2_zero': 0x5e,
  'f64x2.promote_low_f32x4': 0x5f,
  'f32x4.abs': 0xe0,
  'f32x4.pmax': 0xeb,
  'f64x2.add': 0xf0,
  'f64x2.sub': 0xf1,
  'f64x2.mul': 0xf2,
  'f64x2.div': 0xf3,
} as const

/** An instruction on what lies on the stack; `bytes`: what its code is followed by. */
export const vector = (name: keyof typeof OPCODES, ...bytes: readonly number[]): Instructions => [
  0xfd,
  ...unsigned(OPCODES[name]),
  ...bytes,
]

export const get = (local: number): Instructions => [0x20, ...unsigned(local)]

/** local = what `value` leaves on the stack. */
export const set = (local: number, ...value: readonly Instructions[]): Instructions => [
  ...value.flat(),
  0x21,
  ...unsigned(local),
]

/** local += bytes. */
export const advance = (local: number, bytes: number): Instructions =>
  set(local, get(local), integer(bytes), [0x6a])

/** Sum of two integer locals, on the stack. */
export const sumOf = (a: number, b: number): Instructions => [...get(a), ...get(b), 0x6a]

/** The body, then again as long as integer local a < b, both without sign. */
export const repeatWhileLess = (a: number, b: number, body: readonly Instructions[]): Instructions => [
  ...[0x03, 0x40],
  ...body.flat(),
  ...[...get(a), ...get(b), 0x49],
  ...[0x0d, 0, 0x0b],
]

/** Sixteen bytes at an integer local + offset, on the stack. */
export const load = (local: number, offset = 0): Instructions => [
  ...get(local),
  ...vector('v128.load', 0, ...unsigned(offset)),
]

/** Eight bytes there, twice. */
export const loadTwice = (local: number, offset = 0): Instructions => [
  ...get(local),
  ...vector('v128.load64_splat', 0, ...unsigned(offset)),
]

/** What `value` leaves on the stack to an integer local + offset. */
export const store = (local: number, offset: number, value: Instructions): Instructions => [
  ...get(local),
  ...value,
  ...vector('v128.store', 0, ...unsigned(offset)),
]

/** A float64, twice. */
export const constant = (value: number): Instructions =>
  vector('v128.const', ...new Uint8Array(Float64Array.of(value, value).buffer))

/** Bytes of the two vectors on the stack, by number: 0 to 15 of the lower one, 16 to 31 of the upper. */
export const shuffle = (...bytes: readonly number[]): Instructions => vector('i8x16.shuffle', ...bytes)

const integer = (value: number): Instructions => [0x41, ...signed(value)]
const section = (id: number, content: Instructions): Instructions => [
  id,
  ...unsigned(content.length),
  ...content,
]
const listOf = (items: readonly Instructions[]): Instructions => [...unsigned(items.length), ...items.flat()]
const text = (ascii: string): Instructions => listOf([...ascii].map((letter) => [letter.charCodeAt(0)]))

/** LEB128: seven bits at a time, the least first. */
function unsigned(value: number): Instructions {
  return value < 128 ? [value] : [(value & 127) | 128, ...unsigned(value >>> 7)]
}

function signed(value: number): Instructions {
  return value >= -64 && value < 64 ? [value & 127] : [(value & 127) | 128, ...signed(value >> 7)]
}
