/** @file Gemma Scope 1 and 2, from arrays as they are published. */
import { describe, expect, it } from 'vitest'
import { hookOfGemmaModule } from '../../../src/sae/layouts/gemma-scope-2.ts'
import { type Stored, safetensors } from '../dictionary-files.ts'
import { jump, matrix, plus, product, type Row, randomTensors, times } from '../naive.ts'
import { npz } from '../npz-files.ts'
import { expectNaive, places } from './expect-naive.ts'

const [D, F] = [6, 40]

const jumpRelu = (x: Row, W: Stored, b: Stored, threshold: Stored): Row =>
  jump(plus(product(x, matrix(W)), b.values), (j) => threshold.values[j] ?? Number.NaN)

describe('Gemma Scope', () => {
  const arrays = randomTensors(1, { W_enc: [D, F], b_enc: [F], W_dec: [F, D], b_dec: [D], threshold: [F] })
  const { W_enc, b_enc, W_dec, b_dec, threshold } = arrays
  const encode = (x: Row): Row => jumpRelu(x, W_enc, b_enc, threshold)
  const decode = (f: Row): Row => plus(product(f, matrix(W_dec)), b_dec.values)

  it('residual, with what its path claims', async () => {
    const path = 'google/gemma-scope-2b-pt-res/layer_12/width_16k/average_l0_82/params.npz'
    const dictionary = await expectNaive({ [path]: npz(arrays) }, { d_in: D, encode, decode })
    expect(places(dictionary)).toEqual(['blocks.12.hook_resid_post', 'blocks.12.hook_resid_post'])
    expect(dictionary).toMatchObject({
      claims: { l0: 82, model: 'gemma-2-2b' },
      neuronpedia: 'gemma-2-2b/12-gemmascope-res-16k',
    })
  })

  it('has a name on Neuronpedia for the canonical one only', async () => {
    const path = 'google/gemma-scope-2b-pt-res/layer_12/width_16k/average_l0_176/params.npz'
    const dictionary = await expectNaive({ [path]: npz(arrays) }, { d_in: D, encode, decode })
    expect(dictionary.neuronpedia).toBe(null)
  })

  it('transcoder', async () => {
    const path = 'gemma-scope-2b-pt-transcoders/layer_3/width_16k/average_l0_54/params.npz'
    const dictionary = await expectNaive({ [path]: npz(arrays) }, { d_in: D, encode, decode })
    expect(places(dictionary)).toEqual(['blocks.3.ln2.hook_normalized', 'blocks.3.hook_mlp_out'])
  })

  it('embedding: trained on rows times √d', async () => {
    const path = 'gemma-scope-2b-pt-res/embedding/width_4k/average_l0_6/params.npz'
    const dictionary = await expectNaive(
      { [path]: npz(arrays) },
      {
        d_in: D,
        encode: (x) => encode(times(x, 1 / Math.sqrt(D))),
        decode: (f) => {
          const bias = b_dec.values
          return plus(times(product(f, matrix(W_dec)), Math.sqrt(D)), bias)
        },
      },
    )
    expect(places(dictionary)).toEqual(['hook_embed', 'hook_embed'])
  })
})

describe('Gemma Scope 2', () => {
  const tensors = randomTensors(2, { w_enc: [D, F], b_enc: [F], w_dec: [F, 5], b_dec: [5], threshold: [F] })
  const { affine_skip_connection } = randomTensors(3, { affine_skip_connection: [D, 5] })
  const { w_enc, b_enc, w_dec, b_dec, threshold } = tensors
  const naive = {
    d_in: D,
    encode: (x: Row): Row => jumpRelu(x, w_enc, b_enc, threshold),
    decode: (f: Row): Row => plus(product(f, matrix(w_dec)), b_dec.values),
  }

  it.each([
    ['resid_post', 'blocks.9.hook_resid_post', 'blocks.9.hook_resid_post'],
    ['resid_post_all', 'blocks.9.hook_resid_post', 'blocks.9.hook_resid_post'],
    ['attn_out', 'blocks.9.attn.hook_z', 'blocks.9.attn.hook_z'],
    ['mlp_out_all', 'blocks.9.hook_mlp_out', 'blocks.9.hook_mlp_out'],
    ['transcoder', 'blocks.9.mlp.hook_in', 'blocks.9.hook_mlp_out'],
  ])('%s, by its path', async (kind, reads, predicts) => {
    const path = `gemma-scope-2-1b-pt/${kind}/layer_9_width_16k_l0_medium/params.safetensors`
    const dictionary = await expectNaive({ [path]: safetensors(tensors) }, naive)
    expect(places(dictionary)).toEqual([reads, predicts])
  })

  it('transcoder with an affine skip, by its config', async () => {
    const config = {
      architecture: 'jump_relu',
      model_name: 'google/gemma-3-1b-pt',
      hf_hook_point_in: 'model.layers.4.pre_feedforward_layernorm.output',
      hf_hook_point_out: 'model.layers.4.post_feedforward_layernorm.output',
      l0: 20,
    }
    const dictionary = await expectNaive(
      {
        'x/config.json': JSON.stringify(config),
        'x/params.safetensors': safetensors({ ...tensors, affine_skip_connection }),
      },
      { ...naive, decode: (f, x) => plus(naive.decode(f), product(x, matrix(affine_skip_connection))) },
    )
    expect(places(dictionary)).toEqual(['blocks.4.mlp.hook_in', 'blocks.4.hook_mlp_out'])
    expect(dictionary.claims).toMatchObject({ l0: 20, model: 'google/gemma-3-1b-pt' })
  })

  it.each([
    ['model.layers.17.output', 'blocks.17.hook_resid_post'],
    ['model.language_model.layers.3.self_attn.o_proj.input', 'blocks.3.attn.hook_z'],
    ['model.layers.3.post_feedforward_layernorm.output', 'blocks.3.hook_mlp_out'],
    ['model.layers.3.mlp.down_proj.input', null],
  ])('module %s is %s', (name, hook) => expect(hookOfGemmaModule(name)).toBe(hook))
})
