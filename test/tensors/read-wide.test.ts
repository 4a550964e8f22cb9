/** @file Tensors read in float32 a piece at a time, against the formats' definitions; and memory that is used again. */
import { describe, expect, it } from 'vitest'
import { WeightBuffers } from '../../src/models/weight-buffers.ts'
import { readWide } from '../../src/tensors/read-wide.ts'
import type { RowRange, TensorData, TensorTable } from '../../src/tensors/tensor.ts'

/** Wide enough for several pieces. */
const [ROWS, WIDTH] = [300, 2048]

function tableOf(tensor: TensorData, apart: boolean) {
  const { shape, data } = tensor
  const asked: RowRange[] = []
  const rows = async ([start, end]: RowRange): Promise<TensorData> => {
    asked.push([start, end])
    const part = { shape: [end - start, WIDTH] }
    if (tensor.type === 'float32')
      return { ...tensor, ...part, data: tensor.data.subarray(start * WIDTH, end * WIDTH) }
    return { ...tensor, ...part, data: tensor.data.subarray(start * WIDTH, end * WIDTH) }
  }
  const entry = { name: 'w', shape, storedAs: 'BF16', byteLength: data.byteLength }
  const table: TensorTable = {
    entries: new Map([['w', entry]]),
    read: async () => tensor,
    ...(apart ? { rowsOf: () => rows } : {}),
    close: async () => {},
  }
  return { table, asked }
}

const patterns = Uint16Array.from({ length: ROWS * WIDTH }, (_, i) => (i * 37) % 0x7b00)
const shape = [ROWS, WIDTH]
const bfloat16 = (pattern: number): number =>
  new Float32Array(Uint32Array.of(pattern * 65_536).buffer)[0] ?? 0
const float16 = (pattern: number): number => {
  const [exponent, fraction] = [pattern >> 10, pattern & 1023]
  return exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15)
}

describe('a tensor in float32', () => {
  it.each([
    ['bfloat16', bfloat16],
    ['float16', float16],
  ] as const)('of %s, piece by piece into memory of the caller', async (type, decoded) => {
    const { table, asked } = tableOf({ type, shape, data: patterns }, true)
    const memory = new Float32Array(ROWS * WIDTH).fill(Number.NaN)
    const { data, ...rest } = await readWide(table, 'w', () => memory)
    expect(rest).toEqual({ type: 'float32', shape })
    expect(data).toBe(memory)
    expect(asked.length).toBeGreaterThan(1)
    const wrong = memory.findIndex((value, i) => value !== decoded(patterns[i] ?? 0))
    expect(wrong).toBe(-1)
  })

  it('of float32 is a copy', async () => {
    const values = Float32Array.from(patterns)
    const { table } = tableOf({ type: 'float32', shape, data: values }, true)
    const { data } = await readWide(table, 'w', (length) => new Float32Array(length))
    expect(data).not.toBe(values)
    expect(values.findIndex((value, i) => value !== data[i])).toBe(-1)
  })

  it('is what the table gives where rows cannot be read apart', async () => {
    const tensor: TensorData = { type: 'bfloat16', shape, data: patterns }
    expect(await readWide(tableOf(tensor, false).table, 'w', () => expect.fail())).toBe(tensor)
  })
})

describe('memory for weights', () => {
  it('is used again once it was given back, by size', () => {
    const buffers = new WeightBuffers(false)
    const first = buffers.set()
    const [a, b] = [first.allocate(4), first.allocate(6)]
    const second = buffers.set()
    expect([a, b]).not.toContain(second.allocate(4))
    first.giveBack()
    const third = buffers.set()
    expect([third.allocate(6), third.allocate(4)]).toEqual([b, a])
    expect(third.allocate(6) === b).toBe(false)
  })

  it('is memory of all threads where these read it', () => {
    expect(new WeightBuffers(true).set().allocate(3).buffer).toBeInstanceOf(SharedArrayBuffer)
  })
})
