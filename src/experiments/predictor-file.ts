/** @file A fit kept in a file, and read again. */
import { readTextFile } from '../bytes/whole-file.ts'
import {
  PREDICTOR_SCHEMA,
  type PredictorFile,
  predictorSchema,
} from '../contract/predictor/predictor-schema.ts'
import { schemaCheck } from '../contract/schema-check.ts'
import { predictorInvalid, predictorVersion } from '../errors/experiments.ts'
import { byPredictor, type Fragility } from '../statistics/fragility/fragility.ts'
import type { LogisticFit } from '../statistics/fragility/logistic.ts'
import { PREDICTORS } from '../statistics/fragility/predictors.ts'
import type { Subject } from './subject.ts'

/** It has some twenty numbers. */
const MOST_BYTES = 2 ** 20

export function predictorOf(subject: Subject, fragility: Fragility): PredictorFile {
  const { path, candidate, readout, rule, activeAbove } = subject
  const { model, crossValidated, features, survived, c } = fragility
  const coefficientOf = (name: string): number =>
    model.coefficients.find((one) => one.predictor === name)?.value ?? 0
  return {
    schema: PREDICTOR_SCHEMA,
    of: { path, candidate, readout },
    thresholds: { survived: rule.survived, above: rule.above, active: activeAbove },
    c,
    features,
    survived,
    intercept: model.intercept,
    coefficients: byPredictor(coefficientOf),
    auc: crossValidated.auc,
  }
}

/** Coefficients in the order of PREDICTORS. */
export function fitOfFile({ coefficients, intercept }: PredictorFile): LogisticFit {
  return { coefficients: PREDICTORS.map((name) => coefficients[name]), intercept }
}

const check = schemaCheck<PredictorFile>(predictorSchema)

/** Errors: PREDICTOR_VERSION, PREDICTOR_INVALID, those of reading. */
export async function readPredictor(path: string): Promise<PredictorFile> {
  const text = await readTextFile(path, MOST_BYTES)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw predictorInvalid(path, 'it is not JSON')
  }
  const schema = typeof value === 'object' && value !== null && 'schema' in value ? value.schema : undefined
  if (typeof schema === 'string' && schema !== PREDICTOR_SCHEMA)
    throw predictorVersion(path, schema.slice(0, 60), PREDICTOR_SCHEMA)
  const checked = check()
  if (checked(value)) return value
  const [error] = checked.errors ?? []
  throw predictorInvalid(
    path,
    `${error?.instancePath || 'it'} ${error?.message ?? 'does not fit its schema'}`,
  )
}
