/** @file Is an SAE loaded right? A factor on its input that is missing is named, and claims of its own are held against what is measured. */
import { describe, expect, it } from 'vitest'
import { createRowStore } from '../../src/audit/capture/row-store.ts'
import { fitFigures } from '../../src/audit/features/fit-figures.ts'
import { measureFit } from '../../src/audit/features/sae-fit.ts'
import { claimWarnings } from '../../src/audit/run/claims.ts'
import type { Device } from '../../src/onnx/sessions/session.ts'
import { NO_CLAIMS } from '../../src/sae/dictionary.ts'
import { RandomSource } from '../oracle/random-source.ts'
import { storedOf } from '../sae/stored.ts'
import { fitted } from './sampled.ts'

const CPU: Device = { kind: 'cpu', threads: 1, bodyType: 'float32' }
const [D, F, ROWS] = [32, 96, 600]
const CONSTANT = 0.5

/** More directions than dimensions: what interferes with a feature stays below its threshold, in rows as long as in training. */
const directions = ((): readonly Float32Array[] => {
  const random = new RandomSource(3)
  return Array.from({ length: F }, () => {
    const raw = Float32Array.from({ length: D }, () => random.normal())
    const length = Math.sqrt(raw.reduce((sum, value) => sum + value * value, 0))
    return raw.map((value) => value / length)
  })
})()

const sae = {
  encoder: storedOf({
    d_in: D,
    input: 'plain',
    W_enc: Float32Array.from({ length: D * F }, (_, i) => directions[i % F]?.[Math.floor(i / F)] ?? 0),
    bias: Float32Array.from(directions, (w) => -CONSTANT * w.reduce((sum, value) => sum + value, 0)),
    threshold: new Float32Array(F).fill(1.9),
    activatesBy: 'feature',
  }),
  dictionary: {
    W_dec: async () => Float32Array.from(directions.flatMap((w) => [...w])),
    W_skip: async () => null,
    b_dec: new Float32Array(D).fill(CONSTANT),
  },
} as const

/** Rows of two features each, times a factor. */
async function rowsTimes(factor: number) {
  const random = new RandomSource(5)
  const store = await createRowStore(ROWS, D, { bytesLeft: 1e9 })
  for (let row = 0; row < ROWS; row++) {
    const values = new Float32Array(D).fill(CONSTANT)
    for (let n = 0; n < 2; n++) {
      const size = 2.5 + random.uniform()
      const w = directions[random.integer(0, F - 1)] ?? new Float32Array(D)
      for (let i = 0; i < D; i++) values[i] = (values[i] ?? 0) + size * (w[i] ?? 0)
    }
    await store.write(
      row,
      values.map((value) => factor * value),
    )
  }
  return store
}

describe('a factor on the input', () => {
  const rows = fitted(Int32Array.from({ length: ROWS }, (_, i) => i))

  it.each([2, 4, 0.5])(
    'of 1/%d is named where rows are that much larger than in training',
    async (factor) => {
      const store = await rowsTimes(factor)
      const places = { reads: { store, center: false }, predicts: { store, center: false } }
      const { better: found } = fitFigures(await measureFit(sae, places, rows, CPU))
      expect(found === null ? 0 : Math.abs(Math.log2(found.scale * factor))).toBeLessThan(0.4)
      expect(found).not.toBe(null)
      await store.close()
    },
  )

  it('is not looked for where rows are as in training', async () => {
    const store = await rowsTimes(1)
    const places = { reads: { store, center: false }, predicts: { store, center: false } }
    expect(fitFigures(await measureFit(sae, places, rows, CPU)).better).toBe(null)
    await store.close()
  })

  it('matters nowhere where rows are normalised', async () => {
    const store = await rowsTimes(2)
    const places = { reads: { store, center: false }, predicts: { store, center: false } }
    const normalised = { ...sae, encoder: { ...sae.encoder, input: 'layer_norm' as const } }
    expect(fitFigures(await measureFit(normalised, places, rows, CPU)).better).toBe(null)
    await store.close()
  })
})

describe('claims', () => {
  const measured = { l0: 50, unexplained: 0.2, reference: 'hf:google/gemma-2-2b', blockLength: 512, end: 512 }

  it.each([
    ['nothing', NO_CLAIMS, []],
    ['what is so', { l0: 60, unexplained: 0.15, model: 'gemma-2-2b', contextSize: 1024 }, []],
    ['twice the features', { ...NO_CLAIMS, l0: 130 }, [/50\.0 features fire .* say 130/]],
    ['a better fit', { ...NO_CLAIMS, unexplained: 0.04 }, [/leaves 20 % .* say 4 %/]],
    ['another model', { ...NO_CLAIMS, model: 'gemma-2-9b' }, [/trained on gemma-2-9b/]],
    ['the same, tuned', { ...NO_CLAIMS, model: 'google/gemma-2-2b-it' }, []],
    [
      'shorter contexts',
      { ...NO_CLAIMS, contextSize: 128 },
      [/contexts of 128 tokens, and sequences have 512/],
    ],
  ])('%s', (_, claims, wanted) => {
    const found = claimWarnings(claims, measured)
    expect(found.length).toBe(wanted.length)
    for (const [i, pattern] of wanted.entries()) expect(found[i]).toMatch(pattern)
  })

  it('say nothing of positions beyond its contexts where none of them counts', () => {
    const claims = { ...NO_CLAIMS, contextSize: 128 }
    expect(claimWarnings(claims, { ...measured, end: 128 })).toEqual([])
    expect(claimWarnings(claims, { ...measured, end: 129 })).toHaveLength(1)
  })

  it('say nothing of a model on this machine', () => {
    const claims = { ...NO_CLAIMS, model: 'gpt2-small' }
    expect(claimWarnings(claims, { ...measured, reference: './models/neox' })).toEqual([])
    expect(claimWarnings(claims, { ...measured, reference: 'hf:openai-community/gpt2' })).toEqual([])
  })
})
