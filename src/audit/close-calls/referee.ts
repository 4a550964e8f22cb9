/**
 * @file Has close calls decided: measures how far float32 may be off, chooses what is run again in float64, and adds every
 * call to the sums it belongs to.
 */

import type { HookPoint } from '../../contract/hook-point.ts'
import type { Decoder } from '../../models/decoder-spec.ts'
import { present } from '../../numbers/present.ts'
import type { CandidateMoments, ReferenceMoments } from '../../statistics/features/feature-moments.ts'
import type { Work } from '../machine/progress.ts'
import { stageCost } from '../machine/stage-cost.ts'
import { centerRows, type Residuals, scaleRows } from '../rows/residuals.ts'
import type { ByPosition } from '../rows/row-batches.ts'
import {
  type Allowance,
  callEffects,
  chooseCalls,
  type ExactPairs,
  leftWarnings,
  MOST_SEQUENCES_SHARE,
  pairKey,
  settleCandidate,
  settleReference,
} from './choose.ts'
import type { CandidateCall, CloseCall, Undecided } from './close-cells.ts'
import { type ExactSource, exactRows, exactTokens } from './exact-rows.ts'
import {
  columnOf,
  type Float32Error,
  type JumpEncoder,
  type Jumps,
  preActivation,
  rowNorms,
  type Weights,
} from './jumps.ts'

/** Where an SAE reads. */
export interface Place {
  readonly id: string
  readonly center: boolean
  readonly dictionary: { readonly reads: HookPoint }
}

/** A model whose rows can be had in float64, and where progress is told. */
export interface Referee {
  readonly name: string
  /** What its rows are multiplied by before they are encoded. */
  readonly scale: number
  readonly source: ExactSource
  readonly work: Work
}

/** A read-out with what float32 can tell there. */
export interface WatchedPlace {
  readonly jumps: Jumps
  readonly place: Place
}

/** What was decided for the reference. */
export interface DecidedReference {
  /** (d_sae) about how far one call moves ρ; 0 where float32 decides, in candidates too. */
  readonly effects: Float64Array
  readonly exact: ExactPairs
  /** Blocks with calls that were left to float32. They are left in candidates too: equal models are to be decided alike. */
  readonly leftSequences: ReadonlySet<number>
  readonly warnings: readonly string[]
}

/** Blocks and features on which float32 is measured: 100,000 pairs and more. */
const SAMPLE_SEQUENCES = 2
const SAMPLE_FEATURES = 512
/**
 * Nothing is taken to be farther off than this many times the worst pair of the sample. On the Gemma-2 fixture the worst of
 * all pairs, 76 million in each of the reference and seven candidates, is 1.8 to 2.8 times the worst of the sample.
 */
const BAND_MARGIN = 6

/** Which sequences of so many it is measured on. */
export function float32Sequences(sequences: number): readonly number[] {
  const sampled = Math.min(SAMPLE_SEQUENCES, sequences)
  return Array.from({ length: sampled }, (_, s) => Math.floor((s * sequences) / sampled))
}

/** Measure what float32 can tell at a read-out, on the reference. */
export async function measureFloat32(
  encoder: JumpEncoder,
  place: Place,
  residuals: Residuals,
  referee: Referee,
): Promise<Jumps> {
  const { name, source } = referee
  const { sequenceLength } = source
  const { store } = residuals
  const captured = new Map<number, Float32Array>()
  for (const sequence of float32Sequences(store.rows / sequenceLength)) {
    const begin = sequence * sequenceLength
    for (let row = begin; row < begin + sequenceLength; row++) {
      const x = Float32Array.from(await store.read(row, row + 1))
      if (place.center) centerRows(x, store.width)
      captured.set(row, x)
    }
  }
  const width = encoder.bias.length
  const step = Math.ceil(width / SAMPLE_FEATURES)
  const features = Array.from({ length: Math.floor(width / step) }, (_, k) => k * step)
  const sample = new ErrorSample(encoder, features, await encoder.pick(Int32Array.from(features)))
  const rows = [...captured.keys()]
  const run = exactStage(`${name}: float32 against float64 at ${place.id}`, place, rows, referee)
  await run((row, exact) => sample.add(present(captured.get(row)), exact))
  return { ...encoder, error: sample.error() }
}

/** Differences of z of the same row in float32 and in float64. */
class ErrorSample {
  readonly #columns: readonly { readonly column: Float64Array; readonly norm: number }[]
  #worst = 0
  #squares = 0
  #count = 0

