/**
 * @file The directions of a dictionary's active features as a few random sums of them: the mean over signs ε of (Σ_k ε_k d_k·e / s_k)² is
 * Σ_k (d_k·e)² / s_k², what an error e moves every feature by, relative to how much the feature varies.
 */
import { randomOf } from '../../compression/perturbed.ts'
import { hookName, isInStream } from '../../contract/hook-point.ts'
import { present } from '../../numbers/present.ts'
import { featureRanges } from '../../sae/dictionary.ts'
import { meanActivations, meanSquares } from '../../statistics/features/feature-moments.ts'
import type { SeenReadout } from '../features/reference-features.ts'
import type { Probes } from './first-order.ts'

/** Their error is that of a mean of so many squares over directions that are many more. */
const PROBES = 32

/** Null where the dictionary does not rebuild what passes in the residual stream. Errors: those of reading W_dec. */
export async function probesOf(
  { readout, counted, active }: SeenReadout,
  d_model: number,
  seed: number,
): Promise<Probes | null> {
  const { dictionary, id } = readout
  const { reads, predicts, d_sae, b_dec } = dictionary
  if (!isInStream(reads) || hookName(reads) !== hookName(predicts) || b_dec.length !== d_model) return null
  const [mean, square] = [meanActivations(counted), meanSquares(counted)]
  const isActive = new Uint8Array(d_sae)
  for (const j of active) isActive[j] = 1
  const rows = new Float64Array(PROBES * d_model)
  const random = randomOf(id, seed)
  for (const [start, end] of featureRanges(d_sae, d_model)) {
    const decoder = await dictionary.W_dec([start, end])
    for (let j = start; j < end; j++) {
      const variance = present(square[j]) - present(mean[j]) ** 2
      if (isActive[j] === 0 || !(variance > 0)) continue
      const size = 1 / Math.sqrt(variance * PROBES)
      for (let r = 0; r < PROBES; r++) {
        const factor = random() < 0.5 ? size : -size
        for (let i = 0; i < d_model; i++)
          rows[r * d_model + i]! += factor * decoder[(j - start) * d_model + i]!
      }
    }
  }
  return { count: PROBES, rows }
}
