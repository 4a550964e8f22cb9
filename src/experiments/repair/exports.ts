/**
 * @file A plan in the words of quantizers: tensors that keep the reference's type. Names of llama.cpp are those of its gguf-py tensor
 * map; the other three take the modules' own names.
 */
import type { RepairExports } from '../../report/experiments/repair/repair.ts'

/** Ends of module names, and llama.cpp's name for them in a block. */
const GGUF_NAMES: readonly (readonly [end: RegExp, name: string])[] = [
  [/(^|\.)q_proj$/, 'attn_q'],
  [/(^|\.)k_proj$/, 'attn_k'],
  [/(^|\.)v_proj$/, 'attn_v'],
  [/(^|\.)(qkv_proj|query_key_value|c_attn)$/, 'attn_qkv'],
  [
    /(^|\.)(o_proj|attention\.dense|self_attention\.dense|self_attn\.dense|attn\.c_proj|out_proj)$/,
    'attn_output',
  ],
  [/(^|\.)gate_proj$/, 'ffn_gate'],
  [/(^|\.)(up_proj|gate_up_proj|dense_h_to_4h|c_fc|fc1)$/, 'ffn_up'],
  [/(^|\.)(down_proj|dense_4h_to_h|mlp\.c_proj|fc2)$/, 'ffn_down'],
]

const moduleOf = (tensor: string): string => tensor.replace(/\.weight$/, '')

/** `blk.3.ffn_down`; null: llama.cpp has no name for it alone. */
function ggufName(tensor: string): string | null {
  const name = moduleOf(tensor)
  if (/\.experts\./.test(name)) return null
  const block = /\.(\d+)\./.exec(name)?.[1]
  const known = GGUF_NAMES.find(([end]) => end.test(name))
  return block === undefined || known === undefined ? null : `blk.${block}.${known[1]}`
}

/** A pattern that means this text. */
const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** `storedAs`: the reference's type (F16, BF16, F32). */
export function exportsOf(tensors: readonly string[], storedAs: string): RepairExports {
  const type = /BF16/.test(storedAs) ? 'bf16' : /F32/.test(storedAs) ? 'f32' : 'f16'
  const modules = tensors.map(moduleOf)
  const named = tensors.map((tensor) => ({ tensor, name: ggufName(tensor) }))
  return {
    llamaQuantize: named.flatMap(({ name }) =>
      name === null ? [] : [`--tensor-type '^${literally(name)}\\.weight$=${type}'`],
    ),
    llamaQuantizeUnnamed: named.flatMap(({ tensor, name }) => (name === null ? [tensor] : [])),
    llmCompressor: { ignore: modules, config_groups: {} },
    gptqModel: { dynamic: Object.fromEntries(modules.map((name) => [`-:^${literally(name)}$`, {}])) },
    autoRound: {
      layer_config: Object.fromEntries(
        modules.map((name) => [name, { bits: type === 'f32' ? 32 : 16, data_type: 'float' }]),
      ),
    },
  }
}
