/** @file Perplexity and divergence in report.json. */
import { TOKEN_KINDS } from '../token-kinds.ts'
import { interval, nullableNumber } from './parts.ts'

/** Sums per token group, from which any interval can be had again. Arrays are parallel, one entry per group. */
const lossGroups = {
  type: 'object',
  additionalProperties: false,
  required: ['tokens', 'referenceLoss', 'candidateLoss'],
  properties: {
    tokens: { type: 'array', items: { type: 'integer', minimum: 0 } },
    referenceLoss: { type: 'array', items: { type: 'number' }, description: 'Σ cross-entropy, nats' },
    candidateLoss: { type: 'array', items: { type: 'number' } },
  },
} as const

const divergenceSums = {
  tokens: { type: 'array', items: { type: 'integer', minimum: 0 } },
  kl: { type: 'array', items: { type: 'number' }, description: 'Σ KL, nats' },
  agreements: { type: 'array', items: { type: 'integer' } },
} as const

const divergenceGroups = {
  type: 'object',
  additionalProperties: false,
  required: ['tokens', 'kl', 'agreements'],
  properties: {
    tokens: divergenceSums.tokens,
    kl: divergenceSums.kl,
    klAbove: {
      type: 'array',
      description:
        'Per group, how many tokens have a KL above each of 64 levels, log-spaced from 1e-6 to 100 nats. Absent in older reports.',
      items: {
        type: 'array',
        minItems: 64,
        maxItems: 64,
        items: { type: 'integer', minimum: 0 },
      },
    },
    agreements: divergenceSums.agreements,
  },
} as const

/** Mean KL and agreement over some of the tokens, with what they are made from. */
const ofPart = {
  scoredTokens: { type: 'integer' },
  klMean: { ...nullableNumber, description: 'Null: no token fell into it.' },
  klMeanCi: interval,
  top1Agreement: nullableNumber,
  top1AgreementCi: interval,
  groups: {
    type: 'object',
    additionalProperties: false,
    required: ['tokens', 'kl', 'agreements'],
    properties: divergenceSums,
  },
} as const

const ofPartRequired = [
  'scoredTokens',
  'klMean',
  'klMeanCi',
  'top1Agreement',
  'top1AgreementCi',
  'groups',
] as const

/** By the probability that the reference gave its likeliest token: `from` up to, and without, `to`; the last with 1. */
const byConfidence = {
  type: 'array',
  minItems: 5,
  maxItems: 5,
  description:
    'KL and agreement by the probability of the reference’s likeliest token, in buckets. Absent in older reports.',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['from', 'to', ...ofPartRequired],
    properties: { from: { type: 'number' }, to: { type: 'number' }, ...ofPart },
  },
} as const

const byKind = {
  type: 'array',
  maxItems: TOKEN_KINDS.length,
  description:
    'KL and agreement by the kind of the token that is predicted; a token may be of several. `rare`: its id stands once in the audited text; `position-N`: the Nth eighth of what a sequence predicts. Kinds that nobody could tell, without a tokenizer, are left out. Absent in older reports.',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['kind', ...ofPartRequired],
    properties: { kind: { type: 'string', enum: TOKEN_KINDS }, ...ofPart },
  },
} as const

const tokenFigure = {
  type: 'object',
  additionalProperties: false,
  required: ['value', 'error'],
  properties: {
    value: { type: 'number' },
    error: { ...nullableNumber, description: 'Standard error, tokens taken as independent.' },
  },
} as const

const tokenQuantiles = {
  type: 'array',
  minItems: 13,
  maxItems: 13,
  description: 'At 1, .999, .99, .95, .9, .75, .5, .25, .1, .05, .01, .001 and 0.',
  items: { type: 'number' },
} as const

const tokenStatistics = {
  type: 'object',
  description:
    'Of single tokens, by the definitions of llama.cpp’s perplexity tool with --kl-divergence. Δp is of the correct token’s probability, as a fraction. Absent in older reports.',
  additionalProperties: false,
  required: [
    'perplexity',
    'basePerplexity',
    'correlation',
    'logRatio',
    'ratio',
    'difference',
    'kl',
    'klQuantiles',
    'deltaP',
    'deltaPRms',
    'deltaPQuantiles',
    'sameTop',
  ],
  properties: {
    perplexity: tokenFigure,
    basePerplexity: tokenFigure,
    correlation: {
      ...nullableNumber,
      description: 'Of ln PPL(Q) with ln PPL(base), 0..1; null where one does not vary.',
    },
    logRatio: tokenFigure,
    ratio: tokenFigure,
    difference: tokenFigure,
    kl: tokenFigure,
    klQuantiles: tokenQuantiles,
    deltaP: tokenFigure,
    deltaPRms: tokenFigure,
    deltaPQuantiles: tokenQuantiles,
    sameTop: tokenFigure,
  },
} as const

export const divergence = {
  type: 'object',
  additionalProperties: false,
  required: ['klMean', 'klMeanCi', 'klP99', 'top1Agreement', 'top1AgreementCi', 'scoredTokens', 'groups'],
  properties: {
    klMean: { type: 'number', description: 'KL(reference‖candidate), nats per scored token.' },
    klMeanCi: interval,
    klP99: { type: 'number' },
    klP99Ci: interval,
    top1Agreement: { type: 'number' },
    top1AgreementCi: interval,
    scoredTokens: { type: 'integer' },
    byConfidence,
    byKind,
    tokenStatistics,
    groups: divergenceGroups,
  },
} as const

export const perplexity = {
  type: 'object',
  additionalProperties: false,
  required: [
    'reference',
    'candidate',
    'referenceLoss',
    'candidateLoss',
    'deltaPercent',
    'ci',
    'scoredTokens',
    'groups',
  ],
  properties: {
    reference: { type: 'number' },
    candidate: { type: 'number' },
    referenceLoss: { type: 'number', description: 'Mean cross-entropy, nats per scored token.' },
    candidateLoss: { type: 'number' },
    deltaPercent: { type: 'number', description: '100 · (PPL_candidate / PPL_reference − 1)' },
    ci: interval,
    scoredTokens: { type: 'integer' },
    batched: {
      type: 'object',
      additionalProperties: false,
      required: ['sequences', 'reference', 'candidate', 'deltaPercent'],
      description:
        'As the paper’s code has it: exponential of the mean over batches of so many sequences of their mean loss, the last batch shorter and of equal weight. Absent: it was not asked for.',
      properties: {
        sequences: { type: 'integer' },
        reference: { type: 'number' },
        candidate: { type: 'number' },
        deltaPercent: { type: 'number' },
      },
    },
    window: { type: 'integer' },
    stride: { type: 'integer' },
    groups: lossGroups,
  },
} as const
