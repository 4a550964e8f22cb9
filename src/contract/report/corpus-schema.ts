/** @file What the report says of the text behind the token ids: enough to tell why two audits read other ids. */
import { nullableString } from './parts.ts'

export const corpusText = {
  type: 'object',
  description: 'The text that was read. Absent: token ids were given, or an older report.',
  additionalProperties: false,
  required: ['sha256', 'unordered', 'records', 'revision', 'files'],
  properties: {
    sha256: {
      type: 'string',
      description:
        'Of the text as it went to the tokenizer, in order: a file whole, of records those that were read.',
    },
    unordered: {
      type: 'string',
      description: 'The same whatever the order of the records: the sum of their digests.',
    },
    records: {
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          additionalProperties: false,
          required: ['field', 'read', 'without', 'subset', 'seed'],
          properties: {
            field: { type: 'string' },
            read: { type: 'integer', description: 'Records that were read.' },
            without: {
              type: 'integer',
              description: 'Of these, records that have no such field, or null there: left out.',
            },
            subset: {
              anyOf: [{ type: 'null' }, { type: 'integer' }],
              description: 'Drawn at random; null: in order.',
            },
            seed: { type: 'integer' },
          },
        },
      ],
      description: 'null: a text file.',
    },
    revision: {
      ...nullableString,
      description: 'Commit on the Hub; null: files of this machine, or several sources.',
    },
    files: {
      type: 'array',
      maxItems: 20_000,
      items: { type: 'string' },
      description: 'Files that were read from, in order.',
    },
  },
} as const
