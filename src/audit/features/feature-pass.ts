/**
 * @file The SAE over stored residuals. First the reference alone, which decides what is active; then candidates beside
 * it, on the features that count. Position 0 of every sequence is summed apart from the rest, so that one pass tells both
 * what every position gives and what it gives without attention sinks.
 */
import { present } from '../../numbers/present.ts'
import { inOrder } from '../../onnx/threads/in-flight.ts'
import {
  addCandidateTile,
  addReferenceTile,
  type CandidateMoments,
  emptyCandidateMoments,
  emptyReferenceMoments,
  type ReferenceMoments,
} from '../../statistics/features/feature-moments.ts'
import type { CandidateWatch, HeldFeatures, ReferenceWatch } from '../close-calls/close-calls.ts'
import { type EncoderPlace, encoderLoad, encoderPlace, encoderRuns } from '../encoding/encoder-runs.ts'
import { candidateGraph, candidateTile, FIRING, referenceGraph } from '../encoding/feature-graph.ts'
import type { FeatureWeights } from '../encoding/tile-weights.ts'
import { withFewerRows } from '../machine/fewer-rows.ts'
import { type RunSize, runSize } from '../machine/run-size.ts'
import { passInputs, type Residuals } from '../rows/residuals.ts'
import { type ByPosition, groupsOf, type RowBatch, rowBatches, rowLayout } from '../rows/row-batches.ts'
import type { Encoder, Readout } from '../run/readout.ts'
import type { Run } from '../run/run.ts'
import { encoderOf, encoderRanges, featureChunks, pickFeatures } from '../run/stored-encoder.ts'
import { type DistanceGroups, emptyDistances } from '../sums/residual-sums.ts'
import type { CandidatePass, FeaturePass, PassModels } from './pass-types.ts'
import { addDistances } from './residual-distance.ts'
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
  const { encoder, layout } = pass
  if (encoder.activatesBy !== 'feature') return await referenceRowPass(pass, reference)
  const width = encoder.bias.length
  const moments = {
    first: emptyReferenceMoments(groupsOf(layout), width),
    rest: emptyReferenceMoments(groupsOf(layout), width),
  }
  const ranges = encoderRanges(encoder)
  for (const [i, range] of ranges.entries()) {
    const ids = Int32Array.from({ length: range[1] - range[0] }, (_, k) => range[0] + k)
    const held = {
      ids,
      firstColumn: range[0],
      encoder: await encoderOf(encoder, range),
      bands: watch?.bands(ids) ?? null,
    }
    await referenceRange(partOf(pass, i, ranges.length), held, reference, { moments, watch })
  }
  for (const batch of rowBatches(layout, layout.sequenceLength)) {
    const { positions } = moments[batch.place]
    positions[batch.tokenGroup] = present(positions[batch.tokenGroup]) + batch.rows.length
  }
  return moments
}

/** A pass over some of the features, as the i-th of so many: what it tells of its rows is that part of all. */
function partOf(pass: FeaturePass, i: number, parts: number): FeaturePass {
  const all = pass.layout.sequenceCount * pass.layout.sequenceLength
  return { ...pass, onTokens: (done) => pass.onTokens((i * all + done) / parts) }
}

/** Features in memory, as a pass has them. */
interface HeldPart extends HeldFeatures {
  readonly encoder: Encoder
}

/** Sums are cut by the machine's threads, not by how many of them a lane has: lanes depend on how much text there is. */
function sizeOf({ device }: FeaturePass, { lanes }: EncoderPlace): RunSize {
  return { ...runSize(lanes.device), rowParts: runSize(device).rowParts }
}

