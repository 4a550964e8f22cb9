/** @file What several parts of the experiments' JSON are made of. */
import { predictor } from '../predictor/predictor-schema.ts'
import { nullableString } from '../report/parts.ts'

/** An object that has all of these and nothing else. */
export function whole<const Properties extends object>(properties: Properties) {
  return {
    type: 'object',
    additionalProperties: false,
    required: Object.keys(properties),
    properties,
  } as const
}

export const count = { type: 'integer', minimum: 0 } as const
/** Of features. */
export const fraction = { type: 'number', minimum: 0, maximum: 1 } as const

const ends = { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 } as const

/** By half-samples of the token groups. */
export const halvesInterval = {
  description: '[low, high] at `confidence`; null: there are no token groups to tell it from.',
  anyOf: [{ type: 'null' }, ends],
} as const

export const wilsonInterval = { ...ends, description: "Wilson's score interval at `confidence`." } as const

/** What every document says of its subject. */
export const subject = {
  path: { type: 'string' },
  candidate: { type: 'string' },
  readout: { ...nullableString, description: 'null: the table names none.' },
} as const

export const confidence = {
  type: 'number',
  exclusiveMinimum: 0,
  exclusiveMaximum: 1,
  description: 'Level of the intervals.',
} as const

export const survivalRule = whole({
  survived: { ...fraction, description: 'ρ from which a feature counts as survived.' },
  damaged: { ...fraction, description: 'ρ below which it counts as damaged.' },
  above: { type: 'boolean', description: 'Survived is ρ above the threshold, not at it.' },
  active: { ...fraction, description: 'Features that fire more often than this are looked at.' },
})

export const calibration = whole({
  brier: { type: 'number', minimum: 0, description: 'Mean squared error of the probabilities.' },
  skill: {
    anyOf: [{ type: 'null' }, { type: 'number' }],
    description: '1 − Brier score over that of the base rate; null: all are of one class.',
  },
  reliability: {
    type: 'array',
    description: 'Features in bins of equal count by prediction, lowest first.',
    items: whole({
      predicted: { type: 'number', description: 'Mean prediction.' },
      observed: { ...fraction, description: 'That survived.' },
      ci: wilsonInterval,
      count,
    }),
  },
})

export const roc = {
  type: 'array',
  description: 'A point for each distinct prediction, highest first, from (0, 0) to (1, 1).',
  items: whole({ falsePositive: fraction, truePositive: fraction }),
} as const

export const predictorName = { enum: predictor.properties.coefficients.required } as const

/** One value of each of the four predictors. */
export function perPredictor<const Value extends object>(value: Value) {
  const names = predictor.properties.coefficients.required
  return whole(Object.fromEntries(names.map((name) => [name, value])))
}
