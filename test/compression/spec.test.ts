import { describe, expect, it } from 'vitest'
import { describeCompression } from '../../src/compression/describe.ts'
import { parseCompression } from '../../src/compression/spec.ts'

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
