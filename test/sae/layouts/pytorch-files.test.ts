/** @file Layouts in files of PyTorch, from tensors as their projects write them. */
import { describe, expect, it } from 'vitest'
import { folderWith, open, type Stored } from '../dictionary-files.ts'
import {
  jump,
  matrix,
  minus,
  norm,
  plus,
  product,
  type Row,
  randomTensors,
  relu,
  topK,
  turned,
} from '../naive.ts'
import { ptFile } from '../pt-files.ts'
import { expectNaive, places } from './expect-naive.ts'

const [D, F] = [6, 40]
const trained = (trainer: object) =>
  JSON.stringify({
    trainer: { layer: 3, lm_name: 'EleutherAI/pythia-70m-deduped', ...trainer },
    buffer: { ctx_len: 128 },
  })
const files = (dict_class: string, tensors: Readonly<Record<string, Stored>>, more = {}) => ({
  'resid_post_layer_3/trainer_1/config.json': trained({ dict_class, ...more }),
  'resid_post_layer_3/trainer_1/ae.pt': ptFile(tensors),
})

const linear = randomTensors(1, { 'encoder.weight': [F, D], 'encoder.bias': [F], 'decoder.weight': [D, F] })
const { b } = randomTensors(2, { b: [D] })
const W = turned(matrix(linear['encoder.weight']))
const W_dec = turned(matrix(linear['decoder.weight']))
const bias = linear['encoder.bias'].values
const shifted = (x: Row): Row => product(minus(x, b.values), W)
const decode = (f: Row): Row => plus(product(f, W_dec), b.values)

describe('dictionary_learning', () => {
  it('AutoEncoder, its decoder made of unit norm', async () => {
    const norms = W_dec.map(norm)
    const dictionary = await expectNaive(files('AutoEncoder', { ...linear, bias: b }), {
      d_in: D,
      // The encoder is scaled by the norms that are taken off the decoder.
      encode: (x) => plus(shifted(x), bias).map((z, j) => relu(z * (norms[j] ?? 0))),
      decode: (f) => decode(f.map((a, j) => a / (norms[j] ?? 0))),
    })
    expect(places(dictionary)[0]).toBe('blocks.3.hook_resid_post')
    expect(dictionary.claims).toMatchObject({ model: 'EleutherAI/pythia-70m-deduped', contextSize: 128 })
  })

  it('AutoEncoderNew', async () => {
    await expectNaive(files('AutoEncoderNew', { ...linear, 'decoder.bias': b }), {
      d_in: D,
      encode: (x) => plus(product(x, W), bias).map(relu),
      decode,
    })
  })

  it('AutoEncoderTopK', async () => {
    const tensors = { ...linear, b_dec: b, threshold: { shape: [], values: [-1] } }
    await expectNaive(files('AutoEncoderTopK', tensors, { k: 7 }), {
      d_in: D,
      encode: (x) => topK(plus(shifted(x), bias), 7),
      decode,
    })
  })
})

describe('dictionary_learning above thresholds', () => {
  it('BatchTopKSAE, above the stored threshold', async () => {
    const tensors = { ...linear, b_dec: b, threshold: { shape: [], values: [2.25] } }
    await expectNaive(files('BatchTopKSAE', tensors, { k: 7 }), {
      d_in: D,
      encode: (x) => jump(plus(shifted(x), bias), () => 2.25),
      decode,
    })
  })

  it('BatchTopKSAE whose threshold was never set', async () => {
    const tensors = { ...linear, b_dec: b, threshold: { shape: [], values: [-1] } }
    const folder = await folderWith(files('BatchTopKSAE', tensors, { k: 7 }))
    await expect(open(folder)).rejects.toMatchObject({ code: 'SAE_CONFIG_INVALID', exitStatus: 2 })
  })

  it.each([
    ['MatryoshkaBatchTopKSAE', true],
    ['JumpReluAutoEncoder', false],
  ])('%s', async (dict_class, batch) => {
    const plain = randomTensors(3, { W_enc: [D, F], b_enc: [F], W_dec: [F, D], b_dec: [D], threshold: [F] })
    const threshold = batch ? { shape: [], values: [1.5] } : plain.threshold
    await expectNaive(files(dict_class, { ...plain, threshold }, { k: 7 }), {
      d_in: D,
      encode: (x) => {
        const seen = batch ? minus(x, plain.b_dec.values) : x
        const z = plus(product(seen, matrix(plain.W_enc)), plain.b_enc.values)
        return jump(z, (j) => threshold.values[batch ? 0 : j] ?? Number.NaN)
      },
      decode: (f) => plus(product(f, matrix(plain.W_dec)), plain.b_dec.values),
    })
  })

  it('GatedAutoEncoder', async () => {
    const gates = randomTensors(4, { gate_bias: [F], mag_bias: [F], r_mag: [F] })
    const { 'encoder.bias': _, ...weights } = linear
    await expectNaive(files('GatedAutoEncoder', { ...weights, ...gates, decoder_bias: b }), {
      d_in: D,
      encode: (x) =>
        shifted(x).map((u, j) => {
          const magnitude = Math.exp(gates.r_mag.values[j] ?? 0) * u + (gates.mag_bias.values[j] ?? 0)
          return u + (gates.gate_bias.values[j] ?? 0) > 0 ? relu(magnitude) : 0
        }),
      decode,
    })
  })

  it('another class is refused by name', async () => {
    const folder = await folderWith(files('IdentityDict', linear))
    await expect(open(folder)).rejects.toMatchObject({ code: 'SAE_UNSUPPORTED', message: /IdentityDict/ })
  })
})

describe('Qwen-Scope', () => {
  const tensors = randomTensors(5, { W_enc: [F, D], b_enc: [F], W_dec: [D, F], b_dec: [D] })
  const naive = {
    d_in: D,
    encode: (x: Row): Row => topK(plus(product(x, turned(matrix(tensors.W_enc))), tensors.b_enc.values), 10),
    decode: (f: Row): Row => plus(product(f, turned(matrix(tensors.W_dec))), tensors.b_dec.values),
  }

  it('k is of the repository’s name, and nothing is taken off the input', async () => {
    const path = 'Qwen/SAE-Res-Qwen3-1.7B-Base-W32K-L0_10/layer5.sae.pt'
    const dictionary = await expectNaive({ [path]: ptFile(tensors) }, naive)
    expect(places(dictionary)[0]).toBe('blocks.5.hook_resid_post')
  })

  it('is asked for where it comes from', async () => {
    const folder = await folderWith({ 'layer5.sae.pt': ptFile(tensors) })
    await expect(open(folder)).rejects.toMatchObject({ code: 'SAE_K_UNTOLD', exitStatus: 2 })
  })
})
