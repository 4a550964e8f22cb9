/** @file The shipped dictionaries against the golden features, by a loop in float64 over the golden residuals. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { hookName } from '../../src/contract/hook-point.ts'
import { type Dictionary, decoderNorms, encoderColumns, TRAINED_ON_ALL } from '../../src/sae/dictionary.ts'
import { openSae } from '../../src/sae/open.ts'
import { openLocal } from '../../src/sources/local-folder.ts'

interface Golden {
  residual: { hook: string; block: number; position: number; values: number[] }[]
  sae_features: { hook: string; block: number; position: number; nonzero: Record<string, number> }[]
}

const GEMMA = 'fixtures/saes/gemma2/layer_2/width_1k/average_l0_16'
const open = async (source: string, hook: string | null = null) =>
  openSae({ source, hook, center: null }, await openLocal(source))

/** f = relu(z) [z > θ], z summed in float64 with b_dec taken off first, as the definition has it. */
async function encodeNaively(
  { encoder, b_dec, d_in, d_sae, applyBDecToInput }: Dictionary,
  x: readonly number[],
): Promise<number[]> {
  const W_enc = await encoder.W_enc()
  const centred = x.map((value, i) => (applyBDecToInput ? value - b_dec[i]! : value))
  return Array.from({ length: d_sae }, (_, f) => {
    let z = encoder.b_enc[f]!
    for (let i = 0; i < d_in; i++) z += centred[i]! * W_enc[i * d_sae + f]!
    return z > Math.max(0, encoder.threshold?.[f] ?? 0) ? z : 0
  })
}

/** The same with the folded bias. */
async function encodeFolded(dictionary: Dictionary, x: readonly number[]): Promise<number[]> {
  const { encoder } = dictionary
  const folded = {
    ...dictionary,
    applyBDecToInput: false,
    encoder: { ...encoder, b_enc: Float32Array.from((await encoderColumns(dictionary)).bias) },
  }
  return await encodeNaively(folded, x)
}

describe.each([
  ['neox.plain', 'fixtures/saes/neox/blocks.3.hook_resid_post', null],
  ['neox.plain', 'fixtures/saes/neox/blocks.4.hook_resid_post', null],
  ['gemma2.nobos', GEMMA, 'blocks.2.hook_resid_post'],
  ['gemma2.bos127', GEMMA, 'blocks.2.hook_resid_post'],
  ['gemma2.bos128', GEMMA, 'blocks.2.hook_resid_post'],
])('%s through %s', (mode, source, hook) => {
  const golden: Golden = JSON.parse(readFileSync(`fixtures/golden/${mode}.tokens.json`, 'utf8'))

  it('gives the golden features', async () => {
    const dictionary = await open(source, hook)
    const places = golden.residual.filter((place) => place.hook === hookName(dictionary.reads))
    expect(places.length).toBe(5)
    for (const { values, block, position } of places) {
      const features = golden.sae_features.find(
        (place) =>
          place.hook === hookName(dictionary.reads) && place.block === block && place.position === position,
      )
      for (const encode of [encodeNaively, encodeFolded]) {
        const found = await encode(dictionary, values)
        expect(found.flatMap((value, f) => (value > 0 ? [String(f)] : []))).toEqual(
          Object.keys(features!.nonzero),
        )
        for (const [f, wanted] of Object.entries(features!.nonzero)) {
          // The golden file has nine digits of the residual, and the folded bias is float32.
          expect(Math.abs(found[Number(f)]! - wanted)).toBeLessThan(1e-6 * Math.max(1, Math.abs(wanted)))
        }
      }
    }
  })

  it('has a decoder of unit rows that rebuilds the residual', async () => {
    const dictionary = await open(source, hook)
    const norms = await decoderNorms(dictionary)
    expect(norms.length).toBe(dictionary.d_sae)
    for (const norm of norms) expect(norm).toBeCloseTo(norm === 0 ? 0 : 1, 5)
    const W_dec = await dictionary.W_dec()
    const places = golden.residual.filter((place) => place.hook === hookName(dictionary.reads)).slice(1)
    let error = 0
    let total = 0
    for (const { values } of places) {
      const features = await encodeNaively(dictionary, values)
      for (let i = 0; i < dictionary.d_in; i++) {
        let rebuilt = dictionary.b_dec[i]!
        features.forEach((value, f) => {
          rebuilt += value * W_dec[f * dictionary.d_in + i]!
        })
        error += (rebuilt - values[i]!) ** 2
        total += (values[i]! - dictionary.b_dec[i]!) ** 2
      }
    }
    expect(error / total).toBeLessThan(0.25)
  })
})

describe('what a shipped dictionary says of itself', () => {
  it('SAELens', async () => {
    expect(await open('fixtures/saes/neox/blocks.3.hook_resid_post')).toMatchObject({
      architecture: 'standard',
      d_in: 128,
      d_sae: 2048,
      reads: { layer: 3, name: 'hook_resid_post' },
      predicts: { layer: 3, name: 'hook_resid_post' },
      applyBDecToInput: true,
      center: false,
      untrained: { ...TRAINED_ON_ALL, bos: true },
      neuronpedia: null,
      warnings: [],
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    })
  })

  it('Gemma Scope, by folder or by file', async () => {
    const wanted = { architecture: 'jumprelu', d_in: 96, d_sae: 1024, applyBDecToInput: false, center: false }
    expect(await open(GEMMA, 'blocks.2.hook_resid_post')).toMatchObject(wanted)
    expect(await open(`${GEMMA}/params.npz`, 'blocks.2.hook_resid_post')).toMatchObject(wanted)
    expect(await open('fixtures/saes/gemma2', 'blocks.2.hook_resid_post')).toMatchObject(wanted)
  })
})
