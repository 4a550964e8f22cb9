/** @file What a metric is read from, and what comes of it: estimates, or why there are none. */
import type { FeatureThresholds } from '../../contract/options/audit-config.ts'
import type { FeatureEvidence, Measurement } from '../../contract/report/measurement.ts'
import type { CandidateReport, FeaturesReport } from '../../contract/report/report-schema.ts'
import type { Estimate } from '../../statistics/intervals/estimate.ts'
import { type Sampling, samplingOf } from '../../statistics/intervals/resampling.ts'
import { evidenceOf } from './baseline.ts'

/** One candidate through one read-out, as it was measured. */
export interface FeatureView {
  readonly features: FeaturesReport
  /** Null where the tables are not beside the report. */
  readonly evidence: FeatureEvidence | null
  readonly confidence: number
  /** Sequences of the corpus: how groups were dealt. */
  readonly sequences: number
  readonly sampling: Sampling
}

/** A candidate where it was measured. */
export interface Subject {
  readonly measurement: Measurement
  readonly candidate: CandidateReport
}

export function viewOf({ measurement, candidate }: Subject, features: FeaturesReport): FeatureView {
  const { confidence, corpus } = measurement.report
  const evidence = evidenceOf(measurement, candidate.name, features.readout)
  return { features, evidence, confidence, sequences: corpus.blocks, sampling: samplingOf(corpus) }
}

/** How the policy reads features. */
export interface Reading {
  readonly features: FeatureThresholds
  readonly confidence: number
}

/** An estimate, and what it is of where a rule looks at several: a feature's id and label, a protocol. */
export interface Seen extends Estimate {
  readonly label: string | null
  /** A look before the last, at which nothing fails that the bias from finite text may have moved across the limit. */
  readonly isEarly?: boolean
}

/** Why there is nothing to see (a clause: "… was not measured"), and what to do. */
export interface Missing {
  readonly kind: 'missing'
  readonly why: string
  readonly advice: string
}

export type Measured =
  | {
      readonly kind: 'measured'
      readonly estimates: readonly Seen[]
      /** How many active features a metric of features is over; null: of a list, or of none. */
      readonly active: number | null
    }
  | Missing
