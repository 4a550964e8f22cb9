/**
 * @file Granite 3 with experts (1B-A400M, 3B-A800M) and the same with an MLP beside them that every token is given to
 * (granitemoeshared): Granite's constant factors, shares by a softmax over the chosen experts, gate and up of an expert in one matrix.
 *
 * Source: configuration_granitemoe.py, configuration_granitemoeshared.py and their modeling files in transformers 4.57; defaults are those
 * classes'. Left out: granitemoehybrid, whose blocks may be state space layers.
 */
import type { ExpertRef, ExpertsSpec } from '../decoder-spec.ts'
import { type BlockMlp, expertsOnly, readExpertCounts } from './experts.ts'
import type { FamilyDecoder, FamilyInput } from './family.ts'
import { readFactors } from './granite.ts'
import { llamaLike } from './llama-like.ts'
import { perBlock } from './llama-parts.ts'
import { ACTIVATIONS, readShape, type ShapeDefaults, WIDEST } from './shape.ts'
import { linear, take } from './weight-refs.ts'

const DEFAULTS: ShapeDefaults = {
  n_vocab: 32_000,
  d_model: 4_096,
  layers: 32,
  heads: 32,
  kvHeads: null,
  headSize: null,
  d_mlp: 11_008,
  maxPositions: 2_048,
}

export const graniteMoe = (input: FamilyInput): FamilyDecoder => graniteWithExperts(input, 'granitemoe', 0)

export function graniteMoeShared(input: FamilyInput): FamilyDecoder {
  const { config } = input
  // 0, as when it is absent: none.
  const isNone = config.value('shared_intermediate_size') === 0 || !config.has('shared_intermediate_size')
  const size = isNone ? 0 : config.count('shared_intermediate_size', WIDEST)
  return graniteWithExperts(input, 'granitemoeshared', size)
}

function graniteWithExperts(
  input: FamilyInput,
  family: 'granitemoe' | 'granitemoeshared',
  shared: number,
): FamilyDecoder {
  const { config } = input
  const shape = readShape(config, DEFAULTS)
  const counts = readExpertCounts(config, shape, { countKey: 'num_local_experts', count: 8, perToken: 2 })
  const spec: ExpertsSpec = { ...counts, size: shape.d_mlp, routing: 'chosen' }
  const activation = config.choice('hidden_act', ACTIVATIONS, 'silu')
  const bias = config.flag('attention_bias', false)
  return llamaLike(input, {
    family,
    shape,
    qkvBias: bias,
    outputBias: bias,
    mlpBias: false,
    qkNorm: 'none',
    windows: perBlock(shape, () => null),
    factors: readFactors(config),
    mlp: (block) => {
      const module = `${block}.block_sparse_moe`
      const router = linear(`${module}.router.layer`, spec.count, shape.d_model, false)
      const routed = expertsOnly({ activation }, spec, router, (expert) =>
        halves(`${module}.experts.${expert}`, shape.d_model, spec.size),
      )
      return shared === 0
        ? routed
        : withMlp(routed, halves(`${block}.shared_mlp`, shape.d_model, shared), shared)
    },
  })
}

/** Gate, then up, in `input_linear`; `output_linear` leads back. */
function halves(module: string, d_model: number, size: number): ExpertRef {
  const both = linear(`${module}.input_linear`, 2 * size, d_model, false)
  return {
    gate: take(both, [[0, size]]),
    up: take(both, [[size, 2 * size]]),
    down: linear(`${module}.output_linear`, d_model, size, false),
  }
}

function withMlp({ spec, weights }: BlockMlp, mlp: ExpertRef, size: number): BlockMlp {
  return { spec: { ...spec, size }, weights: { ...weights, ...mlp } }
}
