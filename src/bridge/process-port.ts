/** @file Inside a process that is a far side: its port, and its end. */
import { Worker } from 'node:worker_threads'
import { stackOf } from './crash.ts'
import type { Order, Port, Reply } from './envelope.ts'
import { programFile } from './program-file.ts'

/** The run itself failed. */
const CRASHED = 3

/** Losing the asker ends the process: nobody would read the answer. So does a failure that nobody caught, which is told first. */
export function processPort<Request, Answer, Note = never>(): Port<Request, Answer, Note> {
  const post = (reply: Reply<Answer, Note>, then: () => void): void => {
    if (process.send === undefined || !process.connected) then()
    else process.send(reply, undefined, undefined, then)
  }
  process.on('disconnect', () => process.exit(0))
  // For when this thread is too busy to hear that.
  new Worker(programFile('watchdog'), { workerData: { parent: process.ppid } }).unref()
  process.on('SIGINT', () => {}) // The asker decides: a terminal sends Ctrl-C to both.
  process.on('uncaughtException', (error) => {
    post({ kind: 'crash', stack: stackOf(error) }, () => process.exit(CRASHED))
  })
  return {
    post: (reply) => post(reply, () => {}),
    listen: (heard) => void process.on('message', (order: Order<Request>) => heard(order)),
  }
}
