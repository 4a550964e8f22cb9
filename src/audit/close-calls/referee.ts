/**
 * @file Has close calls decided: measures how far float32 may be off, chooses what is run again in float64, and adds every
 * call to the sums it belongs to.
 */
import type { HookPoint } from '../../contract/hook-point.ts'
import type { ReferenceMoments } from '../../statistics/feature-moments.ts'
import { stageCost } from '../cost.ts'
import type { CandidatePass, ReferencePass } from '../features/feature-pass.ts'
import { centerRows, type Residuals } from '../features/residuals.ts'
import type { Work } from '../progress.ts'
import {
  callEffects,
  chooseCalls,
  type ExactPairs,
  MOST_BLOCKS_SHARE,
  pairKey,
  settleCandidate,
  settleReference,
} from './close-calls.ts'
import type { CandidateCall, CloseCall } from './close-cells.ts'
import { type ExactSource, exactRows, exactTokens } from './exact-rows.ts'
import {
  encoderColumn,
  type Float32Error,
  type JumpEncoder,
  type Jumps,
  preActivation,
  rowNorms,
} from './jumps.ts'

/** Where an SAE reads. */
interface Place {
  readonly id: string
  readonly center: boolean
  readonly dictionary: { readonly hook: HookPoint }
}

/** A model whose rows can be had in float64, and where progress is told. */
export interface Referee {
  readonly name: string
  readonly source: ExactSource
  readonly work: Work
}

/** What was decided for the reference. */
export interface DecidedReference {
  readonly jumps: Jumps
  /** (d_sae) about how far one call moves ρ; 0 where float32 decides, in candidates too. */
  readonly effects: Float64Array
  readonly exact: ExactPairs
  /** Blocks with calls that were left to float32. They are left in candidates too: equal models are to be decided alike. */
  readonly leftBlocks: ReadonlySet<number>
  readonly warnings: readonly string[]
}

/** Blocks and features on which float32 is measured: 100,000 pairs and more. */
const SAMPLE_BLOCKS = 2
const SAMPLE_FEATURES = 512
/**
 * Nothing is taken to be farther off than this many times the worst pair of the sample. On the Gemma-2 fixture the worst of
 * all pairs, 76 million in each of the reference and seven candidates, is 1.8 to 2.8 times the worst of the sample.
 */
const BAND_MARGIN = 6

/** Measure what float32 can tell at a read-out, on the reference. */
export async function measureFloat32(
  encoder: JumpEncoder,
  place: Place,
  residuals: Residuals,
  { source, name, work }: Referee,
): Promise<Jumps> {
  const { blockLength } = source
  const { store } = residuals
  const blocks = store.rows / blockLength
  const sampled = Math.min(SAMPLE_BLOCKS, blocks)
  const captured = new Map<number, Float32Array>()
  for (let s = 0; s < sampled; s++) {
    const begin = Math.floor((s * blocks) / sampled) * blockLength
    for (let row = begin; row < begin + blockLength; row++) {
      const x = Float32Array.from(await store.read(row, row + 1))
      if (place.center) centerRows(x, store.width)
      captured.set(row, x)
    }
  }
  const width = encoder.bias.length
  const step = Math.ceil(width / SAMPLE_FEATURES)
  const features = Array.from({ length: Math.floor(width / step) }, (_, k) => k * step)
  const sample = new ErrorSample(encoder, features)
  const rows = [...captured.keys()]
  const run = exactStage(`${name}: float32 against float64 at ${place.id}`, place, source, rows, work)
  await run((row, exact) => sample.add(captured.get(row) ?? new Float32Array(0), exact))
  return { ...encoder, error: sample.error() }
}

/** Differences of z of the same row in float32 and in float64. */
class ErrorSample {
  readonly #columns: readonly { readonly column: Float64Array; readonly norm: number }[]
  #worst = 0
  #squares = 0
  #count = 0

  constructor(encoder: JumpEncoder, features: readonly number[]) {
    this.#columns = features
      .map((j) => ({ column: encoderColumn(encoder, j), norm: encoder.norms[j] ?? 0 }))
      .filter(({ norm }) => norm > 0)
  }

  add(x: Float32Array, exact: Float64Array): void {
    const [norm = 0] = rowNorms(exact, exact.length)
    if (norm === 0) return
    for (const { column, norm: scale } of this.#columns) {
      const error = Math.abs(preActivation(column, 0, x, 0) - preActivation(column, 0, exact, 0))
      this.#worst = Math.max(this.#worst, error / (norm * scale))
      this.#squares += (error / (norm * scale)) ** 2
      this.#count++
    }
  }

