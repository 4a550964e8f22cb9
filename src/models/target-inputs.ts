/**
 * @file The matrices that compression changes, by role, and what each is multiplied by. q, k, v and what their
 * heads are gated by share an input, and so do gate and up; a stored tensor that fuses several roles fuses those that share one.
 */
import type { Decoder, LinearRef } from './decoder-spec.ts'

/** Matrices of a block, in the order of its forward pass. */
export const TARGET_ROLES = ['q', 'k', 'v', 'outputGate', 'o', 'gate', 'up', 'down'] as const
export type TargetRole = (typeof TARGET_ROLES)[number]
/** Those of an expert. */
export const EXPERT_ROLES = ['gate', 'up', 'down'] as const

/** What the matrices of block `layer` read: (n_row, width), before a layer that quantizes its input does so. */
export interface TargetInput {
  readonly layer: number
  readonly name: 'qkv' | 'o' | 'up' | 'down'
  /** Of one of a block's experts, which reads the rows that are given to it. Absent: every row. */
  readonly expert?: number
}

const INPUT_OF: Record<TargetRole, TargetInput['name']> = {
  q: 'qkv',
  k: 'qkv',
  v: 'qkv',
  outputGate: 'qkv',
  o: 'o',
  gate: 'up',
  up: 'up',
  down: 'down',
}

/** `blocks.3.down.input`, `blocks.3.experts.7.down.input` */
export function targetInputName({ layer, name, expert }: TargetInput): string {
  return `blocks.${layer}.${expert === undefined ? '' : `experts.${expert}.`}${name}.input`
}

/** A matrix of some block. */
export interface Target {
  readonly role: TargetRole
  readonly linear: LinearRef
  readonly input: TargetInput
}

/** Every target matrix, in the order of the forward pass; those that are fused in one tensor are apart. */
export function targets({ weights }: Decoder): readonly Target[] {
  return weights.blocks.flatMap((block, layer) => [
    ...TARGET_ROLES.flatMap((role) => {
      const linear = block[role] ?? null
      return linear === null ? [] : [{ role, linear, input: { layer, name: INPUT_OF[role] } }]
    }),
    ...(block.experts?.experts ?? []).flatMap((weights, expert) =>
      EXPERT_ROLES.map((role) => ({
        role,
        linear: weights[role],
        input: { layer, name: INPUT_OF[role], expert },
      })),
    ),
  ])
}
