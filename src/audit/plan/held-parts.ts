/** @file What a plan lists: each part of an audit, what it takes, and where it is. */

import type { HeldPart } from '../../contract/plan/plan-schema.ts'
import { keptFeatures, rangesOf, waitingOf } from './sae-memory.ts'
import {
  type Held,
  keptProducts,
  largestRange,
  type PlanMachine,
  type PlanSizes,
  rowBytes,
  wholeBody,
} from './sizes.ts'

/** All that is held, the models first. */
export function heldParts(sizes: PlanSizes, machine: PlanMachine, holding: Held): HeldPart[] {
  const place = machine.onDevice ? 'device' : 'memory'
  return [
    ...modelParts(sizes, place, holding),
    ...unembeddingParts(sizes, place),
    ...userParts(sizes, place),
    ...saeParts(sizes, holding),
    ...calibrationParts(sizes, machine.rowBudget),
    ...rowParts(sizes, machine, holding),
  ]
}

function modelParts({ models }: PlanSizes, where: HeldPart['where'], { held }: Held): readonly HeldPart[] {
  return models.map((model) => {
    const count = model.blocks.length
    const what = `${model.name}: weights`
    return held === 'resident'
      ? { what, bytes: wholeBody(model), where, detail: `all ${count} blocks and the embedding` }
      : {
          what,
          bytes: largestRange(model),
          where,
          detail: `one of ${count + 1} ranges at a time, ${count} blocks and the embedding`,
        }
  })
}

function unembeddingParts({ models }: PlanSizes, where: HeldPart['where']): readonly HeldPart[] {
  return models
    .filter(({ unembedding }) => unembedding > 0)
    .map(({ name, unembedding, unembeddingRange }) => {
      const ranges = Math.ceil(unembedding / unembeddingRange)
      return {
        what: `${name}: unembedding`,
        bytes: unembeddingRange,
        where,
        detail: ranges === 1 ? 'whole' : `one of ${ranges} ranges of the vocabulary at a time`,
      }
    })
}

function userParts({ userModels }: PlanSizes, where: HeldPart['where']): readonly HeldPart[] {
  return userModels.map(({ name, bytes }) => ({ what: `${name}: ONNX model`, bytes, where }))
}

function saeParts({ saes }: PlanSizes, holding: Held): readonly HeldPart[] {
  const encoders = saes.map((sae): HeldPart => {
    const ranges = rangesOf(sae, holding.saes)
    const detail = `encodes ${sae.tile} features at a time`
    return {
      what: `SAE ${sae.id}`,
      bytes: ranges === 1 ? sae.encoder : sae.range,
      where: 'memory',
      detail:
        ranges === 1
          ? detail
          : `one of ${ranges} ranges of its ${sae.features} features at a time; ${detail}`,
    }
  })
  const sums = saes.map((sae): HeldPart => {
    const { reference, candidates } = keptFeatures(sae)
    return {
      what: `SAE ${sae.id}: sums`,
      bytes: reference + candidates,
      where: 'memory',
      detail: `of the reference over ${sae.features} features, of ${sae.candidates} candidates over ${sae.summed === 'every' ? 'all of them, as in every shard' : `about ${sae.active} that are active`}`,
    }
  })
  const waiting = saes
    .map((sae) => ({ sae, bytes: waitingOf(sae, holding.saes) }))
    .filter(({ bytes }) => bytes > 0)
    .map(
      ({ sae, bytes }): HeldPart => ({
        what: `SAE ${sae.id}: winners`,
        bytes,
        where: 'memory',
        detail: 'what fires of each row so far, between two ranges of its features',
      }),
    )
  return [...encoders, ...waiting, ...sums]
}

function rowParts(sizes: PlanSizes, { rowBudget }: PlanMachine, { held }: Held): readonly HeldPart[] {
  const all = rowBytes(sizes, held)
  const inMemory = Math.min(all, Math.max(0, rowBudget - keptProducts(sizes)))
  const detail = `of ${sizes.rows.models} models${held === 'stream' ? ', and the residual stream between ranges' : ''}`
  const part = (bytes: number, where: HeldPart['where']): readonly HeldPart[] =>
    bytes > 0 ? [{ what: 'activations', bytes, where, detail }] : []
  return [...part(inMemory, 'memory'), ...part(all - inMemory, 'temporary file')]
}

function calibrationParts({ calibration }: PlanSizes, rowBudget: number): readonly HeldPart[] {
  if (calibration === null) return []
  const { running, kept, making } = calibration
  const inFile = Math.max(0, kept - rowBudget)
  const part = (bytes: number, where: HeldPart['where'], detail: string): readonly HeldPart[] =>
    bytes > 0 ? [{ what: 'calibration', bytes, where, detail }] : []
  const products = 'products of the inputs of target matrices, of all blocks'
  return [
    ...part(running, 'memory', 'sums over inputs of the block that runs, before anything else is run'),
    ...part(kept - inFile, 'memory', products),
    ...part(inFile, 'temporary file', products),
    ...part(making, 'memory', 'the factor and the errors of the weight that is made, one at a time'),
  ]
}
