import { readFile } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { readNpy } from '../../src/archives/npy.ts'
import { npzTensors, openNpz } from '../../src/archives/npz.ts'
import { bytesSource } from '../../src/bytes/source.ts'
import { SaegateError } from '../../src/errors/problem.ts'

const GEMMA_SCOPE = new URL(
  '../../fixtures/saes/gemma2/layer_2/width_1k/average_l0_16/params.npz',
  import.meta.url,
)
const utf8 = new TextEncoder()

function npy(header: string, values: Uint8Array, version = 1): Uint8Array {
  const prefix = version === 1 ? 10 : 12
  const text = utf8.encode(header)
  const padded = Math.ceil((prefix + text.length + 1) / 64) * 64 - prefix
  const bytes = new Uint8Array(prefix + padded + values.length).fill(0x20, prefix, prefix + padded - 1)
  bytes.set([0x93, ...utf8.encode('NUMPY'), version, 0])
  const view = new DataView(bytes.buffer)
  if (version === 1) view.setUint16(8, padded, true)
  else view.setUint32(8, padded, true)
  bytes.set(text, prefix)
  bytes[prefix + padded - 1] = 0x0a
  bytes.set(values, prefix + padded)
  return bytes
}
const dict = (descr: string, shape: string, fortran = 'False') =>
  `{'descr': ${descr}, 'fortran_order': ${fortran}, 'shape': ${shape}, }`
const product = (sizes: readonly number[]) => sizes.reduce((all, size) => all * size, 1)
const raw = (values: { buffer: ArrayBufferLike }) => new Uint8Array(values.buffer)
const open = (bytes: Uint8Array) => openNpz(bytesSource('p.npz', bytes))

describe('.npy', () => {
  it.each([
    ["'<f8'", Float64Array.from([1.5, -2, 1e300])],
    ["'<f4'", Float32Array.from([1.5, -2, 3])],
    ["'<f2'", Uint16Array.from([0x3c00, 0xffff, 1])],
    ["'<i8'", BigInt64Array.from([1n, -(2n ** 63n), 3n])],
    ["'<i4'", Int32Array.from([1, -2, 3])],
    ["'<i2'", Int16Array.from([1, -2, 3])],
    ["'|i1'", Int8Array.from([1, -2, 3])],
    ["'<u8'", BigUint64Array.from([1n, 2n ** 64n - 1n, 3n])],
    ["'<u4'", Uint32Array.from([1, 4294967295, 3])],
    ["'<u2'", Uint16Array.from([1, 65535, 3])],
    ["'|u1'", Uint8Array.from([1, 255, 3])],
    ["'|b1'", Uint8Array.from([1, 0, 1])],
  ])('reads %s in every version, at any alignment', (descr, values) => {
    for (const version of [1, 2, 3]) {
      const bytes = npy(dict(descr, '(3,)'), raw(values), version)
      const askew = new Uint8Array(bytes.length + 1)
      askew.set(bytes, 1)
      expect(readNpy(bytes, 'a').data).toEqual(values)
      expect(readNpy(askew.subarray(1), 'a')).toMatchObject({
        shape: [3],
        dtype: descr.slice(2, 4),
        data: values,
      })
    }
  })

  it.each([
    ['()', [], 1],
    ['(0, 5)', [0, 5], 0],
    ['(2,3)', [2, 3], 6],
    ['(2L, 1, 3,)', [2, 1, 3], 6],
  ])('reads the shape %s', (tuple, shape, count) => {
    expect(readNpy(npy(dict("'<f4'", tuple), new Uint8Array(4 * count)), 'a').shape).toEqual(shape)
  })
})

