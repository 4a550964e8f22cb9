/**
 * @file How two rotary embeddings differ, in words. A decoder holds the angles only, with any scaling applied; most of them
 * are a base and one factor (angle of pair i = base^(−2i/size) / factor), and are told by these. llama3, YaRN and longrope
 * scale each pair in its own way, and are told by the first pair that turns otherwise.
 */

import type { RotarySpec } from '../../../models/decoder-spec.ts'
import { present } from '../../../numbers/present.ts'

export interface Difference {
  readonly what: string
  readonly found: number | string | null
  readonly expected: number | string | null
}

/** `same`: are two numbers equal, within what the formats keep of them? */
export function rotaryDifferences(
  found: RotarySpec | null,
  expected: RotarySpec | null,
  same: (a: number, b: number) => boolean,
): readonly Difference[] {
  if (found === null || expected === null) {
    if (found === expected) return []
    return [{ what: 'rotary embedding', found: found && 'present', expected: expected && 'present' }]
  }
  if (found.size !== expected.size) {
    return [{ what: 'number of rotated dimensions', found: found.size, expected: expected.size }]
  }
  const differences: Difference[] = []
  if (found.pairing !== expected.pairing)
    differences.push({
      what: 'pairing of rotated dimensions',
      found: found.pairing,
      expected: expected.pairing,
    })
  if (!same(found.amplitude, expected.amplitude))
    differences.push({ what: 'rotary amplitude', found: found.amplitude, expected: expected.amplitude })
  return [...differences, ...angleDifferences(found, expected, same)]
}

function angleDifferences(
  found: RotarySpec,
  expected: RotarySpec,
  same: (a: number, b: number) => boolean,
): readonly Difference[] {
  const other = found.inverseFrequency.flatMap((angle, pair) =>
    same(angle, present(expected.inverseFrequency[pair])) ? [] : [pair],
  )
  const [first] = other
  if (first === undefined) return []
  const [a, b] = [plainForm(found, same), plainForm(expected, same)]
  if (a !== null && b !== null) {
    const differences = [
      { what: 'rotary base', found: a.base, expected: b.base },
      { what: 'rotary scaling factor', found: a.factor, expected: b.factor },
    ].filter((difference) => !same(difference.found, difference.expected))
    if (differences.length > 0) return differences
  }
  return [
    {
      what: `rotary angle of pair ${first} (of ${other.length} pairs that turn otherwise)`,
      found: shown(present(found.inverseFrequency[first])),
      expected: shown(present(expected.inverseFrequency[first])),
    },
  ]
}

/** Base and factor, where all angles follow from them; null: they do not, or one pair is too few to tell. */
function plainForm(
  { size, inverseFrequency }: RotarySpec,
  same: (a: number, b: number) => boolean,
): { readonly base: number; readonly factor: number } | null {
  const [first = 0] = inverseFrequency
  const last = inverseFrequency.length - 1
  if (last < 1) return null
  const base = (first / present(inverseFrequency[last])) ** (size / (2 * last))
  const follows = inverseFrequency.every((angle, pair) => same(angle, first * base ** ((-2 * pair) / size)))
  return follows ? { base: shown(base), factor: shown(1 / first) } : null
}

/** To six digits: what a config says, without the rounding of our way back to it. */
const shown = (value: number): number => Number(value.toPrecision(6))
