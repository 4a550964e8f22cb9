/** @file What of a report tells how its models were run range by range, where they were not whole in memory. */

export const streamed = {
  type: 'object',
  additionalProperties: false,
  required: ['ranges', 'rowBytes', 'secondsWaited', 'seconds', 'bytesRead'],
  description:
    'Models were run one range of blocks at a time, over all models of the audit. Absent: each was whole in memory, or the report is older.',
  properties: {
    ranges: { type: 'integer', description: 'Of the model that was cut into most, its embedding included.' },
    rowBytes: {
      type: 'object',
      additionalProperties: false,
      required: ['memory', 'file'],
      description: 'Of the residual stream that waited between two ranges, at once, by where it waited.',
      properties: { memory: { type: 'number' }, file: { type: 'number' } },
    },
    seconds: { type: 'number', description: 'That models took range by range, waiting included.' },
    secondsWaited: {
      type: 'number',
      description: 'Of these, in which the weights of a range were read and unpacked and nothing ran.',
    },
    bytesRead: { type: 'number', description: 'Of weights, as they are stored.' },
    rowError: {
      type: 'number',
      description:
        '‖x − stored x‖ / ‖x‖ over all rows that waited. Absent: they waited in float32 (--stream-rows full).',
    },
  },
} as const