/** Add the sums of some of the features. */
async function referenceRange(
  pass: FeaturePass,
  held: HeldPart,
  reference: Residuals,
  {
    moments,
    watch,
  }: { readonly moments: ByPosition<ReferenceMoments>; readonly watch: ReferenceWatch | null },
): Promise<void> {
  const { layout, onTokens } = pass
  const { encoder, ids } = held
  const load = encoderLoad(encoder, ids.length, reference.store.rows)
  const place = encoderPlace(pass.device, pass.encoder, load)
  const size = sizeOf(pass, place)
  const weights = { encoder, W_dec: null }
  const graph = (of: FeatureWeights, given: boolean) =>
    referenceGraph({ ...of, tiling: size, near: watch !== null, given })
  const runs = await encoderRuns(weights, graph, place, 'the SAE encoder')
  let done = 0
  const begin = async (batch: RowBatch) => {
    const inputs = await passInputs([reference], batch, size.rowParts)
    const sighting = watch?.look(inputs)
    return { sighting, slabs: await runs.run(inputs) }
  }
  try {
    const batches = rowBatches(layout, size.featureRows)
    await inOrder(batches, runs.inFlight, begin, ({ sighting, slabs }, batch) => {
      for (const { range, result } of slabs) {
        const [first] = range
        const tile = {
          sum: result.float32('sum'),
          sumOfSquares: result.float32('squares'),
          firings: result.float32('firings').map((sum) => sum / FIRING),
          peak: result.float32('peak'),
        }
        if (sighting !== undefined) watch?.mend(tile, { result, sighting, batch, held, first })
        addReferenceTile(moments[batch.place], batch.tokenGroup, held.firstColumn + first, tile)
      }
      done += batch.rows.length
      onTokens(done)
    })
  } finally {
    await runs.release()
  }
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
  const { encoder, layout } = pass
  if (encoder.activatesBy !== 'feature') return await candidateRowPass(pass, features, compared)
  const passes = compared.candidates.map(() => ({
    moments: {
      first: emptyCandidateMoments(groupsOf(layout), features),
      rest: emptyCandidateMoments(groupsOf(layout), features),
    },
    distance: emptyDistances(groupsOf(layout)),
  }))
  // Where the reference never fires there is nothing to sum; how far apart the residuals lie is told all the same.
  const chunks = features.length === 0 ? [features] : featureChunks(features, encoder)
  let firstColumn = 0
  for (const [i, ids] of chunks.entries()) {
    const held = {
      ids,
      firstColumn,
      encoder: await pickFeatures(encoder, ids),
      bands: watch?.bands(ids) ?? null,
    }
    await candidatesRange(partOf(pass, i, chunks.length), held, compared, { passes, watch })
    firstColumn += ids.length
  }
  return passes
}

interface CandidateSumsSoFar {
  readonly passes: readonly {
    readonly moments: ByPosition<CandidateMoments>
    readonly distance: DistanceGroups
  }[]
  readonly watch: CandidateWatch | null
}

/** Add the sums of some of the features, and with the first of them how far apart the residuals lie. */
async function candidatesRange(
  pass: FeaturePass,
  held: HeldPart,
  { reference, candidates }: PassModels,
  { passes, watch }: CandidateSumsSoFar,
): Promise<void> {
  const { layout, onTokens } = pass
  const { encoder, ids, firstColumn } = held
  const models = [reference, ...candidates]
  const load = encoderLoad(encoder, ids.length, models.length * reference.store.rows)
  const place = encoderPlace(pass.device, pass.encoder, load)
  const size = sizeOf(pass, place)
  const weights = { encoder, W_dec: null }
  const graph = (of: FeatureWeights, given: boolean) =>
    candidateGraph({ ...of, tiling: size, near: watch !== null, given }, candidates.length)
  const runs = ids.length === 0 ? null : await encoderRuns(weights, graph, place, 'the SAE encoder')
  const begin = async (batch: RowBatch) => {
    const inputs = await passInputs(models, batch, size.rowParts)
    const sighting = watch?.look(inputs, candidates.length)
    return { inputs, sighting, slabs: (await runs?.run(inputs)) ?? [] }
  }
  let done = 0
  try {
    const batches = rowBatches(layout, size.featureRows)
    await inOrder(batches, runs?.inFlight ?? 1, begin, ({ inputs, sighting, slabs }, batch) => {
      for (const [c, { moments, distance }] of passes.entries()) {
        const compared = [inputs.x_0, inputs[`x_${c + 1}`]] as const
        if (firstColumn === 0) addDistances(distance, batch.tokenGroup, compared, batch.rows.length)
        for (const { range, result } of slabs) {
          const [first] = range
          const tile = candidateTile((name) => result.float32(name), c)
          if (sighting !== undefined) watch?.mend(c, tile, { result, sighting, batch, held, first })
          addCandidateTile(moments[batch.place], batch.tokenGroup, firstColumn + first, tile)
        }
      }
      done += batch.rows.length
      onTokens(done)
    })
  } finally {
    await runs?.release()
  }
}
