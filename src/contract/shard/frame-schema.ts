/**
 * @file What a report says besides what is summed over the text: which models, SAEs and tokens, how they were read, and what was seen of
 * them before anything ran. Frame and sums make a report, in one audit and over the shards of one alike.
 */
import type { FromSchema } from 'json-schema-to-ts'
import { COUNTED_POSITIONS } from '../options/positions.ts'
import { candidate } from '../report/candidate-schema.ts'
import { contamination } from '../report/compression/contamination-schema.ts'
import { nullableNumber, nullableString } from '../report/parts.ts'
import { protocolFinding } from '../report/protocol-schema.ts'
import { reportSchema } from '../report/report-schema.ts'

const { properties: ofReport } = reportSchema
const { properties: ofCandidate } = candidate
const texts = { type: 'array', items: { type: 'string' } } as const

/** How the sums are read. */
const reading = {
  type: 'object',
  additionalProperties: false,
  required: ['thresholds', 'allowBadFit', 'rescale', 'chunked', 'sliding'],
  properties: {
    thresholds: {
      type: 'object',
      additionalProperties: false,
      required: ['survived', 'damaged', 'active'],
      properties: {
        survived: { type: 'number' },
        damaged: { type: 'number' },
        active: { type: 'number' },
      },
    },
    allowBadFit: { type: 'boolean' },
    rescale: { type: 'boolean' },
    chunked: { type: 'boolean' },
    sliding: {
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['window', 'stride'],
          properties: { window: { type: 'integer' }, stride: { type: 'integer' } },
        },
      ],
    },
  },
} as const

/** A read-out as it was found; its decoder's norms are a tensor beside it. */
const place = {
  type: 'object',
  additionalProperties: false,
  required: [
    'id',
    'hook',
    'pattern',
    'sae',
    'layer',
    'width',
    'modelWidth',
    'architecture',
    'sha256',
    'center',
    'positions',
    'neuronpedia',
    'claims',
  ],
  properties: {
    id: { type: 'string' },
    hook: { type: 'string' },
    pattern: nullableString,
    sae: { type: 'string' },
    layer: { type: 'integer' },
    width: { type: 'integer' },
    modelWidth: { type: 'integer' },
    architecture: { type: 'string' },
    sha256: { type: 'string' },
    center: { type: 'boolean' },
    positions: { type: 'string', pattern: `^(?:${COUNTED_POSITIONS})$` },
    neuronpedia: nullableString,
    claims: {
      type: 'object',
      additionalProperties: false,
      required: ['l0', 'unexplained', 'model', 'contextSize'],
      properties: {
        l0: nullableNumber,
        unexplained: nullableNumber,
        model: nullableString,
        contextSize: nullableNumber,
      },
    },
  },
} as const

const candidateFrame = {
  type: 'object',
  additionalProperties: false,
  required: ['kind', 'isTurnedBack', 'name', 'spec', 'revision', 'sha256', 'compression', 'warnings'],
  properties: {
    kind: { enum: ['derived', 'stored', 'onnx'] },
    isTurnedBack: { type: 'boolean' },
    name: ofCandidate.name,
    spec: ofCandidate.spec,
    revision: ofCandidate.revision,
    sha256: ofCandidate.sha256,
    files: ofCandidate.files,
    compression: ofCandidate.compression,
    size: ofCandidate.size,
    warnings: texts,
  },
} as const

export const frameSchema = {
  type: 'object',
  additionalProperties: false,
  required: [
    'asked',
    'tool',
    'confidence',
    'reference',
    'corpus',
    'vocabulary',
    'reading',
    'findings',
    'warnings',
    'places',
    'candidates',
    'contamination',
  ],
  properties: {
    asked: ofReport.asked,
    tool: ofReport.tool,
    confidence: ofReport.confidence,
    reference: ofReport.reference,
    corpus: ofReport.corpus,
    vocabulary: { type: 'integer' },
    reading,
    findings: { type: 'array', items: protocolFinding },
    warnings: {
      type: 'object',
      additionalProperties: false,
      required: ['before', 'between', 'after'],
      description: 'Around what is said of read-outs, and around what streaming took.',
      properties: { before: texts, between: texts, after: texts },
    },
    places: { type: 'array', items: place },
    candidates: { type: 'array', items: candidateFrame },
    contamination: {
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['report', 'clean'],
          properties: {
            report: contamination,
            clean: {
              anyOf: [
                { type: 'null' },
                {
                  type: 'object',
                  additionalProperties: false,
                  required: ['groups', 'of'],
                  properties: {
                    groups: { type: 'integer' },
                    of: { type: 'array', items: { type: 'integer' } },
                  },
                },
              ],
            },
          },
        },
      ],
    },
  },
} as const

export type AuditFrame = FromSchema<typeof frameSchema>
export type CandidateFrame = AuditFrame['candidates'][number]
