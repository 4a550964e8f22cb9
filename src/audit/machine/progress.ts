/** @file What an audit tells while it runs. The numbers are in tokens, so that rates mean something. */

export interface Progress {
  /** What is going on, in the user's words: `reference: capture`, `rtn:6: losses`. */
  readonly stage: string
  readonly done: number
  readonly total: number
  readonly unit: 'tokens' | 'tensors' | 'bytes' | 'seconds'
  /** Work of the whole audit done so far, 0..1, weighted by cost. */
  readonly overall: number
  /** Something to be told whole, once: no stage that goes on. */
  readonly note?: string
}

export type OnProgress = (progress: Progress) => void

/** Counts weighted work over the stages of an audit whose costs are known ahead. */
export class Work {
  readonly #total: number
  readonly #onProgress: OnProgress
  #finished = 0

  constructor(total: number, onProgress: OnProgress) {
    this.#total = total
    this.#onProgress = onProgress
  }

  /** Open a stage that costs `cost` and is done after `total` units. */
  stage(
    stage: string,
    cost: number,
    total: number,
    unit: Progress['unit'] = 'tokens',
  ): (done: number) => void {
    const before = this.#finished
    this.#finished += cost
    return (done) => {
      const overall = Math.min(1, (before + cost * (total === 0 ? 1 : done / total)) / this.#total)
      this.#onProgress({ stage, done, total, unit, overall })
    }
  }
}
