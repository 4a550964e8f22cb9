/** @file What `saegate repair --format json` prints: which tensors to keep, what that costs, and what judged it. */
import { nullableNumber } from '../report/parts.ts'
import { tensorPlanSchema } from '../tensor-plan/tensor-plan-schema.ts'
import { count, whole } from './parts.ts'

export const REPAIR_SCHEMA = 'saegate/repair@1'

const names = { type: 'array', items: { type: 'string' } } as const
const verdict = { enum: ['pass', 'fail', 'inconclusive'] } as const

const plan = whole({
  units: { ...names, description: 'Tensors, blocks or kinds that are given back.' },
  extraBytes: { ...count, description: 'More than the candidate takes.' },
  bytes: { ...count, description: 'Of all target matrices.' },
  bitsPerWeight: { type: 'number', description: 'Of all target matrices, scales included.' },
  verdict: { ...verdict, description: 'On the tokens that were searched on.' },
  survived: { ...nullableNumber, description: 'The least of the read-outs.' },
  kl: nullableNumber,
})

export const repairSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'https://saegate.dev/schemas/repair.schema.json',
  title: 'saegate repair',
  ...whole({
    schema: { const: REPAIR_SCHEMA },
    reference: { type: 'string' },
    candidate: { type: 'string' },
    policy: { type: 'string' },
    by: { enum: ['tensor', 'block', 'kind'] },
    becomes: { const: 'reference' },
    tokens: whole({ search: count, judged: { anyOf: [{ type: 'null' }, count] } }),
    plansTried: count,
    exhaustive: { type: 'boolean', description: 'Every cheaper set was tried.' },
    plan,
    spec: { type: 'string', description: 'The plan as a candidate: plan:FILE.' },
    file: whole(tensorPlanSchema.properties),
    judged: {
      description: 'On tokens that the search has not seen; null: no plan passed on those that it has.',
      anyOf: [
        { type: 'null' },
        whole({
          verdict,
          survived: nullableNumber,
          kl: nullableNumber,
          failing: names,
          report: { type: 'string' },
        }),
      ],
    },
    frontier: { type: 'array', items: plan },
    exports: whole({
      llamaQuantize: names,
      llamaQuantizeUnnamed: names,
      llmCompressor: whole({ ignore: names, config_groups: { type: 'object', maxProperties: 0 } }),
      gptqModel: whole({ dynamic: { type: 'object', additionalProperties: { type: 'object' } } }),
      autoRound: whole({
        layer_config: {
          type: 'object',
          additionalProperties: whole({ bits: count, data_type: { type: 'string' } }),
        },
      }),
    }),
    notes: names,
  }),
} as const
