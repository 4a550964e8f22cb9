/** @file EleutherAI's sparsify: top-k, groupmax, transcoders with and without skip. */
import { describe, expect, it } from 'vitest'
import { folderWith, open, safetensors } from '../dictionary-files.ts'
import { groupMax, matrix, minus, plus, product, type Row, randomTensors, topK, turned } from '../naive.ts'
import { expectNaive, places } from './expect-naive.ts'

const [D, F, K] = [6, 40, 5]
const tensors = randomTensors(1, { 'encoder.weight': [F, D], 'encoder.bias': [F], W_dec: [F, D], b_dec: [D] })
const { W_skip } = randomTensors(2, { W_skip: [D, D] })
const cfg = {
  k: K,
  num_latents: 0,
  expansion_factor: F / D,
  multi_topk: true,
  normalize_decoder: true,
  d_in: D,
}
const files = (
  module: string,
  more: object,
  weights: typeof tensors & { W_skip?: typeof W_skip } = tensors,
) => ({
  [`${module}/cfg.json`]: JSON.stringify({ ...cfg, ...more }),
  [`${module}/sae.safetensors`]: safetensors(weights),
})
const z = (x: Row): Row =>
  plus(product(x, turned(matrix(tensors['encoder.weight']))), tensors['encoder.bias'].values)
const decode = (f: Row): Row => plus(product(f, matrix(tensors.W_dec)), tensors.b_dec.values)
const seen = (x: Row): Row => minus(x, tensors.b_dec.values)

describe('sparsify', () => {
  it.each([
    ['layers.3', 'blocks.3.hook_resid_post'],
    ['layers.12.mlp', 'blocks.12.mlp.hook_out'],
    ['gpt_neox.layers.2.attention', 'blocks.2.attn.hook_out'],
  ])('top-k at %s', async (module, hook) => {
    const naive = { d_in: D, encode: (x: Row) => topK(z(seen(x)), K), decode }
    expect(places(await expectNaive(files(module, {}), naive))).toEqual([hook, hook])
  })

  it('groupmax', async () => {
    const naive = { d_in: D, encode: (x: Row) => groupMax(z(seen(x)), K), decode }
    await expectNaive(files('layers.3', { activation: 'groupmax' }), naive)
  })

  it.each([false, true])('transcoder, skip %s', async (skips) => {
    const weights = skips ? { ...tensors, W_skip } : tensors
    const dictionary = await expectNaive(
      files('layers.3.mlp', { transcode: true, skip_connection: skips }, weights),
      {
        d_in: D,
        encode: (x) => topK(z(x), K),
        decode: (f, x) => (skips ? plus(decode(f), product(x, turned(matrix(W_skip)))) : decode(f)),
      },
    )
    expect(places(dictionary)).toEqual(['blocks.3.mlp.hook_in', 'blocks.3.mlp.hook_out'])
  })

  it.each([
    ['another activation', { activation: 'relu' }, 'SAE_UNSUPPORTED'],
    ['a k above the width', { k: F + 1 }, 'SAE_K_TOO_LARGE'],
    ['groups of unequal size', { activation: 'groupmax', k: 7 }, 'SAE_CONFIG_INVALID'],
    ['another width', { num_latents: 99 }, 'SAE_CONFIG_INVALID'],
    ['no k', { k: null }, 'SAE_CONFIG_INVALID'],
  ])('refuses %s', async (_, more, code) => {
    await expect(open(await folderWith(files('layers.3', more)))).rejects.toMatchObject({
      code,
      exitStatus: 2,
    })
  })
})
