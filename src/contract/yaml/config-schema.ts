/**
 * @file saegate.yaml: the one source of its type, its check and what editors complete.
 *
 * Structure only. Sizes, counts and choices are read by option-values.ts, the same way as flags, so that one message
 * serves both. `schemas/config.schema.json` is written from this file and compared in the tests.
 */
import type { FromSchema } from 'json-schema-to-ts'
import { type AuditOptionName, optionNamed } from '../options/options.ts'

const described = (name: AuditOptionName): string => optionNamed(name).description
const string = { type: 'string', minLength: 1 } as const
const scalar = { type: ['string', 'integer'] } as const
const nullableString = { type: ['string', 'null'] } as const
const nullableBoolean = { type: ['boolean', 'null'] } as const

const sae = {
  type: 'object',
  additionalProperties: false,
  required: ['source'],
  properties: {
    source: string,
    hook: { ...nullableString, description: described('hook') },
    center: { ...nullableBoolean, description: described('center') },
  },
} as const

const corpus = {
  type: 'object',
  additionalProperties: false,
  required: ['source'],
  properties: {
    source: string,
    split: {
      ...string,
      description: 'Split of a named corpus: wikitext-2 with split test is wikitext-2:test.',
    },
    lines: { ...string, enum: ['as-is', 'nonempty'], description: described('lines') },
    tokens: { ...scalar, description: described('tokens') },
    blockLength: { ...scalar, description: described('blockLength') },
    bos: { ...string, enum: ['auto', 'always', 'never'], description: described('bos') },
  },
} as const

const window = { type: 'integer', minimum: 2, maximum: 1048576 } as const
const sliding = {
  type: 'object',
  additionalProperties: false,
  required: ['window', 'stride'],
  properties: { window, stride: { ...window, minimum: 1 } },
} as const

const perplexity = {
  type: 'object',
  additionalProperties: false,
  properties: {
    chunked: { type: 'boolean' },
    sliding: { anyOf: [{ type: 'boolean' }, { type: 'null' }, sliding] },
  },
} as const

export const configSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://saegate.dev/schemas/config.schema.json',
  title: 'saegate.yaml',
  description:
    'One audit: what is compared, on what text, seen through which sparse autoencoders, judged by which policy.',
  type: 'object',
  additionalProperties: false,
  properties: {
    reference: { ...string, description: described('reference') },
    candidates: {
      type: 'array',
      items: string,
      minItems: 1,
      maxItems: 256,
      description: described('candidate'),
    },
    saes: {
      type: 'array',
      items: { anyOf: [string, sae] },
      minItems: 1,
      maxItems: 256,
      description: described('sae'),
    },
    corpus: { anyOf: [string, corpus], description: described('corpus') },
    tokenizer: { ...string, description: described('tokenizer') },
    perplexity: { anyOf: [string, perplexity], description: described('perplexity') },
    positions: { ...string, enum: ['auto', 'all', 'skip-first'], description: described('positions') },
    activations: { ...string, enum: ['simulate', 'ignore'], description: described('activations') },
    unrotate: { type: 'boolean', description: described('unrotate') },
    tap: { ...string, description: described('tap') },
    groups: { ...scalar, description: described('groups') },
    policy: { ...string, description: described('policy') },
    baseline: { ...string, description: described('baseline') },
    out: { ...string, description: described('out') },
    device: { ...string, enum: ['auto', 'cpu', 'cuda', 'webgpu'], description: described('device') },
    threads: { ...scalar, description: described('threads') },
    memory: { ...scalar, description: described('memory') },
    nullCheck: { type: 'boolean', description: described('nullCheck') },
    allowBadFit: { type: 'boolean', description: described('allowBadFit') },
  },
} as const

export type SaegateConfig = FromSchema<typeof configSchema>
