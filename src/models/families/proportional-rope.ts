/**
 * @file Gemma 4's rope on its global blocks: a share of a head's pairs turns, the fastest first, each as it would if all of them did; the others stay.
 *
 * Source: `_compute_proportional_rope_parameters` of transformers 5.18.
 */
import type { ConfigReader } from '../config-reader.ts'
import type { RotarySpec } from '../decoder-spec.ts'

/** Factors in use: 1 and 8. */
const GREATEST_FACTOR = 1e6

export const isProportional = (section: ConfigReader | null): boolean =>
  section?.value('rope_type') === 'proportional'

/** What is turned of a head, and by how much slower. */
export interface Proportion {
  /** Share of its pairs. */
  readonly share: number
  readonly factor: number
}

export function readProportion(section: ConfigReader): Proportion {
  return {
    share: section.number('partial_rotary_factor', 0, 1, 1),
    factor: section.number('factor', 1e-6, GREATEST_FACTOR, 1),
  }
}

/** Of whole heads: pairs that stay have frequency 0. */
export function proportionalRope(headSize: number, base: number, { share, factor }: Proportion): RotarySpec {
  const turned = Math.floor((share * headSize) / 2)
  const inverseFrequency = Array.from({ length: headSize / 2 }, (_, pair) =>
    pair < turned ? base ** ((-2 * pair) / headSize) / factor : 0,
  )
  return { size: headSize, pairing: 'half', inverseFrequency, amplitude: 1 }
}
