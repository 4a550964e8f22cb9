import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { bytesSource } from '../../../src/bytes/source.ts'
import { readGguf } from '../../../src/checkpoints/gguf/container.ts'
import { openGguf } from '../../../src/checkpoints/gguf/open.ts'
import { ggufPartNames } from '../../../src/checkpoints/gguf/split.ts'
import { f32, type Metadata, text, u32, writeGguf } from './writer.ts'

const TINY = new URL('../../../fixtures/gguf/tiny-llama.gguf', import.meta.url)

async function parts(change: (metadata: Metadata, part: number) => Metadata = (metadata) => metadata) {
  const whole = new Uint8Array(await readFile(TINY))
  const file = await readGguf(bytesSource('tiny', whole))
  const tensors = [...file.tensors.values()].map(({ name, shape, type, start, end }) => ({
    name,
    shape,
    typeId: type.id,
    bytes: whole.subarray(start, end),
  }))
  const model: Metadata = {
    'general.architecture': text('llama'),
    'llama.context_length': u32(128),
    'llama.embedding_length': u32(64),
    'llama.block_count': u32(2),
    'llama.feed_forward_length': u32(96),
    'llama.attention.head_count': u32(4),
    'llama.attention.head_count_kv': u32(2),
    'llama.attention.layer_norm_rms_epsilon': f32(1e-5),
  }
  const sources = [0, 1, 2].map((part) => {
    const split: Metadata = {
      'split.no': { type: 'u16', value: part },
      'split.count': { type: 'u16', value: 3 },
      'split.tensors.count': { type: 'i32', value: tensors.length },
    }
    const own = tensors.filter((_, i) => Math.floor(i / 8) === part)
    const metadata = change(part === 0 ? { ...model, ...split } : split, part)
    return bytesSource(`tiny-0000${part + 1}-of-00003.gguf`, writeGguf(metadata, own))
  })
  return { sources, whole: await openGguf(bytesSource('tiny', whole)) }
}

describe('split files', () => {
  it('knows the names of all parts', () => {
    expect(ggufPartNames('m-00002-of-00003.gguf')).toEqual([
      'm-00001-of-00003.gguf',
      'm-00002-of-00003.gguf',
      'm-00003-of-00003.gguf',
    ])
    for (const name of ['m.gguf', 'm-00004-of-00003.gguf', 'm-00000-of-00003.gguf', 'm-1-of-3.gguf']) {
      expect(ggufPartNames(name)).toEqual([name])
    }
  })

  it('read as the whole file does, in any order', async () => {
    const { sources, whole } = await parts()
    const [a, b, c] = sources
    for (const order of [sources, [c!, a!, b!]]) {
      const { tensors } = await openGguf(order)
      expect([...tensors.entries.keys()].sort()).toEqual([...whole.tensors.entries.keys()].sort())
      for (const name of tensors.entries.keys()) {
        const found = Buffer.from((await tensors.read(name)).data.buffer.slice(0))
        expect((await tensors.read(name)).data).toEqual((await whole.tensors.read(name)).data)
        expect(found.length).toBeGreaterThan(0)
      }
    }
  })

  it('are refused when a part is missing, doubled or foreign', async () => {
    const { sources } = await parts()
    const [a, b, c] = sources
    const wrong = { code: 'GGUF_SPLIT_WRONG' }
    await expect(openGguf(a!)).rejects.toMatchObject({
      ...wrong,
      message: /split.count is 3, but 1 parts are given/,
    })
    await expect(openGguf([a!, b!])).rejects.toMatchObject(wrong)
    await expect(openGguf([a!, b!, b!])).rejects.toMatchObject(wrong)
    await expect(openGguf([a!, b!, c!, c!])).rejects.toMatchObject(wrong)
    const promised = await parts((metadata) => ({ ...metadata, 'split.tensors.count': u32(99) }))
    await expect(openGguf(promised.sources)).rejects.toMatchObject({ ...wrong, message: /99/ })
  })
})
