/** @file NF4 and LLM.int8() of a reference's weights are, bit for bit, what the reader of bitsandbytes' files decodes from a file of the same weights. */
import { expect, it } from 'vitest'
import { decodePacked } from '../../../src/checkpoints/packed/decode-packed.ts'
import { int8Rows } from '../../../src/compression/calibrated/int8.ts'
import { normalFloat } from '../../../src/compression/calibrated/normal-float.ts'
import { BITSANDBYTES_ENCODERS } from '../../checkpoints/packed/encoders/bitsandbytes.ts'
import { randomWeights, seeded, stored } from '../../checkpoints/packed/encoders/bytes.ts'
import { rawTable } from '../../checkpoints/packed/encoders/encoder.ts'

const [N, K] = [37, 150]
const LAYER = 'model.layers.0.mlp.up_proj'

it.each([
  ['bitsandbytes nf4 b64', normalFloat],
  ['bitsandbytes int8', (data: Float32Array) => int8Rows({ data, out: N, in: K })],
] as const)('%s', async (name, make) => {
  const encoder = BITSANDBYTES_ENCODERS.find((one) => one.name === name)
  if (encoder === undefined) throw new Error(`no encoder ${name}`)
  const random = seeded(11)
  const values = randomWeights(N * K, random)
  const { tensors } = encoder.encode(LAYER, { N, K, values }, random)
  const { raw, plain } = rawTable({ 'model.norm.weight': stored('F32', [3], [1, 1, 1]), ...tensors }, {})
  const packed = await decodePacked(raw, plain, { quantization_config: encoder.config })
  const read = await packed?.table.read(`${LAYER}.weight`)
  expect(make(values)).toEqual(read?.data)
  expect(new Set(make(values)).size).toBeGreaterThan(100)
})
