import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ByteSource, bytesSource } from '../../src/bytes/source.ts'
import { openSafetensors } from '../../src/checkpoints/safetensors.ts'
import { SaegateError } from '../../src/errors/problem.ts'
import { floatTensors, toFloat32 } from '../../src/tensors/float-tensors.ts'
import { bytesOf, fileOf, safetensorsOf } from './write-safetensors.ts'

const FIXTURE = new URL('../../fixtures/models/neox/model.safetensors', import.meta.url)
const openBytes = (bytes: Uint8Array) => openSafetensors(bytesSource('w.safetensors', bytes))

/** Counts what is read, to show that headers cost two reads and no tensor data. */
function counted(source: ByteSource) {
  const count = { reads: 0, bytes: 0 }
  const read = (start: number, end: number) => {
    count.reads++
    count.bytes += end - start
    return source.read(start, end)
  }
  return { count, source: { ...source, read } }
}

describe('a well-formed file', () => {
  it('lists every tensor of the fixture in two reads', async () => {
    const bytes = await readFile(FIXTURE)
    const headerBytes = Number(bytes.readBigUInt64LE(0))
    const { source, count } = counted(bytesSource('neox', bytes))
    const table = await openSafetensors(source)
    expect(count.reads).toBeLessThanOrEqual(2)
    expect(count.bytes).toBeLessThanOrEqual(8 + headerBytes + 16)
    expect(table.metadata).toEqual(new Map([['format', 'pt']]))
    const total = [...table.entries.values()].reduce((sum, { start, end }) => sum + end - start, 0)
    expect(total).toBe(bytes.byteLength - 8 - headerBytes)
  })

  it('reads the values of the fixture as their float16 bytes say', async () => {
    const bytes = await readFile(FIXTURE)
    const header: Record<string, { data_offsets: [number, number] }> = JSON.parse(
      bytes.subarray(8, 8 + Number(bytes.readBigUInt64LE(0))).toString(),
    )
    const name = 'gpt_neox.layers.2.mlp.dense_h_to_4h.weight'
    const start = 8 + Number(bytes.readBigUInt64LE(0)) + (header[name]?.data_offsets[0] ?? Number.NaN)
    const read = await floatTensors('neox', await openBytes(bytes)).read(name)
    expect(read.type).toBe('float16')
    expect(read.shape).toEqual([512, 128])
    for (const i of [0, 1, 777, 65535]) expect(read.data[i]).toBe(bytes.readUInt16LE(start + 2 * i))
    const value = toFloat32(read)[777] ?? Number.NaN
    expect(value).toBe(float16Value(bytes.readUInt16LE(start + 2 * 777)))
  })

  it('rounds F64 to float32, keeps BF16 patterns, and gives scalars and empty tensors', async () => {
    const doubles = Float64Array.from([1 / 3, -2 / 7, 1e300 / 1e299])
    const table = floatTensors(
      'w',
      await openBytes(
        safetensorsOf({
          d: { dtype: 'F64', shape: [3], bytes: bytesOf(doubles) },
          b: { dtype: 'BF16', shape: [1, 2], bytes: bytesOf(Uint16Array.from([0x3f80, 0xc040])) },
          s: { dtype: 'F32', shape: [], bytes: bytesOf(Float32Array.from([2.5])) },
          e: { dtype: 'F32', shape: [0, 4], bytes: new Uint8Array() },
        }),
      ),
    )
    expect([...(await table.read('d')).data]).toEqual([...doubles].map(Math.fround))
    expect([...toFloat32(await table.read('b'))]).toEqual([1, -3])
    expect([...(await table.read('s')).data]).toEqual([2.5])
    expect((await table.read('e')).data.length).toBe(0)
  })

  it('reads values that lie askew in memory, from a Buffer too', async () => {
    const good = safetensorsOf({
      w: { dtype: 'F64', shape: [2], bytes: bytesOf(Float64Array.from([3, -4])) },
    })
    for (let by = 0; by < 8; by++) {
      const askew = Buffer.alloc(good.length + by)
      askew.set(good, by)
      const table = floatTensors('w', await openBytes(askew.subarray(by)))
      expect([...(await table.read('w')).data]).toEqual([3, -4])
    }
  })

  it('treats __proto__-like and odd names as plain names', async () => {
    const one = bytesOf(Float32Array.from([1]))
    const table = await openBytes(
      safetensorsOf({
        constructor: { dtype: 'F32', shape: [1], bytes: one },
        'a"b\\': { dtype: 'F32', shape: [1], bytes: one },
      }),
    )
    expect([...table.entries.keys()].sort()).toEqual(['a"b\\', 'constructor'])
    expect(table.entries.get('toString')).toBeUndefined()
  })
})

