/** @file What of an audit's settings decides its figures and shows nowhere else in report.json: kept as it was asked for. */
import type { FromSchema } from 'json-schema-to-ts'
import {
  type AuditConfig,
  EVERY_RECORD,
  type MatchTokens,
  type PerplexityConfig,
} from '../../options/audit-config.ts'
import { AUDIT_OPTIONS } from '../../options/options.ts'
import { nullableNumber, nullableString } from '../parts.ts'

export const askedSchema = {
  type: 'object',
  additionalProperties: false,
  required: [
    'tokens',
    'lines',
    'lineEnds',
    'bos',
    'field',
    'template',
    'subset',
    'seed',
    'tokenizer',
    'perplexity',
    'positions',
    'activations',
    'groups',
    'unrotate',
    'rescale',
    'tap',
    'allowBadFit',
    'precision',
    'streamRows',
  ],
  properties: {
    tokens: { ...nullableNumber, description: 'Tokens of the text at most; null: all of it.' },
    lines: { type: 'string' },
    lineEnds: nullableString,
    bos: { type: 'string' },
    field: { ...nullableString, description: 'Of records: which holds the text; null: found.' },
    template: { type: 'boolean' },
    subset: nullableNumber,
    seed: { type: 'integer' },
    tokenizer: nullableString,
    perplexity: { type: 'string' },
    matchTokens: {
      type: 'string',
      description: 'Which tokens matched prunings find their sparsity on. Absent: there were none.',
    },
    positions: { type: 'string' },
    activations: { type: 'string' },
    groups: { type: 'integer' },
    unrotate: { type: 'boolean' },
    rescale: { type: 'boolean' },
    tap: nullableString,
    allowBadFit: { type: 'boolean' },
    precision: { type: 'string' },
    streamRows: { type: 'string' },
    untilDecided: { type: 'boolean', description: 'Absent: no.' },
  },
  description: 'How the audit was asked for, in the words of its options. Absent in older reports.',
} as const

export type Asked = FromSchema<typeof askedSchema>

export function askedOf(config: AuditConfig): Asked {
  const { corpus, tokenizer, perplexity, positions, activations, groups } = config
  const { unrotate, rescale, tap, allowBadFit, precision, streamRows } = config
  return {
    tokens: corpus.tokens,
    lines: corpus.lines,
    lineEnds: corpus.lineEnds,
    bos: corpus.bos,
    ...(corpus.records ?? EVERY_RECORD),
    tokenizer,
    perplexity: perplexityText(perplexity),
    ...(config.candidates.some((spec) => spec.startsWith('prune:match='))
      ? { matchTokens: matchTokensText(config.matchTokens) }
      : {}),
    positions,
    activations,
    groups,
    unrotate,
    rescale,
    tap,
    allowBadFit,
    precision: precision ?? AUDIT_OPTIONS.precision.default,
    streamRows,
    ...(config.untilDecided === true ? { untilDecided: true } : {}),
  }
}

function matchTokensText(
  { where, tokens }: MatchTokens = { where: 'held-out', tokens: AUDIT_OPTIONS.matchTokens.default },
): string {
  if (where === 'held-out') return String(tokens)
  return tokens === null ? where : `${where}=${tokens}`
}

function perplexityText({ chunked, sliding }: PerplexityConfig): string {
  const parts = [
    ...(chunked ? ['chunked'] : []),
    ...(sliding === null ? [] : [`sliding=${sliding.window}/${sliding.stride}`]),
  ]
  return parts.join(',') || 'none'
}
