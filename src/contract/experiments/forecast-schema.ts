/** @file What `saegate predict --apply --format json` prints: what a fit that was kept says of other features. */
import { predictor } from '../predictor/predictor-schema.ts'
import { nullableNumber } from '../report/parts.ts'
import { calibration, count, roc, subject, survivalRule, whole } from './parts.ts'

export const FORECAST_SCHEMA = 'saegate/forecast@1'

export const forecastSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://saegate.dev/schemas/forecast.schema.json',
  title: 'saegate forecast',
  ...whole({
    schema: { const: FORECAST_SCHEMA },
    ...subject,
    thresholds: survivalRule,
    predictor: { ...predictor, description: 'The fit that forecasts.' },
    features: { ...count, description: 'Active features.' },
    expected: {
      type: 'number',
      description: 'Part of them that is expected to survive: the mean prediction.',
    },
    standardised: { type: 'string', description: 'Over which features predictors were standardised.' },
    truth: {
      description: 'How it did; null: what came of the features is not known.',
      anyOf: [
        { type: 'null' },
        whole({
          survived: count,
          auc: {
            ...nullableNumber,
            description: 'Area under the ROC curve; null: all are of one class.',
          },
          calibration,
          roc,
        }),
      ],
    },
  }),
} as const
