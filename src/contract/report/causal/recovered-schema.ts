/** @file What report.json says of models that go on with what an SAE rebuilds (--loss-recovered). */
import type { FromSchema } from 'json-schema-to-ts'
import { interval, nullableNumber } from '../parts.ts'

const sums = { type: 'array', items: { type: 'number' }, maxItems: 1024 } as const

const groups = {
  type: 'object',
  additionalProperties: false,
  required: ['cleanLoss', 'saeLoss', 'zeroLoss', 'meanLoss', 'saeKl', 'zeroKl', 'meanKl'],
  properties: {
    cleanLoss: sums,
    saeLoss: sums,
    zeroLoss: sums,
    meanLoss: sums,
    saeKl: sums,
    zeroKl: sums,
    meanKl: sums,
  },
} as const

const figure = {
  type: 'object',
  additionalProperties: false,
  required: ['of', 'ablation', 'reference', 'referenceCi', 'candidate', 'candidateCi', 'delta', 'deltaCi'],
  properties: {
    of: {
      enum: ['loss', 'kl'],
      description: 'What is recovered: loss, or KL from the model as it is (of which nothing is lost there).',
    },
    ablation: {
      enum: ['zero', 'mean'],
      description: 'What stands in place of the value: zeros, or its mean.',
    },
    reference: {
      ...nullableNumber,
      description: 'S = (L_ablated − L_sae) / (L_ablated − L_clean); null: the ablation costs nothing.',
    },
    referenceCi: interval,
    candidate: nullableNumber,
    candidateCi: interval,
    delta: { ...nullableNumber, description: 'S of the candidate less that of the reference.' },
    deltaCi: interval,
  },
} as const

export const lossRecovered = {
  type: 'object',
  description:
    'How well each model goes on with what the SAE rebuilds in place of the hook’s value, at the positions that count. Absent: not asked for.',
  additionalProperties: false,
  required: ['replaced', 'tokens', 'figures', 'groups'],
  properties: {
    replaced: { type: 'string', description: 'The hook whose value is replaced.' },
    tokens: { ...sums, description: 'Scored tokens by token group.' },
    figures: { type: 'array', items: figure, maxItems: 4 },
    groups: {
      type: 'object',
      description:
        'Sums over the scored tokens by token group, nats, from which the figures can be had again.',
      additionalProperties: false,
      required: ['reference', 'candidate'],
      properties: { reference: groups, candidate: groups },
    },
  },
} as const

export type LossRecoveredReport = FromSchema<typeof lossRecovered>
