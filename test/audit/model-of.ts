/** @file A random model as an audit has it. */
import type { Model } from '../../src/audit/subjects/model.ts'
import { storedPlan } from '../../src/compression/tensor-plan.ts'
import { describeDecoder } from '../../src/models/families/index.ts'
import { type RandomModel, tableOf } from '../oracle/random-model.ts'

export function modelOf({ config, tensors }: RandomModel, length: number): Model {
  const table = tableOf(tensors)
  return {
    name: 'random',
    decoder: describeDecoder(config, length, new Set(tensors.keys())),
    plan: storedPlan({ name: 'random', table }),
    tensors: table,
    remainder: null,
    unpackFrom: null,
    activations: new Map(),
    basis: null,
    warnings: [],
  }
}
