/**
 * @file Losses of a candidate that yields logits instead of hidden states: reduced at once beside the reference's
 * stored hidden states, a few hundred rows at a time, so that logits are never stored.
 */

import { captureNotFinite } from '../../errors/audit.ts'
import { modelsDiffer } from '../../errors/graph.ts'
import { buildLogitsHead, type Unembedding, vocabularyTiles } from '../../models/graph/head.ts'
import { present } from '../../numbers/present.ts'
import { createSession, type Device, type Session } from '../../onnx/sessions/session.ts'
import type { RowStore } from '../capture/row-store.ts'
import { runSize } from '../machine/run-size.ts'
import { gatherRows } from '../rows/gather-rows.ts'
import type { ScoredRows } from '../text/sequences.ts'
import { type TokenLosses, VocabularySums } from './vocabulary-sums.ts'

/** Rows of one run: reference and candidate together are as many as elsewhere. */
const ROWS_PER_RUN = 256

/** Logits (rows, columns) of consecutive rows of the store, the first of them `firstRow`. */
export interface LogitRows {
  readonly data: Float32Array
  readonly columns: number
  readonly firstRow: number
  readonly rows: number
}

/** What the reference's logits are made of. */
export interface ReferenceHead {
  readonly unembedding: Unembedding
  readonly hidden: RowStore
}

/** Reduces logits as they come, in the order of the store's rows. */
export class LogitLosses {
  readonly #sums: VocabularySums
  readonly #name: string
  readonly #reference: Unembedding
  readonly #hidden: RowStore
  readonly #scored: ScoredRows
  readonly #device: Device
  /** The first scored token that is not reduced yet. */
  #next = 0
  #head: { readonly session: Session; readonly columns: number } | null = null

  /** `name`: the candidate's, for messages. */
  constructor(name: string, reference: ReferenceHead, scored: ScoredRows, device: Device) {
    this.#name = name
    this.#reference = reference.unembedding
    this.#hidden = reference.hidden
    this.#scored = scored
    this.#device = device
    this.#sums = new VocabularySums(scored.rows.length, 1)
  }

  get losses(): TokenLosses {
    return this.#sums.losses
  }

  /** Errors: CAPTURE_NOT_FINITE, MODELS_DIFFER when a target lies beyond the candidate's vocabulary, ENGINE_FAILED. */
  async add(logits: LogitRows): Promise<void> {
    const { rows } = this.#scored
    const past = logits.firstRow + logits.rows
    while ((rows[this.#next] ?? past) < past) {
      const start = this.#next
      let end = start + 1
      // Scored rows that follow each other, as many as one run takes.
      while (
        end - start < ROWS_PER_RUN &&
        end < rows.length &&
        rows[end] === present(rows[start]) + end - start
      ) {
        if ((rows[end] ?? past) >= past) break
        end++
      }
      await this.#reduce(logits, start, end)
      this.#next = end
    }
  }

  async release(): Promise<void> {
    await this.#head?.session.release()
    this.#head = null
  }

  async #reduce(logits: LogitRows, start: number, end: number): Promise<void> {
    const session = await this.#session(logits.columns)
    const rows = this.#scored.rows.subarray(start, end)
    const targets = this.#scored.targets.subarray(start, end)
    const count = end - start
    const at = (present(rows[0]) - logits.firstRow) * logits.columns
    const result = await session.run({
      hidden_0: {
        type: 'float32',
        data: await gatherRows(this.#hidden, rows, count),
        dims: [count, this.#hidden.width],
      },
      logits_1: {
        type: 'float32',
        data: logits.data.subarray(at, at + count * logits.columns),
        dims: [count, logits.columns],
      },
      targets: { type: 'int64', data: BigInt64Array.from(targets, BigInt), dims: [count, 1] },
    })
    const common = Math.min(this.#reference.n_vocab, logits.columns)
    const tiles = vocabularyTiles(common, runSize(this.#device).headTile)
    this.#sums.add(result, { targets, start }, { firstToken: 0, tiles })
    this.#sums.settle(start, end)
    this.#checkFinite(start, end)
  }

  async #session(columns: number): Promise<Session> {
    if (this.#head?.columns === columns) return this.#head.session
    await this.release()
    const { n_vocab } = this.#reference
    if (columns < n_vocab && this.#scored.targets.some((target) => target >= columns)) {
      throw modelsDiffer(this.#name, 'vocabulary', columns, n_vocab)
    }
    const session = await createSession(
      buildLogitsHead(this.#reference, columns, runSize(this.#device).headTile),
      this.#device,
      'the unembedding',
    )
    this.#head = { session, columns }
    return session
  }

  #checkFinite(start: number, end: number): void {
    const { loss, kl } = present(this.losses.candidates[0])
    for (let i = start; i < end; i++) {
      if (Number.isFinite(present(loss[i]) + present(kl[i]))) continue
      throw captureNotFinite(this.#name, 'the logits', present(this.#scored.rows[i]))
    }
  }
}
