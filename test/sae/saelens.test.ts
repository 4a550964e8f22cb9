/** @file cfg.json through its versions, what is folded into the weights, and what is refused by name. */
import { describe, expect, it } from 'vitest'
import { decoderNorms, encoderColumns, TRAINED_ON_ALL } from '../../src/sae/dictionary.ts'
import { folderWith, open, type Stored, saeLensFiles, safetensors, TENSORS } from './dictionary-files.ts'

/** 2.x: what jbloom's reformatted GPT-2 dictionaries hold. */
const V2 = {
  d_in: 2,
  d_sae: 3,
  hook_point: 'blocks.6.hook_resid_pre',
  hook_point_layer: 6,
  model_name: 'gpt2-small',
}
const V3 = {
  architecture: 'standard',
  d_in: 2,
  d_sae: 3,
  dtype: 'torch.float32',
  activation_fn_str: 'relu',
  activation_fn_kwargs: {},
  apply_b_dec_to_input: false,
  hook_name: 'blocks.4.hook_mlp_out',
  hook_layer: 4,
  hook_head_index: null,
  normalize_activations: 'none',
  finetuning_scaling_factor: false,
  neuronpedia_id: 'gpt2-small/4-mlp',
  prepend_bos: true,
}
const V6 = {
  architecture: 'standard',
  d_in: 2,
  d_sae: 3,
  dtype: 'float32',
  apply_b_dec_to_input: true,
  normalize_activations: 'none',
  reshape_activations: 'none',
  metadata: {
    sae_lens_version: '6.0.0',
    hook_name: 'blocks.1.attn.hook_z',
    hook_head_index: null,
    model_name: 'm',
  },
}
/** Of what SAELens 1 to 3 wrote beside the encoder's own keys. */
const RUNNER = {
  model_class_name: 'HookedTransformer',
  hook_point_eval: 'blocks.{layer}.attn.pattern',
  dataset_path: 'Skylion007/openwebtext',
  is_dataset_tokenized: false,
  use_cached_activations: false,
  cached_activations_path: 'activations',
  b_dec_init_method: 'mean',
  expansion_factor: 32,
  from_pretrained_path: null,
  l1_coefficient: 8e-5,
  lp_norm: 1,
  lr: 4e-4,
  lr_scheduler_name: 'constant',
  lr_warm_up_steps: 5000,
  n_batches_in_buffer: 128,
  total_training_tokens: 3e8,
  store_batch_size: 32,
  train_batch_size: 4096,
  use_ghost_grads: true,
  feature_sampling_window: 1000,
  feature_reinit_scale: 0.2,
  dead_feature_threshold: 1e-8,
  log_to_wandb: true,
  wandb_project: 'p',
  run_name: 'r',
  tokens_per_buffer: 67108864,
  mse_loss_normalization: null,
  decoder_orthogonal_init: false,
  init_encoder_as_decoder_transpose: true,
  normalize_sae_decoder: true,
  scale_sparsity_penalty_by_decoder_norm: false,
  adam_beta1: 0,
  autocast_lm: false,
  compile_sae: false,
  act_store_device: 'cpu',
  eval_every_n_wandb_logs: 100,
  model_kwargs: {},
  sae_lens_version: '2.1.3',
  sae_lens_training_version: '2.1.3',
  uses_scaling_factor: false,
}
/** Trained on these positions alone. */
const outside = (start: number, end: number | null, step: number) => ({
  outside: { start, end, step },
  bos: false,
})
const withMetadata = (metadata: object) => ({ ...V6, metadata: { ...V6.metadata, ...metadata } })
const openCfg = async (cfg: object, tensors?: Record<string, Stored>) =>
  open(await folderWith(saeLensFiles(cfg, tensors)))

