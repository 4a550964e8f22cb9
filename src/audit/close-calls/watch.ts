/**
 * @file Watches over the passes of one read-out whose activations jump: what the graph is to mark, the sums of a batch made
 * again where it marked something, and in the end every close call decided and added to the sums that it belongs to.
 */
import { present } from '../../numbers/present.ts'
import type { RunResult } from '../../onnx/sessions/run-result.ts'
import type { TensorInput } from '../../onnx/sessions/session.ts'
import type { CandidateTile, ReferenceTile } from '../../statistics/features/feature-moments.ts'
import type { RowBatch } from '../rows/row-batches.ts'
import {
  type BatchRows,
  batchRows,
  type CandidateCall,
  type CloseCall,
  candidateCell,
  closeColumns,
  nothingUndecided,
  referenceCell,
} from './close-cells.ts'
import { type Bands, graphBands, graphReach, type Jumps } from './jumps.ts'
import {
  type CandidateSums,
  type DecidedReference,
  decideCandidate,
  decideReference,
  type Referee,
  type ReferenceSums,
  type WatchedPlace,
} from './referee.ts'

/** The rows of every model in a run, and what the graph is fed besides. */
export interface Sighting {
  readonly rows: readonly BatchRows[]
  readonly inputs: Readonly<Record<string, TensorInput>>
}

/** One run of a pass: what the graph gave for these rows. */
export interface WatchedRun {
  readonly result: RunResult
  readonly sighting: Sighting
  readonly batch: RowBatch
}

/** Of the reference's pass over every feature. */
export class ReferenceWatch {
  readonly bands: Bands
  readonly #watched: WatchedPlace
  readonly #undecided = nothingUndecided<CloseCall>()

  constructor(watched: WatchedPlace) {
    this.#watched = watched
    this.bands = graphBands(watched.jumps, null)
  }

  /** Close calls found, which are in no sum until they are decided. */
  get calls(): readonly CloseCall[] {
    return this.#undecided.calls
  }

  look(inputs: Readonly<Record<string, TensorInput>>): Sighting {
    return sighting(this.#watched.jumps, inputs, 1)
  }

  /** Make the sums of features with a close call in the batch again, in place. */
  mend(tile: ReferenceTile, { result, sighting, batch }: WatchedRun): void {
    const { jumps } = this.#watched
    const rows = present(sighting.rows[0])
    for (const feature of closeColumns([result.float32('close_0')], this.#undecided)) {
      const cell = referenceCell({ jumps, feature }, rows, batch, this.#undecided.calls)
      tile.sum[feature] = cell.sum
      tile.sumOfSquares[feature] = cell.squares
      tile.firings[feature] = cell.firings
      tile.peak[feature] = cell.peak
    }
  }

  /** Decide what is open and add it to the sums, in place. */
  async decide(sums: ReferenceSums, referee: Referee): Promise<DecidedReference> {
    return await decideReference(this.#watched, this.#undecided, sums, referee)
  }
}

/** Of a pass of `count` candidates beside the reference, over `features` (ascending ids). */
export class CandidateWatch {
  readonly bands: Bands
  readonly #watched: WatchedPlace
  readonly #decided: DecidedReference
  readonly #features: Int32Array
  readonly #undecided = new Map<number, ReturnType<typeof nothingUndecided<CandidateCall>>>()

  constructor(watched: WatchedPlace, decided: DecidedReference, features: Int32Array) {
    this.#watched = watched
    this.#decided = decided
    this.#features = features
    this.bands = graphBands(watched.jumps, features)
  }

  /** Close calls of candidate `c` (0 is the first), which are in no sum until they are decided. */
  callsOf(c: number): readonly CandidateCall[] {
    return this.#of(c).calls
  }

  look(inputs: Readonly<Record<string, TensorInput>>, candidates: number): Sighting {
    return sighting(this.#watched.jumps, inputs, candidates + 1)
  }

  /** Make the sums of candidate `c` again where it or the reference has a close call in the batch, in place. */
  mend(c: number, tile: CandidateTile, { result, sighting, batch }: WatchedRun): void {
    const { jumps } = this.#watched
    const undecided = this.#of(c)
    const rows = [present(sighting.rows[0]), present(sighting.rows[c + 1])] as const
    const counts = [result.float32('close_0'), result.float32(`close_${c + 1}`)]
    for (const column of closeColumns(counts, undecided)) {
      const feature = present(this.#features[column], 'a feature')
      const cell = candidateCell({ jumps, feature, column }, rows, batch, undecided.calls)
      tile.sum[column] = cell.sum
      tile.sumOfSquares[column] = cell.squares
      tile.product[column] = cell.product
    }
  }

  /** Decide what is open of candidate `c` and add it to its sums, in place. Returns warnings. */
  async decide(c: number, sums: CandidateSums): Promise<readonly string[]> {
    return await decideCandidate(this.#watched, this.#decided, this.#of(c), sums)
  }

  #of(c: number): ReturnType<typeof nothingUndecided<CandidateCall>> {
    const known = this.#undecided.get(c)
    if (known !== undefined) return known
    const fresh = nothingUndecided<CandidateCall>()
    this.#undecided.set(c, fresh)
    return fresh
  }
}

/** The rows of each model in a batch, and how far the graph's bands reach there. */
function sighting(jumps: Jumps, inputs: Readonly<Record<string, TensorInput>>, models: number): Sighting {
  const reaches: Record<string, TensorInput> = {}
  const rows = Array.from({ length: models }, (_, m) => {
    const x = inputs[`x_${m}`]
    if (x?.type !== 'float32') throw new RangeError(`x_${m} is missing`)
    const of = batchRows(x.data, jumps.d_in)
    const data = Float32Array.of(graphReach(jumps, of.norms))
    reaches[`reach_${m}`] = { type: 'float32', data, dims: [1] }
    return of
  })
  return { rows, inputs: reaches }
}
