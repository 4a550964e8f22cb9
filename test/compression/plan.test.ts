import { describe, expect, it } from 'vitest'
import { parseCompression } from '../../src/compression/plan.ts'
import { compressTable, describeCompression } from '../../src/compression/table.ts'
import type { TensorData, TensorTable } from '../../src/tensors/tensor.ts'

describe('parseCompression', () => {
  it.each([
    ['rtn:6', { method: 'rtn', bits: 6, group: null }],
    ['rtn:4,group=128', { method: 'rtn', bits: 4, group: 128 }],
    ['prune:0.175', { method: 'prune', sparsity: 0.175 }],
    ['prune:0', { method: 'prune', sparsity: 0 }],
    ['prune:.5', { method: 'prune', sparsity: 0.5 }],
  ])('reads %s', (spec, plan) => expect(parseCompression(spec)).toEqual(plan))

  it.each(['./model', 'hf:owner/name', 'rtn', 'prunes:0.1', ''])('leaves "%s" to the checkpoints', (spec) => {
    expect(parseCompression(spec)).toBeNull()
  })

  it.each([
    'rtn:',
    'rtn:1',
    'rtn:9',
    'rtn:4.0',
    'rtn:four',
    'rtn:-4',
    'rtn:4,',
    'rtn:4,group=0',
    'rtn:4,group=',
    'rtn:4,size=8',
    'rtn:4,group=8,group=8',
    'prune:',
    'prune:1',
    'prune:-0.1',
    'prune:10%',
    'prune:NaN',
    'prune:0.1,group=8',
  ])('refuses %s and lists the grammar', (spec) => {
    expect(() => parseCompression(spec)).toThrow(
      expect.objectContaining({
        code: 'COMPRESSION_SPEC_MALFORMED',
        exitStatus: 2,
        message: expect.stringContaining(`"${spec}"`),
        fix: expect.stringContaining('rtn:BITS,group=N'),
      }),
    )
  })

  it('says that matched pruning is not there yet', () => {
    expect(() => parseCompression('prune:match=rtn:6')).toThrow(
      expect.objectContaining({
        code: 'COMPRESSION_MATCH_UNSUPPORTED',
        message: expect.stringContaining('not available yet'),
      }),
    )
  })
})

const tensors = new Map<string, TensorData>([
  ['w', { type: 'float16', shape: [2, 2], data: Uint16Array.of(0x3c00, 0x3800, 0xbc00, 0x3400) }], // 1 .5 -1 .25
  ['norm', { type: 'bfloat16', shape: [2], data: Uint16Array.of(0x3f80, 0x4000) }],
])
const table: TensorTable = {
  entries: new Map(
    Array.from(tensors, ([name, { shape }]) => [name, { name, shape, storedAs: 'F16', byteLength: 0 }]),
  ),
  read: async (name) => tensors.get(name)!,
  close: async () => {},
}
const square = new Map([['w', { out: 2, in: 2, layout: 'out-in' as const }]])

describe('compressTable', () => {
  it('compresses projections as float32 and passes the rest as stored', async () => {
    const pruned = compressTable(table, square, { method: 'prune', sparsity: 0.5 })
    expect(await pruned.read('w')).toEqual({
      type: 'float32',
      shape: [2, 2],
      data: Float32Array.of(1, 0, -1, 0),
    })
    expect(await pruned.read('norm')).toBe(tensors.get('norm'))
    const rounded = compressTable(table, square, { method: 'rtn', bits: 2, group: null })
    expect((await rounded.read('w')).data).toEqual(Float32Array.of(1, 0, -1, 0))
  })

  it('refuses a shape that is not the projection', async () => {
    const wide = compressTable(table, new Map([['w', { out: 2, in: 3, layout: 'in-out' as const }]]), {
      method: 'rtn',
      bits: 4,
      group: null,
    })
    await expect(wide.read('w')).rejects.toMatchObject({
      code: 'COMPRESSION_SHAPE_MISMATCH',
      message: expect.stringMatching(/"w".*\[2, 2\].*\[3, 2\]/),
    })
  })
})

describe('describeCompression', () => {
  const projections = new Map([
    ['a', { out: 10, in: 256, layout: 'out-in' as const }],
    ['b', { out: 20, in: 128, layout: 'in-out' as const }],
  ])
  it('counts tensors, weights and the scales they need', () => {
    expect(describeCompression({ method: 'rtn', bits: 4, group: 128 }, projections)).toEqual({
      method: 'rtn',
      bits: 4.125,
      groupSize: 128,
      tensors: 2,
      parameters: 5120,
    })
    expect(describeCompression({ method: 'rtn', bits: 6, group: null }, projections).bits).toBe(
      6 + (16 * 30) / 5120,
    )
    expect(describeCompression({ method: 'prune', sparsity: 0.3 }, projections)).toEqual({
      method: 'prune',
      bits: null,
      sparsity: 0.3,
      tensors: 2,
      parameters: 5120,
    })
  })
})