describe('positions that it was trained on', () => {
  it.each([
    [{ exclude_special_tokens: true }, { ...TRAINED_ON_ALL, bos: true }, 0],
    [{ exclude_special_tokens: [0, 2] }, { ...TRAINED_ON_ALL, bos: true }, 0],
    [{ prepend_bos: false }, { ...TRAINED_ON_ALL, bos: true }, 0],
    [{ prepend_bos: true, exclude_special_tokens: false, seqpos_slice: [null] }, TRAINED_ON_ALL, 0],
    [{ seqpos_slice: [1, null] }, outside(1, null, 1), 0],
    // As Python's slice() has it: one number is an end.
    [{ seqpos_slice: [9] }, outside(0, 9, 1), 0],
    [{ seqpos_slice: [5, 100, 3] }, outside(5, 100, 3), 0],
    [{ seqpos_slice: [5, -5], context_size: 128 }, outside(5, 123, 1), 0],
    [{ seqpos_slice: [-8, null, 2], context_size: 128 }, outside(120, 128, 2), 0],
    [{ seqpos_slice: [5, null], context_size: 128 }, outside(5, null, 1), 0],
    [{ seqpos_slice: [-200, -200], context_size: 128 }, outside(0, 0, 1), 0],
    [{ seqpos_slice: [2, 10_000_000_000] }, outside(2, 9_999_999, 1), 0],
    // What cannot be told is said.
    [{ seqpos_slice: [5, -5] }, outside(5, null, 1), 1],
    [{ seqpos_slice: [5, 'all'] }, outside(5, null, 1), 1],
    [{ seqpos_slice: [5, null, -1] }, outside(5, null, 1), 1],
    [{ seqpos_slice: [5, null, 1, 1] }, outside(5, null, 1), 1],
    [{ seqpos_slice: [] }, TRAINED_ON_ALL, 1],
    [{ seqpos_slice: 5 }, TRAINED_ON_ALL, 1],
    [{ seqpos_slice: [0, null, 1] }, TRAINED_ON_ALL, 0],
  ])('from %j', async (metadata, untrained, warnings) => {
    const dictionary = await openCfg(withMetadata(metadata))
    expect(dictionary.untrained).toEqual(untrained)
    expect(dictionary.warnings.length).toBe(warnings)
  })
})

describe('versions of cfg.json', () => {
  it.each([
    ['2.x', V2, { reads: { layer: 6, name: 'hook_resid_pre' }, applyBDecToInput: true, neuronpedia: null }],
    [
      '3.x to 5.x',
      V3,
      { reads: { layer: 4, name: 'hook_mlp_out' }, applyBDecToInput: false, neuronpedia: 'gpt2-small/4-mlp' },
    ],
    ['6.x', V6, { reads: { layer: 1, name: 'attn.hook_z' }, applyBDecToInput: true }],
    [
      '5.x with false for no normalisation',
      { ...V3, normalize_activations: false },
      { architecture: 'standard' },
    ],
    ['sizes left to the tensors', { hook_name: 'blocks.0.hook_resid_post' }, { d_in: 2, d_sae: 3 }],
  ])('%s', async (_, cfg, wanted) => {
    expect(await openCfg(cfg)).toMatchObject({
      architecture: 'standard',
      d_in: 2,
      d_sae: 3,
      center: false,
      ...wanted,
    })
  })

  it('centres where the model was loaded with centred writing weights, unless told otherwise', async () => {
    const centred = withMetadata({ model_from_pretrained_kwargs: { center_writing_weights: true } })
    expect((await openCfg(centred)).center).toBe(true)
    const folder = await folderWith(saeLensFiles(centred))
    expect((await open(folder, { center: false })).center).toBe(false)
    expect((await open(await folderWith(saeLensFiles(V6)), { center: true })).center).toBe(true)
  })

  it('knows the GPT-2 releases whose registry entry says so', async () => {
    const nested = Object.fromEntries(
      Object.entries(saeLensFiles(V2)).map(([name, content]) => [
        `GPT2-Small-SAEs-Reformatted/${name}`,
        content,
      ]),
    )
    expect((await open(await folderWith(nested))).center).toBe(true)
  })

  it('reads the hook it is told to', async () => {
    const dictionary = await open(await folderWith(saeLensFiles(V6)), { hook: 'blocks.9.hook_resid_mid' })
    expect(dictionary.reads).toEqual({ layer: 9, name: 'hook_resid_mid' })
  })
})

