/** @file The plan of an audit whose subjects are opened: their sizes, this machine, and what memory-plan.ts makes of both. */

import { statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import type { InputFigure } from '../../compression/calibrated/statistics.ts'
import type { AuditConfig } from '../../contract/options/audit-config.ts'
import type { AuditPlan } from '../../contract/plan/plan-schema.ts'
import {
  blockBytes,
  blockRange,
  bodyBytes,
  bodyUpTo,
  hookWidth,
  wholeBody,
} from '../../models/body-program.ts'
import { rowWidth } from '../../models/graph/beside/row-layout.ts'
import { allRefs } from '../../models/weight-reader.ts'
import { present } from '../../numbers/present.ts'
import type { ChosenDevice } from '../../onnx/devices/device.ts'
import type { Device } from '../../onnx/sessions/session.ts'
import type { TensorEntry } from '../../tensors/tensor.ts'
import { calibratedFigures } from '../calibration/calibrate.ts'
import { rowBytes } from '../capture/half-rows.ts'
import { runTokens } from '../capture/stream-body.ts'
import { hasTiles } from '../capture/unembedding.ts'
import { encoderLoad, encoderPlace } from '../encoding/encoder-runs.ts'
import { rowTile } from '../encoding/row-features.ts'
import { waitingBytes } from '../encoding/row-winners.ts'
import { FIT_ROWS } from '../features/fit-sample.ts'
import { headRangeBytes } from '../machine/device-memory.ts'
import { memoryRoom } from '../machine/memory-room.ts'
import { runSize } from '../machine/run-size.ts'
import { shareThreads } from '../machine/share-threads.ts'
import { stageCost } from '../machine/stage-cost.ts'
import { noiseSequences } from '../noise/engine-noise.ts'
import type { Subjects } from '../open-subjects.ts'
import { replacedBytes } from '../rebuilt/loss-recovered.ts'
import { hooksOf, type OpenedReadout, type Readout } from '../run/readout.ts'
import { MOST_PER_ROUND, wantsLosses } from '../run/run.ts'
import type { Candidate, CompiledCandidate } from '../subjects/candidate.ts'
import type { Model } from '../subjects/model.ts'
import { haveSameEmbedding, haveSameUnembedding } from '../subjects/same/sources.ts'
import type { AuditTokens } from '../text/tokens.ts'
import { calibrationSize, type InputsPass } from './calibration-plan.ts'
import { freeBytes, readingRate } from './disk.ts'
import { planMemory } from './memory-plan.ts'
import { askedRounds, needsRows, planRoundsHeld, type RoundSizes } from './round-plan.ts'
import { activeOf, type SaeSize, type Summed } from './sae-memory.ts'
import type { ModelSize, PlanMachine, PlanSizes, RowsSize } from './sizes.ts'

/** What is measured, and over which features candidates are summed. */
export interface PlannedSubjects extends Subjects {
  readonly summed: Summed
}

/** Say what the audit will hold where; reads a few megabytes to learn how quick the disk is. */
export async function planAudit(
  config: AuditConfig,
  subjects: PlannedSubjects,
  { device, nvidia }: ChosenDevice,
): Promise<AuditPlan> {
  const room = memoryRoom()
  const sizes = sizesOf(config, subjects, { device, nvidia }, room.bytes)
  const machine: PlanMachine = {
    available: room.bytes,
    limitedBy: room.limitedBy,
    rowBudget: config.memoryBytes,
    onDevice: device.kind !== 'cpu',
    temporary: { folder: tmpdir(), free: await freeBytes(tmpdir()) },
    bytesPerSecond: await readingRate(subjects.files),
  }
  return planMemory(sizes, machine, config.weights)
}

function sizesOf(
  config: AuditConfig,
  { reference, readouts, candidates, tokens, calibrationText, summed }: PlannedSubjects,
  { device, nvidia }: ChosenDevice,
  available: number,
): PlanSizes {
  const headBytes = headRangeBytes(device, nvidia, available)
  const size = (model: Model, name: string): ModelSize =>
    modelSize(config, { model, name, readouts, headBytes }, device)
  const own = size(reference, 'reference')
  const compiled = candidates.flatMap((one) => (one.kind === 'onnx' ? [] : [one]))
  const models = [
    own,
    ...(config.nullCheck ? [{ ...own, name: 'null check' }] : []),
    // A derived model is made of what the reference's file holds.
    ...compiled.map(({ kind, name, model }) => (kind === 'derived' ? { ...own, name } : size(model, name))),
  ]
  const userModels = candidates.flatMap((one) =>
    one.kind === 'onnx' ? [{ name: one.name, bytes: userBytes(one) }] : [],
  )
  const together = 1 + Math.max(Math.min(MOST_PER_ROUND, compiled.length), Math.min(1, userModels.length))
  const measured = { device, summed, candidates: candidates.length + (config.nullCheck ? 1 : 0) }
  const saes = readouts.map((readout) => saeSize(readout, tokens, { ...measured, together }))
  const { rounds, loading: roundLoading } = planRoundsHeld(
    roundSizes(reference, { own, compiled, sizes: models.slice(models.length - compiled.length) }, saes),
    {
      kind: device.kind,
      deviceFree: nvidia === null || nvidia.freeMemory === 0 ? null : nvidia.freeMemory,
      available,
      devices: 1 + (device.peers?.length ?? 0),
      asked: askedRounds(process.env.SAEGATE_ROUNDS),
    },
    needsRows(config, { reference, readouts, candidates }, { device, nvidia }),
  )
  const scored = tokens.chunked.scored.rows.length
  const operations = stageCost.body(reference.decoder, tokens.chunked.plan.rows, tokens.longest)
  const lanes = shareThreads(device, { weightBytes: bodyBytes(reference.decoder), operations })
  return {
    models,
    userModels,
    saes,
    rounds,
    roundLoading,
    rows: rowsSize(config, { reference, readouts, tokens }, { models: together, device, rounds }),
    calibration: calibrationSize(
      reference.decoder,
      inputPasses(config, { candidates, tokens, calibrationText }),
    ),
    // Four float64 sums of the reference, six of every candidate.
    losses: wantsLosses(config) ? 8 * scored * (4 + 6 * (together - 1)) : 0,
    lanes: lanes.count,
  }
}

function inputPasses(
  { diagnose = false }: AuditConfig,
  { candidates, tokens, calibrationText }: Pick<Subjects, 'candidates' | 'tokens' | 'calibrationText'>,
): readonly InputsPass[] {
  const over = (figures: readonly InputFigure[], of: AuditTokens): InputsPass => ({
    figures,
    rows: runTokens(of.chunked.plan),
  })
  return [
    ...(calibrationText === null ? [] : [over(calibratedFigures(candidates), calibrationText.tokens)]),
    ...(diagnose ? [over(['products'], tokens)] : []),
  ]
}

/** The reference's size, and those of the candidates that are run from their weights. */
interface CompiledSizes {
  readonly own: ModelSize
  readonly compiled: readonly CompiledCandidate[]
  readonly sizes: readonly ModelSize[]
}

/** What models share by their plans is held once; what they share by its numbers is only known once both are read. */
function roundSizes(
  reference: Model,
  { own, compiled, sizes }: CompiledSizes,
  saes: readonly SaeSize[],
): RoundSizes {
  const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0)
  const body = ({ blocks, embedding }: ModelSize): number => total(blocks) + embedding
  return {
    reference: body(own),
    candidates: sizes.map((size, c) => {
      const isShared = haveSameEmbedding(reference, present(compiled[c]).model)
      return body(size) - (isShared ? size.embedding : 0)
    }),
    unembeddings:
      own.unembedding * (compiled.every(({ model }) => haveSameUnembedding(reference, model)) ? 1 : 2),
    encoders: total(saes.map(({ encoder }) => encoder)),
  }
}

