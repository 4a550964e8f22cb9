/**
 * @file What an audit will hold where, by arithmetic: pure, from sizes alone. Phases follow each other (a body, the head, the SAEs), so
 * the peak is that of the largest, on top of what is there throughout.
 */

import type { AuditPlan, HeldPart } from '../../contract/plan/plan-schema.ts'
import type { AuditRequest } from '../../contract/request/audit-request.ts'
import { present } from '../../numbers/present.ts'
import type { CalibrationSize } from './calibration-plan.ts'

/** One model whose body is loaded. Bytes. */
export interface ModelSize {
  readonly name: string
  /** Blocks as they are multiplied (float32 on the CPU), each. */
  readonly blocks: readonly number[]
  /** The embedding as it is stored: rows are only taken from it. */
  readonly embedding: number
  /** The largest tensor, decoded: read before it is cut and widened. */
  readonly largestTensor: number
  /** The unembedding as it is multiplied, and what of it is in memory at once. */
  readonly unembedding: number
  readonly unembeddingRange: number
  /** Bytes of the files that are read for one forward pass, and for the head. */
  readonly stored: number
}

/** A user's ONNX model, held whole by the engine. */
export interface UserModelSize {
  readonly name: string
  readonly bytes: number
}

export interface SaeSize {
  readonly id: string
  readonly features: number
  /** The encoder in float32. */
  readonly encoder: number
  /** Of a range of features, where the encoder is streamed; all of it where features fire by the row. */
  readonly range: number
  /** Features that are encoded at a time. */
  readonly tile: number
  /** Copies of a range that run side by side. */
  readonly copies: number
  /** The reference's sums over tokens, by token group. */
  readonly sums: number
}

/** Rows of activations in float32 or as they are stored, by what they are for. */
export interface RowsSize {
  /** Of one model: hooks and final states. */
  readonly perModel: number
  /** Between two ranges of a streamed model. */
  readonly between: number
  /** Models whose rows are held together. */
  readonly models: number
}

export interface PlanSizes {
  readonly models: readonly ModelSize[]
  readonly userModels: readonly UserModelSize[]
  readonly saes: readonly SaeSize[]
  readonly rows: RowsSize
  /** Null: nothing is calibrated. */
  readonly calibration: CalibrationSize | null
  /** Losses per token while the vocabulary is gone through. */
  readonly losses: number
  /** Copies of weights that run side by side. */
  readonly lanes: number
  /** How candidates are measured beside the reference. */
  readonly rounds: AuditPlan['rounds']
  /** While a round in one graph is loaded; 0: rounds go stage by stage. */
  readonly roundLoading: number
}

export interface PlanMachine {
  readonly available: number
  readonly limitedBy: 'machine' | 'container'
  /** --memory */
  readonly rowBudget: number
  readonly onDevice: boolean
  readonly temporary: { readonly folder: string; readonly free: number | null }
  readonly bytesPerSecond: number | null
}

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
    held: parts(sizes, machine, { saes, held }),
    reading: {
      bytes: read,
      bytesPerSecond: machine.bytesPerSecond,
      seconds: machine.bytesPerSecond === null ? null : read / machine.bytesPerSecond,
    },
    temporary: { ...machine.temporary, bytes: spilled },
  }
}

