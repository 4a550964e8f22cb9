/** @file What `saegate predict --format json` prints of a fit: can survival be told from the reference alone? */
import { predictor } from '../predictor/predictor-schema.ts'
import {
  calibration,
  confidence,
  count,
  fraction,
  halvesInterval,
  perPredictor,
  predictorName,
  roc,
  subject,
  survivalRule,
  whole,
} from './parts.ts'

export const FRAGILITY_SCHEMA = 'saegate/fragility@1'

const model = whole({
  coefficients: {
    type: 'array',
    items: whole({
      predictor: predictorName,
      value: { type: 'number', description: 'Per standard deviation of the predictor.' },
      ci: halvesInterval,
    }),
  },
  intercept: { type: 'number' },
})

const crossValidated = {
  ...whole({
    auc: { type: 'number', description: 'Area under the ROC curve, mean over folds and seeds.' },
    foldSd: { type: 'number', minimum: 0, description: 'Of the folds of one seed, mean over the seeds.' },
    seedSd: { type: 'number', minimum: 0, description: "Of the seeds' means." },
    folds: count,
    seeds: count,
  }),
  description: 'Of predictions for features that were left out of the fit.',
} as const

export const fragilitySchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://saegate.dev/schemas/fragility.schema.json',
  title: 'saegate fragility',
  ...whole({
    schema: { const: FRAGILITY_SCHEMA },
    ...subject,
    thresholds: survivalRule,
    confidence,
    fragility: whole({
      features: count,
      survived: { ...count, description: 'How many of them.' },
      c: predictor.properties.c,
      model: { ...model, description: 'With all four predictors, which determine one another.' },
      crossValidated,
      independent: { ...whole({ model, crossValidated }), description: 'With log concentration left out.' },
      standard: perPredictor(whole({ mean: { type: 'number' }, sd: { type: 'number', minimum: 0 } })),
      calibration,
      roc,
      quarters: {
        ...perPredictor({
          type: 'array',
          maxItems: 4,
          items: whole({
            low: { type: 'number' },
            high: { type: 'number' },
            features: count,
            survived: fraction,
            ci: halvesInterval,
          }),
        }),
        description: 'Survival in bins of equal count by each predictor, lowest first.',
      },
    }),
  }),
} as const
