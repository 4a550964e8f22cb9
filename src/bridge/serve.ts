/** @file The far side: answers requests one after the other, through whatever port it was given. */
import { plainProblem, SaegateError } from '../errors/problem.ts'
import { stackOf } from './crash.ts'
import type { Order, Port } from './envelope.ts'

export interface Service<Request, Answer, Note = never> {
  /** Expected failures are raised as SaegateError; anything else is a defect of ours and ends the far side. */
  answer(request: Request, note: (note: Note) => void): Promise<Answer>
  /** Buffers of an answer that may move to the asker: nothing here reads them afterwards. */
  handOver?(answer: Answer): readonly ArrayBuffer[]
}

export function serve<Request, Answer, Note>(
  port: Port<Request, Answer, Note>,
  service: Service<Request, Answer, Note>,
): void {
  let last: Promise<void> = Promise.resolve()
  port.listen((order) => {
    last = last.then(() => answerTo(order, port, service))
  })
}

async function answerTo<Request, Answer, Note>(
  { call, request }: Order<Request>,
  port: Port<Request, Answer, Note>,
  service: Service<Request, Answer, Note>,
): Promise<void> {
  try {
    const answer = await service.answer(request, (note) => port.post({ kind: 'note', call, note }, []))
    port.post({ kind: 'answer', call, answer }, service.handOver?.(answer) ?? [])
  } catch (error) {
    if (error instanceof SaegateError) port.post({ kind: 'problem', call, problem: plainProblem(error) }, [])
    else port.post({ kind: 'crash', stack: stackOf(error) }, [])
  }
}
