/** @file A transcoder behind an RMS norm's gain, read before it: the same features of the same rows, and others as they are. */
import { afterAll, describe, expect, it } from 'vitest'
import { withoutGain } from '../../src/audit/run/without-gain.ts'
import { describeModel } from '../../src/audit/subjects/model.ts'
import { openCheckpoint } from '../../src/checkpoints/open.ts'
import { present } from '../../src/numbers/present.ts'
import { type Dictionary, encoderColumns, NO_CLAIMS, TRAINED_ON_ALL } from '../../src/sae/dictionary.ts'
import { openFiles } from '../../src/sources/open-files.ts'
import { toFloat32 } from '../../src/tensors/float-tensors.ts'
import { RandomSource } from '../oracle/random-source.ts'
import { columnsOf } from '../sae/stored.ts'

const F = 3
const random = new RandomSource(4)
const draw = (count: number): Float32Array => Float32Array.from({ length: count }, () => random.normal())

const opened: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const close of opened) await close()
})

async function openModel(spec: string) {
  const files = await openFiles(spec)
  const checkpoint = await openCheckpoint(spec, files)
  opened.push(
    () => checkpoint.close(),
    () => files.close(),
  )
  return { checkpoint, model: describeModel(checkpoint, 64, 'simulate') }
}

/** A skip transcoder that takes b_dec off its input. */
function transcoder(d: number, reads: Dictionary['reads']): Dictionary {
  const W_skip = draw(d * d)
  return {
    spec: 'a transcoder',
    architecture: 'standard',
    d_in: d,
    d_sae: F,
    reads,
    predicts: { layer: reads.layer, name: 'hook_mlp_out' },
    input: 'plain',
    applyBDecToInput: true,
    center: false,
    untrained: TRAINED_ON_ALL,
    neuronpedia: null,
    claims: NO_CLAIMS,
    sha256: '',
    encoder: { activatesBy: 'feature', W_enc: columnsOf(draw(d * F), d), b_enc: draw(F), threshold: null },
    b_dec: draw(d),
    warnings: [],
    rebuilds: true,
    W_dec: async () => draw(F * d),
    W_skip: async () => W_skip.slice(),
  }
}

describe('mlp.hook_in', () => {
  it('of an RMS norm is read before the gain, the gain in the encoder and in the skip', async () => {
    const { checkpoint, model } = await openModel('fixtures/models/gemma2')
    const d = model.decoder.spec.d_model
    const stored = toFloat32(await checkpoint.tensors.read('model.layers.1.pre_feedforward_layernorm.weight'))
    // Gemma stores gain − 1.
    const gain = stored.map((value) => 1 + value)
    const dictionary = transcoder(d, { layer: 1, name: 'mlp.hook_in' })
    const unit = [...draw(d)]
    const behind = unit.map((value, i) => value * present(gain[i]))
    const W_enc = await dictionary.encoder.W_enc()
    const { bias } = await encoderColumns(dictionary)
    const wanted = Array.from({ length: F }, (_, f) =>
      behind.reduce((sum, value, i) => sum + value * present(W_enc[i * F + f]), present(bias[f])),
    )
    const skip = present(await dictionary.W_skip())
    const before = await withoutGain(dictionary, model)
    expect([before.reads, before.predicts]).toEqual([
      { layer: 1, name: 'ln2.hook_normalized' },
      { layer: 1, name: 'hook_mlp_out' },
    ])
    expect(before.applyBDecToInput).toBe(false)
    const folds = await before.encoder.W_enc()
    const found = Array.from({ length: F }, (_, f) =>
      unit.reduce(
        (sum, value, i) => sum + value * present(folds[i * F + f]),
        present(before.encoder.b_enc[f]),
      ),
    )
    for (const [f, value] of wanted.entries()) expect(found[f]).toBeCloseTo(value, 3)
    const folded = present(await before.W_skip())
    for (const i of [0, d - 1])
      expect(folded[i * d + 1]).toBeCloseTo(present(gain[i]) * present(skip[i * d + 1]), 5)
  })

  it('stays where it is: read without the gain, or behind a LayerNorm', async () => {
    const { model } = await openModel('fixtures/models/gemma2')
    const without = transcoder(model.decoder.spec.d_model, { layer: 1, name: 'ln2.hook_normalized' })
    expect(await withoutGain(without, model)).toBe(without)
    const neox = await openModel('fixtures/models/neox')
    const layerNormed = transcoder(neox.model.decoder.spec.d_model, { layer: 1, name: 'mlp.hook_in' })
    expect(await withoutGain(layerNormed, neox.model)).toBe(layerNormed)
  })
})
