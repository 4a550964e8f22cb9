/** @file The reference against itself, its suffix run a second time: C has to be 1. */
import { present } from '../../numbers/present.ts'
import type { Device } from '../../onnx/sessions/session.ts'
import { agreement } from '../../statistics/causal/agreement.ts'
import type { Model } from '../subjects/model.ts'
import { SAME_IN_REFERENCE } from './edited-rows.ts'
import { loadEffectHead } from './effect-head.ts'
import { type CausalScene, type FeatureTask, featureEffect } from './feature-effect.ts'

/** Least C over the edits of one feature, on the sequences of one run. Errors: ENGINE_FAILED. */
export async function selfAgreement(
  scene: CausalScene,
  task: FeatureTask,
  reference: Model,
  device: Device,
): Promise<number> {
  const sequences = task.sequences.slice(0, scene.reference.suffix.sequences)
  const rows = sequences.length * scene.tokens.sequences.blockLength
  const head = await loadEffectHead([reference, reference], SAME_IN_REFERENCE, rows, device)
  try {
    const itself = { ...scene, candidate: scene.reference, head }
    const { sums } = await featureEffect(itself, { ...task, sequences, controls: [] })
    return sums.reduce((least, one) => Math.min(least, present(agreement(one).value)), 1)
  } finally {
    await head.release()
  }
}
