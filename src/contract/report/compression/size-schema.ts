/** @file What a model's tensors take, in report.json: all that the decoder reads, each once. */

const part = {
  type: 'object',
  additionalProperties: false,
  required: ['parameters', 'bytes'],
  properties: { parameters: { type: 'integer' }, bytes: { type: 'number' } },
} as const

export const size = {
  type: 'object',
  additionalProperties: false,
  required: ['parameters', 'bytes', 'counted', 'embeddings', 'head'],
  description:
    'Of all tensors that the model is run with. Absent: they cannot be counted (a user’s ONNX model, weights changed as TransformerLens holds them), or an older report.',
  properties: {
    parameters: { type: 'integer' },
    bytes: {
      type: 'number',
      description:
        'With what decodes them (scales, zero points). 8 · bytes / parameters are the effective bits.',
    },
    counted: {
      enum: ['stored', 'by its bits'],
      description:
        'As they lie in the files, or, of weights that are compressed on the way, what the compression’s bits come to.',
    },
    embeddings: { ...part, description: 'Of them: token and position embeddings.' },
    head: { ...part, description: 'Of them: the unembedding; nothing where it is the embedding.' },
  },
} as const
