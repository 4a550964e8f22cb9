/** @file The features that a policy's rules list, in report.json. */

/** Of each list; a page and a reader need no more, and a list may have a hundred thousand. */
export const MOST_WATCHED = 1024

export const watchedLists = {
  type: 'array',
  description: 'Features that rules of the policy list, by rule. Absent: none does, or an older report.',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['rule', 'count', 'features'],
    properties: {
      rule: { type: 'string' },
      count: { type: 'integer', description: 'Features of the list.' },
      features: {
        type: 'array',
        maxItems: MOST_WATCHED,
        description: 'The first of them, in the order of the list.',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['feature'],
          properties: {
            feature: { type: 'integer' },
            label: { type: 'string', description: 'As the list calls it. Absent: it does not.' },
          },
        },
      },
    },
  },
} as const
