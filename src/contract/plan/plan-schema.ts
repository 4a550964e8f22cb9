/** @file What `saegate plan --format json` prints: what an audit will hold where. The one source of its type and its check. */
import type { FromSchema } from 'json-schema-to-ts'

const bytes = (description: string) => ({ type: 'number', minimum: 0, description }) as const

const held = {
  type: 'object',
  additionalProperties: false,
  required: ['what', 'bytes', 'where'],
  properties: {
    what: { type: 'string' },
    bytes: bytes('At once.'),
    where: { enum: ['memory', 'temporary file', 'device'] },
    detail: { type: 'string' },
  },
} as const

export const planSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://saegate.dev/schemas/plan.schema.json',
  title: 'saegate plan',
  type: 'object',
  additionalProperties: false,
  required: [
    'schema',
    'fits',
    'short',
    'weights',
    'saes',
    'rounds',
    'memory',
    'held',
    'reading',
    'temporary',
  ],
  properties: {
    schema: { const: 'saegate/plan@1' },
    fits: { type: 'boolean' },
    short: {
      description: 'What there is too little of; null: of nothing.',
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['of', 'needed', 'available'],
          properties: {
            of: { enum: ['memory', 'disk'] },
            needed: bytes('Bytes that the audit takes.'),
            available: bytes('Bytes that there are.'),
          },
        },
      ],
    },
    weights: {
      type: 'object',
      additionalProperties: false,
      required: ['held', 'chosen', 'ranges', 'rangeBytes', 'readsAhead'],
      properties: {
        held: { enum: ['resident', 'stream'] },
        chosen: { enum: ['auto', 'asked'], description: 'By memory, or by --weights.' },
        ranges: { type: 'integer', description: 'Parts of the reference that are in memory one at a time.' },
        rangeBytes: bytes('Weights of the largest of them, as they are multiplied.'),
        readsAhead: { type: 'boolean', description: 'A range is read while the one before it runs.' },
      },
    },
    saes: {
      type: 'object',
      additionalProperties: false,
      required: ['held', 'ranges'],
      properties: {
        held: {
          enum: ['resident', 'stream'],
          description: 'Encoders whole, or a range of features at a time.',
        },
        ranges: { type: 'integer', description: 'Of the SAE with most of them.' },
      },
    },
    rounds: {
      type: 'object',
      additionalProperties: false,
      required: ['inOneGraph', 'why', 'candidates', 'onDevice', 'deviceFree'],
      properties: {
        inOneGraph: {
          type: 'boolean',
          description:
            'The models of a round with their head and the SAEs in one graph; else stage by stage over stored activations.',
        },
        why: {
          type: 'string',
          description: 'Why not, or that it was asked for; empty: nothing speaks against it.',
        },
        candidates: { type: 'integer', description: 'Measured at once beside the reference, at most.' },
        onDevice: bytes('Of the device, where it is one graph; 0: it is not.'),
        deviceFree: {
          anyOf: [{ type: 'null' }, { type: 'number' }],
          description: 'Bytes of the device; null: not known.',
        },
      },
    },
    memory: {
      type: 'object',
      additionalProperties: false,
      required: ['available', 'limitedBy', 'peak', 'peakResident', 'peakStreamed'],
      properties: {
        available: bytes('What this process may take now.'),
        limitedBy: { enum: ['machine', 'container'] },
        peak: bytes('What the audit takes at most, by this plan.'),
        peakResident: bytes('With every model whole.'),
        peakStreamed: bytes('With one block at a time.'),
      },
    },
    held: { type: 'array', items: held },
    reading: {
      type: 'object',
      additionalProperties: false,
      required: ['bytes', 'bytesPerSecond', 'seconds'],
      properties: {
        bytes: bytes('Weights that are read from files, every time they are.'),
        bytesPerSecond: {
          anyOf: [{ type: 'null' }, { type: 'number' }],
          description: 'Of the reference’s file, measured; null: it is too small to tell.',
        },
        seconds: { anyOf: [{ type: 'null' }, { type: 'number' }] },
      },
    },
    time: {
      type: 'object',
      description: 'How long it takes. Absent: nobody measured the rate (the start of an audit).',
      additionalProperties: false,
      required: ['operationsPerSecond', 'stages', 'seconds'],
      properties: {
        operationsPerSecond: {
          type: 'number',
          description:
            'Floating-point operations per second of float32 products, measured now on this device.',
        },
        stages: {
          type: 'array',
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['stage', 'operations', 'seconds'],
            properties: {
              stage: { type: 'string' },
              operations: { type: 'number', description: 'Floating-point operations, over all models.' },
              seconds: { type: 'number' },
            },
          },
        },
        seconds: { type: 'number', description: 'All of it, reading included where it is waited for.' },
      },
    },
    looks: {
      type: 'array',
      items: { type: 'integer' },
      description:
        'Tokens after which the audit may stop, the whole text last (--until-decided). Absent: it is measured at once.',
    },
    policy: {
      type: 'object',
      description:
        'Which rules the tokens of the baseline decided, and what the others take. Absent: no policy or no baseline was given.',
      additionalProperties: false,
      required: ['tokens', 'decided', 'undecided'],
      properties: {
        tokens: { type: 'integer', description: 'Of the baseline.' },
        decided: { type: 'integer', description: 'Rules of all its candidates that passed or failed.' },
        undecided: {
          type: 'array',
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['candidate', 'rule', 'advice'],
            properties: {
              candidate: { type: 'string' },
              rule: { type: 'string' },
              advice: { type: 'string' },
            },
          },
        },
      },
    },
    temporary: {
      type: 'object',
      additionalProperties: false,
      required: ['folder', 'bytes', 'free'],
      properties: {
        folder: { type: 'string' },
        bytes: bytes('Rows that do not fit into --memory.'),
        free: { anyOf: [{ type: 'null' }, { type: 'number' }], description: 'null: not known.' },
      },
    },
  },
} as const

export type AuditPlan = FromSchema<typeof planSchema>
export type HeldPart = AuditPlan['held'][number]
