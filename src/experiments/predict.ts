/** @file Survival told from the reference alone: a fit to one candidate, or a fit that was saved applied to another model. */
import { FORECAST_SCHEMA } from '../contract/experiments/forecast-schema.ts'
import { FRAGILITY_SCHEMA } from '../contract/experiments/fragility-schema.ts'
import type { PredictorFile } from '../contract/predictor/predictor-schema.ts'
import { tooFewOfAClass } from '../errors/experiments.ts'
import type { ForecastTruth, PredictedSubject, Prediction } from '../report/experiments/prediction.ts'
import { thresholdsOf } from '../statistics/definitions.ts'
import { calibrationOf } from '../statistics/fragility/calibration.ts'
import {
  FEWEST_A_FOLD,
  FOLDS,
  forecast,
  fragilityOf,
  NORMAL,
  smallerClass,
  survivedOf,
} from '../statistics/fragility/fragility.ts'
import { areaUnderRoc, rocCurve } from '../statistics/fragility/roc.ts'
import { studentQuantile } from '../statistics/intervals/student-t.ts'
import { fitOfFile, predictorOf } from './predictor-file.ts'
import { type Asked, openSubject, type Subject } from './subject.ts'

/** With what `--save` keeps; null of a forecast. */
export interface Predicted {
  readonly prediction: Prediction
  readonly predictor: PredictorFile | null
}

/** Errors: those of subjects, TOO_FEW_OF_A_CLASS. */
export async function predict(spec: string, asked: Asked, applied: PredictorFile | null): Promise<Predicted> {
  if (applied === null) return fitted(await openSubject(spec, asked))
  // What survived means is the predictor's to say, unless it is said here.
  const { survived, above } = applied.thresholds
  const subject = await openSubject(spec, {
    ...asked,
    survived: asked.survived ?? survived,
    survivedAbove: asked.survivedAbove || above,
    truth: 'where-known',
  })
  return { prediction: forecastOf(subject, applied), predictor: null }
}

function subjectDocument({ path, candidate, readout, rule, activeAbove }: Subject): PredictedSubject {
  return { path, candidate, readout, thresholds: { ...rule, active: activeAbove } }
}

/** Errors: TOO_FEW_OF_A_CLASS. */
export function fitted(subject: Subject): Predicted {
  const { active: features, path, confidence } = subject
  const thresholds = thresholdsOf(subject.rule)
  const fewest = FOLDS * FEWEST_A_FOLD
  const survived = survivedOf(features.rho, thresholds)
  if (smallerClass(features, thresholds) < fewest)
    throw tooFewOfAClass(
      path,
      survived.reduce((sum, one) => sum + one, 0),
      survived.length,
      fewest,
    )
  const { fragility, predicted } = fragilityOf(features, thresholds, confidence)
  return {
    predictor: predictorOf(subject, fragility),
    prediction: {
      kind: 'fit',
      features: { ids: features.ids, predicted, survived },
      document: { schema: FRAGILITY_SCHEMA, ...subjectDocument(subject), confidence, fragility },
    },
  }
}

function forecastOf(subject: Subject, predictor: PredictorFile): Prediction {
  const { active: features } = subject
  const { predicted, expected } = forecast(fitOfFile(predictor), features)
  const survived = subject.isTruthKnown ? survivedOf(features.rho, thresholdsOf(subject.rule)) : null
  return {
    kind: 'forecast',
    features: { ids: features.ids, predicted, survived },
    document: {
      schema: FORECAST_SCHEMA,
      ...subjectDocument(subject),
      predictor,
      features: features.ids.length,
      expected,
      standardised:
        'z-scores by mean and standard deviation of the features that are forecast, not of those of the fit',
      truth: survived && truthOf(predicted, survived, subject.confidence),
    },
  }
}

function truthOf(predicted: Float64Array, survived: Uint8Array, confidence: number): ForecastTruth {
  const auc = areaUnderRoc(predicted, survived)
  const isTold = !Number.isNaN(auc)
  return {
    survived: survived.reduce((sum, one) => sum + one, 0),
    auc: isTold ? auc : null,
    calibration: calibrationOf(predicted, survived, studentQuantile(confidence, NORMAL)),
    roc: isTold ? rocCurve(predicted, survived) : [],
  }
}
