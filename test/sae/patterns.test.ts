/** @file Specs that stand for several dictionaries, on listings of the Hub and of a folder. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { askedSaes } from '../../src/audit/run/asked-saes.ts'
import { isSaePattern, patternMatches, patternRoot } from '../../src/sae/patterns.ts'
import { hubSettings } from '../../src/sources/hub-settings.ts'
import { openFiles } from '../../src/sources/open-files.ts'
import { NEOX } from '../audit/golden-audit.ts'
import { type ServedFile, startHub } from '../sources/hub-server.ts'

/** Weights files of Gemma Scope. */
const scope = (layers: Readonly<Record<string, readonly number[]>>): readonly string[] =>
  Object.entries(layers).flatMap(([folder, l0s]) => l0s.map((l0) => `${folder}/average_l0_${l0}/params.npz`))

const NAMES = scope({
  'layer_0/width_16k': [13, 105, 226],
  'layer_2/width_16k': [90, 110],
  'layer_10/width_16k': [20, 77, 166],
  'layer_10/width_65k': [66, 128],
})

describe('a pattern', () => {
  it.each([
    ['hf:google/gemma-scope-2b-pt-res/layer_*/width_16k/canonical', 'hf:google/gemma-scope-2b-pt-res'],
    ['hf:o/n@v1/a/b?/c', 'hf:o/n@v1/a'],
    ['hf:o/n/a/canonical', 'hf:o/n/a'],
    ['./saes/blocks.*', './saes'],
    ['/saes/*', '/saes'],
    ['saes-*', '.'],
  ])('%s is looked for below %s', (pattern, root) => {
    expect([isSaePattern(pattern), patternRoot(pattern)]).toEqual([true, root])
  })

  it.each(['hf:o/n/layer_1/canonical-x', './saes/a', 'hf:o/n', 'canonical'])('%s is none', (spec) => {
    expect(isSaePattern(spec)).toBe(false)
  })

  it('of Gemma Scope gives the canonical one of each layer, layers in their order', () => {
    const asked = (repository: string) =>
      patternMatches(`hf:${repository}/layer_*/width_16k/canonical`, NAMES)
    // 90 and 110 are as near to 100; where it is known which was chosen, that one is taken.
    expect(asked('o/n')).toEqual([
      'hf:o/n/layer_0/width_16k/average_l0_105',
      'hf:o/n/layer_2/width_16k/average_l0_90',
      'hf:o/n/layer_10/width_16k/average_l0_77',
    ])
    expect(asked('google/gemma-scope-2b-pt-res')[2]).toMatch(/layer_10\/width_16k\/average_l0_77$/)
    const names = ['average_l0_5/params.npz', 'average_l0_90/params.npz']
    expect(
      patternMatches('hf:google/gemma-scope-2b-pt-transcoders@v1/layer_11/width_16k/canonical', names),
    ).toEqual(['hf:google/gemma-scope-2b-pt-transcoders@v1/layer_11/width_16k/average_l0_5'])
  })

  it('matches folders of any depth above the weights, files, and nothing that is no dictionary', () => {
    const names = ['x/checkpoints/final.safetensors', 'x/hyperparams.json', 'y/notes.txt', 'L1.pt']
    expect(patternMatches('hf:o/n/a/*', names)).toEqual(['hf:o/n/a/L1.pt', 'hf:o/n/a/x'])
    expect(patternMatches('hf:o/n/a/L?.pt', names)).toEqual(['hf:o/n/a/L1.pt'])
    expect(patternMatches('hf:o/n/a/{x,y}', names)).toEqual(['hf:o/n/a/x'])
  })
})

const served = (names: readonly string[]): Readonly<Record<string, ServedFile>> =>
  Object.fromEntries(names.map((name) => [name, { content: new TextEncoder().encode(name), lfs: false }]))

/** What is asked for, over a server that plays the Hub. */
async function askedOfHub(sources: readonly string[], names: readonly string[]) {
  const hub = await startHub(served(names))
  const cache = await mkdtemp(join(tmpdir(), 'saegate-hub-'))
  try {
    const settings = hubSettings({ HF_ENDPOINT: hub.endpoint, HF_HUB_CACHE: cache })
    const saes = sources.map((source) => ({ source, hook: null, center: null }))
    const asked = await askedSaes({
      config: { ...NEOX, saes },
      open: (spec) => openFiles(spec, settings),
    })
    return { asked, downloads: hub.requests.filter((request) => request.includes('/resolve/')) }
  } finally {
    await hub.close()
    await rm(cache, { recursive: true })
  }
}

describe('what is asked for', () => {
  it('is expanded against the listing of the Hub, and nothing is downloaded for it', async () => {
    const pattern = 'hf:own/name/layer_*/width_16k/canonical'
    const { asked, downloads } = await askedOfHub(['hf:own/name/layer_0/width_16k', pattern], NAMES)
    expect(asked.map((one) => [one.source, one.pattern])).toEqual([
      ['hf:own/name/layer_0/width_16k', null],
      ['hf:own/name/layer_0/width_16k/average_l0_105', pattern],
      ['hf:own/name/layer_2/width_16k/average_l0_90', pattern],
      ['hf:own/name/layer_10/width_16k/average_l0_77', pattern],
    ])
    expect(downloads).toEqual([])
  })

  it('is refused where it is nothing, too much, or beyond all bounds', async () => {
    await expect(askedOfHub(['hf:own/name/layer_*/width_1m/canonical'], NAMES)).rejects.toThrow(
      /width_1m\/canonical stands for no sparse autoencoder \(there is: layer_0/,
    )
    const many = Array.from({ length: 257 }, (_, i) => `layer_${i}/params.npz`)
    await expect(askedOfHub(['hf:own/name/*'], many)).rejects.toThrow(/stands for 257 sparse .* 256 can be/)
    await expect(askedOfHub([`hf:own/name/${'*a'.repeat(40)}`], NAMES)).rejects.toThrow(/more wildcards/)
  })

  it('is found in a folder of this machine', async () => {
    const saes = [{ source: 'fixtures/saes/neox/blocks.*', hook: null, center: null }]
    const asked = await askedSaes({ config: { ...NEOX, saes }, open: (spec) => openFiles(spec) })
    expect(asked.map(({ source }) => source)).toEqual([
      'fixtures/saes/neox/blocks.3.hook_resid_post',
      'fixtures/saes/neox/blocks.4.hook_resid_post',
    ])
  })
})
