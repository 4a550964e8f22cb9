/** @file What `saegate attribute` tells: a candidate's swaps, as its report has them. */
import type { ATTRIBUTION_SCHEMA } from '../../../contract/experiments/attribution-schema.ts'
import type { FeatureThresholds } from '../../../contract/options/audit-config.ts'
import type { AttributionReport } from '../../../contract/report/compression/attribution-schema.ts'

export interface Attribution extends AttributionReport {
  readonly schema: typeof ATTRIBUTION_SCHEMA
  readonly path: string
  readonly reference: string
  readonly candidate: string
  readonly spec: string
  readonly thresholds: FeatureThresholds
  readonly confidence: number
}
