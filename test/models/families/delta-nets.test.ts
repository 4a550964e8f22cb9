/** @file Delta nets as the rest of the program sees them: hooks that are not there, matrices that are compressed, norms that stay. */
import { describe, expect, it } from 'vitest'
import { SaegateError } from '../../../src/errors/problem.ts'
import { hookWidth } from '../../../src/models/body-program.ts'
import { describeDecoder, projections } from '../../../src/models/families/index.ts'
import { smoothedNorms } from '../../../src/models/smoothing.ts'
import { randomModel, tableOfModel } from '../../oracle/random-model.ts'
import { published } from './published-configs.ts'

const LENGTH = 128
const decoder = describeDecoder(published('Qwen3.5-2B-Base'), LENGTH)

function refusal(of: () => unknown): string {
  try {
    of()
  } catch (error) {
    if (error instanceof SaegateError) return `${error.code} ${error.message}`
    throw error
  }
  return 'nothing'
}

describe('Qwen3.5-2B', () => {
  it('has heads to read in its blocks of attention, and z in all', () => {
    expect(hookWidth(decoder, { layer: 3, name: 'attn.hook_q' })).toBe(2_048)
    expect(hookWidth(decoder, { layer: 3, name: 'attn.hook_v' })).toBe(512)
    expect([0, 3].map((layer) => hookWidth(decoder, { layer, name: 'attn.hook_z' }))).toEqual([2_048, 2_048])
    for (const name of ['attn.hook_q', 'attn.hook_k', 'attn.hook_v'] as const)
      expect(refusal(() => hookWidth(decoder, { layer: 0, name }))).toContain(
        `HOOK_MISSING Hook point blocks.0.${name}: this block has a gated delta net`,
      )
  })

  it('has the matrices of attention, of delta nets and of MLPs compressed, and nothing small', () => {
    const stem = 'model.'
    const of = (layer: number): string[] =>
      [...projections(decoder).keys()].flatMap((name) => {
        const block = `${stem}layers.${layer}.`
        return name.startsWith(block) ? [name.slice(block.length)] : []
      })
    const mlp = ['mlp.gate_proj.weight', 'mlp.up_proj.weight', 'mlp.down_proj.weight']
    const net = ['in_proj_qkv', 'in_proj_z', 'out_proj'].map((name) => `linear_attn.${name}.weight`)
    const attention = ['q_proj', 'k_proj', 'v_proj', 'o_proj'].map((name) => `self_attn.${name}.weight`)
    expect(of(0)).toEqual([...net, ...mlp])
    expect(of(3)).toEqual([...attention, ...mlp])
  })

  it('has its norms smoothed where only such matrices read them', () => {
    const norms = smoothedNorms(decoder).map(({ gain }) => gain)
    expect(norms).not.toContain('model.layers.0.input_layernorm.weight')
    expect(norms).toContain('model.layers.3.input_layernorm.weight')
    expect(norms).toHaveLength(6 + 24)
    expect(smoothedNorms(describeDecoder(published('Qwen3.5-35B-A3B-Base'), LENGTH))).toHaveLength(10)
  })
})

it.each([
  [{ linear_num_value_heads: 15 }, 'text_config.linear_num_value_heads is 15; allowed: a multiple of the 16'],
  [{ attn_output_gate: false }, 'text_config.attn_output_gate is false; allowed: true'],
  [{ output_gate_type: 'sigmoid' }, 'text_config.output_gate_type is "sigmoid"; allowed: "swish"'],
  [{ hidden_act: 'gelu' }, 'text_config.hidden_act is "gelu"; allowed: "silu"'],
  [
    { linear_conv_kernel_dim: 100 },
    'text_config.linear_conv_kernel_dim is 100; allowed: an integer from 1 to 64',
  ],
])('%o is refused', (changes, message) => {
  const { text_config: text } = published('Qwen3.5-2B-Base')
  const own = typeof text === 'object' && text !== null ? text : {}
  const config = published('Qwen3.5-2B-Base', { text_config: { ...own, ...changes } })
  expect(refusal(() => describeDecoder(config, LENGTH))).toContain(message)
})

it('heads that predict further tokens and images are of no weight', () => {
  const model = randomModel('qwen3_5', 0)
  const names = new Set([
    ...tableOfModel(model).entries.keys(),
    'mtp.norm.weight',
    'mtp.layers.0.mlp.up_proj.weight',
  ])
  names.add('model.visual.blocks.0.norm1.weight')
  expect(describeDecoder(model.config, 12, names).warnings).toEqual([])
})
