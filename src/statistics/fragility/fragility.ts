/**
 * @file Can survival be told before anything is quantized (arXiv 2606.03002, Table 2, Figure 3, Appendix G)? A penalised logistic
 * regression of "survived" on what the reference does with each feature, cross-validated, with survival by quarters of each.
 */
import { type ClassThresholds, classOf, countedRho } from '../definitions.ts'
import { equalCountBins } from '../equal-count.ts'
import { type ActiveFeatures, halvesOf } from '../features/active-features.ts'
import {
  bareEstimate,
  type ConfidenceInterval,
  type Estimate,
  intervalOf,
  logOdds,
  plain,
  type TwoWayScale,
} from '../intervals/estimate.ts'
import { studentQuantile } from '../intervals/student-t.ts'
import { type Calibration, calibrationOf } from './calibration.ts'
import { stratifiedFolds } from './folds.ts'
import { type Columns, fitLogistic, type LogisticFit, probability } from './logistic.ts'
import {
  INDEPENDENT,
  PREDICTORS,
  type Predictor,
  type PredictorColumns,
  predictorColumns,
  type Standard,
  standardised,
  standardOf,
} from './predictors.ts'
import { areaUnderRoc, type RocPoint, rocCurve } from './roc.ts'

/** scikit-learn's default, and the paper's. */
export const PENALTY_C = 1
export const FOLDS = 5
export const SEEDS = 20
/** The smaller class has at least this many features in each fold. */
export const FEWEST_A_FOLD = 5

export interface Coefficient {
  readonly predictor: Predictor
  /** Per standard deviation. */
  readonly value: number
  /** Null: without token groups. */
  readonly ci: ConfidenceInterval
}

export interface FittedModel {
  readonly coefficients: readonly Coefficient[]
  readonly intercept: number
}

/** Area under the ROC curve of predictions for features that were left out of the fit. */
export interface CrossValidated {
  /** Over folds and seeds. */
  readonly auc: number
  /** Of the folds of one seed, mean over the seeds. */
  readonly foldSd: number
  /** Of the seeds' means. */
  readonly seedSd: number
  readonly folds: number
  readonly seeds: number
}

export interface Quarter {
  readonly low: number
  readonly high: number
  readonly features: number
  readonly survived: number
  readonly ci: ConfidenceInterval
}

export interface Fragility {
  readonly features: number
  readonly survived: number
  readonly c: number
  /** With all four predictors, which determine one another. */
  readonly model: FittedModel
  readonly crossValidated: CrossValidated
  /** With log concentration left out. */
  readonly independent: { readonly model: FittedModel; readonly crossValidated: CrossValidated }
  readonly standard: Readonly<Record<Predictor, Standard>>
  /** Of the predictions for features left out, mean over the seeds. */
  readonly calibration: Calibration
  readonly roc: readonly RocPoint[]
  readonly quarters: Readonly<Record<Predictor, readonly Quarter[]>>
}

/** Features of the smaller class. */
export function smallerClass(features: ActiveFeatures, thresholds: ClassThresholds): number {
  const survived = survivedOf(features.rho, thresholds).reduce((sum, one) => sum + one, 0)
  return Math.min(survived, features.ids.length - survived)
}

/** (K) predicted probability beside what came of each feature, for plots and tables. */
export interface Fitted {
  readonly fragility: Fragility
  /** Of features left out of the fit, mean over the seeds. */
  readonly predicted: Float64Array
}

/** RangeError where a class has fewer than FOLDS · FEWEST_A_FOLD features. */
export function fragilityOf(
  features: ActiveFeatures,
  thresholds: ClassThresholds,
  confidence: number,
): Fitted {
  if (smallerClass(features, thresholds) < FOLDS * FEWEST_A_FOLD) throw new RangeError('too few of a class')
  const survived = survivedOf(features.rho, thresholds)
  const raw = predictorColumns(features)
  const question: Question = { features, thresholds, confidence, survived }
  const { crossValidated, predicted } = crossValidate(zScores(raw, PREDICTORS), survived)
  const reduced = crossValidate(zScores(raw, INDEPENDENT), survived)
  const z = studentQuantile(confidence, NORMAL)
  return {
    predicted,
    fragility: {
      features: survived.length,
      survived: survived.reduce((sum, one) => sum + one, 0),
      c: PENALTY_C,
      model: modelOf(question, raw, PREDICTORS),
      crossValidated,
      independent: {
        model: modelOf(question, raw, INDEPENDENT),
        crossValidated: reduced.crossValidated,
      },
      standard: byPredictor((name) => standardOf(raw[name])),
      calibration: calibrationOf(predicted, survived, z),
      roc: rocCurve(predicted, survived),
      quarters: byPredictor((name) => quartersOf(question, raw[name])),
    },
  }
}

/** Degrees of freedom from which Student's t is the normal distribution, to nine digits. */
export const NORMAL = 1e9

export function byPredictor<T>(make: (name: Predictor) => T): Readonly<Record<Predictor, T>> {
  return {
    rarity: make('rarity'),
    'log mean': make('log mean'),
    'log peak': make('log peak'),
    'log concentration': make('log concentration'),
  }
}

