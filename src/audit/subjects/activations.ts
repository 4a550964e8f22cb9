/** @file Run-time quantization of linear layers' inputs: which of a checkpoint's layers have it, and how the report says it. */

import type { Checkpoint } from '../../checkpoints/open.ts'
import type { ActivationQuantization } from '../../contract/activation-quantization.ts'
import { describeActivations } from '../../contract/activation-quantization.ts'
import type { ActivationsChoice } from '../../contract/options/audit-config.ts'

/** By the name of the weight tensor, as the graph builder looks it up. */
export function activationsByWeight(checkpoint: Checkpoint): ReadonlyMap<string, ActivationQuantization> {
  const declared = checkpoint.packed?.activations ?? new Map<string, ActivationQuantization>()
  return new Map([...declared].map(([module, quantization]) => [`${module}.weight`, quantization]))
}

/** `int8 dynamic per token (24 layers)`; null where nothing is declared. */
export function activationsInWords(checkpoint: Checkpoint, activations: ActivationsChoice): string | null {
  const counts = new Map<string, number>()
  for (const quantization of checkpoint.packed?.activations.values() ?? []) {
    const words = describeActivations(quantization)
    counts.set(words, (counts.get(words) ?? 0) + 1)
  }
  if (counts.size === 0) return null
  const parts = [...counts].map(([words, layers]) => `${words} (${layers} layer${layers === 1 ? '' : 's'})`)
  return `${parts.join(', ')}${activations === 'ignore' ? '; ignored (--activations ignore)' : ''}`
}
