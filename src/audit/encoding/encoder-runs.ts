/**
 * @file An encoder in the engine. One that is small is loaded with its graph, once per lane. A wide one stays where it lies in memory and
 * is given to the graph's runs, a slab of features after the other: the engine would hold it four times while it loads, and takes
 * ever longer to load the more tiles there are (docs/decisions/2026-11-29-wide-encoders.md).
 */
import { present } from '../../numbers/present.ts'
import type { GraphModel } from '../../onnx/graph/graph.ts'
import type { RunResult } from '../../onnx/sessions/run-result.ts'
import { createSession, type Device, type Session, type TensorInput } from '../../onnx/sessions/session.ts'
import { createLanes, type Lanes } from '../../onnx/threads/lanes.ts'
import { type FeatureRange, featuresTogether, rangesOf } from '../../sae/dictionary.ts'
import { runSize } from '../machine/run-size.ts'
import { type GraphLoad, shareThreads } from '../machine/share-threads.ts'
import type { Encoder } from '../run/readout.ts'
import { type StoredEncoder, wholeGroups } from '../run/stored-encoder.ts'
import { type FeatureWeights, givenInputs, slabWeights } from './tile-weights.ts'

/** What a run gave of some of the features. */
export interface SlabResult {
  readonly range: FeatureRange
  readonly result: RunResult
}

/** Runs of a graph over features. */
export interface EncoderRuns {
  /** As a session has it. */
  readonly inFlight: number
  /** All features in order, slab by slab. Errors: ENGINE_FAILED. */
  run(inputs: Readonly<Record<string, TensorInput>>): Promise<readonly SlabResult[]>
  release(): Promise<void>
}

/** The graph over these features; `given`: their weights are inputs of it (givenWeights). */
export type GraphOf = (weights: FeatureWeights, given: boolean) => GraphModel

/** Tiles of a slab: a run of them takes long beside what it takes to begin one, and its graph is loaded in a tenth of a second. */
const SLAB_TILES = 16

/** Features of a slab: where k of a row are looked for, one tile of them; else whole groups, in tiles that stay in cache. */
function slabFeatures({ activatesBy, bias }: Encoder, device: Device): number {
  const { rankedTile, featureTile } = runSize(device)
  if (activatesBy !== 'feature' && activatesBy.kind === 'topk') return rankedTile
  return wholeGroups(SLAB_TILES * featureTile, featuresTogether(activatesBy, bias.length), bias.length)
}

/** Work of an SAE's encoder on so many of its features and so many rows, of all models together. */
export function encoderLoad({ d_in }: Pick<Encoder, 'd_in'>, features: number, rows: number): GraphLoad {
  return { weightBytes: 4 * d_in * features, operations: 2 * d_in * features * rows }
}

/** Where weights are while a graph runs: given to its runs, which have all threads, or loaded once per lane. */
export interface EncoderPlace {
  readonly isGiven: boolean
  readonly lanes: Lanes
}

/** A wide encoder stays where it lies, on the CPU. */
export function encoderPlace(
  device: Device,
  { isWide }: Pick<StoredEncoder, 'isWide'>,
  load: GraphLoad,
): EncoderPlace {
  const isGiven = isWide && device.kind === 'cpu'
  return { isGiven, lanes: isGiven ? { count: 1, device } : shareThreads(device, load) }
}

/** Errors: ENGINE_FAILED, RUNTIME_MISSING. */
export async function encoderRuns(
  weights: FeatureWeights,
  graphOf: GraphOf,
  { isGiven, lanes }: EncoderPlace,
  what: string,
): Promise<EncoderRuns> {
  return await (isGiven ? givenRuns : loadedRuns)(weights, graphOf, lanes, what)
}

/** With its weights in the engine. */
async function loadedRuns(
  weights: FeatureWeights,
  graphOf: GraphOf,
  lanes: Lanes,
  what: string,
): Promise<EncoderRuns> {
  const range = [0, weights.encoder.bias.length] as const
  const session = await createLanes(graphOf(weights, false), lanes, what)
  return {
    inFlight: session.inFlight,
    run: async (inputs) => [{ range, result: await session.run(inputs) }],
    release: () => session.release(),
  }
}

/** With its weights given to every run, on all of the device's threads. They are not to be changed meanwhile. */
async function givenRuns(
  weights: FeatureWeights,
  graphOf: GraphOf,
  { device }: Pick<Lanes, 'device'>,
  what: string,
): Promise<EncoderRuns> {
  const slabs = rangesOf(weights.encoder.bias.length, slabFeatures(weights.encoder, device))
  const sessions = new Map<number, Session>()
  const release = async (): Promise<void> => {
    for (const session of sessions.values()) await session.release()
  }
  const wanted = new Set<string>()
  try {
    // As many features each, but for the last.
    for (const range of slabs) {
      const count = range[1] - range[0]
      if (sessions.has(count)) continue
      const graph = graphOf(slabWeights(weights, range), true)
      for (const name of graph.inputs) wanted.add(name)
      sessions.set(count, await createSession(graph, device, what))
    }
  } catch (error) {
    await release()
    throw error
  }
  return {
    inFlight: 1,
    async run(inputs) {
      const results: SlabResult[] = []
      for (const range of slabs) {
        const given = Object.entries(givenInputs(weights, range)).filter(([name]) => wanted.has(name))
        const session = present(sessions.get(range[1] - range[0]))
        results.push({ range, result: await session.run({ ...inputs, ...Object.fromEntries(given) }) })
      }
      return results
    },
    release,
  }
}
