/**
 * @file Reference and candidates of a round run together on the device, from ids to sums: nothing waits in between and no rows are stored but a
 * few. What comes of it is what captures, losses and passes of SAEs come to (rounds.ts), to the rounding of sums.
 */
import { captureNotFinite } from '../../errors/audit.ts'
import { present } from '../../numbers/present.ts'
import type { RunResult } from '../../onnx/sessions/run-result.ts'
import type { Device } from '../../onnx/sessions/session.ts'
import { inOrder } from '../../onnx/threads/in-flight.ts'
import type { ModelCapture } from '../capture/capture-model.ts'
import { type TokenLosses, VocabularySums } from '../losses/vocabulary-sums.ts'
import { withFewerRows } from '../machine/fewer-rows.ts'
import type { MemoryBudget } from '../machine/memory.ts'
import { runSize } from '../machine/run-size.ts'
import type { Run } from '../run/run.ts'
import { createKeptRows, type KeptRows } from './kept-rows.ts'
import { type AskedRound, type LoadedRound, loadRound } from './load-round.ts'
import { evenRuns, type RoundBatch, type RoundText, roundBatches, roundInputs } from './round-batches.ts'
import { roundNames } from './round-graph.ts'
import { type FusedReadout, ReadoutSums } from './round-sums.ts'

/** What a round came to. */
export interface FusedRound {
  /** Null: none were asked for. */
  readonly losses: TokenLosses | null
  /** In the order asked. */
  readonly readouts: readonly FusedReadout[]
  /** Rows that were kept of every model, the reference's first; the caller closes them. */
  readonly captures: readonly ModelCapture[]
}

/** Run a round over a text. `onTokens` hears how many tokens were run. Errors: CAPTURE_NOT_FINITE, HOOK_MISSING, ENGINE_FAILED, SPILL_FAILED, those of reading weights. */
export async function fusedRound(
  run: Pick<Run, 'device' | 'memory'>,
  asked: AskedRound,
  text: RoundText,
  onTokens: (done: number) => void,
): Promise<FusedRound> {
  return await withFewerRows(run.device, (device) => roundOn({ ...run, device }, asked, text, onTokens))
}

async function roundOn(
  { device, memory }: Pick<Run, 'device' | 'memory'>,
  asked: AskedRound,
  text: RoundText,
  onTokens: (done: number) => void,
): Promise<FusedRound> {
  const loaded = await loadRound(asked, sequencesOf(text, device), device)
  try {
    const round = new Round(asked, text, loaded, memory)
    return await round.run(onTokens)
  } finally {
    await loaded.session.release()
  }
}

/** What the graph is built for. */
function sequencesOf({ text: { plan }, groupStarts }: RoundText, device: Device) {
  const { longest } = plan
  const most = Math.max(1, Math.floor(runSize(device).bodyRows / longest))
  return { blockLength: longest, longest, count: evenRuns(groupStarts, most) }
}

/** One pass over the text. */
class Round {
  readonly #asked: AskedRound
  readonly #text: RoundText
  readonly #loaded: LoadedRound
  readonly #memory: MemoryBudget
  readonly #losses: VocabularySums | null
  readonly #readouts: readonly ReadoutSums[]

  constructor(asked: AskedRound, text: RoundText, loaded: LoadedRound, memory: MemoryBudget) {
    this.#asked = asked
    this.#text = text
    this.#loaded = loaded
    this.#memory = memory
    const names = asked.models.map(({ name }) => name)
    const groups = text.groupStarts.length - 1
    this.#losses =
      asked.head === null ? null : new VocabularySums(text.text.scored.rows.length, names.length - 1)
    this.#readouts = asked.readouts.map(({ readout, features, apart, highest }, r) => {
      const all = features ?? Int32Array.from(readout.encoder.bias, (_, j) => j)
      return new ReadoutSums(
        { r, hook: readout.hook, features: all, apart, highest },
        names,
        groups,
        asked.wanted,
      )
    })
  }

  async run(onTokens: (done: number) => void): Promise<FusedRound> {
    const kept = await this.#openKept()
    try {
      await this.#runAll(kept, onTokens)
      this.#settleLosses()
    } catch (error) {
      for (const places of kept) for (const { store } of places.values()) await store.close()
      throw error
    }
    return {
      losses: this.#losses?.losses ?? null,
      readouts: this.#readouts.map(({ found }) => found),
      captures: kept.map((places) => ({
        chunked: new Map([...places].map(([place, { store }]) => [place, store])),
        sliding: null,
      })),
    }
  }

  async #openKept(): Promise<readonly ReadonlyMap<string, KeptRows>[]> {
    const { kept, text } = this.#text
    const opened: Map<string, KeptRows>[] = []
    for (const places of this.#loaded.kept) {
      const stores = new Map<string, KeptRows>()
      opened.push(stores)
      for (const { name, width } of places)
        stores.set(name, await createKeptRows(kept, text.plan.rows, width, this.#memory))
    }
    return opened
  }

  async #runAll(
    kept: readonly ReadonlyMap<string, KeptRows>[],
    onTokens: (done: number) => void,
  ): Promise<void> {
    const { session, inputs, shape } = this.#loaded
    const begin = (batch: RoundBatch): Promise<RunResult> => {
      const given = roundInputs(this.#text, batch, shape)
      return session.run(Object.fromEntries(inputs.map((name) => [name, present(given[name], name)])))
    }
    let done = 0
    await inOrder(
      roundBatches(this.#text, shape.sequences),
      session.inFlight,
      begin,
      async (result, batch) => {
        for (const sums of this.#readouts) sums.add(result, batch)
        this.#addLosses(result, batch)
        const rows = batch.kept[1] - batch.kept[0]
        for (const [m, places] of kept.entries()) {
          for (const [name, into] of places) {
            const values = result.float32(roundNames.kept(m, name))
            await into.add(values.subarray(0, rows * into.store.width))
          }
        }
        done += batch.sequences.reduce((sum, { begin: from, end }) => sum + end - from, 0)
        onTokens(done)
      },
    )
  }

  #addLosses(result: RunResult, { scored: [start, end] }: RoundBatch): void {
    if (this.#losses === null || start === end) return
    const targets = this.#text.text.scored.targets.subarray(start, end)
    this.#losses.add(result, { targets, start }, { firstToken: 0, tiles: this.#loaded.vocabulary })
  }

  /** Errors: CAPTURE_NOT_FINITE. */
  #settleLosses(): void {
    if (this.#losses === null) return
    const { rows } = this.#text.text.scored
    this.#losses.settle(0, rows.length)
    const { losses } = this.#losses
    for (const [m, loss] of [losses.reference, ...losses.candidates.map((one) => one.loss)].entries()) {
      const bad = loss.findIndex((one) => !Number.isFinite(one))
      if (bad < 0) continue
      const { name } = present(this.#asked.models[m])
      throw captureNotFinite(name, 'the final hidden state', present(rows[bad]))
    }
  }
}
