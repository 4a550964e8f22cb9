/**
 * @file What passes between a program and a far side of it, a thread or a process. Structured clone carries typed arrays as
 * they are; classes do not survive it, so failures travel as plain data.
 */
import type { PlainProblem } from '../errors/problem.ts'

/** There: calls are counted from 0, and answered one after the other in that order. */
export interface Order<Request> {
  readonly call: number
  readonly request: Request
}

/** Back: any number of notes of a call, then its answer or its problem. A crash is the end of the far side and of every call. */
export type Reply<Answer, Note> =
  | { readonly kind: 'note'; readonly call: number; readonly note: Note }
  | { readonly kind: 'answer'; readonly call: number; readonly answer: Answer }
  | { readonly kind: 'problem'; readonly call: number; readonly problem: PlainProblem }
  | { readonly kind: 'crash'; readonly stack: string }

/** The near end of a connection, whatever carries it. */
export interface Wire<Request, Answer, Note> {
  post(order: Order<Request>): void
  /** `ended` hears once that nothing comes any more, and why. */
  listen(heard: (reply: Reply<Answer, Note>) => void, ended: (why: Error) => void): void
  /** A busy far side keeps this process alive, an idle one does not. */
  keepAlive(busy: boolean): void
  /** Let the far side end, now that nobody asks any more. */
  close(): Promise<void>
  /** End the far side whatever it is doing. */
  kill(): void
}

/** The far end of it. */
export interface Port<Request, Answer, Note> {
  /** `handedOver`: buffers that move to the other side where the connection can do that, in place of being copied. */
  post(reply: Reply<Answer, Note>, handedOver: readonly ArrayBuffer[]): void
  listen(heard: (order: Order<Request>) => void): void
}
