/** @file JSON Schemas of in-toto's Statement v1 and of two predicates, written from their specifications for the tests. */

const digest = {
  type: 'object',
  required: ['sha256'],
  properties: { sha256: { type: 'string', pattern: '^[0-9a-f]{64}$' } },
}
const resource = {
  type: 'object',
  required: ['name', 'digest'],
  properties: { name: { type: 'string' }, digest },
}
const strings = { type: 'array', items: { type: 'string' } }
const PREDICATES = {
  'test-result': {
    type: 'object',
    required: ['result', 'configuration'],
    additionalProperties: false,
    properties: {
      result: { enum: ['PASSED', 'WARNED', 'FAILED'] },
      configuration: { type: 'array', minItems: 1, items: resource },
      url: { type: 'string', pattern: '^https://' },
      passedTests: strings,
      warnedTests: strings,
      failedTests: strings,
    },
  },
  svr: {
    type: 'object',
    required: ['verifier', 'timeCreated', 'properties'],
    properties: {
      verifier: {
        type: 'object',
        required: ['id'],
        properties: { id: { type: 'string', pattern: '^https://' } },
      },
      timeCreated: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z$' },
      properties: strings,
    },
  },
}
export const statementSchema = (type: keyof typeof PREDICATES) => ({
  type: 'object',
  required: ['_type', 'subject', 'predicateType', 'predicate'],
  additionalProperties: false,
  properties: {
    _type: { const: 'https://in-toto.io/Statement/v1' },
    subject: { type: 'array', minItems: 1, items: resource },
    predicateType: { const: `https://in-toto.io/attestation/${type}/v0.1` },
    predicate: PREDICATES[type],
  },
})
