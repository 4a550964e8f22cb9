/** @file `saegate saes`: what is known of a model, and that each of it is found again by what it is called. */
import { describe, expect, it } from 'vitest'
import { parseHookPoint } from '../../src/contract/hook-point.ts'
import {
  type KnownDictionary,
  knownDictionaries,
  knownModels,
  modelNamed,
} from '../../src/sae/known/listing.ts'
import { knownRelease } from '../../src/sae/known/releases.ts'
import { parseHubSpec } from '../../src/sources/hub-spec.ts'
import { runHere } from './fake-host.ts'

describe('saegate saes', () => {
  it('lists the dictionaries of a model with what --sae takes', async () => {
    const { status, out } = await runHere(['saes', '--model', 'hf:google/gemma-2-2b@main'])
    expect(status).toBe(0)
    expect(out).toMatch(/^google\/gemma-2-2b: \d+ dictionaries$/m)
    const line = out.split('\n').find((one) => one.includes('res/layer_20/width_16k'))
    expect(line?.split(/\s+/)).toEqual([
      'hf:google/gemma-scope-2b-pt-res/layer_20/width_16k/average_l0_71',
      'blocks.20.hook_resid_post',
      '16384',
      '71',
      'gemma-2-2b/20-gemmascope-res-16k',
    ])
  })

  it('gives the same as JSON, a model by its name alone', async () => {
    const { out } = await runHere(['saes', '--model', 'GPT2', '--format', 'json'])
    const found: readonly KnownDictionary[] = JSON.parse(out)
    expect(found).toContainEqual({
      model: 'openai-community/gpt2',
      spec: 'hf:jbloom/GPT2-Small-SAEs-Reformatted/blocks.7.hook_resid_pre',
      hook: 'blocks.7.hook_resid_pre',
      layer: 7,
      width: 24576,
      l0: 54,
      neuronpedia: 'gpt2-small/7-res-jb',
    })
    expect(new Set(found.map(({ model }) => model))).toEqual(new Set(['openai-community/gpt2']))
  })

  it('counts models where none is named, and names the nearest to one that is not known', async () => {
    const { out } = await runHere(['saes'])
    for (const model of knownModels()) expect(out).toContain(model)
    const unknown = await runHere(['saes', '--model', 'hf:google/gemma-2-3b'])
    expect([unknown.status, unknown.err]).toEqual([2, expect.stringContaining('google/gemma-2-2b')])
  })
})

describe('the table', () => {
  const all = knownDictionaries(null)

  it('names places that are read, on the Hub, and no dictionary twice', () => {
    expect(all.length).toBeGreaterThan(2000)
    for (const { spec, hook, layer, width } of all) {
      expect(parseHookPoint(hook)?.layer, spec).toBe(layer)
      expect(parseHubSpec(spec).path, spec).not.toMatch(/[{}]|NaN|undefined/)
      expect(width, spec).toBeGreaterThan(0)
    }
    const exact = all.map(({ spec }) => spec).filter((spec) => !spec.includes('*'))
    expect(new Set(exact).size).toBe(exact.length)
  })

  it('finds each by the path that it gives', () => {
    for (const { spec, neuronpedia, model } of all) {
      const known = knownRelease(`${spec.replaceAll('*', '7')}/x y`)
      expect(known?.model, spec).toBe(model)
      if (neuronpedia !== null) expect(known?.neuronpedia, spec).toBe(neuronpedia)
    }
  })

  it('knows models by owner and name, by name, and by the names of TransformerLens', () => {
    expect(
      ['hf:EleutherAI/pythia-70m-deduped', 'gpt2-small', 'gemma-2-9B-it', 'gemma'].map(modelNamed),
    ).toEqual(['EleutherAI/pythia-70m-deduped', 'openai-community/gpt2', 'google/gemma-2-9b-it', null])
  })
})
