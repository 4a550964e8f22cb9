/**
 * @file What families with experts share: how their counts are read, the ways in which experts are stored, and blocks of which some have
 * experts and others an MLP.
 */
import type { ConfigReader } from '../config-reader.ts'
import type { BlockWeights, ExpertRef, ExpertsSpec, LinearRef, MlpSpec } from '../decoder-spec.ts'
import type { Shape } from './shape.ts'
import { linear, take } from './weight-refs.ts'

/** Published: 512 a block. */
const MOST_EXPERTS = 4_096
/** Published: 30,720 in all blocks together. Bounds what a hostile config makes us build. */
const MOST_EXPERTS_IN_ALL = 1 << 17

/** The MLP of one block. */
export interface BlockMlp {
  readonly spec: MlpSpec
  readonly weights: Pick<BlockWeights, 'gate' | 'up' | 'down' | 'experts'>
}

/** Keys and defaults of a family. */
export interface ExpertCounts {
  readonly countKey: string
  readonly count: number
  readonly perToken: number
  /** Absent: `num_experts_per_tok`. */
  readonly perTokenKey?: string
}

/** Errors name the key. */
export function readExpertCounts(
  config: ConfigReader,
  { layers }: Shape,
  { countKey, count: usual, perToken: usualPerToken, perTokenKey = 'num_experts_per_tok' }: ExpertCounts,
): Pick<ExpertsSpec, 'count' | 'perToken'> {
  const count = config.count(countKey, MOST_EXPERTS, usual)
  if (count * layers > MOST_EXPERTS_IN_ALL)
    throw config.unsupported(countKey, `at most ${MOST_EXPERTS_IN_ALL} experts in all blocks together`)
  // Whether losses of the router are added up, and noise in training.
  for (const key of ['output_router_logits', 'router_jitter_noise', 'input_jitter_noise']) config.value(key)
  return { count, perToken: config.count(perTokenKey, count, Math.min(usualPerToken, count)) }
}

/** One expert's matrices under names of their own: `NAMES` of gate, up and down. */
export function singleExpert(
  module: string,
  { d_model, size }: { readonly d_model: number; readonly size: number },
  [gate, up, down]: readonly [gate: string, up: string, down: string],
  bias = false,
): ExpertRef {
  return {
    gate: linear(`${module}.${gate}`, size, d_model, bias),
    up: linear(`${module}.${up}`, size, d_model, bias),
    down: linear(`${module}.${down}`, d_model, size, bias),
  }
}

/** The rows of gate before those of up in one matrix. */
export function expertHalves(
  module: string,
  { d_model, size }: { readonly d_model: number; readonly size: number },
): ExpertRef {
  const both = linear(`${module}.gate_up_proj`, 2 * size, d_model, false)
  return {
    gate: take(both, [[0, size]]),
    up: take(both, [[size, 2 * size]]),
    down: linear(`${module}.down_proj`, d_model, size, false),
  }
}

/** A block whose MLP is experts alone. */
export function expertsOnly(
  mlp: Pick<MlpSpec, 'activation'>,
  experts: ExpertsSpec,
  router: LinearRef,
  make: (expert: number) => ExpertRef,
): BlockMlp {
  return {
    spec: { ...mlp, gated: true, size: 0, experts },
    weights: {
      gate: null,
      up: null,
      down: null,
      experts: {
        router,
        experts: Array.from({ length: experts.count }, (_, i) => make(i)),
        sharedGate: null,
      },
    },
  }
}