/** Models that read-outs are measured in, and how many of them at once, the reference among them. */
interface MeasuredModels {
  readonly device: Device
  readonly summed: Summed
  readonly candidates: number
  readonly together: number
}

function saeSize(
  { id, encoder, dictionary }: OpenedReadout,
  { groupStarts, chunked }: AuditTokens,
  { device, summed, candidates, together }: MeasuredModels,
): SaeSize {
  const { d_in, bias, rangeFeatures: range, activatesBy } = encoder
  const features = bias.length
  const { rows } = chunked.plan
  const { isGiven, lanes } = encoderPlace(device, encoder, encoderLoad(encoder, range, rows))
  const size = runSize(lanes.device)
  const tile = Math.min(features, rowTile(activatesBy, size))
  return {
    id,
    features,
    summed,
    active: activeOf(features),
    encoder: 4 * d_in * features,
    range: 4 * d_in * range,
    column: 4 * d_in,
    row: 4 * dictionary.b_dec.length,
    isGiven,
    waiting: activatesBy === 'feature' ? null : waitingBytes(activatesBy, rows, together),
    tile,
    preActivations: device.kind === 'cpu' ? 4 * size.featureRows * tile : 0,
    copies: lanes.count,
    tokenGroups: groupStarts.length - 1,
    candidates,
  }
}

