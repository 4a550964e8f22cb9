/**
 * @file report.json: the schema that other programs read, and the one source of its type, its check and its documentation.
 *
 * Numbers are never rounded here. Fractions are 0..1, perplexity changes are in percent, losses in nats per token,
 * intervals are [low, high] at the policy's confidence or null where too few groups were measured.
 * `schemas/report.schema.json` is written from this file (scripts/schemas.mjs) and compared in the tests.
 */
import type { FromSchema } from 'json-schema-to-ts'
import { askedSchema } from './asked/asked.ts'
import { looks } from './asked/looks-schema.ts'
import { candidate } from './candidate-schema.ts'
import { watchedLists } from './causal/watched-schema.ts'
import { claimSchema } from './claim.ts'
import { contamination } from './compression/contamination-schema.ts'
import { corpusText } from './corpus-schema.ts'
import { readout } from './features-schema.ts'
import { engineNoise } from './noise/engine-noise-schema.ts'
import { noiseFloor } from './noise/noise-floor-schema.ts'
import { fileDigests, nullableNumber, nullableString, verdict } from './parts.ts'
import { protocolFinding } from './protocol-schema.ts'
import { streamed } from './streamed-schema.ts'

export const reportSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://saegate.dev/schemas/report.schema.json',
  title: 'saegate report',
  type: 'object',
  additionalProperties: false,
  required: [
    'schema',
    'verdict',
    'createdAt',
    'tool',
    'confidence',
    'reference',
    'corpus',
    'policy',
    'baseline',
    'readouts',
    'candidates',
    'warnings',
  ],
  properties: {
    schema: { const: 'saegate/report@1' },
    verdict: { anyOf: [{ type: 'null' }, verdict], description: 'null: measured, not judged (no policy).' },
    createdAt: { type: 'string' },
    contents: {
      type: 'string',
      description:
        'The folder beside report.json with its tables and pages. Absent: before it is written, or older.',
    },
    digests: {
      enum: ['files-read'],
      description:
        'What sha256 of reference, candidates and read-outs is of: every file that was read, weights, their index, config, tokenizer. Of one file its own; of several that of the lines "HASH  NAME" in the order of names, as `sha256sum FILE… | LC_ALL=C sort -k 2 | sha256sum` prints it. Absent in older reports: of weight files alone.',
    },
    claim: claimSchema,
    asked: askedSchema,
    tool: {
      type: 'object',
      additionalProperties: false,
      required: ['name', 'version', 'engine', 'device', 'threads', 'elapsedSeconds'],
      properties: {
        name: { const: 'saegate' },
        version: { type: 'string' },
        engine: { type: 'string' },
        device: { type: 'string' },
        threads: { type: 'integer' },
        operands: {
          enum: ['float32', 'float16', 'bfloat16'],
          description: 'Number type in which the models were computed. Absent in older reports.',
        },
        accelerator: {
          type: 'object',
          additionalProperties: false,
          required: ['name', 'capability', 'driver'],
          description: 'The NVIDIA device, as its driver tells. Absent: another device, or it is not known.',
          properties: {
            name: { type: 'string' },
            capability: { type: 'string', description: 'Compute capability.' },
            driver: { type: 'string' },
            count: { type: 'integer', description: 'Devices like it that shared the text. Absent: one.' },
          },
        },
        accumulation: {
          enum: ['float32'],
          description: 'Number type in which products of operands are summed. Absent in older reports.',
        },
        emulated: {
          type: 'boolean',
          description: 'The rounding of operands was emulated on the CPU. Absent: it was not.',
        },
        engineNoise,
        streamed,
        elapsedSeconds: { type: 'number' },
      },
    },
    confidence: {
      type: 'number',
      exclusiveMinimum: 0,
      exclusiveMaximum: 1,
      description: 'Level of every interval in the report.',
    },
    looks,
    reference: {
      type: 'object',
      additionalProperties: false,
      required: ['spec', 'revision', 'family', 'parameters', 'storedAs', 'sha256'],
      properties: {
        spec: { type: 'string' },
        revision: nullableString,
        family: { type: 'string' },
        parameters: { type: 'integer' },
        storedAs: { type: 'string' },
        sha256: { type: 'string' },
        files: fileDigests,
      },
    },
    corpus: {
      type: 'object',
      additionalProperties: false,
      required: ['spec', 'tokens', 'blocks', 'blockLength', 'groups', 'bos', 'sha256'],
      properties: {
        spec: { type: 'string' },
        tokens: {
          type: 'integer',
          description: 'Positions given to the model: sequences (blocks) · blockLength.',
        },
        blocks: { type: 'integer', description: 'Sequences that the model was given.' },
        blockLength: { type: 'integer' },
        groups: {
          type: 'integer',
          description: 'Groups of consecutive sequences whose sums are kept apart, for intervals.',
        },
        resampling: {
          enum: ['half-samples'],
          description:
            'How intervals are made: from balanced half-samples of the groups. Absent: delete-one-group jackknife, as in older reports.',
        },
        degrees: {
          enum: ['shared-part'],
          description:
            'How degrees of freedom of half-samples are found: from the documents, and from the part of the error that all features share. Absent: from the documents alone, as in older reports.',
        },
        documents: {
          type: 'object',
          description:
            'Documents that the text was seen to consist of; groups end where they end. Absent: not known.',
          additionalProperties: false,
          required: ['count', 'tokens', 'by'],
          properties: {
            count: { type: 'integer' },
            tokens: {
              type: 'number',
              description: 'Length of the document in which a token finds itself on average.',
            },
            by: { enum: ['end-of-text', 'titles', 'blank-lines', 'records'] },
          },
        },
        bos: { ...nullableNumber, description: 'The prepended token id, or null.' },
        sha256: { type: 'string', description: 'Of the token ids as little-endian int32.' },
        text: corpusText,
        tokenizer: {
          type: 'string',
          description:
            'sha256 of the tokenizer file that made the ids (tokenizer.json, tokenizer.model). Absent: ids were given.',
        },
      },
    },
    policy: {
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['name', 'sha256', 'path', 'informational'],
          properties: {
            name: { type: 'string' },
            sha256: { type: 'string' },
            path: nullableString,
            informational: { type: 'boolean' },
            confidence: {
              type: 'number',
              description: 'Level of the rules’ intervals, where it is not the report’s.',
            },
            dissociation: {
              type: 'object',
              additionalProperties: false,
              required: ['perplexityDeltaPercent', 'survived'],
              description: 'Perplexity looks fine up to this change, features are gone below this fraction.',
              properties: { perplexityDeltaPercent: { type: 'number' }, survived: { type: 'number' } },
            },
            watched: watchedLists,
          },
        },
      ],
    },
    baseline: {
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['path', 'sha256', 'createdAt'],
          properties: { path: { type: 'string' }, sha256: { type: 'string' }, createdAt: { type: 'string' } },
        },
      ],
    },
    readouts: { type: 'array', items: readout },
    candidates: { type: 'array', items: candidate },
    warnings: { type: 'array', items: { type: 'string' } },
    protocol: {
      type: 'array',
      items: protocolFinding,
      description:
        'What the protocol check found, worst first. Absent: an older report, which was not checked.',
    },
    noiseFloor,
    contamination,
    notes: {
      type: 'array',
      items: { type: 'string' },
      description: 'What was asked for and found in order: the null check. Absent: nothing.',
    },
  },
} as const

export type Report = FromSchema<typeof reportSchema>
export type CandidateReport = Report['candidates'][number]
export type FeaturesReport = CandidateReport['features'][number]
export type ReadoutReport = Report['readouts'][number]
export type RuleResult = CandidateReport['rules'][number]
export type ProtocolFinding = NonNullable<Report['protocol']>[number]
export type Interval = readonly [low: number, high: number] | null
export type Verdict = 'pass' | 'fail' | 'inconclusive'