describe('.npy in another order', () => {
  it.each([
    ["'<f8'", 8],
    ["'<i4'", 4],
    ["'<u2'", 2],
    ["'|u1'", 1],
  ])('reads %s in Fortran order: element by element what its index says', (descr, size) => {
    const shapes = [
      [2, 3],
      [3, 1],
      [1, 4],
      [2, 3, 4],
      [0, 5],
    ]
    for (const shape of shapes) {
      const count = shape.reduce((product, length) => product * length, 1)
      const stored = Uint8Array.from({ length: count * size }, (_, i) => (i * 7 + 1) % 61)
      const bytes = npy(dict(descr, `(${shape.join(', ')},)`, 'True'), stored)
      const found = new Uint8Array(readNpy(Buffer.from(bytes), 'a').data.slice().buffer)
      for (let flat = 0; flat < count; flat++) {
        // The index in row-major order, and where the first axis is the fastest.
        const index = shape.map((length, axis) => Math.floor(flat / product(shape.slice(axis + 1))) % length)
        const at = index.reduce((sum, i, axis) => sum + i * product(shape.slice(0, axis)), 0)
        expect([...found.subarray(flat * size, (flat + 1) * size)]).toEqual([
          ...stored.subarray(at * size, (at + 1) * size),
        ])
      }
    }
  })

  it('reads keys in any order and quotes', () => {
    const header = `{"shape": (2,), "fortran_order": True, "descr": "<f4"}`
    expect(readNpy(npy(header, new Uint8Array(8)), 'a')).toMatchObject({ shape: [2] })
  })
})

describe('an array that cannot be read', () => {
  it.each([
    ['big-endian values', npy(dict("'>f4'", '(1,)'), new Uint8Array(4)), 'big-endian'],
    ['objects', npy(dict("'|O'", '(1,)'), new Uint8Array(8)), 'pickles'],
    ['structured arrays', npy(dict("[('a', '<f4')]", '(1,)'), new Uint8Array(4)), 'structured'],
    ['complex values', npy(dict("'<c8'", '(1,)'), new Uint8Array(8)), '"<c8"'],
    ['text', npy(dict("'<U4'", '(1,)'), new Uint8Array(16)), '"<U4"'],
    ['code in place of a shape', npy(dict("'<f4'", '(__import__("os"),)'), new Uint8Array(4)), 'not a dict'],
    ['negative sizes', npy(dict("'<f4'", '(-1,)'), new Uint8Array(4)), 'not a dict'],
    ['a bare number as shape', npy(dict("'<f4'", '(3)'), new Uint8Array(12)), 'not a tuple'],
    ['a huge shape', npy(dict("'<f4'", '(99999999, 99999999, 99999)'), new Uint8Array(4)), 'too large'],
    ['an unsafe size', npy(dict("'<f4'", '(9007199254740993,)'), new Uint8Array(4)), 'too large'],
    ['a key twice', npy("{'descr': '<f4', 'descr': '<f8', 'shape': (1,)}", new Uint8Array(4)), 'twice'],
    ['a missing key', npy("{'descr': '<f4', 'shape': (1,)}", new Uint8Array(4)), 'fortran_order'],
    ['too few values', npy(dict("'<f4'", '(3,)'), new Uint8Array(8)), 'takes 12 bytes, but 8 follow'],
    ['too many values', npy(dict("'<f4'", '(3,)'), new Uint8Array(16)), 'takes 12 bytes, but 16 follow'],
    ['an unknown version', npy(dict("'<f4'", '(1,)'), new Uint8Array(4)).fill(4, 6, 7), 'version 4.0'],
    ['a cut header', npy(dict("'<f4'", '(1,)'), new Uint8Array(4)).subarray(0, 40), 'ends inside its header'],
    ['a long header', npy(dict("'<f4'", '(1,)') + ' '.repeat(10_001), new Uint8Array(4), 2), 'at most 10000'],
    ['something else', utf8.encode('PK and so on'), 'does not begin'],
  ])('refuses %s', (_, bytes, reason) => {
    expect(() => readNpy(bytes, 'a.npy')).toThrow(
      expect.objectContaining({ code: 'NPY_MALFORMED', exitStatus: 2 }),
    )
    expect(() => readNpy(bytes, 'a.npy')).toThrow(reason)
  })
})

const w = Float32Array.from({ length: 600 }, (_, i) => Math.sin(i))
const arrays = {
  'W_enc.npy': npy(dict("'<f4'", '(20, 30)'), raw(w)),
  'zeros.npy': npy(dict("'<f4'", '(100000,)'), new Uint8Array(400_000)),
  'half.npy': npy(dict("'<f2'", '(2,)'), raw(Uint16Array.from([0x3c00, 0xc000]))),
  'ids.npy': npy(dict("'<i4'", '(2,)'), raw(Int32Array.from([7, 9]))),
  'readme.txt': utf8.encode('not an array'),
}

