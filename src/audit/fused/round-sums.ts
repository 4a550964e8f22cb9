/** @file What the runs of a fused round add up to: in float64, token group by token group. */
import { captureNotFinite } from '../../errors/audit.ts'
import { present } from '../../numbers/present.ts'
import type { RunResult } from '../../onnx/sessions/run-result.ts'
import {
  addCandidateTile,
  addReferenceTile,
  type CandidateMoments,
  emptyCandidateMoments,
  emptyReferenceMoments,
  type ReferenceMoments,
} from '../../statistics/features/feature-moments.ts'
import { candidateTile, FIRING, type WantedSums } from '../encoding/feature-graph.ts'
import type { CandidatePass } from '../features/pass-types.ts'
import type { ByPosition } from '../rows/row-batches.ts'
import { type DistanceGroups, emptyDistances } from '../sums/residual-sums.ts'
import { type HighestAsked, HighestRows } from './highest-rows.ts'
import type { RoundBatch } from './round-batches.ts'
import { DISTANCES, roundNames } from './round-graph.ts'

/** What one SAE saw in a round. */
export interface FusedReadout {
  /** Null: not asked for. */
  readonly reference: ByPosition<ReferenceMoments> | null
  readonly candidates: readonly CandidatePass[]
  /** Null: not asked for. */
  readonly highest: HighestRows | null
}

/** One SAE of the round: which it is, where it reads, what of it is summed, and which positions are kept apart. */
export interface SummedReadout {
  readonly r: number
  readonly hook: string
  /** Ascending ids. */
  readonly features: Int32Array
  /** (positions of a sequence) 1: its sums are kept apart. */
  readonly apart: Uint8Array
  /** Null: where features fire most is not asked. */
  readonly highest: HighestAsked | null
}

const SIDES = ['first', 'rest'] as const

export class ReadoutSums {
  readonly #of: SummedReadout
  /** The reference's first. */
  readonly #names: readonly string[]
  readonly #reference: ByPosition<ReferenceMoments> | null
  readonly #highest: HighestRows | null
  readonly #candidates: readonly {
    readonly moments: ByPosition<CandidateMoments>
    readonly distance: DistanceGroups
  }[]

  /** `names`: of the models, for messages. */
  constructor(of: SummedReadout, names: readonly string[], groups: number, wanted: WantedSums) {
    this.#of = of
    this.#names = names
    const width = of.features.length
    const reference = () => emptyReferenceMoments(groups, width)
    const candidate = () => emptyCandidateMoments(groups, of.features)
    const { r, features, highest } = of
    this.#highest = highest === null ? null : new HighestRows(r, features, names.length - 1, highest)
    this.#reference = wanted.reference ? { first: reference(), rest: reference() } : null
    this.#candidates = names.slice(1).map(() => ({
      moments: { first: candidate(), rest: candidate() },
      distance: emptyDistances(groups),
    }))
  }

  /** Errors: CAPTURE_NOT_FINITE. */
  add(result: RunResult, batch: RoundBatch): void {
    const { r, features, apart } = this.#of
    const width = features.length
    const { tokenGroup, sequences } = batch
    for (const [c, { distance }] of this.#candidates.entries())
      this.#addDistances(distance, result.float32(roundNames.distance(r, c + 1)), batch, c + 1)
    this.#highest?.add(result, batch)
    for (const [place, side] of SIDES.entries()) {
      // A graph without features has no figures of them.
      const figure = (name: string): Float32Array =>
        width === 0
          ? new Float32Array()
          : result.float32(roundNames.sum(r, name)).subarray(place * width, (place + 1) * width)
      if (this.#reference !== null) {
        const into = this.#reference[side]
        const rows = batch.rows[1] - batch.rows[0]
        const first = sequences.length * apart.reduce((sum, is) => sum + is, 0)
        into.positions[tokenGroup] =
          present(into.positions[tokenGroup]) + (side === 'first' ? first : rows - first)
        addReferenceTile(into, tokenGroup, 0, {
          sum: figure('sum'),
          sumOfSquares: figure('squares'),
          firings: figure('firings').map((sum) => sum / FIRING),
          peak: figure('peak'),
        })
      }
      for (const [c, { moments }] of this.#candidates.entries())
        addCandidateTile(moments[side], tokenGroup, 0, candidateTile(figure, c))
    }
  }

  get found(): FusedReadout {
    return {
      reference: this.#reference,
      highest: this.#highest,
      candidates: this.#candidates,
    }
  }

  #addDistances(
    into: DistanceGroups,
    values: Float32Array,
    { rows: [start, end], tokenGroup }: RoundBatch,
    candidate: number,
  ): void {
    const sums = { apart: 0, size: 0, cosines: 0 }
    for (let row = 0; row < end - start; row++) {
      const [apart = 0, xx = 0, yy = 0, xy = 0] = values.subarray(row * DISTANCES, (row + 1) * DISTANCES)
      if (!Number.isFinite(apart)) {
        const model = present(this.#names[Number.isFinite(xx) ? candidate : 0])
        throw captureNotFinite(model, this.#of.hook, start + row)
      }
      sums.apart += apart
      sums.size += xx
      sums.cosines += xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0
    }
    into.apart[tokenGroup]! += sums.apart
    into.size[tokenGroup]! += sums.size
    into.cosines[tokenGroup]! += sums.cosines
    into.rows[tokenGroup]! += end - start
  }
}
