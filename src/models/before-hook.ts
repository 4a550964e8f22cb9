/** @file Which matrices a hook can see: those that are multiplied with on the way to it. */
import type { HookPoint } from '../contract/hook-point.ts'
import type { BlockSpec, DecoderSpec } from './decoder-spec.ts'
import type { Target, TargetRole } from './target-inputs.ts'

const ATTENTION_IN: readonly TargetRole[] = ['q', 'k', 'v', 'outputGate']
const ATTENTION: readonly TargetRole[] = [...ATTENTION_IN, 'o']
const MLP: readonly TargetRole[] = ['gate', 'up', 'down']

/** Of the hook's own block. */
function rolesBefore(name: HookPoint['name'], { layout }: BlockSpec): readonly TargetRole[] {
  const beforeMlp = layout === 'parallel' ? [] : ATTENTION
  switch (name) {
    case 'hook_embed':
    case 'hook_resid_pre':
      return []
    case 'attn.hook_q':
      return ['q']
    case 'attn.hook_k':
      return ['k']
    case 'attn.hook_v':
      return ['v']
    case 'attn.hook_z':
      return ATTENTION_IN
    case 'attn.hook_out':
    case 'hook_attn_out':
    case 'hook_resid_mid':
      return ATTENTION
    case 'mlp.hook_in':
    case 'ln2.hook_normalized':
      return beforeMlp
    case 'mlp.hook_out':
    case 'hook_mlp_out':
      return [...beforeMlp, ...MLP]
    case 'hook_resid_post':
      return [...ATTENTION, ...MLP]
  }
}

/** Does what the hook reads depend on this matrix? */
export function isBeforeHook(
  { role, input }: Pick<Target, 'role' | 'input'>,
  hook: HookPoint,
  { blocks }: Pick<DecoderSpec, 'blocks'>,
): boolean {
  if (hook.name === 'hook_embed' || input.layer > hook.layer) return false
  if (input.layer < hook.layer) return true
  const block = blocks[hook.layer]
  return block !== undefined && rolesBefore(hook.name, block).includes(role)
}
