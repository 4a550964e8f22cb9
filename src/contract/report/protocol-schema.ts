/** @file What the protocol check found: whether the text, as it was run, says anything about the reference, and what it leaves out. */

export const PROTOCOL_CHECKS = [
  'shards-missing',
  'reference-loss',
  'line-ends',
  'carriage-returns',
  'bos-left-out',
  'repeated-token',
  'special-tokens',
  'records-without-text',
  'first-position',
] as const

export type ProtocolCheck = (typeof PROTOCOL_CHECKS)[number]

export const protocolFinding = {
  type: 'object',
  additionalProperties: false,
  required: ['check', 'grade', 'value', 'message'],
  properties: {
    check: { enum: PROTOCOL_CHECKS },
    grade: {
      enum: ['not-evaluable', 'warning'],
      description:
        'not-evaluable: perplexity, divergence and dissociation stay as measured, and no rule on them passes.',
    },
    value: {
      type: 'number',
      description: 'The figure that the check goes by; what it is, the message says.',
    },
    message: { type: 'string' },
  },
} as const
