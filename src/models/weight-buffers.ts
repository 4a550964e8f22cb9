/**
 * @file Memory that weights of one part of a model after the other are widened into. The first touch of a page costs many times what
 * is then done with it (docs/decisions/2026-11-29-processor-time.md), and neighbouring blocks have matrices of the same sizes.
 */
import type { Allocate } from '../tensors/tensor.ts'

/** What one part takes. */
export interface BufferSet {
  readonly allocate: Allocate
  /** Nobody reads what was taken any more: it may be overwritten. */
  giveBack(): void
}

/** `shared`: in memory that other threads see. */
export class WeightBuffers {
  readonly #shared: boolean
  #free: Float32Array[] = []

  constructor(shared: boolean) {
    this.#shared = shared
  }

  /** Buffers of earlier sets that the new one does not take until it is given back are let go. */
  set(): BufferSet {
    const taken: Float32Array[] = []
    return {
      allocate: (length) => {
        const at = this.#free.findIndex((buffer) => buffer.length === length)
        const [known] = at < 0 ? [] : this.#free.splice(at, 1)
        const buffer = known ?? this.#fresh(length)
        taken.push(buffer)
        return buffer
      },
      giveBack: () => {
        this.#free = taken.splice(0)
      },
    }
  }

  #fresh(length: number): Float32Array {
    return this.#shared ? new Float32Array(new SharedArrayBuffer(4 * length)) : new Float32Array(length)
  }
}
