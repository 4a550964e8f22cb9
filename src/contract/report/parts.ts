/** @file What several parts of report.json are made of. */

export const interval = {
  description:
    'Confidence interval [low, high] by the method of corpus.resampling; null when too few groups were measured.',
  anyOf: [{ type: 'null' }, { type: 'array', items: { type: 'number' }, minItems: 2, maxItems: 2 }],
} as const

export const nullableString = { anyOf: [{ type: 'null' }, { type: 'string' }] } as const
export const nullableNumber = { anyOf: [{ type: 'null' }, { type: 'number' }] } as const

/** How far a figure is off on average because the text is finite; a part of the interval. Absent where nothing tells. */
export const bias = {
  type: 'number',
  description:
    'Estimated bias of the figure from finite text, in its own unit; it is in the interval, not taken off the figure.',
} as const

/** A class of features: how many, which fraction of the active ones, how sure. */
export const share = {
  type: 'object',
  additionalProperties: false,
  required: ['count', 'fraction', 'ci'],
  properties: {
    count: { type: 'integer' },
    fraction: { type: 'number' },
    ci: interval,
    bias,
  },
} as const

export const verdict = { enum: ['pass', 'fail', 'inconclusive'] } as const

/** Absent in reports of before. */
export const fileDigests = {
  type: 'object',
  description: 'sha256 of every file that was read, by name: weights, config, tokenizer.',
  maxProperties: 20_000,
  additionalProperties: { type: 'string', pattern: '^[0-9a-f]{64}$' },
} as const
