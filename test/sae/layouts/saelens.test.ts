/** @file Every architecture and input normalisation of SAELens, from tensors as it writes them. */
import { expect, it } from 'vitest'
import { type Stored, saeLensFiles } from '../dictionary-files.ts'
import {
  jump,
  layerNormed,
  matrix,
  minus,
  norm,
  plus,
  product,
  type Row,
  randomTensors,
  relu,
  times,
  topK,
  turned,
} from '../naive.ts'
import { expectNaive, places } from './expect-naive.ts'

const [D, F, OUT] = [6, 40, 5]
const CFG = { d_in: D, d_sae: F, hook_name: 'blocks.2.hook_resid_post', apply_b_dec_to_input: true }
const SHAPES = { W_enc: [D, F], b_enc: [F], W_dec: [F, D], b_dec: [D] } as const
const standard = randomTensors(1, SHAPES)
const W = matrix(standard.W_enc)
const values = ({ values: list }: Stored): Row => list

const pre = (x: Row): Row => plus(product(minus(x, values(standard.b_dec)), W), values(standard.b_enc))
const decode = (f: Row): Row => plus(product(f, matrix(standard.W_dec)), values(standard.b_dec))

it('standard', async () => {
  await expectNaive(saeLensFiles(CFG, standard), { d_in: D, encode: (x) => pre(x).map(relu), decode })
})

it('JumpReLU, with thresholds below 0 among them', async () => {
  const { threshold } = randomTensors(2, { threshold: [F] })
  await expectNaive(saeLensFiles({ ...CFG, architecture: 'jumprelu' }, { ...standard, threshold }), {
    d_in: D,
    encode: (x) => jump(pre(x), (j) => values(threshold)[j] ?? Number.NaN),
    decode,
  })
})

it('gated', async () => {
  const gates = randomTensors(3, { b_gate: [F], b_mag: [F], r_mag: [F] })
  const { W_enc, W_dec, b_dec } = standard
  const dictionary = await expectNaive(
    saeLensFiles({ ...CFG, architecture: 'gated' }, { W_enc, W_dec, b_dec, ...gates }),
    {
      d_in: D,
      encode: (x) => {
        const seen = minus(x, values(b_dec))
        const gate = plus(product(seen, W), values(gates.b_gate))
        const scaled = W.map((row) => row.map((w, j) => w * Math.exp(values(gates.r_mag)[j] ?? 0)))
        const magnitude = plus(product(seen, scaled), values(gates.b_mag)).map(relu)
        return magnitude.map((value, j) => ((gate[j] ?? 0) > 0 ? value : 0))
      },
      decode,
    },
  )
  expect(dictionary.architecture).toBe('gated')
})

it.each([
  ['by its name', { architecture: 'topk', k: 5 }],
  ['as versions before 6 write it', { activation_fn_str: 'topk', activation_fn_kwargs: { k: 5 } }],
])('top-k, %s', async (_, how) => {
  const naive = { d_in: D, encode: (x: Row) => topK(pre(x), 5), decode }
  const dictionary = await expectNaive(saeLensFiles({ ...CFG, ...how }, standard), naive)
  expect(dictionary.encoder.activatesBy).toEqual({ kind: 'topk', k: 5 })
})

it('top-k whose activations are scaled by the decoder’s norms', async () => {
  const norms = matrix(standard.W_dec).map(norm)
  await expectNaive(
    saeLensFiles({ ...CFG, architecture: 'topk', k: 5, rescale_acts_by_decoder_norm: true }, standard),
    {
      d_in: D,
      encode: (x) =>
        topK(
          pre(x).map((z, j) => z * (norms[j] ?? 0)),
          5,
        ),
      decode: (f) => decode(f.map((a, j) => a / (norms[j] ?? 0))),
    },
  )
})

it.each(['batchtopk', 'matryoshka_batchtopk'])('%s as a training checkpoint', async (architecture) => {
  const topk_threshold = { shape: [], values: [1.5] }
  const dictionary = await expectNaive(
    saeLensFiles({ ...CFG, architecture, k: 4 }, { ...standard, topk_threshold }),
    { d_in: D, encode: (x) => jump(pre(x), () => 1.5), decode },
  )
  expect(dictionary.architecture).toBe('jumprelu')
})

it.each([
  ['transcoder', false, false],
  ['skip_transcoder', true, false],
  ['jumprelu_transcoder', false, true],
  ['jumprelu_skip_transcoder', true, true],
])('%s', async (architecture, skips, jumps) => {
  const tensors = randomTensors(4, {
    W_enc: [D, F],
    b_enc: [F],
    W_dec: [F, OUT],
    b_dec: [OUT],
    W_skip: [OUT, D],
    threshold: [F],
  })
  const { W_skip, threshold, ...rest } = tensors
  const cfg = {
    architecture,
    d_in: D,
    d_out: OUT,
    d_sae: F,
    apply_b_dec_to_input: false,
    metadata: { hook_name: 'blocks.3.ln2.hook_normalized', hook_name_out: 'blocks.3.hook_mlp_out' },
  }
  const files = saeLensFiles(cfg, {
    ...rest,
    ...(skips ? { W_skip } : {}),
    ...(jumps ? { threshold } : {}),
  })
  const dictionary = await expectNaive(files, {
    d_in: D,
    encode: (x) => {
      const z = plus(product(x, matrix(rest.W_enc)), values(rest.b_enc))
      return jumps ? jump(z, (j) => values(threshold)[j] ?? Number.NaN) : z.map(relu)
    },
    decode: (f, x) => {
      const rebuilt = plus(product(f, matrix(rest.W_dec)), values(rest.b_dec))
      return skips ? plus(rebuilt, product(x, turned(matrix(W_skip)))) : rebuilt
    },
  })
  expect(places(dictionary)).toEqual(['blocks.3.ln2.hook_normalized', 'blocks.3.hook_mlp_out'])
})

it('layer norm on the input', async () => {
  const cfg = { ...CFG, architecture: 'topk', k: 5, normalize_activations: 'layer_norm' }
  await expectNaive(saeLensFiles(cfg, standard), {
    d_in: D,
    encode: (x) => topK(pre(layerNormed(x).rows), 5),
    decode: (f, x) => {
      const { mean, deviation } = layerNormed(x)
      return times(decode(f), deviation).map((value) => value + mean)
    },
  })
})

it('constant norm on the input', async () => {
  const scale = (x: Row): number => Math.sqrt(D) / norm(x)
  await expectNaive(saeLensFiles({ ...CFG, normalize_activations: 'constant_norm_rescale' }, standard), {
    d_in: D,
    encode: (x) => pre(times(x, scale(x))).map(relu),
    decode: (f, x) => times(decode(f), 1 / scale(x)),
  })
})

it('a factor on the input that only the registry knows, by where the folder lies', async () => {
  const s = 1.049317316132615
  const cfg = { ...CFG, normalize_activations: 'expected_average_only_in' }
  const folder = 'tommmcgrath/gpt2-small-mlp-out-saes/sae_group_gpt2_blocks.0.hook_mlp_out_24576:v1'
  const files = Object.entries(saeLensFiles(cfg, standard))
  await expectNaive(Object.fromEntries(files.map(([name, content]) => [`${folder}/${name}`, content])), {
    d_in: D,
    encode: (x) => pre(times(x, s)).map(relu),
    decode: (f) => times(decode(f), 1 / s),
  })
})
