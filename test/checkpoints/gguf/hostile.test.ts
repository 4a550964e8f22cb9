import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ByteSource, bytesSource } from '../../../src/bytes/source.ts'
import { readGguf } from '../../../src/checkpoints/gguf/container.ts'
import { openGguf } from '../../../src/checkpoints/gguf/open.ts'
import { SaegateError } from '../../../src/errors/problem.ts'
import { counted, read, tensor, written } from './small-files.ts'
import { i32s, type Metadata, text, u32, writeGguf } from './writer.ts'

const TINY = new URL('../../../fixtures/gguf/tiny-llama.gguf', import.meta.url)

const keys = (n: number): Metadata =>
  Object.fromEntries(Array.from({ length: n }, (_, i) => [`k${i}`, u32(i)]))
const nested = (depth: number): Metadata['x'] =>
  depth === 0 ? i32s([1]) : { type: 'array', items: 'array', value: [nested(depth - 1)] }
const lying = (type: number, count: bigint) => {
  const bytes = writeGguf({ x: i32s([1, 2, 3]) }, [])
  const view = new DataView(bytes.buffer)
  view.setUint32(24 + 8 + 1 + 4, type, true)
  view.setBigUint64(24 + 8 + 1 + 8, count, true)
  return bytes
}

const HOSTILE: readonly [string, string, () => Promise<unknown>][] = [
  ['another magic', 'GGUF_NOT_GGUF', () => written({}, [], { magic: 'GGML' })],
  ['an empty file', 'GGUF_NOT_GGUF', () => read(new Uint8Array(0))],
  ['version 1', 'GGUF_NOT_GGUF', () => written({}, [], { version: 1 })],
  ['version 4', 'GGUF_NOT_GGUF', () => written({}, [], { version: 4 })],
  ['a big-endian version', 'GGUF_NOT_GGUF', () => written({}, [], { version: 0x03000000 })],
  ['2^64 - 1 tensors', 'GGUF_LIMIT_EXCEEDED', () => written({}, [], { tensorCount: 2n ** 64n - 1n })],
  ['2^64 - 1 keys', 'GGUF_LIMIT_EXCEEDED', () => written({}, [], { keyCount: 2n ** 64n - 1n })],
  ['more keys than anyone has', 'GGUF_LIMIT_EXCEEDED', () => written(keys(4097))],
  ['fewer keys than promised', 'GGUF_TRUNCATED', () => written({}, [], { keyCount: 3n })],
  ['fewer tensors than promised', 'GGUF_TRUNCATED', () => written({}, [], { tensorCount: 90_000n })],
  ['a key as long as 2^62', 'GGUF_LIMIT_EXCEEDED', () => read(keyOfLength(2n ** 62n))],
  ['a key longer than the file', 'GGUF_TRUNCATED', () => read(keyOfLength(60_000n))],
  ['an array of 2^63 strings', 'GGUF_LIMIT_EXCEEDED', () => read(lying(8, 2n ** 63n))],
  ['an array longer than the file', 'GGUF_LIMIT_EXCEEDED', () => read(lying(5, 1000n))],
  ['an array of an unknown type', 'GGUF_MALFORMED', () => read(lying(13, 1n))],
  ['arrays in arrays', 'GGUF_LIMIT_EXCEEDED', () => written({ x: nested(4) })],
  ['arrays in arrays without end', 'GGUF_LIMIT_EXCEEDED', () => read(bottomless())],
  ['an alignment of 0', 'GGUF_MALFORMED', () => written({ 'general.alignment': u32(0) })],
  ['an alignment of 48', 'GGUF_MALFORMED', () => written({ 'general.alignment': u32(48) })],
  ['an alignment of 2^31', 'GGUF_MALFORMED', () => written({ 'general.alignment': u32(2 ** 31) })],
  ['an alignment in words', 'GGUF_MALFORMED', () => written({ 'general.alignment': text('32') })],
  [
    'five dimensions',
    'GGUF_LIMIT_EXCEEDED',
    () => written({}, [{ ...tensor('a', [1]), shape: [1, 1, 1, 1, 1] }]),
  ],
  ['a dimension of 0', 'GGUF_SHAPE_WRONG', () => written({}, [{ ...tensor('a', [4]), shape: [0, 4] }])],
  ['2^60 rows', 'GGUF_SHAPE_WRONG', () => written({}, [{ ...tensor('a', [4]), shape: [2 ** 60, 4] }])],
  [
    '2^150 values',
    'GGUF_TRUNCATED',
    () => written({}, [{ ...tensor('a', [4]), shape: [2 ** 50, 2 ** 50, 2 ** 50] }]),
  ],
  ['Q8_0 rows of 31', 'GGUF_SHAPE_WRONG', () => written({}, [{ ...tensor('a', [32], 'Q8_0'), shape: [31] }])],
  ['type 99', 'GGUF_TYPE_UNSUPPORTED', () => written({}, [{ ...tensor('a', [4]), typeId: 99 }])],
  ['a removed type', 'GGUF_TYPE_UNSUPPORTED', () => written({}, [{ ...tensor('a', [4]), typeId: 4 }])],
  ['a name of 300 bytes', 'GGUF_LIMIT_EXCEEDED', () => written({}, [tensor('n'.repeat(300), [4])])],
  ['a tensor twice', 'GGUF_MALFORMED', () => written({}, [tensor('a', [4]), tensor('a', [4])])],
  ['overlapping tensors', 'GGUF_MALFORMED', () => overlapping([0n, 32n])],
  ['the same range twice', 'GGUF_MALFORMED', () => overlapping([0n, 0n])],
  ['an offset beyond the file', 'GGUF_TRUNCATED', () => overlapping([0n, 2n ** 62n])],
  ['an askew offset', 'GGUF_MALFORMED', () => overlapping([0n, 129n])],
]

