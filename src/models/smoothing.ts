/** @file Norms whose output only target matrices read, so that a factor on it can be moved into them: what SmoothQuant works on. */
import type { SmoothedNorm } from '../compression/calibrated/plan.ts'
import type { BlockWeights, Decoder, LinearRef } from './decoder-spec.ts'
import { type TargetInput, targetInputName } from './target-inputs.ts'

/** Blocks whose matrices read the residual stream itself, and norms without a gain, have none. */
export function smoothedNorms({ spec, weights }: Decoder): readonly SmoothedNorm[] {
  const byGain = new Map<string, SmoothedNorm>()
  for (const [layer, block] of weights.blocks.entries()) {
    for (const { norm, name, matrices } of readers(block)) {
      const gain = norm?.gain?.tensor
      if (gain === undefined) continue
      const tensors = matrices.flatMap((linear) => (linear === null ? [] : [linear.weight.tensor]))
      const before = byGain.get(gain)
      byGain.set(gain, {
        gain,
        bias: norm?.bias?.tensor ?? null,
        gainOffset: spec.norm.gainOffset,
        input: before?.input ?? targetInputName({ layer, name }),
        matrices: [...new Set([...(before?.matrices ?? []), ...tensors])],
      })
    }
  }
  return [...byGain.values()]
}

interface Readers {
  readonly norm: BlockWeights['preAttention']
  readonly name: TargetInput['name']
  readonly matrices: readonly (LinearRef | null)[]
}

/** Attention and MLP side by side may share the norm before both. */
function readers({ preAttention, preMlp, q, k, v, gate, up }: BlockWeights): readonly Readers[] {
  return [
    { norm: preAttention, name: 'qkv', matrices: [q, k, v] },
    { norm: preMlp ?? null, name: 'up', matrices: [gate, up] },
  ]
}