/** (K) 1: survived. */
export function survivedOf(rho: ArrayLike<number>, thresholds: ClassThresholds): Uint8Array {
  return Uint8Array.from(rho, (one) => Number(classOf(countedRho(one), thresholds) === 'survived'))
}

interface Question {
  readonly features: ActiveFeatures
  readonly thresholds: ClassThresholds
  readonly confidence: number
  readonly survived: Uint8Array
}

function zScores(raw: PredictorColumns, names: readonly Predictor[]): Columns {
  return names.map((name) => standardised(raw[name], standardOf(raw[name])))
}

/** Fitted again to what survives in each half of the token groups: predictors are those of all of the text. */
function modelOf(question: Question, raw: PredictorColumns, names: readonly Predictor[]): FittedModel {
  const columns = zScores(raw, names)
  const fit = fitLogistic(columns, question.survived, PENALTY_C)
  const halves = halvesOf(question.features)?.map((rho) =>
    fitLogistic(columns, survivedOf(rho, question.thresholds), PENALTY_C),
  )
  return {
    coefficients: names.map((predictor, i) => ({
      predictor,
      value: fit.coefficients[i]!,
      ci: intervalFrom(question, {
        value: fit.coefficients[i]!,
        halves: halves?.map((half) => half.coefficients[i]!),
        scale: plain,
      }),
    })),
    intercept: fit.intercept,
  }
}

interface HalvedFigure {
  readonly value: number
  readonly halves: readonly number[] | undefined
  readonly scale: TwoWayScale
}

function intervalFrom(
  { features, confidence }: Question,
  { value, halves, scale }: HalvedFigure,
): ConfidenceInterval {
  if (features.halves === null || halves === undefined) return null
  const estimate: Estimate = {
    ...bareEstimate(value),
    error: {
      kind: 'replicates',
      resampling: features.halves.resampling,
      scale: scale.from,
      centre: scale.to(value),
      values: halves.map(scale.to),
    },
  }
  return intervalOf(estimate, confidence)
}

function crossValidate(
  columns: Columns,
  survived: Uint8Array,
): { readonly crossValidated: CrossValidated; readonly predicted: Float64Array } {
  const predicted = new Float64Array(survived.length)
  const bySeed = Array.from({ length: SEEDS }, (_, seed) => {
    const fold = stratifiedFolds(survived, FOLDS, seed)
    return Array.from({ length: FOLDS }, (_, left) => {
      const rowsWhere = (isWanted: (f: number) => boolean) =>
        Uint32Array.from(fold.keys()).filter((k) => isWanted(fold[k]!))
      const fit = fitLogistic(
        columns,
        survived,
        PENALTY_C,
        rowsWhere((f) => f !== left),
      )
      const rows = rowsWhere((f) => f === left)
      const scores = Float64Array.from(rows, (k) => probability(fit, columns, k))
      rows.forEach((k, at) => {
        predicted[k]! += scores[at]! / SEEDS
      })
      return areaUnderRoc(
        scores,
        Uint8Array.from(rows, (k) => survived[k]!),
      )
    })
  })
  const spreads = bySeed.map((folds) => standardOf(Float64Array.from(folds)))
  const means = standardOf(Float64Array.from(spreads, ({ mean }) => mean))
  return {
    predicted,
    crossValidated: {
      auc: means.mean,
      foldSd: standardOf(Float64Array.from(spreads, ({ sd }) => sd)).mean,
      seedSd: means.sd,
      folds: FOLDS,
      seeds: SEEDS,
    },
  }
}

function quartersOf(question: Question, column: Float64Array): readonly Quarter[] {
  const { features, thresholds } = question
  const halves = halvesOf(features)?.map((rho) => survivedOf(rho, thresholds))
  return equalCountBins(column, 4).map(({ low, high, members }) => {
    const share = (survived: Uint8Array): number =>
      members.reduce((sum, k) => sum + survived[k]!, 0) / members.length
    const value = share(question.survived)
    const scale = logOdds(members.length)
    return {
      low,
      high,
      features: members.length,
      survived: value,
      ci: clipped(intervalFrom(question, { value, halves: halves?.map(share), scale })),
    }
  })
}

function clipped(ci: ConfidenceInterval): ConfidenceInterval {
  return ci && [Math.max(0, ci[0]), Math.min(1, ci[1])]
}

/** A fit that was made elsewhere, on features whose z-scores are their own model's. */
export interface Forecast {
  readonly predicted: Float64Array
  /** Mean of it: the part that is expected to survive. */
  readonly expected: number
}

export function forecast(
  fit: LogisticFit,
  features: Pick<ActiveFeatures, 'firingRate' | 'mean' | 'peak'>,
): Forecast {
  const columns = zScores(predictorColumns(features), PREDICTORS)
  const predicted = features.firingRate.map((_, k) => probability(fit, columns, k))
  return { predicted, expected: predicted.reduce((sum, p) => sum + p, 0) / predicted.length }
}
