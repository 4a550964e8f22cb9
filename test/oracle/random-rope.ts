/** @file Random rope scaling: any of the kinds a family is asked for, with factors strong enough to show. */
import type { TensorMaker } from './random-model.ts'
import type { RandomSource } from './random-source.ts'

export type RopeKind = 'default' | 'linear' | 'dynamic' | 'llama3' | 'yarn' | 'longrope'

function factors(random: RandomSource, size: number): number[] {
  return Array.from({ length: size / 2 }, () => 1 + 4 * random.uniform())
}

/**
 * A rope_scaling object of the kinds in turn, or null for none (half of the `default` ones). `size`: rotated dimensions; `oldName`: the kind
 * under `type`, as files before 2024 have it.
 */
export function drawRopeScaling(
  maker: TensorMaker,
  size: number,
  kinds: readonly [RopeKind, ...RopeKind[]],
  oldName: boolean,
): Readonly<Record<string, unknown>> | null {
  const { random } = maker
  const kind = maker.turn(...kinds)
  const name = oldName ? { type: kind } : { rope_type: kind }
  switch (kind) {
    case 'default':
      return random.coin() ? null : name
    case 'linear':
    case 'dynamic':
      return { ...name, factor: random.pick(2, 4.5) }
    case 'llama3':
      return {
        ...name,
        factor: random.pick(8, 32),
        low_freq_factor: 1,
        high_freq_factor: random.pick(2, 4),
        original_max_position_embeddings: random.pick(16, 64),
      }
    case 'yarn':
      return {
        ...name,
        factor: 4,
        original_max_position_embeddings: random.pick(16, 64),
        ...(random.coin() ? { beta_fast: 8, beta_slow: 2 } : {}),
        ...(random.coin() ? { attention_factor: 1.25 } : {}),
      }
    case 'longrope':
      return { ...name, short_factor: factors(random, size), long_factor: factors(random, size) }
  }
}