describe('keys of cfg.json', () => {
  it('names keys that nobody knows', async () => {
    const { warnings } = await openCfg({ ...V6, frobnicate: 1 })
    expect(warnings).toEqual([expect.stringMatching(/cfg\.json: the key "frobnicate" is not known/)])
    const two = await openCfg({ ...V3, gain: 2, input_scale: 1 })
    expect(two.warnings).toEqual([expect.stringContaining('the keys "gain", "input_scale" are not known')])
  })

  it.each([
    ['2.x', V2],
    ['3.x to 5.x', V3],
    ['6.x', V6],
    ['whatever metadata holds', withMetadata({ anything: 1 })],
    ['a runner config', { ...V2, ...RUNNER }],
  ])('knows the keys of %s', async (_, cfg) => expect((await openCfg(cfg)).warnings).toEqual([]))
})

describe('weights', () => {
  it('fold b_dec into the bias only where it is applied to the input', async () => {
    // b_enc − b_dec W_enc = [.5, −.5, 0] − [10 + 400, 20 + 500, 30 + 600]
    expect(Array.from((await encoderColumns(await openCfg(V6))).bias)).toEqual([-409.5, -520.5, -630])
    expect(Array.from((await encoderColumns(await openCfg(V3))).bias)).toEqual([0.5, -0.5, 0])
  })

  it.each([
    [
      'the L0 that its features had in training',
      { sparsity: { shape: [3], values: [-1, -0.5, -10] } },
      0.1 + 10 ** -0.5,
    ],
    ['nothing where it has other features', { sparsity: { shape: [2], values: [-1, -1] } }, null],
    ['nothing where it holds no logarithms', { sparsity: { shape: [3], values: [0.1, 0.2, 0] } }, null],
    ['nothing under another name', { rates: { shape: [3], values: [-1, -1, -1] } }, null],
  ])('sparsity.safetensors says %s', async (_, tensors, l0) => {
    const cfg = { hook_name: 'blocks.0.hook_resid_post', architecture: 'standard' }
    const files = { ...saeLensFiles(cfg), 'sparsity.safetensors': safetensors(tensors) }
    const { claims } = await open(await folderWith(files))
    if (l0 === null) expect(claims.l0).toBe(null)
    else expect(claims.l0).toBeCloseTo(l0, 6)
  })

  it('have decoder norms', async () => {
    expect(Array.from(await decoderNorms(await openCfg(V6)))).toEqual([5, 1, 10])
  })

  it('JumpReLU: a threshold, or its logarithm', async () => {
    const cfg = { ...V6, architecture: 'jumprelu' }
    const plain = await openCfg(cfg, { ...TENSORS, threshold: { shape: [3], values: [0, 1, 2] } })
    expect(plain).toMatchObject({
      architecture: 'jumprelu',
      encoder: { threshold: Float32Array.of(0, 1, 2) },
    })
    const logs = await openCfg(cfg, { ...TENSORS, log_threshold: { shape: [3], values: [0, 1, -1] } })
    expect(logs.encoder.threshold).toEqual(Float32Array.of(1, Math.E, 1 / Math.E))
  })

  it('take up the scale of the input, so that features stay what they were', async () => {
    const files = saeLensFiles({ ...V6, normalize_activations: 'expected_average_only_in' })
    const dictionary = await open(
      await folderWith({ ...files, 'activation_scaler.json': '{"scaling_factor": 4}' }),
    )
    expect(Array.from(await dictionary.encoder.W_enc())).toEqual([4, 8, 12, 16, 20, 24])
    expect(Array.from(dictionary.b_dec)).toEqual([2.5, 25])
    expect(Array.from(await dictionary.W_dec())).toEqual([0.75, 1, 0, 0.25, 1.5, 2])
    // (4x − b_dec) W_enc + b_enc at x = (1, 1), feature 0: (4 − 10) + 4 (4 − 100) + .5
    expect(4 + 16 + (await encoderColumns(dictionary)).bias[0]!).toBe(-389.5)
  })

  it('rescale decoding where fine-tuning did', async () => {
    const dictionary = await openCfg(V6, {
      ...TENSORS,
      finetuning_scaling_factor: { shape: [3], values: [2, 1, 0.5] },
    })
    expect(Array.from(await dictionary.W_dec())).toEqual([6, 8, 0, 1, 3, 4])
  })
})

