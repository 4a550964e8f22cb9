/**
 * @file Mixtral: Mistral with eight experts in place of the MLP, of which each token is given to two; shares by a softmax over those two.
 *
 * Source: configuration_mixtral.py and modeling_mixtral.py of transformers 4.57 (paper: arXiv 2401.04088); defaults are that class's. w1 is
 * the gate, w3 the other half, w2 what leads back.
 */
import type { ExpertsSpec } from '../decoder-spec.ts'
import { expertsOnly, readExpertCounts, singleExpert } from './experts.ts'
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { layerWindows } from './layer-windows.ts'
import { llamaLike } from './llama-like.ts'
import { ACTIVATIONS, readShape, type ShapeDefaults } from './shape.ts'
import { linear } from './weight-refs.ts'

const DEFAULTS: ShapeDefaults = {
  n_vocab: 32_000,
  d_model: 4_096,
  layers: 32,
  heads: 32,
  kvHeads: 8,
  headSize: null,
  d_mlp: 14_336,
  maxPositions: 131_072,
}

/** Of one expert: gate, up, down. */
export const MIXTRAL_NAMES = ['w1', 'w3', 'w2'] as const

export function mixtral(input: FamilyInput): FamilyDecoder {
  const { config } = input
  const shape = readShape(config, DEFAULTS)
  const counts = readExpertCounts(config, shape, { countKey: 'num_local_experts', count: 8, perToken: 2 })
  const spec: ExpertsSpec = { ...counts, size: shape.d_mlp, routing: 'chosen' }
  const activation = config.choice('hidden_act', ACTIVATIONS, 'silu')
  const everywhere = Array.from({ length: shape.layers }, () => config.has('sliding_window'))
  return llamaLike(input, {
    family: 'mixtral',
    shape,
    qkvBias: false,
    outputBias: false,
    mlpBias: false,
    qkNorm: 'none',
    windows: layerWindows(config, everywhere, null),
    ropeBase: 1e6,
    epsilon: 1e-5,
    mlp: (block) => {
      const module = `${block}.block_sparse_moe`
      const router = linear(`${module}.gate`, spec.count, shape.d_model, false)
      const sides = { d_model: shape.d_model, size: spec.size }
      return expertsOnly({ activation }, spec, router, (expert) =>
        singleExpert(`${module}.experts.${expert}`, sides, MIXTRAL_NAMES),
      )
    },
  })
}
