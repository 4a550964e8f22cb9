/** @file A checkpoint that PyTorch saved: pytorch_model.bin, or its index over several. */
import { describe, expect, it } from 'vitest'
import { openCheckpoint } from '../../src/checkpoints/open.ts'
import { openLocal } from '../../src/sources/local-folder.ts'
import { folderWith } from '../sae/dictionary-files.ts'
import { ptFile } from '../sae/pt-files.ts'

const weight = { shape: [2, 3], values: [1, 2, 3, 4, 5, 6] }
const bias = { shape: [2], values: [7, 8] }
const open = async (files: Readonly<Record<string, string | Uint8Array>>) => {
  const folder = await folderWith({ 'config.json': '{}', ...files })
  return openCheckpoint(folder, await openLocal(folder))
}

describe('a checkpoint of PyTorch', () => {
  it('in one file', async () => {
    const checkpoint = await open({ 'pytorch_model.bin': ptFile({ 'h.weight': weight, 'h.bias': bias }) })
    expect([...(await checkpoint.tensors.read('h.weight')).data]).toEqual(weight.values)
    expect(checkpoint).toMatchObject({ storedAs: 'F32', parameters: 8 })
    await checkpoint.close()
  })

  it('in two, by their index', async () => {
    const names = ['pytorch_model-00001-of-00002.bin', 'pytorch_model-00002-of-00002.bin'] as const
    const checkpoint = await open({
      'pytorch_model.bin.index.json': JSON.stringify({
        weight_map: { 'h.weight': names[0], 'h.bias': names[1] },
      }),
      [names[0]]: ptFile({ 'h.weight': weight }),
      [names[1]]: ptFile({ 'h.bias': bias }),
    })
    expect([...(await checkpoint.tensors.read('h.bias')).data]).toEqual(bias.values)
    await checkpoint.close()
  })

  it('is left alone where there is a safer one', async () => {
    await expect(open({ 'pytorch_model.bin': 'junk', 'model.safetensors': '' })).rejects.toMatchObject({
      code: 'SAFETENSORS_MALFORMED',
    })
  })

  it('refuses an index of mixed kinds', async () => {
    const weight_map = { a: 'model.safetensors' }
    await expect(
      open({ 'pytorch_model.bin.index.json': JSON.stringify({ weight_map }), 'x.bin': '' }),
    ).rejects.toMatchObject({ code: 'SHARD_INDEX_MALFORMED' })
  })
})
