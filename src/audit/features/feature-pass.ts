/**
 * @file The SAE over stored residuals. First the reference alone, which decides what is active; then candidates beside
 * it, on the features that count. Position 0 of every block is summed apart from the rest, so that one pass tells both
 * what every position gives and what it gives without attention sinks.
 */

import type { RunResult } from '../../onnx/sessions/run-result.ts'
import type { Device, TensorInput } from '../../onnx/sessions/session.ts'
import { inOrder } from '../../onnx/threads/in-flight.ts'
import { createLanes } from '../../onnx/threads/lanes.ts'
import {
  addCandidateTile,
  addReferenceTile,
  type CandidateMoments,
  emptyCandidateMoments,
  emptyReferenceMoments,
  type ReferenceMoments,
  type ReferenceTile,
} from '../../statistics/feature-moments.ts'
import {
  type BatchRows,
  batchRows,
  type CandidateCall,
  type CloseCall,
  candidateCell,
  closeColumns,
  nothingUndecided,
  referenceCell,
  type Undecided,
} from '../close-calls/close-cells.ts'
import { graphBands, graphReach, type Jumps } from '../close-calls/jumps.ts'
import { runSize } from '../run-size.ts'
import { type GraphLoad, shareThreads } from '../share-threads.ts'
import { candidateGraph, type Encoder, FIRING, referenceGraph, selectFeatures } from './feature-graph.ts'
import { ResidualDistance } from './residual-distance.ts'
import { passInputs, type Residuals } from './residuals.ts'
import { type ByPosition, type RowBatch, type RowLayout, rowBatches } from './row-batches.ts'

/** The reference's sums, and what is in none of them yet. */
export interface ReferencePass {
  readonly moments: ByPosition<ReferenceMoments>
  readonly undecided: Undecided<CloseCall>
}

/** Sums of the reference over every feature. `jumps` null: float32 decides. `onTokens` hears how many rows are done. */
export async function referencePass(
  encoder: Encoder,
  jumps: Jumps | null,
  reference: Residuals,
  layout: RowLayout,
  device: Device,
  onTokens: (done: number) => void,
): Promise<ReferencePass> {
  const width = encoder.bias.length
  const moments = {
    first: emptyReferenceMoments(layout.groups, width),
    rest: emptyReferenceMoments(layout.groups, width),
  }
  const bands = jumps === null ? null : graphBands(jumps, null)
  const lanes = shareThreads(device, encoderLoad(encoder, width, reference.store.rows))
  const size = runSize(lanes.device)
  const session = await createLanes(referenceGraph(encoder, size, bands), lanes, 'the SAE encoder')
  const undecided = nothingUndecided<CloseCall>()
  let done = 0
  const begin = async (batch: RowBatch) => {
    const inputs = await passInputs([reference], batch, size.rowParts)
    const near = jumps === null ? null : nearRows(jumps, inputs, 1)
    return { near, result: await session.run({ ...inputs, ...near?.reaches }) }
  }
  try {
    await inOrder(
      rowBatches(layout, size.featureRows),
      session.inFlight,
      begin,
      ({ near, result }, batch) => {
        const into = moments[batch.place]
        into.positions[batch.group] = (into.positions[batch.group] ?? 0) + batch.rows.length
        addReferenceTile(into, batch.group, 0, referenceTile(result, jumps, near?.rows[0], batch, undecided))
        done += batch.rows.length
        onTokens(done)
      },
    )
  } finally {
    await session.release()
  }
  return { moments, undecided }
}

/** The graph's sums, those of features with a close call in the batch made again. */
function referenceTile(
  result: RunResult,
  jumps: Jumps | null,
  rows: BatchRows | undefined,
  batch: RowBatch,
  undecided: Undecided<CloseCall>,
): ReferenceTile {
  const [sum, squares] = [result.float32('sum'), result.float32('squares')]
  const firings = result.float32('firings').map((sum) => sum / FIRING)
  const peak = result.float32('peak')
  const tile = { sum, sumOfSquares: squares, firings, peak }
  if (jumps === null || rows === undefined) return tile
  for (const feature of closeColumns([result.float32('close_0')], undecided)) {
    const cell = referenceCell(jumps, feature, rows, batch, undecided.calls)
    sum[feature] = cell.sum
    squares[feature] = cell.squares
    firings[feature] = cell.firings
    peak[feature] = cell.peak
  }
  return tile
}

