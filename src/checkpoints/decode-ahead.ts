/**
 * @file Packed tensors decoded in a worker thread, ahead of their use: while the engine takes in the tensors of one stage,
 * which blocks this thread, the worker decodes those of the next. The worker opens the checkpoint for itself, and
 * decoded values come back without being copied.
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { type PlainProblem, raisedAgain } from '../errors/problem.ts'
import type { TensorData, TensorTable } from '../tensors/tensor.ts'

/** The bundle puts the worker beside the program. Where there is no bundle (tests of the source), nothing is ahead. */
const WORKER_FILE = fileURLToPath(new URL('./decoder.js', import.meta.url))

/** Decoded bytes that may wait for their use: a stage of a body. */
const BYTES_AHEAD = 128e6

/** What the worker is told to open. */
export interface DecoderData {
  /** A local file or folder. */
  readonly path: string
}

export type DecoderAnswer =
  | { readonly name: string; readonly tensor: TensorData }
  | { readonly name: string; readonly problem: PlainProblem }

/**
 * The same table, with the tensors of `order` decoded ahead in that order; others are read here. `close` ends the worker
 * and leaves the table open. Errors of reading are the table's own.
 */
export function decodeAhead(table: TensorTable, path: string, order: readonly string[]): TensorTable {
  if (!existsSync(WORKER_FILE)) return { ...table, close: async () => {} }
  const worker = new Worker(WORKER_FILE, { workerData: { path } satisfies DecoderData })
  const ahead = new Ahead(worker, table, order)
  return {
    entries: table.entries,
    read: (name) => ahead.read(name),
    close: async () => void (await worker.terminate()),
  }
}

interface Pending {
  readonly tensor: Promise<TensorData>
  readonly resolve: (tensor: TensorData) => void
  readonly reject: (error: Error) => void
  readonly bytes: number
}

/** Keeps the worker busy with the next tensors of the order, within BYTES_AHEAD. */
class Ahead {
  readonly #worker: Worker
  readonly #table: TensorTable
  readonly #queue: string[]
  readonly #pending = new Map<string, Pending>()
  #bytes = 0
  #failure: Error | null = null

  constructor(worker: Worker, table: TensorTable, order: readonly string[]) {
    this.#worker = worker
    this.#table = table
    this.#queue = [...new Set(order)]
    worker.on('message', (answer: DecoderAnswer) => this.#settle(answer))
    worker.on('error', (error) => this.#fail(error))
    worker.on('exit', () => this.#fail(new Error('the decoding thread ended before its work')))
    this.#ask()
  }

  async read(name: string): Promise<TensorData> {
    const pending = this.#pending.get(name)
    if (pending === undefined) {
      const place = this.#queue.indexOf(name)
      if (place >= 0) this.#queue.splice(place, 1)
      return await this.#table.read(name)
    }
    const tensor = await pending.tensor
    this.#pending.delete(name)
    this.#bytes -= pending.bytes
    this.#ask()
    return tensor
  }

  #ask(): void {
    while (this.#failure === null && (this.#bytes < BYTES_AHEAD || this.#pending.size === 0)) {
      const name = this.#queue.shift()
      if (name === undefined) return
      const bytes = 4 * (this.#table.entries.get(name)?.shape.reduce((product, dim) => product * dim, 1) ?? 0)
      this.#pending.set(name, { ...deferred(), bytes })
      this.#bytes += bytes
      this.#worker.postMessage(name)
    }
  }

  #settle(answer: DecoderAnswer): void {
    const pending = this.#pending.get(answer.name)
    if ('tensor' in answer) pending?.resolve(answer.tensor)
    else pending?.reject(raisedAgain(answer.problem))
  }

  #fail(error: Error): void {
    this.#failure = error
    for (const { reject } of this.#pending.values()) reject(error)
  }
}

function deferred(): Omit<Pending, 'bytes'> {
  let resolve: Pending['resolve'] = () => {}
  let reject: Pending['reject'] = () => {}
  const tensor = new Promise<TensorData>((done, failed) => {
    resolve = done
    reject = failed
  })
  // A tensor that nobody comes to ask for (the audit was refused meanwhile) is no unhandled failure.
  tensor.catch(() => {})
  return { tensor, resolve, reject }
}
