/**
 * @file The SAE over stored residuals where features fire by the row. The engine gives k values and ids per row; sums over rows are
 * made here, in float64, of what fires alone. Every model needs its whole encoder, because what fires depends on all of
 * the row, and it depends on that model's row only.
 */
import { present } from '../../numbers/present.ts'
import { GraphBuilder, type GraphModel } from '../../onnx/graph/graph.ts'
import type { RunResult } from '../../onnx/sessions/run-result.ts'
import type { Session } from '../../onnx/sessions/session.ts'
import { inOrder } from '../../onnx/threads/in-flight.ts'
import { createLanes } from '../../onnx/threads/lanes.ts'
import {
  addCandidateTile,
  addReferenceTile,
  type CandidateMoments,
  emptyCandidateMoments,
  emptyReferenceMoments,
  type ReferenceMoments,
} from '../../statistics/features/feature-moments.ts'
import { prepareRows } from '../encoding/prepared-rows.ts'
import { rowFeatures, rowTile } from '../encoding/row-features.ts'
import { runSize } from '../machine/run-size.ts'
import { shareThreads } from '../machine/share-threads.ts'
import { passInputs, type Residuals } from '../rows/residuals.ts'
import { type ByPosition, groupsOf, type RowBatch, rowBatches } from '../rows/row-batches.ts'
import type { Encoder } from '../run/readout.ts'
import { wholeEncoder } from '../run/stored-encoder.ts'
import { emptyDistances } from '../sums/residual-sums.ts'
import { type CandidatePass, encoderLoad, type FeaturePass, type PassModels } from './pass-types.ts'
import { addDistances } from './residual-distance.ts'

/** Input `x_0` (n_row, d_in); outputs `values` and `ids`, (n_row, k). */
export function rowGraph(encoder: Encoder, tile: number): GraphModel {
  const g = new GraphBuilder()
  const x = g.input('x_0', 'float32', ['n_row', encoder.d_in])
  const { values, ids } = rowFeatures(g, prepareRows(g, x, encoder.input).rows, encoder, tile)
  g.output('values', values)
  g.output('ids', ids)
  return g.build()
}

/** The encoder in the engine, and how many rows it is given at a time. */
interface RowEncoder {
  readonly session: Session
  readonly rows: number
}

async function loadEncoder({ encoder, device }: FeaturePass, rows: number): Promise<RowEncoder> {
  const lanes = shareThreads(device, encoderLoad(encoder, encoder.bias.length, rows))
  const size = runSize(lanes.device)
  const graph = rowGraph(await wholeEncoder(encoder), rowTile(encoder.activatesBy, size))
  return { session: await createLanes(graph, lanes, 'the SAE encoder'), rows: size.featureRows }
}

/** What fires in a batch of rows: (n_row · k) both. */
interface Fired {
  readonly values: Float32Array
  readonly ids: BigInt64Array
}

function firedIn(result: RunResult): Fired {
  return { values: result.float32('values'), ids: result.int64('ids') }
}

/** Sums of the reference over every feature. */
export async function referenceRowPass(
  pass: FeaturePass,
  reference: Residuals,
): Promise<ByPosition<ReferenceMoments>> {
  const { encoder, layout, onTokens } = pass
  const width = encoder.bias.length
  const moments = {
    first: emptyReferenceMoments(groupsOf(layout), width),
    rest: emptyReferenceMoments(groupsOf(layout), width),
  }
  const { session, rows } = await loadEncoder(pass, reference.store.rows)
  const sums = new ReferenceSums(width)
  let done = 0
  try {
    const begin = async (batch: RowBatch) => await session.run(await passInputs([reference], batch, 1))
    await inOrder(rowBatches(layout, rows), session.inFlight, begin, (result, batch) => {
      const into = moments[batch.place]
      into.positions[batch.tokenGroup] = present(into.positions[batch.tokenGroup]) + batch.rows.length
      sums.add(firedIn(result), into, batch.tokenGroup)
      done += batch.rows.length
      onTokens(done)
    })
  } finally {
    await session.release()
  }
  return moments
}

