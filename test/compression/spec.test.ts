import { describe, expect, it } from 'vitest'
import { parsePublished, publishedText } from '../../src/compression/calibrated/spec.ts'
import { describeCompression } from '../../src/compression/describe.ts'
import { compressionText, matchedPrune, parseCompression } from '../../src/compression/spec.ts'

describe('parseCompression', () => {
  it.each([
    ['rtn:6', { method: 'rtn', bits: 6, group: null }],
    ['rtn:4,group=128', { method: 'rtn', bits: 4, group: 128 }],
    ['prune:0.175', { method: 'prune', sparsity: 0.175 }],
    ['prune:0', { method: 'prune', sparsity: 0 }],
    ['prune:.5', { method: 'prune', sparsity: 0.5 }],
    ['rtn:6,scale=tensor', { method: 'rtn', bits: 6, group: null, scale: 'tensor' }],
    ['rtn:6,scale=channel', { method: 'rtn', bits: 6, group: null }],
    ['prune:match=rtn:6', { method: 'match', target: { method: 'rtn', bits: 6, group: null } }],
    ['prune:match=rtn:4,group=128', { method: 'match', target: { method: 'rtn', bits: 4, group: 128 } }],
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
    'rtn:6,scale=row',
    'rtn:6,group=8,scale=tensor',
    'rtn:6,scale=tensor,layout=transformerlens',
    'prune:match=',
    'prune:match=./int6',
    'prune:match=gptq:4,group=128',
    'prune:match=nf4',
    'prune:match=prune:match=rtn:6',
  ])('refuses %s and says how it is written', (spec) => {
    expect(() => parseCompression(spec)).toThrow(
      expect.objectContaining({
        code: 'COMPRESSION_SPEC_MALFORMED',
        exitStatus: 2,
        message: expect.stringContaining(`"${spec}"`),
        fix: expect.stringMatching(/^Write (?:rtn:6 .*rtn:4,group=128|prune:0\.175 .*prune:match=rtn:6)/),
      }),
    )
  })
})

describe('a compression', () => {
  it.each(['./int6', 'hf:own/int6', 'gptq:4', 'nf4'])(
    'says what a pruning is matched to, not %s',
    (target) => {
      const words = `rtn:… or prune:… of the reference (prune:match=rtn:6), not to "${target}"`
      expect(() => parseCompression(`prune:match=${target}`)).toThrow(words)
    },
  )

  it('names the target where that is malformed', () => {
    expect(() => parseCompression('prune:match=rtn:9')).toThrow('"rtn:9": "9" is not a number of bits')
  })

  it.each([
    ['prune:match=rtn:6', { method: 'prune', sparsity: 0.2 }],
    [
      'prune:match=rtn:6,layout=transformerlens',
      { method: 'prune', sparsity: 0.2, layout: 'transformerlens' },
    ],
    [
      'prune:match=rtn:6,layout=transformerlens,arithmetic=bfloat16',
      { method: 'prune', sparsity: 0.2, layout: 'transformerlens', arithmetic: 'bfloat16' },
    ],
  ])('prunes %s in the layout and arithmetic of its target', (spec, pruning) => {
    const how = parseCompression(spec)
    if (how?.method !== 'match') throw new Error('not matched')
    expect(matchedPrune(how, 0.2)).toEqual(pruning)
  })

  it.each([
    'rtn:6',
    'rtn:4,group=128',
    'rtn:6,scale=tensor',
    'prune:0.175,layout=transformerlens,arithmetic=bfloat16',
  ])('writes %s as it was written', (spec) => {
    const how = parseCompression(spec)
    if (how === null || how.method === 'match') throw new Error('not a compression')
    expect(compressionText(how)).toBe(spec)
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
    const perTensor = describeCompression(
      { method: 'rtn', bits: 6, group: null, scale: 'tensor' },
      projections,
    )
    expect([perTensor.bits, perTensor.scale]).toEqual([6 + (16 * 2) / 5120, 'tensor'])
    expect(describeCompression({ method: 'prune', sparsity: 0.3 }, projections)).toEqual({
      method: 'prune',
      bits: null,
      sparsity: 0.3,
      tensors: 2,
      parameters: 5120,
    })
  })
})

describe('published rules', () => {
  it.each([
    'wanda:0.5',
    'wanda:2:4',
    'sparsegpt:0.25',
    'sparsegpt:1:3',
    'gptq:4',
    'gptq:3,group=64',
    'awq:4,group=128',
    'nf4',
    'int8-outlier',
    'smoothquant:8',
  ])('%s reads back as it is written', (spec) => {
    const how = parsePublished(spec)
    expect(how === null ? null : publishedText(how)).toBe(spec)
  })

  it.each([
    'wanda:1',
    'wanda:',
    'wanda:4:2',
    'wanda:0:4',
    'sparsegpt:2:129',
    'gptq:9',
    'gptq:4,group=0',
    'gptq:4,size=8',
    'awq:x',
    'smoothquant:4',
    'nf4:2',
    'int8-outlier:6',
  ])('%s is refused', (spec) => {
    expect(() => parsePublished(spec)).toThrow(
      expect.objectContaining({ code: 'COMPRESSION_SPEC_MALFORMED' }),
    )
  })

  it.each(['./nf4', 'nf4-model', 'gptq', 'wanda/0.5', 'rtn:4'])('%s is none of them', (spec) => {
    expect(parsePublished(spec)).toBeNull()
  })
})
