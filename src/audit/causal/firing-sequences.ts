/** @file In which sequences the reference fires each of some features, at positions that count. */
import { countedMask } from '../../contract/options/positions.ts'
import { present } from '../../numbers/present.ts'
import { withProbe } from '../explain/probe.ts'
import type { Residuals } from '../rows/residuals.ts'
import type { Readout } from '../run/readout.ts'
import type { Run } from '../run/run.ts'
import { evenlySpread } from '../text/few-sequences.ts'
import type { AuditTokens } from '../text/tokens.ts'

/** Rows that are encoded at a time. */
const ROWS = 2048

/** The sequences of a text, and what encodes their rows. */
interface LookedThrough extends Pick<Run, 'device'> {
  readonly tokens: { readonly sequences: Pick<AuditTokens['sequences'], 'blockLength' | 'sequenceCount'> }
}

/** At most `most` sequences per feature, spread evenly over those in which it fires before the last position, ascending. Errors: ENGINE_FAILED. */
export async function firingSequences(
  { tokens, device }: LookedThrough,
  readout: Pick<Readout, 'positions' | 'encoder'>,
  {
    residuals,
    features,
    most,
  }: { readonly residuals: Residuals; readonly features: Int32Array; readonly most: number },
): Promise<readonly (readonly number[])[]> {
  const { blockLength, sequenceCount } = tokens.sequences
  const counted = countedMask(readout.positions, blockLength)
  const fires = Array.from(features, () => new Uint8Array(sequenceCount))
  const rows = sequenceCount * blockLength
  await withProbe(readout.encoder, features, device, async (probe) => {
    for (let start = 0; start < rows; start += ROWS) {
      const batch = Int32Array.from({ length: Math.min(ROWS, rows - start) }, (_, i) => start + i)
      const activations = await probe(residuals, batch)
      for (const [i, row] of batch.entries()) {
        const position = row % blockLength
        // Behind the last position nothing is predicted.
        if (counted[position] !== 1 || position >= blockLength - 1) continue
        for (let k = 0; k < features.length; k++) {
          if (present(activations[i * features.length + k]) > 0)
            present(fires[k])[Math.floor(row / blockLength)] = 1
        }
      }
    }
  })
  return fires.map((of) => {
    const found = Array.from(of.keys()).filter((sequence) => of[sequence] === 1)
    if (found.length <= most) return found
    return evenlySpread(found.length, 1, most).map((i) => present(found[i]))
  })
}
