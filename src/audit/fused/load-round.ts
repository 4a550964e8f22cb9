/** @file The graph of a fused round on its way into the engine: its models, head and SAEs read, and how its runs are cut. */
import { type HookPoint, hookName } from '../../contract/hook-point.ts'
import { type BodyProgram, bodyBytes, bodyUpTo, hookWidth, wholeBody } from '../../models/body-program.ts'
import { HIDDEN } from '../../models/graph/body.ts'
import {
  commonVocabulary,
  type HeadLayout,
  type Unembedding,
  vocabularyTiles,
} from '../../models/graph/head.ts'
import type { WeightReader } from '../../models/weight-reader.ts'
import { present } from '../../numbers/present.ts'
import type { GraphModel } from '../../onnx/graph/graph.ts'
import type { Device, Session } from '../../onnx/sessions/session.ts'
import { createLanes, type Lanes } from '../../onnx/threads/lanes.ts'
import { withReader } from '../capture/body-parts.ts'
import { bodyShape, type Sequences } from '../capture/load-body.ts'
import type { WantedSums } from '../encoding/feature-graph.ts'
import type { StoredHead } from '../losses/token-losses.ts'
import { runSize } from '../machine/run-size.ts'
import { shareThreads } from '../machine/share-threads.ts'
import { stageCost } from '../machine/stage-cost.ts'
import { hooksOf, type Readout } from '../run/readout.ts'
import { pickFeatures, wholeEncoder } from '../run/stored-encoder.ts'
import type { Model } from '../subjects/model.ts'
import { haveSameEmbedding } from '../subjects/same/sources.ts'
import type { HighestAsked } from './highest-rows.ts'
import type { RunShape } from './round-batches.ts'
import { buildRound, type RoundBody, type RoundReadout } from './round-graph.ts'

/** An SAE of a round. */
export interface AskedReadout {
  readonly readout: Readout
  /** Ascending ids; null: all. */
  readonly features: Int32Array | null
  /** (positions of a sequence) 1: its sums are kept apart. */
  readonly apart: Uint8Array
  /** Where features fire most; null: not asked. */
  readonly highest: HighestAsked | null
}

/** What is asked of a round. */
export interface AskedRound {
  /** The reference first, then its candidates. */
  readonly models: readonly { readonly name: string; readonly model: Model }[]
  /** Null: no losses. */
  readonly head: StoredHead | null
  readonly readouts: readonly AskedReadout[]
  readonly wanted: WantedSums
  /** Do rows come out as they are? */
  readonly keeps: boolean
}

/** A hook, or HIDDEN. */
export interface KeptPlace {
  readonly name: string
  readonly width: number
}

/** A round in the engine. */
export interface LoadedRound {
  readonly session: Session
  readonly inputs: readonly string[]
  readonly shape: RunShape
  /** What of each model comes out on some rows, and how wide it is. */
  readonly kept: readonly (readonly KeptPlace[])[]
  /** Tiles of the vocabulary; none without a head. */
  readonly vocabulary: readonly (readonly [number, number])[]
}

/** Errors: HOOK_MISSING, ENGINE_FAILED, those of reading weights. */
export async function loadRound(
  asked: AskedRound,
  sequences: Sequences,
  device: Device,
): Promise<LoadedRound> {
  const { models, head, readouts } = asked
  const hooks = hooksOf(readouts.map(({ readout }) => readout))
  const program = head === null ? bodyUpTo(hooks) : wholeBody(hooks)
  const lanes = lanesOf(asked, sequences, device)
  const size = runSize(lanes.device)
  const body = bodyShape(lanes.device, sequences)
  const rowParts = commonDivisor(size.rowParts, body.sequences * sequences.blockLength)
  const kept = asked.keeps ? models.map((_, m) => keptPlaces(asked, hooks, m)) : []
  const plan = {
    program,
    shape: body,
    head: head === null ? null : { layout: await wholeHead(head), tile: size.headTile },
    readouts: await inTurn(readouts, (one) => roundReadout(one, { rowParts, featureTile: size.featureTile })),
    wanted: asked.wanted,
    kept: kept.map((places) => places.map(({ name }) => name)),
  }
  const graph = await withReaders(models, program, async (readers) =>
    buildRound({ ...plan, bodies: bodiesOf(models, readers) }),
  )
  return {
    session: await createLanes(graph, lanes, models.map(({ name }) => name).join(', ')),
    inputs: graph.inputs,
    shape: { sequences: body.sequences, rowParts, apart: readouts.map(({ apart }) => apart) },
    kept,
    vocabulary:
      plan.head === null
        ? []
        : vocabularyTiles(commonVocabulary(plan.head.layout.unembeddings), size.headTile),
  }
}

/** One on a GPU, and one for each of several. On the CPU as many as copies of the bodies allow. */
function lanesOf({ models }: AskedRound, { count, longest }: Sequences, device: Device): Lanes {
  const { decoder } = present(models[0]).model
  const weightBytes = models.length * bodyBytes(decoder)
  const operations = models.length * stageCost.body(decoder, count * longest, longest)
  return shareThreads(device, { weightBytes, operations })
}

/** Of the reference where it is measured, then with its final hidden state; of every candidate. */
function keptPlaces(
  { models, head, wanted }: AskedRound,
  hooks: readonly HookPoint[],
  m: number,
): readonly KeptPlace[] {
  if (m === 0 && !wanted.reference) return []
  const { decoder } = present(models[m]).model
  const places = hooks.map((hook) => ({ name: hookName(hook), width: hookWidth(decoder, hook) }))
  return m === 0 && head !== null ? [...places, { name: HIDDEN, width: decoder.spec.d_model }] : places
}

async function roundReadout(
  { readout, features, highest }: AskedReadout,
  tiling: RoundReadout['tiling'],
): Promise<RoundReadout> {
  const { encoder, hook, center } = readout
  const taken = features === null ? await wholeEncoder(encoder) : await pickFeatures(encoder, features)
  return { hook, center, encoder: taken, tiling, highestAt: highest?.at ?? null }
}

/** All of the vocabulary that the models share. */
async function wholeHead({ unembeddings, models }: StoredHead): Promise<HeadLayout> {
  const end = commonVocabulary(unembeddings)
  return {
    unembeddings: await inTurn(unembeddings, (one): Promise<Unembedding> => one.tokens(0, end)),
    models,
  }
}

function bodiesOf(models: AskedRound['models'], readers: readonly WeightReader[]): readonly RoundBody[] {
  const reference = present(models[0]).model
  return models.map(({ model }, m) => ({
    model,
    reader: present(readers[m]),
    sharesEmbedding: m > 0 && haveSameEmbedding(reference, model),
  }))
}

/** Readers of all models at once, for a graph that has all of them. */
async function withReaders(
  models: AskedRound['models'],
  program: BodyProgram,
  use: (readers: readonly WeightReader[]) => Promise<GraphModel>,
): Promise<GraphModel> {
  const open = async (m: number, readers: readonly WeightReader[]): Promise<GraphModel> => {
    const one = models[m]
    if (one === undefined) return await use(readers)
    return await withReader(one.model, [program], (reader) => open(m + 1, [...readers, reader]))
  }
  return await open(0, [])
}

async function inTurn<From, To>(items: readonly From[], make: (item: From) => Promise<To>): Promise<To[]> {
  const made: To[] = []
  for (const item of items) made.push(await make(item))
  return made
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b)
}