/** The rows of each model in a batch, and how far the graph's bands reach there. */
function nearRows(
  jumps: Jumps,
  inputs: Readonly<Record<string, TensorInput>>,
  models: number,
): { readonly rows: readonly BatchRows[]; readonly reaches: Record<string, TensorInput> } {
  const reaches: Record<string, TensorInput> = {}
  const rows = Array.from({ length: models }, (_, m) => {
    const x = inputs[`x_${m}`]
    if (x?.type !== 'float32') throw new RangeError(`x_${m} is missing`)
    const of = batchRows(x.data, jumps.d_in)
    reaches[`reach_${m}`] = {
      type: 'float32',
      data: Float32Array.of(graphReach(jumps, of.norms)),
      dims: [1],
    }
    return of
  })
  return { rows, reaches }
}

/** What one candidate's rows gave beside the reference's. */
export interface CandidatePass {
  readonly moments: ByPosition<CandidateMoments>
  readonly undecided: Undecided<CandidateCall>
  /** ‖x_candidate − x_reference‖ / ‖x_reference‖ over all rows. */
  readonly residualError: number
  /** Mean over rows of cos(x_reference, x_candidate): near 0 in a rotated basis. */
  readonly meanCosine: number
}

/** Sums of candidates beside the reference, on `features` only (ascending ids). `jumps` null: float32 decides. */
export async function candidatePass(
  encoder: Encoder,
  jumps: Jumps | null,
  features: Int32Array,
  reference: Residuals,
  candidates: readonly Residuals[],
  layout: RowLayout,
  device: Device,
  onTokens: (done: number) => void,
): Promise<readonly CandidatePass[]> {
  const passes = candidates.map(() => ({
    moments: {
      first: emptyCandidateMoments(layout.groups, features),
      rest: emptyCandidateMoments(layout.groups, features),
    },
    undecided: nothingUndecided<CandidateCall>(),
    distance: new ResidualDistance(),
  }))
  const bands = jumps === null ? null : graphBands(jumps, features)
  const models = [reference, ...candidates]
  const lanes = shareThreads(
    device,
    encoderLoad(encoder, features.length, models.length * reference.store.rows),
  )
  const size = runSize(lanes.device)
  const graph = () => candidateGraph(selectFeatures(encoder, features), candidates.length, size, bands)
  // Where the reference never fires there is nothing to sum; how far apart the residuals lie is told all the same.
  const session = features.length === 0 ? null : await createLanes(graph(), lanes, 'the SAE encoder')
  const begin = async (batch: RowBatch) => {
    const inputs = await passInputs(models, batch, size.rowParts)
    const near = jumps === null ? null : nearRows(jumps, inputs, models.length)
    return { inputs, near, result: (await session?.run({ ...inputs, ...near?.reaches })) ?? null }
  }
  let done = 0
  try {
    const batches = rowBatches(layout, size.featureRows)
    await inOrder(batches, session?.inFlight ?? 1, begin, ({ inputs, near, result }, batch) => {
      for (const [c, pass] of passes.entries()) {
        pass.distance.add(inputs.x_0, inputs[`x_${c + 1}`], batch.rows.length)
      }
      if (result !== null) addBatch(result, near?.rows, batch, jumps, passes)
      done += batch.rows.length
      onTokens(done)
    })
  } finally {
    await session?.release()
  }
  return passes.map(({ moments, undecided, distance }) => ({ moments, undecided, ...distance.summary() }))
}

/** Work of an SAE's encoder on so many of its features and so many rows, of all models together. */
function encoderLoad({ d_in }: Encoder, features: number, rows: number): GraphLoad {
  return { weightBytes: 4 * d_in * features, operations: 2 * d_in * features * rows }
}

function addBatch(
  result: RunResult,
  rows: readonly BatchRows[] | undefined,
  batch: RowBatch,
  jumps: Jumps | null,
  passes: readonly Pick<CandidatePass, 'moments' | 'undecided'>[],
): void {
  for (const [c, { moments, undecided }] of passes.entries()) {
    const sum = result.float32(`sum_${c + 1}`)
    const squares = result.float32(`squares_${c + 1}`)
    const product = result.float32(`product_${c + 1}`)
    const { features } = moments.first
    const [reference, candidate] = [rows?.[0], rows?.[c + 1]]
    if (jumps !== null && reference !== undefined && candidate !== undefined) {
      const counts = [result.float32('close_0'), result.float32(`close_${c + 1}`)]
      for (const column of closeColumns(counts, undecided)) {
        const place = { column, feature: features[column] ?? 0 }
        const cell = candidateCell(jumps, place, [reference, candidate], batch, undecided.calls)
        sum[column] = cell.sum
        squares[column] = cell.squares
        product[column] = cell.product
      }
    }
    addCandidateTile(moments[batch.place], batch.group, 0, { sum, sumOfSquares: squares, product })
  }
}
