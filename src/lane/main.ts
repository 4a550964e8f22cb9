/** @file A lane's thread: loads graphs and runs them as it is told. Started by onnx/threads/lane-thread.ts. */
import type { MessagePort } from 'node:worker_threads'
import { serve } from '../bridge/serve.ts'
import { threadPort } from '../bridge/thread.ts'
import { type FedWeight, ownCopies } from '../onnx/graph/fed-weight.ts'
import { createSession, type FedSession } from '../onnx/sessions/session.ts'
import type { LaneOrder, LaneResult } from '../onnx/threads/lane-thread.ts'

export function serveLane(port: MessagePort): void {
  const lane: Lane = { sessions: new Map(), spare: [] }
  serve<LaneOrder, LaneResult, never>(threadPort(port), { answer: (order) => obey(order, lane) })
}

interface Loaded {
  readonly session: FedSession
  readonly weights: readonly FedWeight[]
}

interface Lane {
  readonly sessions: Map<number, Loaded>
  /** Weights that a session let go: the next ones are written over them. */
  spare: readonly FedWeight[]
}

async function obey(order: LaneOrder, lane: Lane): Promise<LaneResult> {
  const { sessions } = lane
  if (order.kind === 'load') {
    const { device, what, fuses } = order.how
    const weights = taken(lane, order.graph.fed)
    const session = await createSession({ ...order.graph, fed: weights }, device, what, fuses)
    sessions.set(order.session, { session, weights })
    return {}
  }
  const loaded = sessions.get(order.session)
  if (order.kind === 'release') {
    sessions.delete(order.session)
    await loaded?.session.release()
    return {}
  }
  if (loaded === undefined) throw new RangeError(`graph ${order.session} is not loaded`)
  const { session } = loaded
  if (order.kind === 'feed') {
    if (order.weights.length === 0) lane.spare = loaded.weights
    const weights = taken(lane, order.weights)
    await session.feed(weights)
    sessions.set(order.session, { session, weights })
    return {}
  }
  const result = await session.run(order.inputs, order.outputs)
  return Object.fromEntries(order.outputs.map((name) => [name, result.tensor(name)]))
}

function taken(lane: Lane, weights: readonly FedWeight[]): readonly FedWeight[] {
  if (weights.length === 0) return []
  const own = ownCopies(weights, lane.spare)
  lane.spare = []
  return own
}
