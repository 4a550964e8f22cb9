/** @file What a feature is about: where it fires most in the reference, what the candidate made of it there, which tokens it speaks for. */
import { nullableNumber } from './parts.ts'

const context = {
  type: 'object',
  additionalProperties: false,
  required: ['sequence', 'position', 'before', 'token', 'after', 'reference', 'candidate'],
  properties: {
    sequence: { type: 'integer' },
    position: { type: 'integer', description: 'Of the token in its sequence.' },
    before: { type: 'string', maxLength: 400, description: 'The tokens before it.' },
    token: { type: 'string', maxLength: 400, description: 'Where the feature fires.' },
    after: { type: 'string', maxLength: 400 },
    reference: { type: 'number', description: 'Activation in the reference.' },
    candidate: { type: 'number', description: 'Activation in the candidate at the same position.' },
  },
} as const

export const explained = {
  type: 'array',
  description:
    'The active features that the candidate changed most, lowest ρ first, then those of the policy’s lists that are not among them, and where they fire: the highest activations in the reference, of different sequences. Absent in older reports, and where none is below the survived threshold and none is listed.',
  maxItems: 128,
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['feature', 'correlation', 'contexts', 'promotes'],
    properties: {
      feature: { type: 'integer' },
      watched: {
        type: 'boolean',
        description: 'A rule of the policy lists it. Absent in older reports: it was not looked at.',
      },
      correlation: { ...nullableNumber, description: 'ρ; null: it no longer varies in the candidate.' },
      contexts: { type: 'array', maxItems: 5, items: context },
      promotes: {
        type: 'array',
        maxItems: 10,
        items: { type: 'string', maxLength: 400 },
        description:
          'Tokens whose logits its decoder row raises most, through the final norm’s gain and the unembedding. Empty: what it rebuilds is no part of the residual stream.',
      },
    },
  },
} as const