/** Where SAEs and models are, all of it in memory or a range at a time. */
interface Held {
  readonly saes: 'resident' | 'stream'
  readonly held: 'resident' | 'stream'
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

const rangesOf = ({ encoder, range }: SaeSize, held: Held['saes']): number =>
  held === 'resident' ? 1 : Math.ceil(encoder / range)

/** What of an encoder is in memory throughout: one of a single range stays. */
const keptOf = (sae: SaeSize, held: Held['saes']): number => (rangesOf(sae, held) === 1 ? sae.encoder : 0)

/**
 * What a pass takes beside: a range as it is read and as tiles, and the engine's copies; for the fit as much of the dictionary's other
 * matrix.
 */
function featuresPeak(sae: SaeSize, held: Held['saes']): number {
  const range = held === 'resident' ? sae.encoder : sae.range
  const read = keptOf(sae, held) === 0 ? range : 0
  return read + range * Math.max(4, 1 + sae.copies)
}

const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
const most = <T>(items: readonly T[], of: (item: T) => number): number => Math.max(0, ...items.map(of))

const wholeBody = ({ blocks, embedding }: ModelSize): number => total(blocks) + embedding
const largestRange = ({ blocks, embedding }: ModelSize): number => Math.max(embedding, ...blocks)

function rowBytes({ rows }: PlanSizes, held: Holding['held']): number {
  return rows.perModel * rows.models + (held === 'stream' ? rows.between : 0)
}

/** They are there before any row, and stay. */
const keptProducts = ({ calibration }: PlanSizes): number => calibration?.kept ?? 0

function peakOf(sizes: PlanSizes, machine: PlanMachine, holding: Holding): number {
  const { models, userModels, saes, losses } = sizes
  const encoders = total(saes.map((sae) => keptOf(sae, holding.saes)))
  const rows = Math.min(machine.rowBudget, rowBytes(sizes, holding.held) + keptProducts(sizes))
  const throughout = PROGRAM_BYTES + encoders + rows + total(saes.map(({ sums }) => sums))
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

/** While a range is loaded the buffers given to the engine and its copies are there together. */
function bodyPeak(
  model: ModelSize,
  { lanes, calibration }: PlanSizes,
  { onDevice }: PlanMachine,
  { held, readsAhead }: Holding,
): number {
  const copies = onDevice ? 0 : lanes
  const decoding = model.largestTensor + (calibration?.making ?? 0)
  if (held === 'resident') return copies * wholeBody(model) + LOADING_BYTES + decoding
  const range = largestRange(model)
  return (Math.max(1, copies) + 1) * range + (readsAhead ? range : 0) + decoding
}

function bytesRead({ models }: PlanSizes): number {
  return total(models.map(({ stored }) => stored))
}

function shortOf(peak: number, spilled: number, machine: PlanMachine): AuditPlan['short'] {
  if (peak > machine.available) return { of: 'memory', needed: peak, available: machine.available }
  const { free } = machine.temporary
  return free !== null && spilled > free ? { of: 'disk', needed: spilled, available: free } : null
}

function parts(
  sizes: PlanSizes,
  { rowBudget, onDevice }: PlanMachine,
  { saes: ofEncoders, held }: Held,
): HeldPart[] {
  const { models, userModels, saes, rows } = sizes
  const place = onDevice ? 'device' : 'memory'
  const ofModels = models.map((model): HeldPart => {
    const count = model.blocks.length
    return held === 'resident'
      ? {
          what: `${model.name}: weights`,
          bytes: wholeBody(model),
          where: place,
          detail: `all ${count} blocks and the embedding`,
        }
      : {
          what: `${model.name}: weights`,
          bytes: largestRange(model),
          where: place,
          detail: `one of ${count + 1} ranges at a time, ${count} blocks and the embedding`,
        }
  })
  const unembeddings = models
    .filter(({ unembedding }) => unembedding > 0)
    .map(({ name, unembedding, unembeddingRange }): HeldPart => {
      const ranges = Math.ceil(unembedding / unembeddingRange)
      return {
        what: `${name}: unembedding`,
        bytes: unembeddingRange,
        where: place,
        detail: ranges === 1 ? 'whole' : `one of ${ranges} ranges of the vocabulary at a time`,
      }
    })
  const ofSaes = saes.map((sae): HeldPart => {
    const ranges = rangesOf(sae, ofEncoders)
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
  const ofSums = saes.map(
    ({ id, sums }): HeldPart => ({ what: `SAE ${id}: sums`, bytes: sums, where: 'memory' }),
  )
  const ofUsers = userModels.map(
    ({ name, bytes }): HeldPart => ({ what: `${name}: ONNX model`, bytes, where: place }),
  )
  const kept = calibrationParts(sizes, rowBudget)
  const all = rowBytes(sizes, held)
  const inMemory = Math.min(all, Math.max(0, rowBudget - keptProducts(sizes)))
  const detail = `of ${rows.models} models${held === 'stream' ? ', and the residual stream between ranges' : ''}`
  const ofRows: HeldPart[] = [
    ...(inMemory > 0 ? [{ what: 'activations', bytes: inMemory, where: 'memory', detail } as const] : []),
    ...(all > inMemory
      ? [{ what: 'activations', bytes: all - inMemory, where: 'temporary file', detail } as const]
      : []),
  ]
  return [...ofModels, ...unembeddings, ...ofUsers, ...ofSaes, ...ofSums, ...kept, ...ofRows]
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
