/**
 * @file The SAE over stored residuals where features fire by the row. The engine gives k values and ids per row; sums over rows are
 * made here, in float64, of what fires alone. Every model needs its whole encoder, range after range, because what fires depends on all of
 * the row, and it depends on that model's row only.
 */
import { present } from '../../numbers/present.ts'
import {
  addCandidateTile,
  addReferenceTile,
  type CandidateMoments,
  emptyCandidateMoments,
  emptyReferenceMoments,
  type ReferenceMoments,
} from '../../statistics/features/feature-moments.ts'
import { eachWinners, type RowEncoding, type Winners } from '../encoding/row-winners.ts'
import { runSize } from '../machine/run-size.ts'
import { passInputs, type Residuals } from '../rows/residuals.ts'
import { type ByPosition, groupsOf, rowBatches } from '../rows/row-batches.ts'
import { emptyDistances } from '../sums/residual-sums.ts'
import type { CandidatePass, FeaturePass, PassModels } from './pass-types.ts'
import { addDistances } from './residual-distance.ts'

/** A single row is multiplied by other code, whose sums go by where in a tile a feature stands: then ranges would matter. */
const ROWS_TOGETHER = 2

/** Sums of the reference over every feature. */
export async function referenceRowPass(
  pass: FeaturePass,
  reference: Residuals,
): Promise<ByPosition<ReferenceMoments>> {
  const { encoder, layout } = pass
  const width = encoder.bias.length
  const moments = {
    first: emptyReferenceMoments(groupsOf(layout), width),
    rest: emptyReferenceMoments(groupsOf(layout), width),
  }
  const sums = new ReferenceSums()
  await eachWinners(
    encodingOf(pass, 1),
    batchesOf(pass),
    (batch) => passInputs([reference], batch, ROWS_TOGETHER),
    ({ place, tokenGroup, rows }, [winners]) => {
      const into = moments[place]
      into.positions[tokenGroup] = present(into.positions[tokenGroup]) + rows.length
      sums.add(present(winners), into, tokenGroup)
    },
  )
  return moments
}

function encodingOf({ encoder, device, onTokens }: FeaturePass, models: number): RowEncoding {
  return { encoder, device, models, onRows: onTokens }
}

const batchesOf = ({ layout, device }: FeaturePass) => [...rowBatches(layout, runSize(device).featureRows)]

/** Adds what fires to a token group's sums, feature by feature. */
class ReferenceSums {
  readonly #one = {
    sum: new Float64Array(1),
    sumOfSquares: new Float64Array(1),
    firings: Float64Array.of(1),
    peak: new Float64Array(1),
  }

  add({ values, ids }: Winners, into: ReferenceMoments, tokenGroup: number): void {
    const { sum, sumOfSquares, peak } = this.#one
    for (let i = 0; i < values.length; i++) {
      const a = present(values[i])
      if (a <= 0) continue
      sum[0] = a
      sumOfSquares[0] = a * a
      peak[0] = a
      addReferenceTile(into, tokenGroup, present(ids[i]), this.#one)
    }
  }
}

/** Sums of candidates beside the reference, on `features` only (ascending ids). */
export async function candidateRowPass(
  pass: FeaturePass,
  features: Int32Array,
  { reference, candidates }: PassModels,
): Promise<readonly CandidatePass[]> {
  const { encoder, layout } = pass
  const passes = candidates.map(() => ({
    moments: {
      first: emptyCandidateMoments(groupsOf(layout), features),
      rest: emptyCandidateMoments(groupsOf(layout), features),
    },
    distance: emptyDistances(groupsOf(layout)),
  }))
  const models = [reference, ...candidates]
  const pairs = new PairSums(encoder.bias.length, features)
  await eachWinners(
    encodingOf(pass, models.length),
    batchesOf(pass),
    (batch) => passInputs(models, batch, ROWS_TOGETHER),
    ({ place, tokenGroup, rows }, [own, ...others], inputs) => {
      for (const [c, { moments, distance }] of passes.entries()) {
        const compared = [inputs.x_0, inputs[`x_${c + 1}`]] as const
        addDistances(distance, tokenGroup, compared, rows.length)
        pairs.add(present(own), present(others[c]), moments[place], tokenGroup)
      }
    },
  )
  return passes
}

/** Adds a candidate's row beside the reference's: products are of features that fire in both. */
class PairSums {
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

  constructor(width: number, features: Int32Array) {
    this.#columns = new Int32Array(width).fill(-1)
    this.#row = new Float64Array(width)
    for (const [column, feature] of features.entries()) this.#columns[feature] = column
  }

  add(reference: Winners, candidate: Winners, into: CandidateMoments, tokenGroup: number): void {
    for (let start = 0; start < reference.values.length; start += reference.k) {
      this.#spread(reference, start, true)
      this.#addRow(candidate, start, into, tokenGroup)
      this.#addAlone(reference, start, into, tokenGroup)
      this.#spread(reference, start, false)
    }
  }

  #spread({ k, values, ids }: Winners, start: number, on: boolean): void {
    for (let i = start; i < start + k; i++) {
      this.#row[present(ids[i])] = on ? present(values[i]) : 0
    }
  }

  #addRow({ k, values, ids }: Winners, start: number, into: CandidateMoments, tokenGroup: number): void {
    const { sum, sumOfSquares, product, together, either } = this.#one
    either[0] = 1
    for (let i = start; i < start + k; i++) {
      const b = present(values[i])
      const feature = present(ids[i])
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

  #addAlone({ k, ids }: Winners, start: number, into: CandidateMoments, tokenGroup: number): void {
    for (let i = start; i < start + k; i++) {
      const feature = present(ids[i])
      const column = present(this.#columns[feature])
      if (column >= 0 && present(this.#row[feature]) > 0)
        addCandidateTile(into, tokenGroup, column, this.#alone)
    }
  }
}
