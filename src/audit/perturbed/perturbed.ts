/**
 * @file What survives errors that mean nothing: the reference perturbed by half a step of a 16-bit format (a floor for all candidates),
 * and by random errors as large as a candidate's in every output channel (a null for that one). Definitions: docs/statistics.md.
 */
import { equalErrorSource, halfStepSource, type NoiseFormat } from '../../compression/perturbed.ts'
import { planTensors } from '../../compression/plan-table.ts'
import { type TensorSource, withSources } from '../../compression/tensor-plan.ts'
import type { EqualErrors, NoiseFloor } from '../../contract/report/noise/noise-floor-schema.ts'
import { projections } from '../../models/families/index.ts'
import { rankTest, spreadOfValues } from '../../statistics/rank-test.ts'
import { type MeasuredReference, NOTHING_MORE } from '../rounds/measure-fused.ts'
import { type CandidateResult, measureRounds } from '../rounds/measure-rounds.ts'
import type { Run } from '../run/run.ts'
import type { Candidate, DerivedCandidate } from '../subjects/candidate.ts'
import type { Model } from '../subjects/model.ts'

/** Perturbations of the floor, whose range is told. */
const FLOOR = 5
/** … and of a null: the fewest that a rank of 5 % takes. */
const NULL = 19

/** Errors: those of running a model. */
export async function noiseFloor(
  run: Run,
  reference: MeasuredReference,
  format: NoiseFormat,
): Promise<NoiseFloor> {
  const { model } = reference.captured
  const targets = projections(model.decoder)
  const models = Array.from({ length: FLOOR }, (_, seed) =>
    perturbed(model, `half-step-${seed}`, (name, of) => {
      const channels = targets.get(name)
      return channels === undefined ? null : halfStepSource(of, { name, channels }, format, seed)
    }),
  )
  const results = await measureRounds(unexplained(run), { ...reference, ...NOTHING_MORE }, models)
  const kl = results.flatMap(({ sums }) => klMean(sums) ?? [])
  return {
    format,
    perturbations: FLOOR,
    klMean: kl.length === 0 ? null : spreadOfValues(kl),
    readouts: reference.readouts.map(({ readout: { id } }, r) => ({ id, ...spreads(results, r) })),
  }
}

/** Per candidate, one entry per read-out; null: its matrices are not held as the reference's, or it has none of its own. */
export async function equalErrors(
  run: Run,
  reference: MeasuredReference,
  results: readonly CandidateResult[],
): Promise<ReadonlyMap<Candidate, readonly EqualErrors[] | null>> {
  const found = new Map<Candidate, readonly EqualErrors[] | null>()
  for (const { candidate, features } of results) {
    const models = perturbedLike(reference.captured.model, candidate)
    if (models === null) {
      found.set(candidate, null)
      continue
    }
    const drawn = await measureRounds(unexplained(run), { ...reference, ...NOTHING_MORE }, models)
    const beside = features.map(({ report }, r): EqualErrors => {
      const others = drawn.map((one) => survivedAt(one, r))
      return { perturbations: NULL, ...spreads(drawn, r), ...rankTest(report.survived.fraction, others) }
    })
    found.set(candidate, beside)
  }
  return found
}

function perturbedLike(reference: Model, candidate: Candidate): readonly DerivedCandidate[] | null {
  if (candidate.kind === 'onnx' || (candidate.kind === 'derived' && candidate.form === 'folded')) return null
  const { plan, decoder } = candidate.model
  const [targets, own] = [projections(reference.decoder), projections(decoder)]
  for (const [name, { out, in: inputs, layout }] of targets) {
    const side = own.get(name)
    const isSame = side?.out === out && side.in === inputs && side.layout === layout
    if (!isSame || !plan.sources.has(name)) return null
  }
  return Array.from({ length: NULL }, (_, seed) =>
    perturbed(reference, `${candidate.name}-null-${seed}`, (name, of) => {
      const [channels, other] = [targets.get(name), plan.sources.get(name)]
      if (channels === undefined || other === undefined) return null
      return equalErrorSource(of, other, { name, channels }, seed)
    }),
  )
}

/** The reference with some of its tensors replaced. */
function perturbed(
  reference: Model,
  name: string,
  change: (tensor: string, of: TensorSource) => TensorSource | null,
): DerivedCandidate {
  const changed = [...reference.plan.sources].flatMap(([tensor, of]): [string, TensorSource][] => {
    const source = change(tensor, of)
    return source === null ? [] : [[tensor, source]]
  })
  const plan = withSources(name, reference.plan, new Map(changed))
  const own = { name, plan, tensors: planTensors(plan), remainder: null, unpackFrom: null }
  return {
    kind: 'derived',
    name,
    spec: name,
    model: { ...reference, ...own, warnings: [] },
    compression: null,
    made: name,
    matching: null,
    form: 'as-stored',
  }
}

/** Nobody reads what features of a perturbation are about. */
const unexplained = (run: Run): Run => ({
  ...run,
  config: { ...run.config, explain: 0, newFeatures: false, survivalByKind: false },
})

function survivedAt({ features }: CandidateResult, readout: number): number {
  return features[readout]?.report.survived.fraction ?? Number.NaN
}

function spreads(results: readonly CandidateResult[], readout: number) {
  return {
    survived: spreadOfValues(results.map((one) => survivedAt(one, readout))),
    meanCorrelation: spreadOfValues(
      results.map(({ features }) => features[readout]?.report.meanCorrelation ?? Number.NaN),
    ),
  }
}

function klMean({ divergence }: CandidateResult['sums']): number | null {
  if (divergence === null) return null
  const total = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0)
  return total(divergence.kl) / total(divergence.tokens)
}

const percent = (fraction: number): string => `${(100 * fraction).toFixed(1)} %`
const range = ({ mean, least, most }: NoiseFloor['readouts'][number]['survived']): string =>
  `${percent(mean)} (${percent(least)} to ${percent(most)})`

/** Both in sentences, for the notes of a report. */
export function perturbedNotes(
  floor: NoiseFloor | null,
  nulls: ReadonlyMap<Candidate, readonly EqualErrors[] | null>,
  results: readonly CandidateResult[],
): readonly string[] {
  const ofFloor = (floor?.readouts ?? []).map(
    ({ id, survived, meanCorrelation }) =>
      `noise floor: of the reference with its weights moved by half a step of ${floor?.format}, ${floor?.perturbations} times, ${range(survived)} of features survive at ${id}, mean ρ ${meanCorrelation.mean.toFixed(4)}`,
  )
  const ofNulls = results.flatMap(({ candidate, features }) => {
    const beside = nulls.get(candidate)
    if (beside === undefined) return []
    if (beside === null)
      return [
        `${candidate.name}: its matrices are not held as the reference's are, so random errors of equal size were not drawn`,
      ]
    return beside.map((one, r) => {
      const report = features[r]?.report
      const p = Math.min(one.pLower, one.pUpper)
      const side = one.pLower <= one.pUpper ? 'fewer' : 'more'
      const words =
        p <= 0.05
          ? `${side} than random errors of equal size in each output channel`
          : 'about as many as random errors of equal size in each output channel'
      return `${candidate.name}: ${percent(report?.survived.fraction ?? Number.NaN)} survive at ${report?.readout ?? ''}, ${words} let survive, ${range(one.survived)} of ${one.perturbations} draws (p = ${p.toFixed(2)}, one-sided)`
    })
  })
  return [...ofFloor, ...ofNulls]
}