function userBytes({ user }: Extract<Candidate, { kind: 'onnx' }>): number {
  return [user.path, ...user.data.map(({ path }) => path)].reduce((sum, path) => sum + statSync(path).size, 0)
}

const elements = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1)

interface Sized {
  readonly model: Model
  readonly name: string
  readonly readouts: readonly Readout[]
  readonly headBytes: number
}

function modelSize(
  config: AuditConfig,
  { model, name, readouts, headBytes }: Sized,
  { kind, bodyType }: Device,
): ModelSize {
  const { decoder, tensors } = model
  const { spec, weights } = decoder
  const each = kind === 'cpu' || bodyType === 'float32' ? 4 : 2
  const losses = wantsLosses(config)
  const hooks = hooksOf(readouts)
  const [, end] = blockRange(losses ? wholeBody(hooks) : bodyUpTo(hooks), decoder)
  const unembedding = losses ? each * spec.n_vocab * spec.d_model : 0
  const tables = [
    weights.embedding,
    ...(weights.tokenVectors === undefined ? [] : [weights.tokenVectors.table]),
  ]
  const entriesOf = new Map(tables.map(({ tensor }) => [tensor, present(tensors.entries.get(tensor))]))
  const refs = new Set(
    allRefs({ ...weights, blocks: weights.blocks.slice(0, end) }).map(({ tensor }) => tensor),
  )
  const used = [...refs].map((tensor) => present(tensors.entries.get(tensor)))
  const head = losses ? present(tensors.entries.get(weights.unembedding.weight.tensor)).byteLength : 0
  const ofBlocks = used.filter(({ name: tensor }) => !entriesOf.has(tensor))
  return {
    name,
    blocks: spec.blocks.slice(0, end).map((block) => (blockBytes(block, spec) / 4) * each),
    embedding: [...entriesOf.values()].reduce((sum, table) => sum + tableBytes(table), 0),
    largestTensor: Math.max(0, ...ofBlocks.map(({ shape }) => 4 * elements(shape))),
    unembedding,
    unembeddingRange: hasTiles(model) ? Math.min(unembedding, headBytes) : unembedding,
    stored: used.reduce((sum, { byteLength }) => sum + byteLength, head),
  }
}

/** As it is stored, in 16 bits or in 32. */
function tableBytes({ shape, storedAs }: TensorEntry): number {
  return elements(shape) * (storedAs === 'F16' || storedAs === 'BF16' ? 2 : 4)
}

/** Rows of whole models, or those few that a round in one graph keeps. */
function rowsSize(
  config: AuditConfig,
  { reference: { decoder }, readouts, tokens }: Pick<Subjects, 'reference' | 'readouts' | 'tokens'>,
  { models, device, rounds }: { models: number; device: Device; rounds: AuditPlan['rounds'] },
): RowsSize {
  const { d_model } = decoder.spec
  const { plan } = tokens.chunked
  const windows = tokens.sliding?.plan
  const hidden = wantsLosses(config) ? d_model : 0
  const width = hooksOf(readouts).reduce((sum, hook) => sum + hookWidth(decoder, hook), hidden)
  if (rounds.inOneGraph) {
    const kept = readouts.length * FIT_ROWS + noiseSequences(device, tokens).length * tokens.longest
    return { perModel: 4 * width * Math.min(kept, plan.rows), between: 0, models }
  }
  const run = runTokens(plan) + (windows === undefined ? 0 : runTokens(windows))
  return {
    perModel: 4 * (plan.rows * width + (windows?.rows ?? 0) * d_model),
    between: run * rowBytes(rowWidth(decoder), config.streamRows),
    ...(config.lossRecovered === true ? { replaced: replacedBytes(decoder, readouts, plan.rows) } : {}),
    models,
  }
}
