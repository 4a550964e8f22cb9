/** @file The same weights in other layouts: every role must read the numbers that it reads in the family's own layout. */
import { describe, expect, test } from 'vitest'
import { describeDecoder } from '../../../src/models/families/index.ts'
import { nearestName } from '../../../src/models/nearest-name.ts'
import { allRefs, checkShapes, weightReader } from '../../../src/models/weight-reader.ts'
import type { NaiveTensor } from '../../oracle/pieces.ts'
import { type RandomModel, randomModel, tableOf } from '../../oracle/random-model.ts'
import { attentionAt } from '../attention-at.ts'

const LENGTH = 8

/** A small Llama without biases, whose unembedding is its own or the embedding. */
function llama(tied: boolean): RandomModel {
  const { config, tensors } = randomModel('llama', 2)
  const plain = [...tensors].filter(
    ([name]) => !name.endsWith('.bias') && !(tied && name === 'lm_head.weight'),
  )
  return {
    config: { ...config, tie_word_embeddings: tied, attention_bias: false, mlp_bias: false },
    tensors: new Map(plain),
  }
}

/** What all roles read, one after the other: q, k, v of each block first among them. */
async function numbersOf({ config, tensors }: RandomModel): Promise<readonly number[][]> {
  const { weights } = describeDecoder(config, LENGTH, new Set(tensors.keys()))
  const refs = [...allRefs(weights), weights.unembedding.weight]
  const table = tableOf(tensors)
  checkShapes(table, refs, 'model')
  const reader = weightReader(table, refs)
  const numbers: number[][] = []
  for (const ref of refs) numbers.push([...(await reader.read(ref, 'float32')).data])
  return numbers
}

/** Rows of several matrices one after the other. */
function joined(parts: readonly NaiveTensor[]): NaiveTensor {
  const columns = parts[0]?.shape[1] ?? 0
  const rows = parts.reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0)
  return { shape: [rows, columns], data: Float32Array.from(parts.flatMap(({ data }) => [...data])) }
}

/** `parts` of every block in one matrix. */
function fused(model: RandomModel, module: string, parts: readonly string[]): RandomModel {
  const tensors = new Map(model.tensors)
  for (const name of model.tensors.keys()) {
    if (!name.endsWith(`.${parts[0]}.weight`)) continue
    const stem = name.slice(0, -`${parts[0]}.weight`.length)
    const members = parts.map((part) => {
      const member = model.tensors.get(`${stem}${part}.weight`)
      if (member === undefined) throw new Error(`no ${part}`)
      tensors.delete(`${stem}${part}.weight`)
      return member
    })
    tensors.set(`${stem}${module}.weight`, joined(members))
  }
  return { config: model.config, tensors }
}

describe('matrices in one', () => {
  test.each([
    ['qkv_proj', ['q_proj', 'k_proj', 'v_proj']],
    ['gate_up_proj', ['gate_proj', 'up_proj']],
  ])('%s', async (module, parts) => {
    const model = llama(false)
    const other = fused(model, module, parts)
    expect(other.tensors.size).toBeLessThan(model.tensors.size)
    expect(await numbersOf(other)).toEqual(await numbersOf(model))
    const { warnings } = describeDecoder(other.config, LENGTH, new Set(other.tensors.keys()))
    expect(warnings).toEqual([expect.stringContaining(`${module} holds several matrices`)])
  })
})

describe('a tied pair', () => {
  test('of which only the unembedding is stored', async () => {
    const model = llama(true)
    const tensors = new Map(model.tensors)
    const embedding = tensors.get('model.embed_tokens.weight')
    if (embedding === undefined) throw new Error('no embedding')
    tensors.delete('model.embed_tokens.weight')
    tensors.set('lm_head.weight', embedding)
    expect(await numbersOf({ config: model.config, tensors })).toEqual(await numbersOf(model))
  })

  test('that differs: the stored unembedding counts', async () => {
    const model = llama(true)
    const head = llama(false).tensors.get('lm_head.weight') ?? { shape: [], data: new Float32Array() }
    const tensors = new Map([...model.tensors, ['lm_head.weight', head] as const])
    const numbers = await numbersOf({ config: model.config, tensors })
    expect(numbers.at(-1)).toEqual([...head.data])
    expect(numbers.slice(0, -1)).toEqual((await numbersOf(model)).slice(0, -1))
  })
})

test('a bias on q, k and v without one on the output is read, and nothing else is asked for', () => {
  const { config, tensors } = llama(false)
  const biases = ['q', 'k', 'v'].map((part) => `model.layers.0.self_attn.${part}_proj.bias`)
  const declared = { ...config, attention_bias: true }
  const { weights } = describeDecoder(declared, LENGTH, new Set([...tensors.keys(), ...biases]))
  const [block] = weights.blocks
  expect([block?.q, block?.k, block?.v].map((ref) => ref?.bias?.tensor)).toEqual(biases)
  expect(block?.o.bias).toBeNull()
})

describe('a tensor that is missing', () => {
  test('is named with the nearest that is stored', () => {
    const { config, tensors } = llama(false)
    const renamed = new Map([...tensors].map(([name, tensor]) => [name.replace('.q_proj.', '.wq.'), tensor]))
    const { weights } = describeDecoder(config, LENGTH)
    expect(() => checkShapes(tableOf(renamed), allRefs(weights), 'model')).toThrow(
      /layers\.0\.self_attn\.q_proj\.weight".*the nearest that is stored is "model\.layers\.0\.self_attn\.wq\.weight"/,
    )
  })

  test('has no nearest in an empty checkpoint', () => {
    expect(nearestName('a', [])).toBeNull()
  })
})

describe('an empty rope section', () => {
  test('says nothing, whatever stands in the other', () => {
    const { config } = llama(false)
    const named = {
      ...config,
      rope_scaling: {},
      rope_parameters: { rope_theta: 500_000, rope_type: 'default' },
    }
    const { rotary } = attentionAt(describeDecoder({ ...named, rope_theta: 10_000 }, LENGTH), 0)
    const size = rotary?.size ?? 0
    expect(rotary?.inverseFrequency[1]).toBeCloseTo(500_000 ** (-2 / size), 12)
  })
})
