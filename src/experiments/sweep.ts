/** @file The conditions of a report side by side: their figures by one rule of survival, perplexities of both protocols beside each other. */
import { SWEEP_SCHEMA } from '../contract/experiments/sweep-schema.ts'
import type { Measurement } from '../contract/report/measurement.ts'
import type { CandidateReport } from '../contract/report/report-schema.ts'
import type {
  Sweep,
  SweepCondition,
  SweepPerplexity,
  SweepReadout,
} from '../report/experiments/sweep/sweep.ts'
import type { PerplexityFigure } from '../report/words/figures.ts'
import { type ActiveClass, thresholdsOf } from '../statistics/definitions.ts'
import {
  classFraction,
  type FeatureCorrelations,
  meanOf,
  quantileOf,
} from '../statistics/features/feature-figures.ts'
import { sensitivityGrid } from '../statistics/features/taxonomy.ts'
import { intervalOf } from '../statistics/intervals/estimate.ts'
import { VALUE_ALONE } from '../statistics/intervals/resampling.ts'
import { type Asked, openMeasurement, type Subject } from './subject.ts'

/** What is asked of a sweep: the rule of survival, for every read-out. */
export type AskedSweep = Pick<Asked, 'active' | 'survived' | 'damaged' | 'survivedAbove'>

/** `path`: of the report, as it is called. Errors: those of choosing a candidate. */
export function sweepOf(path: string, measurement: Measurement, asked: AskedSweep): Sweep {
  const { report } = measurement
  const opened = openMeasurement(path, measurement)
  const thresholds = report.readouts[0]?.thresholds
  const subjectsOf = ({ name, features }: CandidateReport): readonly Subject[] =>
    features
      .filter(({ active, rescaled }) => active > 0 && rescaled === undefined)
      .map(({ readout }) => opened.choose(name, { ...asked, readout, truth: 'needed' }))
  const [first] = report.candidates.flatMap(subjectsOf)
  const rule = first?.rule ?? { survived: 0, damaged: 0, above: asked.survivedAbove, ...thresholds }
  return {
    schema: SWEEP_SCHEMA,
    path,
    reference: report.reference.spec,
    tokens: report.corpus.tokens,
    thresholds: {
      survived: rule.survived,
      damaged: rule.damaged,
      above: rule.above,
      active: asked.active ?? thresholds?.active ?? 0,
    },
    confidence: report.confidence,
    conditions: report.candidates.map((candidate) =>
      conditionOf(candidate, subjectsOf(candidate).map(readoutOf)),
    ),
  }
}

function conditionOf(candidate: CandidateReport, readouts: readonly SweepReadout[]): SweepCondition {
  const { name, spec, compression, perplexity, divergence } = candidate
  const [chunked, sliding] = [perplexityOf(perplexity.chunked), perplexityOf(perplexity.sliding)]
  const both = chunked === null || sliding === null ? null : { chunked, sliding }
  return {
    candidate: name,
    spec,
    method: compression?.method ?? null,
    bits: compression?.bits ?? null,
    sparsity: compression?.sparsity ?? null,
    match: compression?.match ?? null,
    chunked,
    sliding,
    ratio: both && both.chunked.candidate / both.sliding.candidate,
    shift: both && both.sliding.deltaPercent - both.chunked.deltaPercent,
    klMean: divergence?.klMean ?? null,
    readouts,
  }
}

function perplexityOf(figure: PerplexityFigure | null): SweepPerplexity | null {
  if (figure === null) return null
  const { reference, candidate, deltaPercent, ci } = figure
  return { reference, candidate, deltaPercent, ci: ci === null ? null : [ci[0] ?? 0, ci[1] ?? 0] }
}

function readoutOf(subject: Subject): SweepReadout {
  const { active, rule, readout, confidence } = subject
  const features = correlationsOf(subject)
  const thresholds = thresholdsOf(rule)
  const share = (name: ActiveClass) => {
    const fraction = classFraction(features, name, thresholds, null)
    return {
      count: Math.round(fraction.value * active.rho.length),
      fraction: fraction.value,
      ci: intervalOf(fraction, confidence),
    }
  }
  const mean = meanOf(features, null)
  return {
    readout: readout ?? '',
    active: active.ids.length,
    survived: share('survived'),
    degraded: share('degraded'),
    damaged: share('damaged'),
    meanCorrelation: mean.value,
    meanCorrelationCi: intervalOf(mean, confidence),
    medianCorrelation: quantileOf(features, 0.5).value,
    sensitivity: sensitivityGrid(active.rho, rule.above),
  }
}

/** As the estimators of figures take them. */
function correlationsOf({ active: { rho, halves } }: Subject): FeatureCorrelations {
  return {
    rho,
    replicates: halves?.rho ?? null,
    resampling: halves?.resampling ?? { ...VALUE_ALONE, sizes: new Float64Array(0) },
    accuracy: new Float64Array(rho.length),
  }
}
