/**
 * @file saegate.yaml: the one source of its type, its check and what editors complete. What an option may be, its default
 * and its words are the table's (options/options.ts).
 *
 * Structure only. Sizes and counts are read by option-values.ts, the same way as flags, so that one message serves both.
 * A `title` is what stands here in words: messages list it among what is allowed. `schemas/config.schema.json` is written
 * from this file and compared in the tests.
 */
import type { FromSchema } from 'json-schema-to-ts'

import { CUDA_DEVICE } from '../options/cuda-device.ts'
import { allowedText, type TypeOf, writtenDefault } from '../options/option-values.ts'
import { AUDIT_OPTIONS, type OptionRow } from '../options/options.ts'
import { COUNTED_POSITIONS } from '../options/positions.ts'

const STRING = { type: 'string', minLength: 1 } as const

/** What an editor is told of an option. */
function told(row: OptionRow) {
  const value = writtenDefault(row)
  return { description: row.description, ...(value === null ? {} : { default: value }) }
}

const text = (row: OptionRow) => ({ ...STRING, ...told(row) }) as const

const choice = <const Choice extends string>(
  row: OptionRow & { readonly type: { readonly choices: readonly Choice[] } },
) => ({ type: 'string', enum: row.type.choices, ...told(row) }) as const

/** A count or a size: 200000 and 200k. */
const amount = (row: OptionRow) =>
  ({ type: ['string', 'integer'], title: allowedText(row.type), ...told(row) }) as const

const boolean = (row: OptionRow & { readonly type: TypeOf<'boolean' | 'switch'> }) =>
  ({ type: 'boolean', description: row.description, default: row.default === true }) as const

const sae = {
  type: 'object',
  additionalProperties: false,
  required: ['source'],
  properties: {
    source: STRING,
    hook: { type: ['string', 'null'], description: AUDIT_OPTIONS.hook.description },
    center: { type: ['boolean', 'null'], description: AUDIT_OPTIONS.center.description },
  },
} as const

const corpus = {
  type: 'object',
  additionalProperties: false,
  required: ['source'],
  properties: {
    source: STRING,
    split: {
      ...STRING,
      description:
        'Split of a named corpus or a dataset of the Hub: wikitext-2 with split test is wikitext-2:test.',
    },
    lines: choice(AUDIT_OPTIONS.lines),
    lineEnds: choice(AUDIT_OPTIONS.lineEnds),
    tokens: amount(AUDIT_OPTIONS.tokens),
    blockLength: amount(AUDIT_OPTIONS.blockLength),
    bos: choice(AUDIT_OPTIONS.bos),
    field: text(AUDIT_OPTIONS.field),
    template: boolean(AUDIT_OPTIONS.template),
    subset: amount(AUDIT_OPTIONS.subset),
    seed: amount(AUDIT_OPTIONS.seed),
  },
} as const

const window = { type: 'integer', minimum: 2, maximum: AUDIT_OPTIONS.perplexity.type.max } as const
const sliding = {
  type: 'object',
  additionalProperties: false,
  required: ['window', 'stride'],
  properties: { window, stride: { ...window, minimum: 1 } },
} as const

const protocols = {
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
    reference: text(AUDIT_OPTIONS.reference),
    candidates: {
      type: 'array',
      items: STRING,
      minItems: 1,
      maxItems: 256,
      description: AUDIT_OPTIONS.candidate.description,
    },
    saes: {
      type: 'array',
      items: { anyOf: [STRING, sae] },
      minItems: 1,
      maxItems: 256,
      description: AUDIT_OPTIONS.sae.description,
    },
    corpus: { anyOf: [STRING, corpus], description: AUDIT_OPTIONS.corpus.description },
    tokenizer: text(AUDIT_OPTIONS.tokenizer),
    perplexity: {
      anyOf: [{ ...STRING, title: allowedText(AUDIT_OPTIONS.perplexity.type) }, protocols],
      ...told(AUDIT_OPTIONS.perplexity),
    },
    matchTokens: amount(AUDIT_OPTIONS.matchTokens),
    calibration: text(AUDIT_OPTIONS.calibration),
    calibrationTokens: amount(AUDIT_OPTIONS.calibrationTokens),
    positions: {
      type: 'string',
      pattern: `^(?:auto|${COUNTED_POSITIONS})$`,
      title: allowedText(AUDIT_OPTIONS.positions.type),
      ...told(AUDIT_OPTIONS.positions),
    },
    activations: choice(AUDIT_OPTIONS.activations),
    unrotate: boolean(AUDIT_OPTIONS.unrotate),
    rescale: boolean(AUDIT_OPTIONS.rescale),
    tap: text(AUDIT_OPTIONS.tap),
    lossRecovered: boolean(AUDIT_OPTIONS.lossRecovered),
    newFeatures: boolean(AUDIT_OPTIONS.newFeatures),
    survivalByKind: boolean(AUDIT_OPTIONS.survivalByKind),
    latentScaling: boolean(AUDIT_OPTIONS.latentScaling),
    explain: amount(AUDIT_OPTIONS.explain),
    groups: amount(AUDIT_OPTIONS.groups),
    policy: text(AUDIT_OPTIONS.policy),
    baseline: text(AUDIT_OPTIONS.baseline),
    out: text(AUDIT_OPTIONS.out),
    device: {
      type: 'string',
      pattern: `^(?:${AUDIT_OPTIONS.device.type.choices.join('|')}|${CUDA_DEVICE}(?:,${CUDA_DEVICE})*)$`,
      title: allowedText(AUDIT_OPTIONS.device.type),
      ...told(AUDIT_OPTIONS.device),
    },
    precision: choice(AUDIT_OPTIONS.precision),
    threads: amount(AUDIT_OPTIONS.threads),
    memory: amount(AUDIT_OPTIONS.memory),
    weights: choice(AUDIT_OPTIONS.weights),
    streamRows: choice(AUDIT_OPTIONS.streamRows),
    untilDecided: boolean(AUDIT_OPTIONS.untilDecided),
    captureCacheSize: amount(AUDIT_OPTIONS.captureCacheSize),
    captureRows: choice(AUDIT_OPTIONS.captureRows),
    nullCheck: boolean(AUDIT_OPTIONS.nullCheck),
    noiseFloor: choice(AUDIT_OPTIONS.noiseFloor),
    noiseNull: boolean(AUDIT_OPTIONS.noiseNull),
    allowBadFit: boolean(AUDIT_OPTIONS.allowBadFit),
  },
} as const

/** Defaults are filled in where the options are read, not by the check: what the file leaves out, a flag may say. */
export type SaegateConfig = FromSchema<typeof configSchema, { keepDefaultedPropertiesOptional: true }>