  error(): Float32Error {
    return {
      typical: Math.sqrt(this.#squares / Math.max(1, this.#count)),
      band: BAND_MARGIN * this.#worst,
    }
  }
}

/** Decide the reference's close calls and add all of them to its sums, in place. `counted`: its sums before that. */
export async function decideReference(
  jumps: Jumps,
  place: Place,
  pass: ReferencePass,
  counted: ReferenceMoments,
  activeRate: number,
  referee: Referee,
): Promise<DecidedReference> {
  const { source } = referee
  const { calls, skipped } = pass.undecided
  const effects = callEffects(jumps, counted, calls, activeRate)
  const most = mostBlocks(source)
  const { chosen, left } = chooseCalls(calls, ({ reference }) => reference, effects, source.blockLength, most)
  const exact = await exactPairs(jumps, place, chosen, referee)
  settleReference(jumps, pass.moments, calls, exact)
  const leftBlocks = new Set(left.map(({ row }) => Math.floor(row / source.blockLength)))
  return {
    jumps,
    effects,
    exact,
    leftBlocks,
    warnings: leftWarnings(referee.name, place, left.length + skipped),
  }
}

/** Decide a candidate's close calls and add all of them to its sums, in place. `referee` null: float32 decides. Returns warnings. */
export async function decideCandidate(
  { jumps, effects, exact, leftBlocks }: DecidedReference,
  place: Place,
  pass: CandidatePass,
  referee: Referee | null,
): Promise<readonly string[]> {
  const { calls, skipped } = pass.undecided
  if (referee === null) {
    settleCandidate(jumps, pass.moments, calls, { reference: exact, candidate: new Map() })
    return []
  }
  const { blockLength } = referee.source
  const open = calls.filter(({ row }) => !leftBlocks.has(Math.floor(row / blockLength)))
  const readingOf = ({ candidate }: CandidateCall): CandidateCall['candidate'] => candidate
  const { chosen, left } = chooseCalls(open, readingOf, effects, blockLength, mostBlocks(referee.source))
  const candidate = await exactPairs(jumps, place, chosen, referee)
  settleCandidate(jumps, pass.moments, calls, { reference: exact, candidate })
  return leftWarnings(referee.name, place, left.length + skipped)
}

function mostBlocks({ ids, blockLength }: ExactSource): number {
  return Math.ceil((ids.length / blockLength) * MOST_BLOCKS_SHARE)
}

function leftWarnings(name: string, { id }: Place, left: number): readonly string[] {
  if (left === 0) return []
  return [
    `${name} at ${id}: ${left} activations lie too near their threshold for float32 to tell and were left to it: deciding all of them in float64 would take too long`,
  ]
}

/** z of the calls in float64. */
async function exactPairs(
  jumps: Jumps,
  place: Place,
  calls: readonly CloseCall[],
  { name, source, work }: Referee,
): Promise<ExactPairs> {
  const pairs = new Map<number, number>()
  if (calls.length === 0) return pairs
  const byRow = new Map<number, number[]>()
  for (const { row, feature } of calls) byRow.set(row, [...(byRow.get(row) ?? []), feature])
  const rows = [...byRow.keys()]
  const run = exactStage(`${name}: close calls at ${place.id}`, place, source, rows, work)
  await run((row, x) => {
    for (const feature of byRow.get(row) ?? []) {
      const z = preActivation(encoderColumn(jumps, feature), jumps.bias[feature] ?? 0, x, 0)
      pairs.set(pairKey(jumps.bias.length, row, feature), z)
    }
  })
  return pairs
}

/** Rows in float64 as the SAE sees them, as a stage of the audit. */
function exactStage(
  stage: string,
  { center, dictionary: { hook } }: Place,
  source: ExactSource,
  rows: readonly number[],
  work: Work,
): (visit: (row: number, x: Float64Array) => void) => Promise<void> {
  const tokens = exactTokens(rows, source.blockLength)
  const cost = stageCost.exactBody(source.model.decoder, hook.layer, tokens, source.blockLength)
  const onTokens = work.stage(stage, cost, tokens)
  const centred = (values: Float64Array): Float64Array => {
    const x = Float64Array.from(values)
    centerRows(x, x.length)
    return x
  }
  return (visit) =>
    exactRows(source, hook, rows, (row, values) => visit(row, center ? centred(values) : values), onTokens)
}
