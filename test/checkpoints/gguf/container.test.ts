import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { bytesSource } from '../../../src/bytes/source.ts'
import { readGguf } from '../../../src/checkpoints/gguf/container.ts'
import { openGguf } from '../../../src/checkpoints/gguf/open.ts'
import { counted, read, tensor, written } from './small-files.ts'
import { bool, f32, i32s, type Metadata, text, texts, u32, writeGguf } from './writer.ts'

const TINY = new URL('../../../fixtures/gguf/tiny-llama.gguf', import.meta.url)

describe('a well-formed file', () => {
  it.each([2, 3])('version %i: every kind of value', async (version) => {
    const metadata: Metadata = {
      a: { type: 'u8', value: 200 },
      b: { type: 'i8', value: -100 },
      c: { type: 'u16', value: 60_000 },
      d: { type: 'i16', value: -30_000 },
      e: u32(4_000_000_000),
      f: { type: 'i32', value: -2_000_000_000 },
      g: f32(0.5),
      h: bool(true),
      i: text('zoë 漢字'),
      j: texts(['one', '', 'thrée']),
      k: { type: 'u64', value: 2n ** 60n },
      l: { type: 'i64', value: -5n },
      m: { type: 'f64', value: Math.PI },
      n: i32s([3, -4]),
      o: { type: 'array', items: 'array', value: [i32s([1]), texts(['x'])] },
      p: { type: 'array', items: 'bool', value: [bool(true), bool(false)] },
      q: { type: 'array', items: 'u64', value: [{ type: 'u64', value: 7n }] },
    }
    const file = await written(metadata, [], { version })
    expect(Object.fromEntries(file.metadata)).toEqual({
      a: 200,
      b: -100,
      c: 60_000,
      d: -30_000,
      e: 4_000_000_000,
      f: -2_000_000_000,
      g: 0.5,
      h: true,
      i: 'zoë 漢字',
      j: ['one', '', 'thrée'],
      k: 2n ** 60n,
      l: -5,
      m: Math.PI,
      n: Float64Array.of(3, -4),
      o: [Float64Array.of(1), ['x']],
      p: [true, false],
      q: Float64Array.of(7),
    })
  })

  it('finds each tensor where it was written, at any alignment', async () => {
    for (const alignment of [1, 8, 32, 256]) {
      const tensors = [tensor('a', [3, 5]), tensor('b', [7], 'F16'), tensor('c', [2, 64], 'Q8_0')]
      const bytes = writeGguf({ 'general.alignment': u32(alignment) }, tensors)
      const file = await read(bytes)
      for (const { name, shape, bytes: stored } of tensors) {
        const found = file.tensors.get(name)!
        expect(found.shape).toEqual(shape)
        expect(found.start % alignment).toBe(0)
        expect([...bytes.subarray(found.start, found.end)]).toEqual([...stored])
      }
    }
  })
})

describe('reads', () => {
  it('a header of 3 MB in a few reads, and no tensor data', async () => {
    const tokens = Array.from({ length: 200_000 }, (_, i) => `token ${i}`)
    const bytes = writeGguf({ t: texts(tokens) }, [tensor('big', [1024, 1024])])
    const { source, count } = counted(bytesSource('big.gguf', bytes))
    const file = await readGguf(source)
    expect(file.metadata.get('t')).toEqual(tokens)
    expect(count.reads).toBeLessThanOrEqual(4)
    const { source: tiny, count: once } = counted(bytesSource('tiny', await readFile(TINY)))
    await readGguf(tiny)
    expect(once.reads).toBe(1)
  })

  it('one range per tensor', async () => {
    const { source, count } = counted(bytesSource('tiny', await readFile(TINY)))
    const { tensors } = await openGguf(source)
    const before = count.reads
    for (const name of tensors.entries.keys()) await tensors.read(name)
    expect(count.reads - before).toBe(tensors.entries.size)
  })
})
