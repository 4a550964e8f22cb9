/** @file Rotation of the leading part of each head, its share under partial_rotary_factor. */
import type { RotarySpec } from '../decoder-spec.ts'
import type { FamilyInput } from './family.ts'
import { type IMAGE_KINDS, ropeBase, ropeSection, rotary, rotarySize } from './rope-scaling.ts'
import type { Shape } from './shape.ts'

/** What the family does where the config does not say, and how it pairs dimensions. */
export interface PartialRotary {
  readonly fraction: number
  readonly pairing: RotarySpec['pairing']
  /** Names of ropes. Absent: the usual ones. */
  readonly kinds?: typeof IMAGE_KINDS
}

/** Base and scaling from the config. Errors: CONFIG_VALUE_UNSUPPORTED. */
export function partialRotary(
  { config, length }: FamilyInput,
  shape: Shape,
  { fraction, pairing, kinds }: PartialRotary,
): RotarySpec {
  const key = 'partial_rotary_factor'
  const section = ropeSection(config)
  const stated = config.number(key, 0, 1, fraction)
  const share = section?.number(key, 0, 1, stated) ?? stated
  const turned = rotary(
    rotarySize(config, key, share, shape.headSize),
    ropeBase(config, section, 'rope_theta', 10_000),
    { length, most: shape.maxPositions, original: null },
    section,
    kinds,
  )
  return { ...turned, pairing }
}
