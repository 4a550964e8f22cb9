/** Artifacts that cannot be audited beside the fixture: one message with the numbers, before anything is run. *
 * @module-tag slow
 */
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { availableMemory } from '../../../src/audit/machine/memory.ts'
import { audit } from '../golden-audit.ts'
import { neox, type PlainModel, randomLlama, Workshop } from './make.ts'
import { SHORT } from './short.ts'

const workshop = new Workshop()
afterAll(() => workshop.remove())

const failing = (candidates: readonly string[]) => expect(audit({ ...SHORT, candidates })).rejects

function without(suffix: string): PlainModel {
  return { ...neox, tensors: new Map([...neox.tensors].filter(([name]) => !name.endsWith(suffix))) }
}

/** A Llama of 20 blocks of 65,536 squared: header and config alone, the file is a hole. */
function enormous(): string {
  const folder = workshop.at('enormous')
  mkdirSync(folder)
  const [d, layers] = [65_536, 20]
  const shapes: [string, number[]][] = [
    ['model.embed_tokens.weight', [1024, d]],
    ['model.norm.weight', [d]],
  ]
  for (let layer = 0; layer < layers; layer++) {
    const block = `model.layers.${layer}`
    shapes.push([`${block}.input_layernorm.weight`, [d]], [`${block}.post_attention_layernorm.weight`, [d]])
    for (const name of [
      'self_attn.q',
      'self_attn.k',
      'self_attn.v',
      'self_attn.o',
      'mlp.gate',
      'mlp.up',
      'mlp.down',
    ])
      shapes.push([`${block}.${name}_proj.weight`, [d, d]])
  }
  let end = 0
  const header: Record<string, unknown> = {}
  for (const [name, shape] of shapes) {
    const start = end
    end += 2 * shape.reduce((product, size) => product * size, 1)
    header[name] = { dtype: 'BF16', shape, data_offsets: [start, end] }
  }
  const text = Buffer.from(JSON.stringify(header))
  const size = Buffer.alloc(8)
  size.writeBigUInt64LE(BigInt(text.length))
  writeFileSync(join(folder, 'model.safetensors'), Buffer.concat([size, text]))
  truncateSync(join(folder, 'model.safetensors'), 8 + text.length + end)
  const config = {
    ...randomLlama('llama', 256).config,
    vocab_size: 1024,
    hidden_size: d,
    num_attention_heads: 512,
    num_key_value_heads: 512,
    head_dim: 128,
    intermediate_size: d,
    num_hidden_layers: layers,
    tie_word_embeddings: true,
  }
  writeFileSync(join(folder, 'config.json'), JSON.stringify(config))
  return folder
}

describe('artifacts that cannot be audited', () => {
  it('a model larger than memory: how large, how much there is', async () => {
    const folder = enormous()
    await expect(
      audit({
        ...SHORT,
        reference: folder,
        saes: [],
        candidates: ['rtn:4'],
        tokenizer: 'fixtures/models/neox/tokenizer.json',
      }),
    ).rejects.toMatchObject({
      code: 'MODEL_TOO_LARGE',
      exitStatus: 2,
      message: expect.stringMatching(
        /needs about \d+\.\d GB of memory, with one block at a time; \d+\.\d GB are available/,
      ),
    })
    expect(availableMemory()).toBeLessThanOrEqual(totalmem())
    expect(availableMemory()).toBeGreaterThan(1e8)
  })

  it('another family, depth or width', async () => {
    await failing([workshop.plain(randomLlama('llama', 1024), 'llama')]).toMatchObject({
      code: 'MODELS_DIFFER',
      message: expect.stringContaining('number of blocks is 3'),
    })
    const shallow = { ...neox, config: { ...neox.config, num_hidden_layers: 5 } }
    await failing([workshop.plain(shallow, 'shallow')]).toMatchObject({ code: 'MODELS_DIFFER' })
  })

  it('a tensor that is missing, in a folder or a GGUF', async () => {
    const missing = without('layers.2.mlp.dense_4h_to_h.weight')
    await failing([workshop.plain(missing, 'missing')]).toMatchObject({
      code: 'WEIGHT_MISSING',
      exitStatus: 2,
    })
    await failing([workshop.gguf(missing, 'F16', 'missing.gguf')]).toMatchObject({ exitStatus: 2 })
  })

  it('a part of a split GGUF that is not there', async () => {
    const first = workshop.splitGguf(neox, 'F16', 'half')
    truncateSync(first.replace('-00001-', '-00002-'), 0)
    await failing([first]).toMatchObject({ exitStatus: 2 })
    await failing([workshop.at('none-00001-of-00002.gguf')]).toMatchObject({ code: 'FILE_MISSING' })
  })
})
