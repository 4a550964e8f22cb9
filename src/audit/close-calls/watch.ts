/**
 * @file Watches over the passes of one read-out whose activations jump: what the graph is to mark, the sums of a batch made
 * again where it marked something, and in the end every close call decided and added to the sums that it belongs to.
 */
import { present } from '../../numbers/present.ts'
import type { RunResult } from '../../onnx/sessions/run-result.ts'
import type { TensorInput } from '../../onnx/sessions/session.ts'
import type { CandidateTile, ReferenceTile } from '../../statistics/features/feature-moments.ts'
import type { RowBatch } from '../rows/row-batches.ts'
import type { OpenCalls, OpenReference } from '../sums/open-calls.ts'
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
import { type Bands, columnOf, graphBands, graphReach, type Jumps, type Weights } from './jumps.ts'
import { type RecordedPart, recordCandidate, recordReference } from './record-calls.ts'
import {
  type CandidateSums,
  type DecidedReference,
  decideCandidate,
  decideReference,
  type Referee,
  type ReferenceSums,
  type WatchedPlace,
} from './referee.ts'

/** The rows of every model in a run, and how far the bands of thresholds reach there. */
export interface Sighting {
  readonly rows: readonly BatchRows[]
  readonly reaches: readonly number[]
}

/** The features that a graph goes over, some of a pass: by column of the graph. */
export interface HeldFeatures {
  readonly ids: Int32Array
  readonly encoder: Weights
  /** Where float32 cannot tell; null: it decides. */
  readonly bands: Bands | null
  /** Of the first among those of the whole pass. */
  readonly firstColumn: number
}

/** One run of a pass: what the graph gave for these rows. */
export interface WatchedRun {
  readonly held: HeldFeatures
  /** The first of them that the run went over. */
  readonly first: number
  readonly result: RunResult
  readonly sighting: Sighting
  readonly batch: RowBatch
}

/** Of the reference's pass over every feature. */
export class ReferenceWatch {
  readonly #watched: WatchedPlace
  readonly #undecided = nothingUndecided<CloseCall>()

  constructor(watched: WatchedPlace) {
    this.#watched = watched
  }

  /** Where these features come too near to their thresholds. */
  bands(ids: Int32Array): Bands {
    return graphBands(this.#watched.jumps, ids)
  }

  /** Close calls found, which are in no sum until they are decided. */
  get calls(): readonly CloseCall[] {
    return this.#undecided.calls
  }

  look(inputs: Readonly<Record<string, TensorInput>>): Sighting {
    return sighting(this.#watched.jumps, inputs, 1)
  }

  /** Make the sums of features with a close call in the batch again, in place. */
  mend(tile: ReferenceTile, { result, sighting, batch, held, first }: WatchedRun): void {
    const { jumps } = this.#watched
    const rows = present(sighting.rows[0])
    const near = nearOf({ held, first, sighting }, [result.float32('near_0')], [0])
    for (const k of closeColumns(near, this.#undecided)) {
      const feature = present(held.ids[first + k], 'a feature')
      const weights = columnOf(held.encoder, first + k)
      const cell = referenceCell({ jumps, feature, weights }, rows, batch, this.#undecided.calls)
      tile.sum[k] = cell.sum
      tile.sumOfSquares[k] = cell.squares
      tile.firings[k] = cell.firings
      tile.peak[k] = cell.peak
    }
  }

  /** Decide what is open and add it to the sums, in place. */
  async decide(sums: ReferenceSums, referee: Referee): Promise<DecidedReference> {
    return await decideReference(this.#watched, this.#undecided, sums, referee)
  }

  /** Write down what is open. */
  async record(referee: Referee, part: RecordedPart): Promise<OpenReference> {
    return await recordReference(this.#watched, this.#undecided, referee, part)
  }
}

/** Of a pass of candidates beside the reference. */
export class CandidateWatch {
  readonly #watched: WatchedPlace
  readonly #decided: DecidedReference | null
  readonly #undecided = new Map<number, ReturnType<typeof nothingUndecided<CandidateCall>>>()

  /** `decided` null: calls are written down, and decided elsewhere. */
  constructor(watched: WatchedPlace, decided: DecidedReference | null) {
    this.#watched = watched
    this.#decided = decided
  }

  /** Where these features come too near to their thresholds. */
  bands(ids: Int32Array): Bands {
    return graphBands(this.#watched.jumps, ids)
  }

  /** Close calls of candidate `c` (0 is the first), which are in no sum until they are decided. */
  callsOf(c: number): readonly CandidateCall[] {
    return this.#of(c).calls
  }

  look(inputs: Readonly<Record<string, TensorInput>>, candidates: number): Sighting {
    return sighting(this.#watched.jumps, inputs, candidates + 1)
  }

  /** Make the sums of candidate `c` again where it or the reference has a close call in the batch, in place. */
  mend(c: number, tile: CandidateTile, { result, sighting, batch, held, first }: WatchedRun): void {
    const { jumps } = this.#watched
    const undecided = this.#of(c)
    const rows = [present(sighting.rows[0]), present(sighting.rows[c + 1])] as const
    const least = [result.float32('near_0'), result.float32(`near_${c + 1}`)]
    for (const k of closeColumns(nearOf({ held, first, sighting }, least, [0, c + 1]), undecided)) {
      const feature = present(held.ids[first + k], 'a feature')
      const of = {
        jumps,
        feature,
        column: held.firstColumn + first + k,
        weights: columnOf(held.encoder, first + k),
      }
      const cell = candidateCell(of, rows, batch, undecided.calls)
      tile.sum[k] = cell.sum
      tile.sumOfSquares[k] = cell.squares
      tile.product[k] = cell.product
      tile.together[k] = cell.together
      tile.either[k] = cell.either
    }
  }

  /** Decide what is open of candidate `c` and add it to its sums, in place. Returns warnings. */
  async decide(c: number, sums: CandidateSums): Promise<readonly string[]> {
    if (this.#decided === null) throw new RangeError('the reference comes first')
    return await decideCandidate(this.#watched, this.#decided, this.#of(c), sums)
  }

  /** Write down what is open of candidate `c`; `referee` null: float32 decides. */
  async record(c: number, referee: Referee | null, part: RecordedPart): Promise<OpenCalls> {
    return await recordCandidate(this.#watched, this.#of(c), referee, part)
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
  const rows = Array.from({ length: models }, (_, m) => {
    const x = inputs[`x_${m}`]
    if (x?.type !== 'float32') throw new RangeError(`x_${m} is missing`)
    return batchRows(x.data, jumps.d_in)
  })
  return { rows, reaches: rows.map(({ norms }) => graphReach(jumps, norms)) }
}

/** Of the run's features, by model: does one of its rows lie in the band? `least`: the smallest |z − θ| of its rows. */
function nearOf(
  { held, first, sighting }: Pick<WatchedRun, 'held' | 'first' | 'sighting'>,
  least: readonly Float32Array[],
  models: readonly number[],
): readonly Uint8Array[] {
  const { slack, scale } = present(held.bands)
  return least.map((of, i) => {
    const reach = present(sighting.reaches[present(models[i])])
    return Uint8Array.from(of, (apart, k) => Number(apart < slack[first + k]! + scale[first + k]! * reach))
  })
}
