/** @file What streaming came to, as an entry of the cache says it: a resumed audit then tells what the whole one did. */
import type { FromSchema } from 'json-schema-to-ts'
import type { StreamTally } from '../machine/stream-tally.ts'

const number = { type: 'number' } as const

export const tallySchema = {
  type: 'object',
  additionalProperties: false,
  required: ['ranges', 'rowBytes', 'secondsWaited', 'secondsStreamed', 'bytesRead', 'rounding'],
  properties: {
    ranges: number,
    rowBytes: {
      type: 'object',
      additionalProperties: false,
      required: ['memory', 'file'],
      properties: { memory: number, file: number },
    },
    secondsWaited: number,
    secondsStreamed: number,
    bytesRead: number,
    rounding: {
      type: 'object',
      additionalProperties: false,
      required: ['error', 'size'],
      properties: { error: number, size: number },
    },
  },
} as const

export type KeptTally = FromSchema<typeof tallySchema>

export const keptTally = ({ rowBytes, rounding, ...rest }: StreamTally): KeptTally => ({
  ...rest,
  rowBytes: { ...rowBytes },
  rounding: { ...rounding },
})
