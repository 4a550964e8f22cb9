/** @file Norms whose output only target matrices read, so that a factor on it can be moved into them: what SmoothQuant works on. */
import type { SmoothedNorm } from '../compression/calibrated/plan.ts'
import type { BlockWeights, Decoder, LinearRef } from './decoder-spec.ts'
import { type TargetInput, targetInputName } from './target-inputs.ts'

/** Blocks whose matrices read the residual stream itself, norms without a gain, and norms before routers, delta nets and low-rank paths have none. */
export function smoothedNorms({ spec, weights }: Decoder): readonly SmoothedNorm[] {
  const byGain = new Map<string, SmoothedNorm>()
  for (const [layer, block] of weights.blocks.entries()) {
    for (const { norm, name, matrices, hasOthers } of readers(block)) {
      const gain = norm?.gain?.tensor
      if (gain === undefined || hasOthers) continue
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
  /** Is it read by anything else, which would have to be scaled too? */
  readonly hasOthers: boolean
}

/** Attention and MLP side by side may share the norm before both. */
function readers({ delta, experts, laurel, ...block }: BlockWeights): readonly Readers[] {
  const { preAttention, preMlp, q, k, v, outputGate = null, gate, up } = block
  return [
    {
      norm: preAttention,
      name: 'qkv',
      matrices: [q, k, v, outputGate],
      hasOthers: delta !== undefined || laurel !== undefined,
    },
    { norm: preMlp, name: 'up', matrices: [gate, up], hasOthers: experts !== undefined },
  ]
}
