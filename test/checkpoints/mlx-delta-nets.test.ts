/** @file Delta nets as MLX stores them: a random Qwen3.5 turned by the published rule computes what the original does. */
import { expect, it } from 'vitest'
import { withoutMlxForm } from '../../src/checkpoints/mlx-delta-nets.ts'
import { withSingleExperts } from '../../src/checkpoints/single-experts.ts'
import { wholeBody } from '../../src/models/body-program.ts'
import { describeDecoder } from '../../src/models/families/index.ts'
import { decoderOf, LENGTH, runDecoder, runProgram, SEQUENCES } from '../models/run-program.ts'
import { at, type NaiveTensor } from '../oracle/pieces.ts'
import { randomIds, randomModel, tableOf } from '../oracle/random-model.ts'

const NORMS = [
  '.input_layernorm.weight',
  '.post_attention_layernorm.weight',
  'model.norm.weight',
  '.q_norm.weight',
  '.k_norm.weight',
]

/** `v.moveaxis(2, 1)` of convolutions, `v + 1.0` of norms. */
function asMlx(tensors: ReadonlyMap<string, NaiveTensor>): Map<string, NaiveTensor> {
  return new Map(
    [...tensors].map(([name, { shape, data }]): [string, NaiveTensor] => {
      if (name.includes('conv1d.weight'))
        return [name, { shape: [at(shape, 0), at(shape, 2), at(shape, 1)], data }]
      if (!NORMS.some((ending) => name.endsWith(ending))) return [name, { shape, data }]
      return [name, { shape, data: Float64Array.from(data, (gain) => gain + 1) }]
    }),
  )
}

it.each(['qwen3_5_text', 'qwen3_next'])('a %s in the form of MLX is the same model', async (family) => {
  const model = randomModel(family, 0)
  const sequences = Array.from({ length: SEQUENCES }, (_, s) => randomIds(model.config, LENGTH, s))
  const taps = [{ layer: 0, name: 'hook_resid_post' } as const]
  const original = await runProgram(model, wholeBody(taps), { sequences })
  const { tensors, config } = model
  const table = withSingleExperts(withoutMlxForm(tableOf(asMlx(tensors))), config)
  const decoder = describeDecoder(config, LENGTH, new Set(table.entries.keys()))
  expect(decoder.weights).toEqual(decoderOf(model).weights)
  const found = await runDecoder({ decoder, table }, wholeBody(taps), { sequences }, 'float32')
  for (const [i, value] of original.end.entries()) expect(at(found.end, i)).toBeCloseTo(value, 4)
})

it('leaves a table in the form of transformers as it is', () => {
  const table = tableOf(randomModel('qwen3_5_text', 1).tensors)
  expect(withoutMlxForm(table)).toBe(table)
})
