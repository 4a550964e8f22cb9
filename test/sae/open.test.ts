/** @file Which files make a dictionary, where Gemma Scope reads, and whether a dictionary belongs to a model. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { HookName } from '../../src/contract/hook-point.ts'
import type { BlockSpec, DecoderSpec } from '../../src/models/decoder-spec.ts'
import { checkDictionary } from '../../src/sae/check.ts'
import { hookOfPath } from '../../src/sae/layouts/gemma-scope.ts'
import { folderWith, open, saeLensFiles } from './dictionary-files.ts'

const CFG = { d_in: 2, d_sae: 3, hook_name: 'blocks.1.hook_resid_post' }
const PARAMS = readFileSync('fixtures/saes/gemma2/layer_2/width_1k/average_l0_16/params.npz')
const inFolder = (folder: string, files: Record<string, string | Uint8Array>) =>
  Object.fromEntries(Object.entries(files).map(([name, content]) => [`${folder}/${name}`, content]))

describe('openSae', () => {
  it('finds the only dictionary below a folder', async () => {
    const source = await folderWith({ ...inFolder('layer_1', saeLensFiles(CFG)), 'README.md': '' })
    expect(await open(source)).toMatchObject({ spec: source, d_sae: 3 })
  })

  it('tells Gemma Scope from its path alone', async () => {
    const path = 'gemma-scope-2b-pt-att/layer_7/width_16k/average_l0_82/params.npz'
    expect(await open(await folderWith({ [path]: PARAMS }))).toMatchObject({
      architecture: 'jumprelu',
      reads: { layer: 7, name: 'attn.hook_z' },
      predicts: { layer: 7, name: 'attn.hook_z' },
      d_in: 96,
      d_sae: 1024,
    })
  })

  it.each([
    ['nothing', {}, 'SAE_NOT_FOUND', /nothing/],
    ['a config without weights', { 'cfg.json': '{}' }, 'SAE_NOT_FOUND', /cfg\.json/],
    [
      'two',
      { ...inFolder('a', saeLensFiles(CFG)), ...inFolder('b', saeLensFiles(CFG)) },
      'SAE_AMBIGUOUS',
      /2 sparse autoencoders: a, b/,
    ],
    ['weights without a config', { 'sae_weights.safetensors': '' }, 'FILE_NOT_LISTED', /cfg\.json/],
    ['temporal', { 'conf.yaml': '', 'latest_ckpt.safetensors': '' }, 'SAE_UNSUPPORTED', /temporal/],
    ['a pickle of another kind', { 'model.pkl': '' }, 'SAE_UNSUPPORTED', /no layout that is known/],
    [
      'Gemma Scope 2 over several blocks',
      { 'crosscoder/layer_1_2/params.safetensors': '' },
      'SAE_UNSUPPORTED',
      /crosscoder that reads several blocks/,
    ],
    [
      'Gemma Scope 2 without a place',
      { 'config.json': '{}', 'params.safetensors': '' },
      'SAE_HOOK_UNTOLD',
      /config\.json/,
    ],
    ['Gemma Scope without a place', { 'layer_2/params.npz': PARAMS }, 'SAE_HOOK_UNTOLD', /params\.npz/],
    [
      'an archive that is none',
      { 'gemma-scope-x-res/layer_1/params.npz': 'PK' },
      'NPZ_MALFORMED',
      /params\.npz/,
    ],
  ])('refuses %s', async (_, files, code, message) => {
    const source = await folderWith(files)
    await expect(open(source)).rejects.toMatchObject({
      code,
      exitStatus: 2,
      message: expect.stringMatching(message),
    })
  })

  it('refuses a hook that it is told and that does not exist', async () => {
    const source = await folderWith(saeLensFiles(CFG))
    await expect(open(source, { hook: 'blocks.1.mlp.hook_post' })).rejects.toMatchObject({
      code: 'SAE_HOOK_UNKNOWN',
      message: expect.stringContaining('--hook'),
      fix: expect.stringContaining('hook_resid_post'),
    })
  })
})

describe('hookOfPath', () => {
  it.each([
    [
      'hf:google/gemma-scope-2b-pt-res/layer_12/width_16k/average_l0_82/params.npz',
      'blocks.12.hook_resid_post',
    ],
    ['hf:google/gemma-scope-9b-it-res@main/layer_0/width_16k/average_l0_82', 'blocks.0.hook_resid_post'],
    ['/c/models--google--gemma-scope-2b-pt-mlp/snapshots/ab/layer_3/w/params.npz', 'blocks.3.hook_mlp_out'],
    ['gemma-scope-2b-pt-res-canonical/layer_5/x/params.npz', 'blocks.5.hook_resid_post'],
    ['gemma-scope-2b-pt-transcoders/layer_5/x/params.npz', 'blocks.5.ln2.hook_normalized'],
    ['gemma-scope-2b-pt-res/embedding/x/params.npz', 'hook_embed'],
    ['my-res/layer_5/params.npz', null],
  ])('%s → %s', (path, hook) => expect(hookOfPath(path)).toBe(hook))
})

describe('checkDictionary', () => {
  const block = (layout: BlockSpec['layout']): BlockSpec => ({
    layout,
    attention: {
      heads: 3,
      kvHeads: 1,
      headSize: 2,
      scale: 1,
      softcap: null,
      window: null,
      rotary: null,
      qkNorm: 'none',
    },
    mlp: { gated: false, activation: 'gelu', size: 8 },
  })
  const model = (d_model: number): DecoderSpec => ({
    family: 'tiny',
    d_model,
    n_vocab: 10,
    maxPositions: null,
    embeddingScale: 1,
    residualScale: 1,
    norm: { kind: 'layer', epsilon: 1e-5, gainOffset: 0 },
    blocks: [block('parallel'), block('sequential')],
    logitScale: 1,
    logitSoftcap: null,
  })
  const reading = async (layer: number, name: HookName) =>
    open(await folderWith(saeLensFiles(CFG)), { hook: `blocks.${layer}.${name}` })

  it('passes what fits', async () => {
    for (const name of [
      'hook_resid_pre',
      'hook_resid_mid',
      'hook_resid_post',
      'hook_attn_out',
      'hook_mlp_out',
    ] as const) {
      const dictionary = await reading(1, name)
      expect(() => checkDictionary(dictionary, model(2))).not.toThrow()
    }
  })

  it.each([
    [2, 'hook_resid_post', 2, 'SAE_HOOK_LAYER', /blocks\.2\.hook_resid_post.*0 to 1/],
    [0, 'hook_resid_mid', 2, 'SAE_HOOK_PARALLEL', /does not exist/],
    [1, 'hook_resid_post', 4, 'SAE_WIDTH', /takes 2 inputs.*has 4/],
    [1, 'attn.hook_z', 2, 'SAE_WIDTH', /takes 2 inputs.*has 6/],
  ] as const)('refuses layer %i %s of a model %i wide', async (layer, name, width, code, message) => {
    const dictionary = await reading(layer, name)
    expect(() => checkDictionary(dictionary, model(width))).toThrow(
      expect.objectContaining({ code, exitStatus: 2, message: expect.stringMatching(message) }),
    )
  })
})
