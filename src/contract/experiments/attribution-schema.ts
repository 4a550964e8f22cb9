/** @file What `saegate attribute --format json` prints: which tensors of a candidate damage which features. */
import { attribution } from '../report/compression/attribution-schema.ts'
import { confidence, fraction, whole } from './parts.ts'

export const ATTRIBUTION_SCHEMA = 'saegate/attribution@1'

export const attributionSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://saegate.dev/schemas/attribution.schema.json',
  title: 'saegate attribute',
  ...whole({
    schema: { const: ATTRIBUTION_SCHEMA },
    path: { type: 'string', description: 'The report that it is of.' },
    reference: { type: 'string' },
    candidate: { type: 'string' },
    spec: { type: 'string', description: 'As the candidate was named.' },
    thresholds: whole({ survived: fraction, damaged: fraction, active: fraction }),
    confidence,
    ...attribution.properties,
  }),
} as const
