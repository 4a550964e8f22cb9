/** @file A lane's thread: loads graphs and runs them as it is told. Started by onnx/threads/lane-thread.ts. */
import type { MessagePort } from 'node:worker_threads'
import { serve } from '../bridge/serve.ts'
import { threadPort } from '../bridge/thread.ts'
import { createSession, type Session } from '../onnx/sessions/session.ts'
import type { LaneOrder, LaneResult } from '../onnx/threads/lane-thread.ts'

export function serveLane(port: MessagePort): void {
  const sessions = new Map<number, Session>()
  serve<LaneOrder, LaneResult, never>(threadPort(port), { answer: (order) => obey(order, sessions) })
}

async function obey(order: LaneOrder, sessions: Map<number, Session>): Promise<LaneResult> {
  if (order.kind === 'load') {
    const { threads, what, fuses } = order.how
    const device = { kind: 'cpu', threads, bodyType: 'float32' } as const
    sessions.set(order.session, await createSession(order.graph, device, what, fuses))
    return {}
  }
  const session = sessions.get(order.session)
  if (order.kind === 'release') {
    sessions.delete(order.session)
    await session?.release()
    return {}
  }
  if (session === undefined) throw new RangeError(`graph ${order.session} is not loaded`)
  const result = await session.run(order.inputs, order.outputs)
  return Object.fromEntries(order.outputs.map((name) => [name, result.tensor(name)]))
}