/** Adds what fires to a token group's sums, feature by feature. */
class ReferenceSums {
  readonly #one = {
    sum: new Float64Array(1),
    sumOfSquares: new Float64Array(1),
    firings: Float64Array.of(1),
    peak: new Float64Array(1),
  }
  readonly #width: number

  constructor(width: number) {
    this.#width = width
  }

  add({ values, ids }: Fired, into: ReferenceMoments, tokenGroup: number): void {
    const { sum, sumOfSquares, peak } = this.#one
    for (let i = 0; i < values.length; i++) {
      const a = present(values[i])
      if (a <= 0) continue
      sum[0] = a
      sumOfSquares[0] = a * a
      peak[0] = a
      addReferenceTile(into, tokenGroup, idOf(ids, i, this.#width), this.#one)
    }
  }
}

function idOf(ids: BigInt64Array, at: number, width: number): number {
  const id = Number(ids[at])
  if (!(id >= 0 && id < width)) throw new RangeError(`feature ${id} of ${width}`)
  return id
}

/** Sums of candidates beside the reference, on `features` only (ascending ids). */
export async function candidateRowPass(
  pass: FeaturePass,
  features: Int32Array,
  { reference, candidates }: PassModels,
): Promise<readonly CandidatePass[]> {
  const { encoder, layout, onTokens } = pass
  const passes = candidates.map(() => ({
    moments: {
      first: emptyCandidateMoments(groupsOf(layout), features),
      rest: emptyCandidateMoments(groupsOf(layout), features),
    },
    distance: emptyDistances(groupsOf(layout)),
  }))
  const models = [reference, ...candidates]
  const { session, rows } = await loadEncoder(pass, models.length * reference.store.rows)
  const pairs = new PairSums(encoder, features)
  const begin = async (batch: RowBatch) => {
    const inputs = await passInputs(models, batch, 1)
    const fired: Fired[] = []
    for (let m = 0; m < models.length; m++)
      fired.push(firedIn(await session.run({ x_0: present(inputs[`x_${m}`]) })))
    return { inputs, fired }
  }
  let done = 0
  try {
    await inOrder(rowBatches(layout, rows), session.inFlight, begin, ({ inputs, fired }, batch) => {
      for (const [c, { moments, distance }] of passes.entries()) {
        const compared = [inputs.x_0, inputs[`x_${c + 1}`]] as const
        addDistances(distance, batch.tokenGroup, compared, batch.rows.length)
        pairs.add(present(fired[0]), present(fired[c + 1]), moments[batch.place], batch.tokenGroup)
      }
      done += batch.rows.length
      onTokens(done)
    })
  } finally {
    await session.release()
  }
  return passes
}

/** Adds a candidate's row beside the reference's: products are of features that fire in both. */
class PairSums {
  readonly #k: number
  readonly #width: number
  /** Column of each feature among those that count, or −1. */
  readonly #columns: Int32Array
  /** The reference's row, spread out; zero between rows. */
  readonly #row: Float64Array
  readonly #one = {
    sum: new Float64Array(1),
    sumOfSquares: new Float64Array(1),
    product: new Float64Array(1),
    together: new Float64Array(1),
    either: new Float64Array(1),
  }
  /** Where the reference alone fires. */
  readonly #alone = {
    sum: new Float64Array(1),
    sumOfSquares: new Float64Array(1),
    product: new Float64Array(1),
    together: new Float64Array(1),
    either: Float64Array.of(1),
  }

  constructor({ activatesBy, bias }: Pick<Encoder, 'activatesBy' | 'bias'>, features: Int32Array) {
    if (activatesBy === 'feature') throw new RangeError('features that activate by themselves')
    this.#k = activatesBy.k
    this.#width = bias.length
    this.#columns = new Int32Array(bias.length).fill(-1)
    this.#row = new Float64Array(bias.length)
    for (const [column, feature] of features.entries()) this.#columns[feature] = column
  }

  add(reference: Fired, candidate: Fired, into: CandidateMoments, tokenGroup: number): void {
    const k = this.#k
    for (let start = 0; start < reference.values.length; start += k) {
      this.#spread(reference, start, true)
      this.#addRow(candidate, start, into, tokenGroup)
      this.#addAlone(reference, start, into, tokenGroup)
      this.#spread(reference, start, false)
    }
  }

  #spread({ values, ids }: Fired, start: number, on: boolean): void {
    for (let i = start; i < start + this.#k; i++) {
      this.#row[idOf(ids, i, this.#width)] = on ? present(values[i]) : 0
    }
  }

  #addRow({ values, ids }: Fired, start: number, into: CandidateMoments, tokenGroup: number): void {
    const { sum, sumOfSquares, product, together, either } = this.#one
    either[0] = 1
    for (let i = start; i < start + this.#k; i++) {
      const b = present(values[i])
      const feature = idOf(ids, i, this.#width)
      const column = present(this.#columns[feature])
      if (b <= 0 || column < 0) continue
      const a = present(this.#row[feature])
      sum[0] = b
      sumOfSquares[0] = b * b
      product[0] = b * a
      together[0] = a > 0 ? 1 : 0
      addCandidateTile(into, tokenGroup, column, this.#one)
      // What is left of the row fires in the reference alone.
      this.#row[feature] = 0
    }
  }

  #addAlone({ ids }: Fired, start: number, into: CandidateMoments, tokenGroup: number): void {
    for (let i = start; i < start + this.#k; i++) {
      const feature = idOf(ids, i, this.#width)
      const column = present(this.#columns[feature])
      if (column >= 0 && present(this.#row[feature]) > 0)
        addCandidateTile(into, tokenGroup, column, this.#alone)
    }
  }
}
