/** @file A worker thread as a far side: both ends of its wire. */
import { type MessagePort, type Transferable, Worker } from 'node:worker_threads'
import { engineDied } from '../errors/engine.ts'
import { crashed, stackOf } from './crash.ts'
import type { Order, Port, Reply, Wire } from './envelope.ts'
import { FarSide } from './far-side.ts'

/** Start the program `file` in a thread. `data` is its workerData. */
export function startThread<Request, Answer, Note = never>(
  who: string,
  file: string,
  data: unknown = null,
): FarSide<Request, Answer, Note> {
  return new FarSide<Request, Answer, Note>(who, threadWire(who, new Worker(file, { workerData: data })))
}

function threadWire<Request, Answer, Note>(who: string, worker: Worker): Wire<Request, Answer, Note> {
  return {
    post: (order) => worker.postMessage(order),
    listen(heard, ended) {
      worker.on('message', (reply: Reply<Answer, Note>) => heard(reply))
      worker.on('error', (error) => ended(crashed(who, stackOf(error))))
      worker.on('exit', (status) => ended(engineDied(who, `exit status ${status}`)))
    },
    keepAlive: (busy) => (busy ? worker.ref() : worker.unref()),
    close: async () => void (await worker.terminate()),
    kill: () => void worker.terminate(),
  }
}

/** Inside the thread. */
export function threadPort<Request, Answer, Note = never>(port: MessagePort): Port<Request, Answer, Note> {
  return {
    post(reply, handedOver) {
      const moved: Transferable[] = [...handedOver]
      port.postMessage(reply, moved)
    },
    listen: (heard) => void port.on('message', (order: Order<Request>) => heard(order)),
  }
}
