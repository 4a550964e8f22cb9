/** @file What only registries know, found by where a dictionary lies. */
import { describe, expect, it } from 'vitest'
import { knownRelease } from '../../src/sae/known/releases.ts'

describe('what is known of a path', () => {
  it.each([
    [
      'hf:andyrdt/saes-llama-3.1-8b-instruct/resid_post_layer_7/trainer_1/ae.pt x',
      { skipped: 8, neuronpedia: 'llama3.1-8b-it/7-resid-post-aa' },
    ],
    ['hf:jbloom/GPT2-Small-SAEs-Reformatted@main/blocks.3.hook_resid_pre/x y', { center: true, skipped: 0 }],
    [
      '/cache/models--JoshEngels--Mistral-7B-Residual-Stream-SAEs/snapshots/abc/mistral_7b_layer_8/x',
      { input: 'constant_norm_rescale', neuronpedia: null },
    ],
    [
      'hf:google/gemma-scope-2b-pt-res/layer_20/width_16k/average_l0_71/params.npz x',
      { neuronpedia: 'gemma-2-2b/20-gemmascope-res-16k' },
    ],
    // Not the canonical one.
    ['hf:google/gemma-scope-2b-pt-res/layer_20/width_16k/average_l0_38/params.npz x', { neuronpedia: null }],
  ])('%s', (paths, wanted) => {
    expect(knownRelease(paths)).toMatchObject(wanted)
  })

  it('is nothing where no repository is named', () => {
    expect(knownRelease('./saes/layer_7/trainer_1 /home/me/saes/layer_7')).toBe(null)
  })
})