const F = (offsets: unknown, shape: unknown = [2], dtype: unknown = 'F32') =>
  JSON.stringify({ dtype, shape, data_offsets: offsets })
const data = new Uint8Array(16)

describe('a lying file is refused with the reason', () => {
  it.each([
    ['empty', new Uint8Array(), 'only 0 bytes'],
    ['a huge header length', fileOf('{}', data, 2n ** 63n), 'declares a header of 9223372036854775808 bytes'],
    ['a header longer than the file', fileOf('{}', data, 50n), 'declares a header of 50 bytes'],
    ['a header above the cap', fileOf('{}', data, 100_000_001n), 'more than 100000000'],
    ['a header that is not JSON', fileOf('{"a":', new Uint8Array()), 'in its header'],
    ['a header that is a list', fileOf('[1]', new Uint8Array()), 'does not begin with "{"'],
    ['a header that is not UTF-8', fileOf(Uint8Array.from([0x7b, 0xff, 0x7d]), data), 'not UTF-8'],
    ['deep nesting', fileOf(`{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`, data), 'nests deeper'],
    ['a name twice', fileOf(`{"a":${F([0, 8])},"a":${F([8, 16])}}`, data), '"a" occurs twice'],
    [
      'a name twice, once escaped',
      fileOf(`{"a":${F([0, 8])},"\\u0061":${F([8, 16])}}`, data),
      '"a" occurs twice',
    ],
    ['a key twice in a tensor', fileOf(`{"a":{"dtype":"F32","dtype":"I32"}}`, data), '"dtype" occurs twice'],
    ['an overlap', fileOf(`{"a":${F([0, 8])},"b":${F([4, 12])}}`, data.subarray(0, 12)), 'overlaps'],
    ['the same bytes twice', fileOf(`{"a":${F([0, 8])},"b":${F([0, 8])}}`, data.subarray(0, 8)), 'overlaps'],
    ['a hole', fileOf(`{"a":${F([0, 8])},"b":${F([12, 20])}}`, new Uint8Array(20)), 'leaves a hole'],
    ['bytes after the end', fileOf(`{"a":${F([0, 8])}}`, data), '8 bytes follow'],
    ['an end outside', fileOf(`{"a":${F([0, 24], [6])}}`, data), 'the file has only 16'],
    [
      'a wrong byte count',
      fileOf(`{"a":${F([0, 16])}}`, data),
      'has 16 bytes, which does not fit F32 of shape [2]',
    ],
    ['offsets backwards', fileOf(`{"a":${F([8, 0])}}`, data), 'begin ≤ end'],
    ['three offsets', fileOf(`{"a":${F([0, 8, 16])}}`, data), 'data_offsets'],
    ['a negative offset', fileOf(`{"a":${F([-8, 0])}}`, data), 'data_offsets'],
    [
      'an unsafe offset',
      fileOf(`{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,9007199254740993]}}`, data),
      'data_offsets',
    ],
    ['a negative size', fileOf(`{"a":${F([0, 16], [-2, -2])}}`, data), 'shape'],
    ['a fractional size', fileOf(`{"a":${F([0, 16], [1.5])}}`, data), 'shape'],
    ['an overflowing shape', fileOf(`{"a":${F([0, 16], [2 ** 32, 2 ** 32])}}`, data), 'does not fit'],
    ['an unknown dtype', fileOf(`{"a":${F([0, 16], [4], 'Q4')}}`, data), 'unknown dtype "Q4"'],
    ['a dtype from the prototype', fileOf(`{"a":${F([0, 16], [4], 'toString')}}`, data), 'unknown dtype'],
    ['no dtype', fileOf('{"a":{}}', data), 'unknown dtype'],
    ['a tensor that is a number', fileOf('{"a":1}', data), 'not described by an object'],
    ['metadata that is not strings', fileOf('{"__metadata__":{"a":1}}', new Uint8Array()), 'not a string'],
  ])('%s', async (_, bytes, reason) => {
    await expect(openBytes(bytes)).rejects.toMatchObject({
      code: 'SAFETENSORS_MALFORMED',
      exitStatus: 2,
      message: expect.stringContaining(reason),
    })
  })

  it('a git-lfs pointer is named as such', async () => {
    const pointer = 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 12345\n'
    await expect(openBytes(new TextEncoder().encode(pointer))).rejects.toMatchObject({
      code: 'GIT_LFS_POINTER',
    })
  })
})