  /** `weights`: of these features. */
  constructor(encoder: JumpEncoder, features: readonly number[], weights: Weights) {
    this.#columns = features
      .map((j, k) => ({ column: columnOf(weights, k), norm: present(encoder.norms[j]) }))
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

/** The reference's sums, before its close calls are in them. */
export interface ReferenceSums {
  readonly moments: ByPosition<ReferenceMoments>
  /** Over the positions that count. */
  readonly counted: ReferenceMoments
  /** Firing rate that an active feature is above. */
  readonly activeRate: number
}

/** Decide the reference's close calls and add all of them to its sums, in place. */
export async function decideReference(
  watched: WatchedPlace,
  { calls, skipped }: Undecided<CloseCall>,
  { moments, counted, activeRate }: ReferenceSums,
  referee: Referee,
): Promise<DecidedReference> {
  const { jumps, place } = watched
  const effects = callEffects(jumps, counted, calls, activeRate)
  const allowance = allowanceOf(referee.source.model.decoder, place.dictionary.reads.layer, referee.source)
  const { chosen, left } = chooseCalls(calls, ({ reference }) => reference, effects, allowance)
  const exact = await exactPairs(watched, chosen, referee)
  settleReference(jumps, moments, calls, exact)
  const leftSequences = new Set(left.map(({ row }) => Math.floor(row / allowance.sequenceLength)))
  const warnings = leftWarnings(referee.name, place, { left: left.length, skipped })
  return { effects, exact, leftSequences, warnings }
}

/** A candidate's sums, before its close calls are in them, and who decides; `referee` null: float32 does. */
export interface CandidateSums {
  readonly moments: ByPosition<CandidateMoments>
  readonly referee: Referee | null
}

/** Decide a candidate's close calls and add all of them to its sums, in place. Returns warnings. */
export async function decideCandidate(
  watched: WatchedPlace,
  { effects, exact, leftSequences }: DecidedReference,
  { calls, skipped }: Undecided<CandidateCall>,
  { moments, referee }: CandidateSums,
): Promise<readonly string[]> {
  const { jumps, place } = watched
  if (referee === null) {
    settleCandidate(jumps, moments, calls, { reference: exact, candidate: new Map() })
    return []
  }
  const allowance = allowanceOf(referee.source.model.decoder, place.dictionary.reads.layer, referee.source)
  const open = calls.filter(({ row }) => !leftSequences.has(Math.floor(row / allowance.sequenceLength)))
  const { chosen, left } = chooseCalls(open, ({ candidate }) => candidate, effects, allowance)
  const candidate = await exactPairs(watched, chosen, referee)
  settleCandidate(jumps, moments, calls, { reference: exact, candidate })
  return leftWarnings(referee.name, place, { left: left.length, skipped })
}

/** What deciding may cost of what one model of the audit costs. */
const MOST_COST = 0.06
/** So many operations are allowed whatever the audit costs: ten seconds of two cores. */
const CHEAP_OPERATIONS = 1e12

/** The sequences that may be run again up to block `layer`. */
export function allowanceOf(
  decoder: Decoder,
  layer: number,
  { ids, sequenceLength }: { readonly ids: { readonly length: number }; readonly sequenceLength: number },
): Allowance {
  const tokens = ids.length
  const all = stageCost.exactBody(decoder, layer, tokens, sequenceLength)
  const model = stageCost.body(decoder, tokens, sequenceLength) + stageCost.head(decoder, tokens, 1)
  const share = Math.min(MOST_SEQUENCES_SHARE, Math.max(CHEAP_OPERATIONS, MOST_COST * model) / all)
  return { sequenceLength, mostSequences: Math.ceil((tokens / sequenceLength) * share) }
}

/** z of the calls in float64. Errors: those of running a model. */
export async function exactPairs(
  { jumps, place }: WatchedPlace,
  calls: readonly CloseCall[],
  referee: Referee,
): Promise<ExactPairs> {
  const pairs = new Map<number, number>()
  if (calls.length === 0) return pairs
  const byRow = new Map<number, number[]>()
  for (const { row, feature } of calls) byRow.set(row, [...(byRow.get(row) ?? []), feature])
  const rows = [...byRow.keys()]
  const features = Int32Array.from(new Set(calls.map(({ feature }) => feature))).sort()
  const weights = await jumps.pick(features)
  const at = new Map([...features].map((feature, k) => [feature, k]))
  const run = exactStage(`${referee.name}: close calls at ${place.id}`, place, rows, referee)
  await run((row, x) => {
    for (const feature of byRow.get(row) ?? []) {
      const column = columnOf(weights, present(at.get(feature)))
      const z = preActivation(column, present(jumps.bias[feature]), x, 0)
      pairs.set(pairKey(jumps.bias.length, row, feature), z)
    }
  })
  return pairs
}

/** Rows in float64 as the SAE sees them, as a stage of the audit. */
function exactStage(
  stage: string,
  { center, dictionary: { reads: hook } }: Place,
  rows: readonly number[],
  { source, work, scale }: Referee,
): (visit: (row: number, x: Float64Array) => void) => Promise<void> {
  const tokens = exactTokens(rows, source.sequenceLength)
  const cost = stageCost.exactBody(source.model.decoder, hook.layer, tokens, source.sequenceLength)
  const onTokens = work.stage(stage, cost, tokens)
  const seen = (values: Float64Array): Float64Array => {
    if (!center && scale === 1) return values
    const x = Float64Array.from(values)
    if (center) centerRows(x, x.length)
    if (scale !== 1) scaleRows(x, scale)
    return x
  }
  return (visit) =>
    exactRows(source, { hook, rows }, { visit: (row, values) => visit(row, seen(values)), onTokens })
}
