/**
 * @file What an audit will hold where, by arithmetic: pure, from sizes alone. Phases follow each other (a body, the head, the SAEs), so
 * the peak is that of the largest, on top of what is there throughout.
 */

import type { AuditPlan } from '../../contract/plan/plan-schema.ts'
import type { AuditRequest } from '../../contract/request/audit-request.ts'
import { present } from '../../numbers/present.ts'
import { heldParts } from './held-parts.ts'
import { featuresPeak, keptEncoder, keptFeatures, rangesOf } from './sae-memory.ts'
import {
  type Held,
  keptProducts,
  largestRange,
  type ModelSize,
  most,
  type PlanMachine,
  type PlanSizes,
  rowBytes,
  total,
  wholeBody,
} from './sizes.ts'

/** --weights */
export type Wanted = AuditRequest['weights']

/** Node, the engine and its code, before any weight (measured: 190 MB and what the collector has not returned). */
const PROGRAM_BYTES = 400e6
/** Weights that are decoded and not yet taken over when a model is held whole: the parts it is loaded in. */
const LOADING_BYTES = 256e6

/** Decide how weights are held and say what it comes to. */
export function planMemory(sizes: PlanSizes, machine: PlanMachine, wanted: Wanted): AuditPlan {
  const saes = wanted === 'auto' ? heldSaes(sizes, machine) : wanted
  const peakResident = peakOf(sizes, machine, { saes, held: 'resident', readsAhead: false })
  const peakStreamed = peakOf(sizes, machine, { saes, held: 'stream', readsAhead: false })
  const held = wanted === 'auto' ? (peakResident <= machine.available ? 'resident' : 'stream') : wanted
  const ahead = peakOf(sizes, machine, { saes, held: 'stream', readsAhead: true })
  const readsAhead = held === 'stream' && ahead <= machine.available
  const peak = peakOf(sizes, machine, { saes, held, readsAhead })
  const waiting = Math.max(rowBytes(sizes, held), sizes.calibration?.between ?? 0)
  const spilled = Math.max(0, waiting + keptProducts(sizes) - machine.rowBudget)
  const short = shortOf(peak, spilled, machine)
  const read = bytesRead(sizes)
  return {
    schema: 'saegate/plan@1',
    fits: short === null,
    short,
    weights: {
      held,
      chosen: wanted === 'auto' ? 'auto' : 'asked',
      ranges: held === 'resident' ? 1 : present(sizes.models[0]).blocks.length + 1,
      rangeBytes: held === 'resident' ? most(sizes.models, wholeBody) : most(sizes.models, largestRange),
      readsAhead,
    },
    rounds: sizes.rounds,
    saes: { held: saes, ranges: Math.max(1, ...sizes.saes.map((sae) => rangesOf(sae, saes))) },
    memory: { available: machine.available, limitedBy: machine.limitedBy, peak, peakResident, peakStreamed },
    held: heldParts(sizes, machine, { saes, held }),
    reading: {
      bytes: read,
      bytesPerSecond: machine.bytesPerSecond,
      seconds: machine.bytesPerSecond === null ? null : read / machine.bytesPerSecond,
    },
    temporary: { ...machine.temporary, bytes: spilled },
  }
}

interface Holding extends Held {
  readonly readsAhead: boolean
}

/** Encoders are held as far as --memory goes, and where models can be streamed beside them. */
function heldSaes(sizes: PlanSizes, machine: PlanMachine): Held['saes'] {
  const least = peakOf(sizes, machine, { saes: 'resident', held: 'stream', readsAhead: false })
  const encoders = total(sizes.saes.map(({ encoder }) => encoder))
  return encoders <= machine.rowBudget && least <= machine.available ? 'resident' : 'stream'
}

function peakOf(sizes: PlanSizes, machine: PlanMachine, holding: Holding): number {
  const { models, userModels, saes, losses } = sizes
  const encoders = total(saes.map((sae) => keptEncoder(sae, holding.saes)))
  const sums = total(saes.map(keptFeatures).map(({ reference, candidates }) => reference + candidates))
  const rows = Math.min(machine.rowBudget, rowBytes(sizes, holding.held) + keptProducts(sizes))
  const throughout = PROGRAM_BYTES + encoders + rows + sums
  const head = most(models, ({ unembeddingRange }) => 2 * unembeddingRange) + losses
  const features = most(saes, (sae) => featuresPeak(sae, holding.saes))
  const users =
    most(userModels, ({ bytes }) => 2 * bytes) +
    (userModels.length === 0 ? 0 : 2 * most(models, ({ unembedding }) => unembedding))
  return (
    throughout +
    Math.max(
      most(models, (model) => bodyPeak(model, sizes, machine, holding)),
      calibrationPeak(sizes, machine),
      head,
      features,
      users,
      sizes.roundLoading,
    )
  )
}

/** The reference runs block by block, however it is held later. */
function calibrationPeak({ calibration, models }: PlanSizes, { rowBudget }: PlanMachine): number {
  const [reference] = models
  if (calibration === null || reference === undefined) return 0
  const { running, between } = calibration
  return running + Math.min(rowBudget, between) + 2 * largestRange(reference) + reference.largestTensor
}

/** While weights are loaded that the engine copies, the buffers given to it and its copies are there together. */
function bodyPeak(
  model: ModelSize,
  { lanes, calibration }: PlanSizes,
  { onDevice }: PlanMachine,
  { held, readsAhead }: Holding,
): number {
  const copies = onDevice ? 0 : lanes
  const decoding = model.largestTensor + (calibration?.making ?? 0)
  if (held === 'resident') return copies * wholeBody(model) + LOADING_BYTES + decoding
  return (onDevice ? rangesOnDevice(model, readsAhead) : rangesFed(model, copies, readsAhead)) + decoding
}

function rangesOnDevice(model: ModelSize, readsAhead: boolean): number {
  return (readsAhead ? 3 : 2) * largestRange(model)
}

/**
 * On the CPU blocks are multiplied where they were read, by all lanes (models/weight-buffers.ts): one, and the next where it is read beside it.
 * The tables that rows are taken of are constants, which every lane's engine copies.
 */
function rangesFed({ blocks, embedding }: ModelSize, lanes: number, readsAhead: boolean): number {
  const block = Math.max(0, ...blocks)
  return Math.max(block, (lanes + 1) * embedding) + (readsAhead ? block : 0)
}

function bytesRead({ models }: PlanSizes): number {
  return total(models.map(({ stored }) => stored))
}

function shortOf(peak: number, spilled: number, machine: PlanMachine): AuditPlan['short'] {
  if (peak > machine.available) return { of: 'memory', needed: peak, available: machine.available }
  const { free } = machine.temporary
  return free !== null && spilled > free ? { of: 'disk', needed: spilled, available: free } : null
}
