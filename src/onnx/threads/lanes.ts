/**
 * @file Copies of one graph that run side by side, each on threads of its own: lanes. Threads that share one run wait for each
 * other after every operator, and where they do not share a cache they also fetch from each other what the last operator
 * wrote; a lane's rows stay with it from the first operator to the last (docs/decisions/2026-11-25-lanes.md). The price is one
 * copy of the weights per lane. Several CUDA devices are lanes too, one each.
 */
import type { FedWeight } from '../graph/fed-weight.ts'
import type { ExternalTensor, GraphModel } from '../graph/graph.ts'
import { runtime } from '../runtime/runtime.ts'
import { runResult } from '../sessions/run-result.ts'
import { createSession, type Device, type FedSession } from '../sessions/session.ts'
import { type LaneLoad, type LaneThread, startLane } from './lane-thread.ts'

/** A device's threads, shared out. */
export interface Lanes {
  readonly count: number
  /** What one lane runs on: the device with a lane's share of its threads. Where it has peers, there is a lane for it and for each of them. */
  readonly device: Device
  /** Absent: those that the process starts once. */
  readonly threads?: readonly LaneThread[]
}

/** Runs begun per lane: while one is worked on, the next has arrived. */
const BEGUN = 2

/** Threads are started once and serve every graph of the process. */
const threads: LaneThread[] = []
let sessions = 0

/**
 * Load a graph once per lane. A single lane is a session in this thread. `fuses`: as createSession has it.
 * Errors: ENGINE_FAILED, RUNTIME_MISSING.
 */
export async function createLanes(
  model: GraphModel,
  lanes: Lanes,
  what: string,
  fuses = true,
): Promise<FedSession> {
  if (lanes.count === 1) return await createSession(model, lanes.device, what, fuses)
  // Loaded here first: what it sets in the environment reaches onnxruntime from the main thread only, others set a copy.
  runtime()
  return await loadInto(lanes.threads ?? started(lanes.count), model, lanes.device, what, fuses)
}

function started(count: number): readonly LaneThread[] {
  while (threads.length < count) threads.push(startLane())
  return threads.slice(0, count)
}

/** Load a graph into each of these threads. */
export async function loadInto(
  lanes: readonly LaneThread[],
  model: GraphModel,
  device: Device,
  what: string,
  fuses: boolean,
): Promise<FedSession> {
  const session = sessions++
  const release = (): Promise<void> => allOf(lanes.map((lane) => lane.ask({ kind: 'release', session })))
  try {
    await load(lanes, session, model, { device, what, fuses })
  } catch (error) {
    await release()
    throw error
  }
  return laneSession(lanes, session, model.outputs, release)
}

/** In a function of its own, so that nothing that lives on remembers the weights. */
async function load(
  lanes: readonly LaneThread[],
  session: number,
  model: GraphModel,
  how: LaneLoad,
): Promise<void> {
  const [external, fed] = [model.external.map(inSharedMemory), model.fed.map(fedInSharedMemory)]
  const graph = { ...model, external, fed }
  const ofLane = (l: number): LaneLoad => ({ ...how, device: laneDevice(how.device, l) })
  await allOf(lanes.map((lane, l) => lane.ask({ kind: 'load', session, graph, how: ofLane(l) })))
}

/** What lane `l` runs on: of a device with peers the first lane has itself, every other one of them. */
export function laneDevice({ peers = [], ...own }: Device, l: number): Device {
  const index = peers[l - 1]
  return index === undefined ? own : { ...own, index }
}

function laneSession(
  lanes: readonly LaneThread[],
  session: number,
  all: readonly string[],
  release: () => Promise<void>,
): FedSession {
  return {
    inFlight: BEGUN * lanes.length,
    async feed(weights) {
      const shared = weights.map(fedInSharedMemory)
      await allOf(lanes.map((lane) => lane.ask({ kind: 'feed', session, weights: shared })))
    },
    async run(inputs, outputs = all) {
      const lane = lanes.reduce((least, other) => (other.waiting < least.waiting ? other : least))
      return runResult(await lane.ask({ kind: 'run', session, inputs, outputs }))
    },
    release,
  }
}

/** Wait for every one, then raise the first failure: none goes on behind the caller's back. */
async function allOf(promises: readonly Promise<unknown>[]): Promise<void> {
  for (const result of await Promise.allSettled(promises)) {
    if (result.status === 'rejected') throw result.reason
  }
}

/** Bytes that every thread can read without a copy of its own. */
function inSharedMemory({ path, data }: ExternalTensor): ExternalTensor {
  if (data.buffer instanceof SharedArrayBuffer) return { path, data }
  const shared = new Uint8Array(new SharedArrayBuffer(data.byteLength))
  shared.set(data)
  return { path, data: shared }
}

function fedInSharedMemory(weight: FedWeight): FedWeight {
  const { data } = weight
  if (data.buffer instanceof SharedArrayBuffer) return weight
  const memory = new SharedArrayBuffer(data.byteLength)
  if (weight.type === 'float32') {
    const shared = new Float32Array(memory)
    shared.set(weight.data)
    return { ...weight, data: shared }
  }
  const shared = new Float64Array(memory)
  shared.set(weight.data)
  return { ...weight, data: shared }
}