describe('.npz', () => {
  it.each([0, 6] as const)('reads what another zip library wrote at level %s', async (level) => {
    const archive = await open(zipSync(arrays, { level }))
    expect([...archive.arrays.keys()].sort()).toEqual(['W_enc', 'half', 'ids', 'zeros'])
    expect(archive.arrays.get('W_enc')).toMatchObject({ dtype: 'f4', shape: [20, 30], dataBytes: 2400 })
    expect(await archive.read('ids')).toMatchObject({ dtype: 'i4', data: Int32Array.from([7, 9]) })
    const tensors = npzTensors(archive)
    expect((await tensors.read('W_enc')).data).toEqual(w)
    expect((await tensors.read('zeros')).data).toEqual(new Float32Array(100_000))
    expect(await tensors.read('half')).toMatchObject({ type: 'float16' })
    await expect(tensors.read('ids')).rejects.toMatchObject({ code: 'TENSOR_NOT_FLOAT' })
    await expect(tensors.read('none')).rejects.toMatchObject({ code: 'TENSOR_MISSING' })
  })

  it('reads what numpy wrote, without reading the arrays to list them', async () => {
    const bytes = await readFile(GEMMA_SCOPE)
    let read = 0
    const memory = bytesSource('params.npz', bytes)
    const archive = await openNpz({
      ...memory,
      read: (start, end) => {
        read += end - start
        return memory.read(start, end)
      },
    })
    expect(read).toBeLessThan(70_000 + 5 * 13_000)
    const shapes = Object.fromEntries([...archive.arrays].map(([name, { shape }]) => [name, shape]))
    expect(shapes).toEqual({
      W_enc: [96, 1024],
      W_dec: [1024, 96],
      b_enc: [1024],
      b_dec: [96],
      threshold: [1024],
    })
    const rows = (await npzTensors(archive).read('W_dec')).data
    // Decoder rows of the fixture have unit norm.
    for (const row of [0, 500, 1023]) {
      const norm = Math.hypot(...rows.subarray(row * 96, row * 96 + 96))
      expect(norm).toBeCloseTo(1, 5)
    }
  })

  it('reads zip64 sizes and offsets', async () => {
    const archive = await open(zip64Of('x.npy', arrays['W_enc.npy']))
    expect((await npzTensors(archive).read('x')).data).toEqual(w)
  })

  it('NaN in an array is refused by name and place', async () => {
    const bytes = zipSync({ 'w.npy': npy(dict("'<f4'", '(1, 2)'), raw(Float32Array.from([1, Number.NaN]))) })
    await expect(npzTensors(await open(bytes)).read('w')).rejects.toThrow('"w" has NaN at [0, 1]')
  })
})

const edited = (change: (view: DataView, directory: number) => void, level: 0 | 6 = 0) => {
  const bytes = zipSync({ 'w.npy': arrays['W_enc.npy'] }, { level })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  change(view, view.getUint32(bytes.length - 22 + 16, true))
  return bytes
}