describe('values that cannot be weights', () => {
  const at = (dtype: string, bytes: Uint8Array, shape: number[]) =>
    openBytes(safetensorsOf({ w: { dtype, shape, bytes } })).then((raw) =>
      floatTensors('model', raw).read('w'),
    )

  it.each([
    ['F32', bytesOf(Float32Array.from([1, 2, 3, 4, Number.NaN, 6])), 'has NaN at [1, 1]'],
    ['F32', bytesOf(Float32Array.from([1, 2, 3, 4, 5, -1 / 0])), 'has -Infinity at [1, 2]'],
    ['F64', bytesOf(Float64Array.from([1e39, 2, 3, 4, 5, 6])), 'has Infinity at [0, 0]'],
    ['F16', bytesOf(Uint16Array.from([0x7bff, 0x7c01, 0, 0, 0, 0])), 'has NaN at [0, 1]'],
    ['BF16', bytesOf(Uint16Array.from([0x5d7f, 0, 0xff80, 0, 0, 0])), 'has -Infinity at [0, 2]'],
    ['BF16', bytesOf(Uint16Array.from([0x5d7f, 0, 0, 0, 0x7e96, 0])), 'has 9.969209968386869e+37 at [1, 1]'],
    ['F32', bytesOf(Float32Array.from([1e18, 1, 1e38, 0, 0, 0])), 'has 9.999999680285692e+37 at [0, 2]'],
  ])('%s %#', async (dtype, bytes, reason) => {
    await expect(at(dtype, bytes, [2, 3])).rejects.toMatchObject({
      code: 'TENSOR_NOT_FINITE',
      message: expect.stringContaining(`"w" ${reason}`),
    })
  })

  it('integers are not weights, and missing tensors are named', async () => {
    await expect(at('I32', bytesOf(Int32Array.from([1, 2])), [2])).rejects.toMatchObject({
      code: 'TENSOR_NOT_FLOAT',
    })
    const table = floatTensors('model', await openBytes(safetensorsOf({})))
    await expect(table.read('w')).rejects.toMatchObject({
      code: 'TENSOR_MISSING',
      message: expect.stringContaining('"w"'),
    })
  })
})

describe('any bytes at all', () => {
  const survives = async (bytes: Uint8Array) => {
    try {
      const table = await openBytes(bytes)
      for (const name of table.entries.keys()) await table.readBytes(name)
    } catch (error) {
      expect(error).toBeInstanceOf(SaegateError)
    }
  }

  it('random bytes never crash the reader', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), survives), { numRuns: 500 })
  })

  it('a mutated header never crashes the reader', async () => {
    const good = safetensorsOf(
      {
        a: { dtype: 'F32', shape: [2, 2], bytes: data },
        b: { dtype: 'I64', shape: [1], bytes: data.subarray(0, 8) },
      },
      { format: 'pt' },
    )
    const change = fc.tuple(fc.nat(good.byteLength - 1), fc.integer({ min: 0, max: 255 }))
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const bytes = good.slice()
        for (const [at, value] of changes) bytes[at] = value
        await survives(bytes)
      }),
      { numRuns: 1000 },
    )
  })

  it('hostile JSON values never crash the reader', async () => {
    const tensor = fc.record(
      {
        dtype: fc.oneof(fc.constantFrom('F32', 'F16', 'BOOL'), fc.jsonValue()),
        shape: fc.oneof(fc.array(fc.oneof(fc.nat(4), fc.double(), fc.maxSafeInteger())), fc.jsonValue()),
        data_offsets: fc.oneof(fc.tuple(fc.nat(20), fc.nat(20)), fc.jsonValue()),
      },
      { requiredKeys: [] },
    )
    const header = fc.dictionary(fc.string(), fc.oneof(tensor, fc.jsonValue()))
    await fc.assert(
      fc.asyncProperty(header, (entries) => survives(fileOf(JSON.stringify(entries), data))),
      { numRuns: 500 },
    )
  })
})

/** The definition: (−1)^s · 2^(e−15) · 1.f, subnormal 2^−14 · 0.f. */
function float16Value(pattern: number): number {
  const sign = pattern >> 15 ? -1 : 1
  const exponent = (pattern >> 10) & 31
  const fraction = (pattern & 1023) / 1024
  return exponent === 0 ? sign * 2 ** -14 * fraction : sign * 2 ** (exponent - 15) * (1 + fraction)
}
