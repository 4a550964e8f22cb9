/** @file Llama Scope, its R1 and second series: norms of the dataset, thresholds with and without the decoder's norm. */
import { describe, expect, it } from 'vitest'
import { folderWith, open, safetensors } from '../dictionary-files.ts'
import { jump, matrix, norm, plus, product, type Row, randomTensors, times, turned } from '../naive.ts'
import { expectNaive, places } from './expect-naive.ts'

const [D, F] = [6, 40]
const linear = randomTensors(1, {
  'encoder.weight': [F, D],
  'encoder.bias': [F],
  'decoder.weight': [D, F],
  'decoder.bias': [D],
})
const W = turned(matrix(linear['encoder.weight']))
const W_dec = turned(matrix(linear['decoder.weight']))
const norms = W_dec.map(norm)
const [norm_in, norm_out, theta] = [3.5, 1.25, 0.75]
const hyper = {
  act_fn: 'jumprelu',
  jump_relu_threshold: theta,
  norm_activation: 'dataset-wise',
  dataset_average_activation_norm: { in: norm_in, out: norm_out },
  hook_point_in: 'blocks.5.hook_resid_post',
  hook_point_out: 'blocks.5.hook_resid_post',
  d_model: D,
}
const [scaleIn, scaleOut] = [Math.sqrt(D) / norm_in, Math.sqrt(D) / norm_out]
/** As OpenMOSS encodes: rows of mean norm √d, and what fires. */
const pre = (x: Row): Row => plus(product(times(x, scaleIn), W), linear['encoder.bias'].values)
const decode = (f: Row): Row => times(plus(product(f, W_dec), linear['decoder.bias'].values), 1 / scaleOut)

describe('Llama Scope', () => {
  const files = (more: object) => ({
    'Llama3_1-8B-Base-L5R-8x/hyperparams.json': JSON.stringify({ ...hyper, ...more }),
    'Llama3_1-8B-Base-L5R-8x/checkpoints/final.safetensors': safetensors(linear),
  })

  it('holds z · ‖W_dec‖ against θ, where its config says so', async () => {
    const dictionary = await expectNaive(files({ sparsity_include_decoder_norm: true }), {
      d_in: D,
      // OpenMOSS divides by the norm again behind θ; here it is taken out of the decoder.
      encode: (x) =>
        jump(
          pre(x).map((z, j) => z * (norms[j] ?? 0)),
          () => theta,
        ),
      decode: (f) => decode(f.map((a, j) => a / (norms[j] ?? 0))),
    })
    expect(places(dictionary)[0]).toBe('blocks.5.hook_resid_post')
  })

  it('holds z against θ, where it does not', async () => {
    const naive = { d_in: D, encode: (x: Row) => jump(pre(x), () => theta), decode }
    await expectNaive(files({ sparsity_include_decoder_norm: false }), naive)
  })

  it.each([
    ['norms of no dataset', { norm_activation: 'token-wise' }, 'SAE_UNSUPPORTED'],
    ['a gate', { use_glu_encoder: true }, 'SAE_UNSUPPORTED'],
    ['a norm of 0', { dataset_average_activation_norm: { in: 0, out: 1 } }, 'SAE_CONFIG_INVALID'],
  ])('refuses %s', async (_, more, code) => {
    await expect(open(await folderWith(files(more)))).rejects.toMatchObject({ code, exitStatus: 2 })
  })
})

describe('Llama Scope R1 and the second series', () => {
  const { log_jumprelu_threshold } = randomTensors(2, { log_jumprelu_threshold: [F] })
  const config = { ...hyper, jump_relu_threshold: undefined, dataset_average_activation_norm: undefined }
  const encode = (scale: number) => (x: Row) =>
    jump(plus(product(times(x, scale), W), linear['encoder.bias'].values), (j) =>
      Math.exp(log_jumprelu_threshold.values[j] ?? Number.NaN),
    )

  it('a factor that only the registry knows', async () => {
    const scale = 53.52995401997436
    const folder = 'fnlp/Llama-Scope-R1-Distill/800M-Slimpajama-0-OpenR1-Math-220k/L0R'
    const dictionary = await expectNaive(
      {
        [`${folder}/config.json`]: JSON.stringify(config),
        [`${folder}/sae_weights.safetensors`]: safetensors({ ...linear, log_jumprelu_threshold }),
      },
      {
        d_in: D,
        encode: encode(scale),
        decode: (f) => times(plus(product(f, W_dec), linear['decoder.bias'].values), 1 / scale),
      },
    )
    expect(dictionary.neuronpedia).toBe('deepseek-r1-distill-llama-8b/0-llamascope-slimpj-res-32k')
  })

  it('norms in tensors, matrices as they are multiplied', async () => {
    const transposed = (name: 'encoder.weight' | 'decoder.weight') => ({
      shape: [...linear[name].shape].reverse(),
      values: turned(matrix(linear[name])).flat(),
    })
    const tensors = {
      W_E: transposed('encoder.weight'),
      b_E: linear['encoder.bias'],
      W_D: transposed('decoder.weight'),
      b_D: linear['decoder.bias'],
      log_jumprelu_threshold,
      'dataset_average_activation_norm.blocks.5.hook_resid_post': { shape: [1], values: [norm_in] },
    }
    await expectNaive(
      { 'x/config.json': JSON.stringify(config), 'x/sae_weights.safetensors': safetensors(tensors) },
      { d_in: D, encode: encode(scaleIn), decode: (f) => times(decode(f), scaleOut / scaleIn) },
    )
  })

  it('a factor that nothing says', async () => {
    const folder = await folderWith({
      'x/config.json': JSON.stringify(config),
      'x/sae_weights.safetensors': safetensors({ ...linear, log_jumprelu_threshold }),
    })
    await expect(open(folder)).rejects.toMatchObject({ code: 'SAE_SCALE_MISSING', exitStatus: 2 })
  })
})