describe('refusals', () => {
  it.each([
    ['matching pursuit', { ...V6, architecture: 'matching_pursuit' }, /architecture "matching_pursuit"/],
    ['temporal', { ...V6, architecture: 'temporal' }, /architecture "temporal"/],
    [
      'top-k of absolute values',
      { ...V3, activation_fn_str: 'topk', activation_fn_kwargs: { k: 2, signed: true } },
      /top-k of absolute values/,
    ],
    ['very old tanh-relu', { ...V2, activation_fn: 'tanh-relu' }, /activation_fn "tanh-relu"/],
    ['an unknown norm', { ...V6, normalize_activations: 'batch_norm' }, /normalize_activations "batch_norm"/],
    ['one head', withMetadata({ hook_head_index: 3 }), /single attention head/],
  ])('%s', async (_, cfg, message) => {
    await expect(openCfg(cfg)).rejects.toMatchObject({
      code: 'SAE_UNSUPPORTED',
      exitStatus: 2,
      message: expect.stringMatching(message),
    })
  })

  it.each([
    [
      'a scale that is absent',
      { ...V6, normalize_activations: 'expected_average_only_in' },
      'SAE_SCALE_MISSING',
    ],
    ['the same, in old words', { ...V3, normalize_activations: true }, 'SAE_SCALE_MISSING'],
    ['a hook that is none', withMetadata({ hook_name: 'blocks.3.hook_out' }), 'SAE_HOOK_UNKNOWN'],
    ['no hook', withMetadata({ hook_name: null }), 'SAE_HOOK_UNTOLD'],
    ['no k', { ...V6, architecture: 'topk' }, 'SAE_CONFIG_INVALID'],
    ['a k above the width', { ...V6, architecture: 'topk', k: 4 }, 'SAE_K_TOO_LARGE'],
    ['a size that is no number', { ...V6, d_in: '2' }, 'SAE_CONFIG_INVALID'],
    ['a flag that is no flag', { ...V6, apply_b_dec_to_input: 'yes' }, 'SAE_CONFIG_INVALID'],
    ['sizes that are not those of the tensors', { ...V6, d_sae: 4 }, 'SAE_SHAPE'],
  ])('%s', async (_, cfg, code) => {
    await expect(openCfg(cfg)).rejects.toMatchObject({ code, exitStatus: 2 })
  })
})

describe('tensors that are refused', () => {
  it.each([
    ['missing', { W_dec: TENSORS.W_dec! }, 'TENSOR_MISSING', /W_enc/],
    [
      'of three axes',
      { ...TENSORS, W_enc: { shape: [1, 2, 3], values: [1, 2, 3, 4, 5, 6] } },
      'SAE_SHAPE',
      /\[1, 2, 3\]/,
    ],
    [
      'transposed',
      { ...TENSORS, b_enc: { shape: [2], values: [0, 0] } },
      'SAE_SHAPE',
      /"b_enc" has shape \[2\]; \[3\]/,
    ],
    [
      'not finite',
      { ...TENSORS, b_dec: { shape: [2], values: [0, Number.NaN] } },
      'TENSOR_NOT_FINITE',
      /"b_dec" has NaN/,
    ],
  ])('a tensor that is %s', async (_, tensors, code, message) => {
    await expect(openCfg(V6, tensors)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    })
  })

  it('a missing tensor is looked for where the dictionary is described', async () => {
    await expect(openCfg({ ...V6, architecture: 'jumprelu' })).rejects.toMatchObject({
      code: 'TENSOR_MISSING',
      message: expect.stringContaining('"threshold"'),
      fix: expect.stringMatching(/Check that cfg\.json belongs/),
    })
  })

  it('a scale that is no scale', async () => {
    const files = saeLensFiles({ ...V6, normalize_activations: 'expected_average_only_in' })
    const folder = await folderWith({ ...files, 'activation_scaler.json': '{"scaling_factor": 0}' })
    await expect(open(folder)).rejects.toMatchObject({ code: 'SAE_CONFIG_INVALID' })
  })
})
