/** @file A lane's thread: loads graphs and runs them as it is told. Started by onnx/threads/lane-thread.ts. */
import type { MessagePort } from 'node:worker_threads'
import { plainProblem, SaegateError } from '../errors/problem.ts'
import { createSession, type Session } from '../onnx/sessions/session.ts'
import type { LaneAnswer, LaneOrder, LaneResult } from '../onnx/threads/lane-thread.ts'

/** Answer every order that comes through the port, one after the other. */
export function serveLane(port: MessagePort): void {
  const sessions = new Map<number, Session>()
  let last: Promise<void> = Promise.resolve()
  port.on('message', (order: LaneOrder) => {
    last = last.then(async () => port.postMessage(await answerTo(order, sessions)))
  })
}

async function answerTo(order: LaneOrder, sessions: Map<number, Session>): Promise<LaneAnswer> {
  try {
    return { outputs: await obey(order, sessions) }
  } catch (error) {
    // Anything else is a defect of ours: it ends the thread, and reaches whoever waits for it.
    if (!(error instanceof SaegateError)) throw error
    return { problem: plainProblem(error) }
  }
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
