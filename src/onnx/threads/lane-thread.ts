/**
 * @file One thread that runs graphs, seen from the thread that asks it to. Orders are answered one after the other; tensors
 * are copied on their way, weights lie in memory that both see.
 */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { type PlainProblem, raisedAgain } from '../../errors/problem.ts'
import type { GraphModel } from '../graph/graph.ts'
import type { OutputTensor } from '../sessions/run-result.ts'
import type { TensorInput } from '../sessions/session.ts'

/** The bundle puts the thread's program beside ours. Where there is no bundle (tests of the source) there are no lanes. */
const LANE_FILE = fileURLToPath(new URL('./lane.js', import.meta.url))

export type LaneOrder =
  | { readonly kind: 'load'; readonly session: number; readonly graph: GraphModel; readonly how: LaneLoad }
  | {
      readonly kind: 'run'
      readonly session: number
      readonly inputs: Readonly<Record<string, TensorInput>>
      readonly outputs: readonly string[]
    }
  | { readonly kind: 'release'; readonly session: number }

/** How a graph is loaded: createSession has the meaning of each. */
export interface LaneLoad {
  readonly threads: number
  readonly what: string
  readonly fuses: boolean
}

export type LaneResult = Readonly<Record<string, OutputTensor>>

/** In the order of the orders. */
export type LaneAnswer = { readonly outputs: LaneResult } | { readonly problem: PlainProblem }

interface Pending {
  readonly resolve: (outputs: LaneResult) => void
  readonly reject: (error: Error) => void
}

export class LaneThread {
  readonly #worker: Worker
  readonly #pending: Pending[] = []
  #failure: Error | null = null

  static isBundled(): boolean {
    return existsSync(LANE_FILE)
  }

  constructor(file = LANE_FILE) {
    this.#worker = new Worker(file)
    this.#worker.unref()
    this.#worker.on('message', (answer: LaneAnswer) => this.#settle(answer))
    this.#worker.on('error', (error) => this.#fail(error))
    this.#worker.on('exit', () => this.#fail(new Error('a thread of the engine ended before its work')))
  }

  /** Orders that are not answered yet. */
  get waiting(): number {
    return this.#pending.length
  }

  /** Errors: those of the order, as the thread raised them. */
  ask(order: LaneOrder): Promise<LaneResult> {
    return new Promise((resolve, reject) => {
      if (this.#failure !== null) {
        reject(this.#failure)
        return
      }
      // An idle thread must not keep the process alive, a busy one must.
      if (this.#pending.length === 0) this.#worker.ref()
      this.#pending.push({ resolve, reject })
      this.#worker.postMessage(order)
    })
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  #settle(answer: LaneAnswer): void {
    const order = this.#pending.shift()
    if (this.#pending.length === 0) this.#worker.unref()
    if ('problem' in answer) order?.reject(raisedAgain(answer.problem))
    else order?.resolve(answer.outputs)
  }

  #fail(error: Error): void {
    this.#failure = error
    for (const { reject } of this.#pending.splice(0)) reject(error)
  }
}
