/**
 * @file The SAE over stored residuals. First the reference alone, which decides what is active; then candidates beside
 * it, on the features that count. Position 0 of every sequence is summed apart from the rest, so that one pass tells both
 * what every position gives and what it gives without attention sinks.
 */
import { present } from '../../numbers/present.ts'
import type { RunResult } from '../../onnx/sessions/run-result.ts'
import { inOrder } from '../../onnx/threads/in-flight.ts'
import { createLanes } from '../../onnx/threads/lanes.ts'
import {
  addCandidateTile,
  addReferenceTile,
  emptyCandidateMoments,
  emptyReferenceMoments,
  type ReferenceMoments,
} from '../../statistics/features/feature-moments.ts'
import type { CandidateWatch, ReferenceWatch } from '../close-calls/close-calls.ts'
import { withFewerRows } from '../machine/fewer-rows.ts'
import { runSize } from '../machine/run-size.ts'
import { shareThreads } from '../machine/share-threads.ts'
import { passInputs, type Residuals } from '../rows/residuals.ts'
import { type ByPosition, groupsOf, type RowBatch, rowBatches, rowLayout } from '../rows/row-batches.ts'
import type { Readout } from '../run/readout.ts'
import type { Run } from '../run/run.ts'
import { selectFeatures } from './encoder-graph.ts'
import { candidateGraph, FIRING, referenceGraph } from './feature-graph.ts'
import { type CandidatePass, encoderLoad, type FeaturePass, type PassModels } from './pass-types.ts'
import { ResidualDistance } from './residual-distance.ts'
import { candidateRowPass, referenceRowPass } from './row-pass.ts'

export function featurePass(
  { tokens, device }: Run,
  readout: Readout,
  onTokens: FeaturePass['onTokens'],
): FeaturePass {
  return { encoder: readout.encoder, layout: rowLayout(tokens, readout), device, onTokens }
}

/** Sums of the reference over every feature. What `watch` finds close is in none of them; null: float32 decides. */
export async function referencePass(
  pass: FeaturePass,
  reference: Residuals,
  watch: ReferenceWatch | null,
): Promise<ByPosition<ReferenceMoments>> {
  return await withFewerRows(pass.device, (device) => referenceOn({ ...pass, device }, reference, watch))
}

async function referenceOn(
  pass: FeaturePass,
  reference: Residuals,
  watch: ReferenceWatch | null,
): Promise<ByPosition<ReferenceMoments>> {
  const { encoder, layout, device, onTokens } = pass
  if (encoder.activatesBy !== 'feature') return await referenceRowPass(pass, reference)
  const width = encoder.bias.length
  const moments = {
    first: emptyReferenceMoments(groupsOf(layout), width),
    rest: emptyReferenceMoments(groupsOf(layout), width),
  }
  const lanes = shareThreads(device, encoderLoad(encoder, width, reference.store.rows))
  const size = runSize(lanes.device)
  const session = await createLanes(
    referenceGraph({ encoder, tiling: size, bands: watch?.bands ?? null }),
    lanes,
    'the SAE encoder',
  )
  let done = 0
  const begin = async (batch: RowBatch) => {
    const inputs = await passInputs([reference], batch, size.rowParts)
    const sighting = watch?.look(inputs)
    return { sighting, result: await session.run({ ...inputs, ...sighting?.inputs }) }
  }
  try {
    const batches = rowBatches(layout, size.featureRows)
    await inOrder(batches, session.inFlight, begin, ({ sighting, result }, batch) => {
      const into = moments[batch.place]
      into.positions[batch.tokenGroup] = present(into.positions[batch.tokenGroup]) + batch.rows.length
      const tile = {
        sum: result.float32('sum'),
        sumOfSquares: result.float32('squares'),
        firings: result.float32('firings').map((sum) => sum / FIRING),
        peak: result.float32('peak'),
      }
      if (sighting !== undefined) watch?.mend(tile, { result, sighting, batch })
      addReferenceTile(into, batch.tokenGroup, 0, tile)
      done += batch.rows.length
      onTokens(done)
    })
  } finally {
    await session.release()
  }
  return moments
}

/**
 * Sums of candidates beside the reference, on `features` only (ascending ids). What `watch` finds close is in none of them;
 * null: float32 decides.
 */
export async function candidatePass(
  pass: FeaturePass,
  features: Int32Array,
  compared: PassModels,
  watch: CandidateWatch | null,
): Promise<readonly CandidatePass[]> {
  return await withFewerRows(pass.device, (device) =>
    candidatesOn({ ...pass, device }, features, compared, watch),
  )
}

async function candidatesOn(
  pass: FeaturePass,
  features: Int32Array,
  compared: PassModels,
  watch: CandidateWatch | null,
): Promise<readonly CandidatePass[]> {
  const { encoder, layout, device, onTokens } = pass
  if (encoder.activatesBy !== 'feature') return await candidateRowPass(pass, features, compared)
  const { reference, candidates } = compared
  const passes = candidates.map(() => ({
    moments: {
      first: emptyCandidateMoments(groupsOf(layout), features),
      rest: emptyCandidateMoments(groupsOf(layout), features),
    },
    distance: new ResidualDistance(),
  }))
  const models = [reference, ...candidates]
  const load = encoderLoad(encoder, features.length, models.length * reference.store.rows)
  const lanes = shareThreads(device, load)
  const size = runSize(lanes.device)
  const bands = watch?.bands ?? null
  const graph = () =>
    candidateGraph({ encoder: selectFeatures(encoder, features), tiling: size, bands }, candidates.length)
  // Where the reference never fires there is nothing to sum; how far apart the residuals lie is told all the same.
  const session = features.length === 0 ? null : await createLanes(graph(), lanes, 'the SAE encoder')
  const begin = async (batch: RowBatch) => {
    const inputs = await passInputs(models, batch, size.rowParts)
    const sighting = watch?.look(inputs, candidates.length)
    return { inputs, sighting, result: (await session?.run({ ...inputs, ...sighting?.inputs })) ?? null }
  }
  let done = 0
  try {
    const batches = rowBatches(layout, size.featureRows)
    await inOrder(batches, session?.inFlight ?? 1, begin, ({ inputs, sighting, result }, batch) => {
      for (const [c, { moments, distance }] of passes.entries()) {
        distance.add(inputs.x_0, inputs[`x_${c + 1}`], batch.rows.length)
        if (result === null) continue
        const tile = candidateTile(result, c)
        if (sighting !== undefined) watch?.mend(c, tile, { result, sighting, batch })
        addCandidateTile(moments[batch.place], batch.tokenGroup, 0, tile)
      }
      done += batch.rows.length
      onTokens(done)
    })
  } finally {
    await session?.release()
  }
  return passes.map(({ moments, distance }) => ({ moments, ...distance.summary() }))
}

/** Sums of candidate `c` (0 is the first) in one run. */
function candidateTile(result: RunResult, c: number) {
  return {
    sum: result.float32(`sum_${c + 1}`),
    sumOfSquares: result.float32(`squares_${c + 1}`),
    product: result.float32(`product_${c + 1}`),
  }
}
