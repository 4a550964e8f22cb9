/** @file What report.json says of whether features still act the same (saegate causal). */
import type { FromSchema } from 'json-schema-to-ts'
import { interval, nullableNumber } from '../parts.ts'

/** What is done where the reference fires the feature. */
export const CAUSAL_EDITS = [
  { name: 'ablate', strength: null },
  { name: 'ablate-reference', strength: null },
  { name: 'steer', strength: 0.5 },
  { name: 'steer', strength: 1 },
  { name: 'steer', strength: 2 },
] as const

const effect = {
  type: 'object',
  additionalProperties: false,
  required: [
    'edit',
    'strength',
    'agreement',
    'agreementCi',
    'slope',
    'slopeCi',
    'referenceKl',
    'candidateKl',
    'referenceLoss',
    'candidateLoss',
  ],
  properties: {
    edit: {
      enum: ['ablate', 'ablate-reference', 'steer'],
      description:
        'ablate: x − f d, each model’s own f. ablate-reference: the reference’s f in both. steer: x + strength · peak · d.',
    },
    strength: { ...nullableNumber, description: 'Of the reference’s peak; null: the feature is taken away.' },
    agreement: {
      type: 'number',
      description: 'C = Σ p e_r e_c / √(Σ p e_r² · Σ p e_c²), e = ln p^do − ln p, p the reference’s.',
    },
    agreementCi: interval,
    slope: { type: 'number', description: 'B = Σ p e_r e_c / Σ p e_r².' },
    slopeCi: interval,
    referenceKl: { type: 'number', description: 'KL(p ‖ p^do) in the reference, nats per position.' },
    candidateKl: { type: 'number', description: 'The same in the candidate.' },
    referenceLoss: { type: 'number', description: 'Change of the loss, nats per token.' },
    candidateLoss: { type: 'number' },
  },
} as const

const counts = {
  type: 'object',
  additionalProperties: false,
  required: ['survived', 'changed', 'undecided'],
  properties: {
    survived: { type: 'integer' },
    changed: { type: 'integer' },
    undecided: { type: 'integer' },
  },
} as const

export const causal = {
  type: 'object',
  additionalProperties: false,
  required: ['features', 'prediction', 'table', 'noEffect', 'survived', 'controls', 'sequences'],
  description:
    'Do features still act the same? Each is taken away and pushed in both models where the reference fires it. Absent: not asked for.',
  properties: {
    features: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: [
          'feature',
          'chosen',
          'correlation',
          'sequences',
          'positions',
          'verdict',
          'effects',
          'controlKl',
        ],
        properties: {
          feature: { type: 'integer' },
          chosen: { enum: ['watched', 'damaged', 'sampled'] },
          correlation: { ...nullableNumber, description: 'ρ; null: undefined.' },
          sequences: { type: 'integer', description: 'In which the reference fires it, of those looked at.' },
          positions: {
            type: 'integer',
            description: 'Scored positions from the first firing to the end of each sequence.',
          },
          verdict: {
            enum: ['survived', 'changed', 'undecided', 'none'],
            description:
              'By the ablation: C’s interval from 0.9 on and B’s within [0.8, 1.25]; all of either elsewhere; between; no effect above the controls’.',
          },
          effects: { type: 'array', items: effect },
          controlKl: {
            ...nullableNumber,
            description: '95 % quantile of KL(p ‖ p^do) of random vectors as long; null: no controls.',
          },
        },
      },
    },
    prediction: {
      description: 'Does ρ predict C? Spearman over the features with an effect; null: too few.',
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['spearman', 'ci', 'features'],
          properties: { spearman: { type: 'number' }, ci: interval, features: { type: 'integer' } },
        },
      ],
    },
    table: {
      type: 'object',
      description: 'Features with an effect: ρ survived or not, and what they cause.',
      additionalProperties: false,
      required: ['survived', 'notSurvived'],
      properties: { survived: counts, notSurvived: counts },
    },
    noEffect: {
      type: 'integer',
      description: 'Features whose effect is not above the controls’: in neither row.',
    },
    survived: {
      type: 'object',
      description:
        'Part of the features with an effect that act the same, by the values; sure: by the intervals.',
      additionalProperties: false,
      required: ['fraction', 'ci'],
      properties: { fraction: nullableNumber, ci: interval },
    },
    controls: {
      type: 'object',
      additionalProperties: false,
      required: ['vectors', 'selfAgreement'],
      properties: {
        vectors: { type: 'integer', description: 'Random vectors per feature.' },
        selfAgreement: { ...nullableNumber, description: 'C of the reference against itself: 1.' },
      },
    },
    sequences: { type: 'integer', description: 'Per feature, at most.' },
  },
} as const

export type CausalReport = FromSchema<typeof causal>
export type CausalFeature = CausalReport['features'][number]