describe('a hostile file', () => {
  it.each(HOSTILE)('%s: %s', async (_, code, attempt) => {
    await expect(attempt()).rejects.toMatchObject({ name: 'SaegateError', code, exitStatus: 2 })
  })

  it('a key twice', async () => {
    const bytes = writeGguf({ k1: u32(1), k2: u32(2) }, [])
    bytes[bytes.indexOf('2'.charCodeAt(0), 30)] = '1'.charCodeAt(0)
    await expect(read(bytes)).rejects.toMatchObject({ code: 'GGUF_MALFORMED', message: /"k1" occurs twice/ })
  })

  it('is refused wherever it is cut', async () => {
    const whole = await readFile(TINY)
    const header = (await readGguf(bytesSource('tiny', whole))).tensors.values().next().value!.start
    const lengths = [...Array(header).keys(), whole.length - 32, whole.length - 1_000]
    for (const length of lengths) {
      await expect(read(whole.subarray(0, length)), `${length} bytes`).rejects.toBeInstanceOf(SaegateError)
    }
  })
})

describe('any bytes', () => {
  it('random bytes after the magic: only expected errors, no long reads', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 0, maxLength: 400 }), async (tail) => {
        const start = writeGguf({}, [], { tensorCount: 1n, keyCount: 2n })
        await expectOnlyProblems(Uint8Array.from([...start.subarray(0, 24), ...tail]))
      }),
      { numRuns: 300 },
    )
  })

  it('a real file with bytes changed: only expected errors, and never more than the file is read at once', async () => {
    const whole = new Uint8Array(await readFile(TINY))
    const change = fc.record({ at: fc.nat(2_500), value: fc.nat(255) })
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        const bytes = whole.slice()
        for (const { at, value } of changes) bytes[at] = value
        await expectOnlyProblems(bytes)
      }),
      { numRuns: 250 },
    )
  })

  it('a sparse file of 2^45 bytes that promises the most: bounded reads', async () => {
    const start = lying(8, 4n * 2n ** 20n)
    const endless: ByteSource = {
      name: 'endless',
      byteLength: 2 ** 45,
      read: async (from, to) => {
        const bytes = new Uint8Array(to - from)
        if (from < start.length) bytes.set(start.subarray(from, Math.min(to, start.length)))
        return bytes
      },
      close: async () => {},
    }
    const { source, count } = counted(endless)
    await expect(readGguf(source)).rejects.toBeInstanceOf(SaegateError)
    expect(count.bytes).toBeLessThan(256 * 2 ** 20)
    expect(count.longest).toBeLessThanOrEqual(2 ** 24)
  })
})

async function expectOnlyProblems(bytes: Uint8Array): Promise<void> {
  const { source, count } = counted(bytesSource('mutated.gguf', bytes))
  try {
    const { tensors, tokenizer } = await openGguf(source)
    tokenizer()
    for (const name of tensors.entries.keys()) await tensors.read(name)
  } catch (error) {
    expect(error).toBeInstanceOf(SaegateError)
  }
  expect(count.longest).toBeLessThanOrEqual(bytes.length)
}

function keyOfLength(length: bigint): Uint8Array {
  const bytes = writeGguf({ key: u32(1) }, [])
  new DataView(bytes.buffer).setBigUint64(24, length, true)
  return bytes
}

/** An array whose only item is an array, and so on to the end of the file. */
function bottomless(): Uint8Array {
  const bytes = new Uint8Array(24 + 8 + 1 + 4 + 12 * 5_000)
  bytes.set(writeGguf({}, [], { keyCount: 1n }).subarray(0, 24))
  const view = new DataView(bytes.buffer)
  view.setBigUint64(24, 1n, true)
  view.setUint32(33, 9, true)
  for (let at = 37; at < bytes.length; at += 12) {
    view.setUint32(at, 9, true)
    view.setBigUint64(at + 4, 1n, true)
  }
  return bytes
}

function overlapping(offsets: readonly bigint[]) {
  return written({}, [tensor('a', [32]), tensor('b', [32])], { offsets })
}
