/** @file One small weight, packed by a named encoder and opened under a config that may say something else. */
import { decodePacked } from '../../../../src/checkpoints/packed/decode-packed.ts'
import type { JsonObject } from '../../../../src/sources/json.ts'
import { randomWeights, type Stored, seeded } from './bytes.ts'
import { rawTable } from './encoder.ts'
import { ENCODERS } from './index.ts'

export const WEIGHT = { N: 32, K: 128, values: randomWeights(32 * 128, seeded(3)) }

export function encoderNamed(name: string) {
  const encoder = ENCODERS.find((candidate) => candidate.name === name)
  if (encoder === undefined) throw new Error(`no encoder ${name}`)
  return encoder
}

export async function opened(
  name: string,
  change: JsonObject = {},
  more: Record<string, Stored> = {},
  module = 'm',
) {
  const encoder = encoderNamed(name)
  const { tensors, metadata } = encoder.encode(module, WEIGHT, seeded(5))
  const { raw, plain } = rawTable({ ...tensors, ...more }, metadata)
  const packed = await decodePacked(raw, plain, { quantization_config: { ...encoder.config, ...change } })
  if (packed === null) throw new Error('nothing packed')
  return packed
}