describe('an archive that cannot be trusted', () => {
  it.each([
    ['no zip', utf8.encode('hello'), 'not a zip archive'],
    ['an empty zip', zipSync({}), 'holds no .npy'],
    ['a name that climbs', zipSync({ '../w.npy': arrays['ids.npy'] }), 'leaves the archive'],
    ['an absolute name', zipSync({ '/w.npy': arrays['ids.npy'] }), 'leaves the archive'],
    ['a bomb', edited((v, d) => v.setUint32(d + 24, 2 ** 31, true), 6), 'cannot hold'],
    ['a stored size that differs', edited((v, d) => v.setUint32(d + 24, 100, true)), 'cannot hold'],
    ['encryption', edited((v, d) => v.setUint16(d + 8, 1, true)), 'encrypted'],
    ['another method', edited((v, d) => v.setUint16(d + 10, 12, true)), 'method 12'],
    ['a place outside', edited((v, d) => v.setUint32(d + 42, 2 ** 31, true)), 'outside the file'],
    ['a directory outside', edited((v) => v.setUint32(v.byteLength - 6, 2 ** 31, true)), 'outside the file'],
    ['a member too many', edited((v) => v.setUint16(v.byteLength - 12, 9, true)), 'too small for 9'],
    ['another local name', edited((v) => v.setUint8(30, 0x58)), 'disagree on the name'],
    ['a damaged local header', edited((v) => v.setUint8(0, 0)), 'local header'],
    [
      'zip64 without its record',
      edited((v) => v.setUint32(v.byteLength - 6, 0xffffffff, true)),
      'zip64 locator',
    ],
  ])('refuses %s', async (_, bytes, reason) => {
    await expect(open(bytes)).rejects.toMatchObject({
      code: 'NPZ_MALFORMED',
      message: expect.stringContaining(reason),
    })
  })

  it('refuses damaged values by their checksum, and compressed data that runs over', async () => {
    const archive = await open(edited((v) => v.setUint8(200, v.getUint8(200) ^ 1)))
    await expect(archive.read('w')).rejects.toThrow('checksum of "w.npy"')
    const deflated = await open(edited((v) => v.setUint8(v.getUint32(18, true), 0xff), 6))
    await expect(deflated.read('w')).rejects.toMatchObject({ code: 'NPZ_MALFORMED' })
  })

  it('mutated archives never crash the reader', async () => {
    const small = { 'a.npy': npy(dict("'<f4'", '(4,)'), new Uint8Array(16)), 'b.npy': arrays['ids.npy'] }
    for (const level of [0, 6] as const) {
      const good = zipSync(small, { level })
      const change = fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 }))
      await fc.assert(
        fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 5 }), async (changes) => {
          const bytes = good.slice()
          for (const [at, value] of changes) bytes[at] = value
          try {
            const archive = await open(bytes)
            for (const name of archive.arrays.keys()) await archive.read(name)
          } catch (error) {
            expect(error).toBeInstanceOf(SaegateError)
          }
        }),
        { numRuns: 500 },
      )
    }
  })
})

/** One stored member, everything that zip64 can move moved there. */
function zip64Of(name: string, content: Uint8Array): Uint8Array {
  const title = utf8.encode(name)
  const local = new DataView(new ArrayBuffer(30))
  local.setUint32(0, 0x04034b50, true)
  local.setUint16(26, title.length, true)
  local.setUint16(28, 20, true)
  const entry = new DataView(new ArrayBuffer(46))
  entry.setUint32(0, 0x02014b50, true)
  entry.setUint32(16, crc32(content), true)
  for (const at of [20, 24, 42]) entry.setUint32(at, 0xffffffff, true)
  entry.setUint16(28, title.length, true)
  entry.setUint16(30, 28, true)
  const extra = new DataView(new ArrayBuffer(28))
  extra.setUint16(0, 1, true)
  extra.setUint16(2, 24, true)
  extra.setBigUint64(4, BigInt(content.length), true)
  extra.setBigUint64(12, BigInt(content.length), true)
  const start = 30 + title.length + 20 + content.length
  const end64 = new DataView(new ArrayBuffer(56))
  end64.setUint32(0, 0x06064b50, true)
  for (const at of [24, 32]) end64.setBigUint64(at, 1n, true)
  end64.setBigUint64(40, BigInt(46 + title.length + 28), true)
  end64.setBigUint64(48, BigInt(start), true)
  const locator = new DataView(new ArrayBuffer(20))
  locator.setUint32(0, 0x07064b50, true)
  locator.setBigUint64(8, BigInt(start + 46 + title.length + 28), true)
  const end = new DataView(new ArrayBuffer(22))
  end.setUint32(0, 0x06054b50, true)
  for (const at of [8, 10]) end.setUint16(at, 0xffff, true)
  for (const at of [12, 16]) end.setUint32(at, 0xffffffff, true)
  const parts = [
    raw(local),
    title,
    new Uint8Array(20),
    content,
    raw(entry),
    title,
    raw(extra),
    raw(end64),
    raw(locator),
    raw(end),
  ]
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}
