/** @file circuit-tracer's transcoders, and plain files of PyTorch of four projects. */
import { describe, expect, it } from 'vitest'
import { folderWith, open, safetensors } from '../dictionary-files.ts'
import {
  jump,
  layerNormed,
  matrix,
  minus,
  plus,
  product,
  type Row,
  randomTensors,
  relu,
  times,
  topK,
  turned,
} from '../naive.ts'
import { ptFile } from '../pt-files.ts'
import { expectNaive, places } from './expect-naive.ts'

const [D, F] = [6, 40]

describe('circuit-tracer', () => {
  const tensors = randomTensors(1, { W_enc: [F, D], b_enc: [F], W_dec: [F, D], b_dec: [D] })
  const { threshold, W_skip } = randomTensors(2, { threshold: [F], W_skip: [D, D] })
  const z = (x: Row): Row => plus(product(x, turned(matrix(tensors.W_enc))), tensors.b_enc.values)
  const decode = (f: Row): Row => plus(product(f, matrix(tensors.W_dec)), tensors.b_dec.values)

  it('per layer', async () => {
    const files = {
      'layer_7.safetensors': safetensors(tensors),
      'config.yaml':
        'model_name: "Qwen/Qwen3-4B"\nfeature_input_hook: "mlp.hook_in"\nfeature_output_hook: mlp.hook_out\n',
    }
    const dictionary = await expectNaive(files, { d_in: D, encode: (x) => z(x).map(relu), decode })
    expect(places(dictionary)).toEqual(['blocks.7.mlp.hook_in', 'blocks.7.hook_mlp_out'])
    expect(dictionary.claims.model).toBe('Qwen/Qwen3-4B')
  })

  it('per layer, with thresholds and a skip', async () => {
    await expectNaive(
      { 'layer_7.safetensors': safetensors({ ...tensors, threshold, W_skip }) },
      {
        d_in: D,
        encode: (x) => jump(z(x), (j) => threshold.values[j] ?? Number.NaN),
        decode: (f, x) => plus(decode(f), product(x, turned(matrix(W_skip)))),
      },
    )
  })

  it('across layers: the encoder alone', async () => {
    const stored = { W_enc_4: tensors.W_enc, b_enc_4: tensors.b_enc, b_dec_4: tensors.b_dec }
    const files = { 'W_enc_4.safetensors': safetensors(stored), 'W_dec_4.safetensors': '' }
    const dictionary = await expectNaive(files, { d_in: D, encode: (x) => z(x).map(relu), decode: null })
    expect(places(dictionary)).toEqual(['blocks.4.hook_resid_mid', 'blocks.4.hook_mlp_out'])
    expect(dictionary.rebuilds).toBe(false)
  })
})

const linear = randomTensors(3, {
  'encoder.weight': [F, D],
  'encoder.bias': [F],
  'decoder.weight': [D, F],
  'decoder.bias': [D],
})
const {
  'encoder.weight': weight,
  'encoder.bias': bias,
  'decoder.weight': decoder,
  'decoder.bias': b,
} = linear
const z = (x: Row): Row => plus(product(x, turned(matrix(weight))), bias.values)
const decode = (f: Row): Row => plus(product(f, turned(matrix(decoder))), b.values)

describe('plain files of PyTorch', () => {
  it('qresearch', async () => {
    const files = { 'DeepSeek-R1-Distill-Llama-8B-SAE-l19.pt': ptFile(linear) }
    const dictionary = await expectNaive(files, { d_in: D, encode: (x) => z(x).map(relu), decode })
    expect(places(dictionary)[0]).toBe('blocks.19.hook_resid_post')
  })

  it('Goodfire', async () => {
    const tensors = {
      'encoder_linear.weight': weight,
      'encoder_linear.bias': bias,
      'decoder_linear.weight': decoder,
      'decoder_linear.bias': b,
    }
    const files = { 'Llama-3.3-70B-Instruct-SAE-l50.pth': ptFile(tensors) }
    const dictionary = await expectNaive(files, { d_in: D, encode: (x) => z(x).map(relu), decode })
    expect(places(dictionary)[0]).toBe('blocks.50.hook_resid_post')
  })

  it('connor_rob', async () => {
    const tensors = randomTensors(4, { W_enc: [D, F], b_enc: [F], W_dec: [F, D], b_dec: [D] })
    const files = {
      'gpt2-small_L1_Hcat_z.pt': ptFile(tensors),
      'gpt2-small_L1_Hcat_z_cfg.json': '{"act_name": "blocks.1.attn.hook_z", "act_size": 6, "dict_size": 40}',
    }
    const dictionary = await expectNaive(files, {
      d_in: D,
      encode: (x) =>
        plus(product(minus(x, tensors.b_dec.values), matrix(tensors.W_enc)), tensors.b_enc.values).map(relu),
      decode: (f) => plus(product(f, matrix(tensors.W_dec)), tensors.b_dec.values),
    })
    expect(places(dictionary)[0]).toBe('blocks.1.attn.hook_z')
  })
})

const openAi = { pre_bias: b, 'encoder.weight': weight, latent_bias: bias, 'decoder.weight': decoder }

describe('OpenAI', () => {
  it('OpenAI, ReLU', async () => {
    const files = { 'resid_delta_mlp/autoencoders/3.pt': ptFile(openAi) }
    const dictionary = await expectNaive(files, {
      d_in: D,
      encode: (x) => z(minus(x, b.values)).map(relu),
      decode,
    })
    expect(places(dictionary)[0]).toBe('blocks.3.hook_mlp_out')
  })

  it('OpenAI, top-k of normalised rows', async () => {
    const pt = ptFile(openAi, (p) =>
      p.text('activation').text('TopK').raw(0x73).dictItem('activation_state_dict', 'k', 6),
    )
    const dictionary = await expectNaive(
      { 'resid_post_attn_v5_32k/autoencoders/3.pt': pt },
      {
        d_in: D,
        encode: (x) => topK(z(minus(layerNormed(x).rows, b.values)), 6),
        decode: (f, x) => {
          const { mean, deviation } = layerNormed(x)
          return times(decode(f), deviation).map((value) => value + mean)
        },
      },
    )
    expect(places(dictionary)[0]).toBe('blocks.3.hook_resid_mid')
  })

  it('of another kind', async () => {
    const folder = await folderWith({ 'x.pt': ptFile({ weight }) })
    await expect(open(folder)).rejects.toMatchObject({ code: 'SAE_UNSUPPORTED', exitStatus: 2 })
  })
})
