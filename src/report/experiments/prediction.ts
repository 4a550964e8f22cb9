/** @file What `saegate predict` tells: a fit, or what a fit that was made elsewhere forecasts. */
import type { FORECAST_SCHEMA } from '../../contract/experiments/forecast-schema.ts'
import type { FRAGILITY_SCHEMA } from '../../contract/experiments/fragility-schema.ts'
import type { PredictorFile } from '../../contract/predictor/predictor-schema.ts'
import type { SurvivalRule } from '../../statistics/definitions.ts'
import type { Calibration } from '../../statistics/fragility/calibration.ts'
import type { Fragility } from '../../statistics/fragility/fragility.ts'
import type { RocPoint } from '../../statistics/fragility/roc.ts'

/** Whose features. */
export interface PredictedSubject {
  readonly path: string
  readonly candidate: string
  readonly readout: string | null
  readonly thresholds: SurvivalRule & { readonly active: number }
}

export interface FitDocument extends PredictedSubject {
  readonly schema: typeof FRAGILITY_SCHEMA
  /** Level of the intervals. */
  readonly confidence: number
  readonly fragility: Fragility
}

/** How a forecast did, where what came of the features is known. */
export interface ForecastTruth {
  readonly survived: number
  readonly auc: number | null
  readonly calibration: Calibration
  readonly roc: readonly RocPoint[]
}

export interface ForecastDocument extends PredictedSubject {
  readonly schema: typeof FORECAST_SCHEMA
  readonly predictor: PredictorFile
  readonly features: number
  /** Expected to survive, of 1. */
  readonly expected: number
  readonly standardised: string
  readonly truth: ForecastTruth | null
}

/** One feature of either. */
export interface PredictedFeatures {
  readonly ids: Int32Array
  readonly predicted: Float64Array
  /** 1: survived; null: not known. */
  readonly survived: Uint8Array | null
}

export type Prediction = { readonly features: PredictedFeatures } & (
  | { readonly kind: 'fit'; readonly document: FitDocument }
  | { readonly kind: 'forecast'; readonly document: ForecastDocument }
)

export const COLLINEAR =
  'log concentration is log peak − log mean: the four predictors determine one another, and single coefficients exist through the penalty alone. Predictions do not depend on that; the fit beside it leaves log concentration out.'
