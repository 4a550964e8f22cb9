/** @file A plan of tensors as a file, which is a candidate (`plan:FILE`): a candidate with some of its tensors as something else. */
import type { FromSchema } from 'json-schema-to-ts'

export const TENSOR_PLAN_SCHEMA = 'saegate/tensor-plan@1'

/** What the reference stores. */
export const AS_REFERENCE = 'reference'

export const tensorPlanSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://saegate.dev/schemas/tensor-plan.schema.json',
  title: 'saegate plan of tensors (plan:FILE)',
  type: 'object',
  additionalProperties: false,
  required: ['schema', 'base', 'tensors'],
  properties: {
    schema: { const: TENSOR_PLAN_SCHEMA },
    base: {
      type: 'string',
      minLength: 1,
      maxLength: 4096,
      description:
        'The candidate that every other tensor comes from: rtn:4, a folder, a GGUF file, hf:owner/name.',
    },
    tensors: {
      type: 'object',
      maxProperties: 100_000,
      propertyNames: { maxLength: 1000 },
      additionalProperties: { type: 'string', minLength: 1, maxLength: 100 },
      description:
        'Target tensor, by its name in the reference, and what it becomes: `reference` as it is stored there, or a rounding of that (rtn:8).',
    },
  },
} as const

export type TensorPlanFile = FromSchema<typeof tensorPlanSchema>

/** How a candidate is named that a plan makes. */
export const PLAN_PREFIX = 'plan:'
