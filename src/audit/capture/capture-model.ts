/** @file One model, loaded, run over sequences and windows, and unloaded: what is kept of it. */
import { hookName } from '../../contract/hook-point.ts'
import { hookWidth, wholeBody } from '../../models/body-program.ts'
import { HIDDEN } from '../../models/graph/body.ts'
import type { Unembedding } from '../../models/graph/head.ts'
import { stageCost } from '../machine/stage-cost.ts'
import { hooksOf } from '../run/readout.ts'
import type { Run } from '../run/run.ts'
import type { Model } from '../subjects/model.ts'
import { type CaptureStores, capture } from './capture.ts'
import { loadBody } from './load-body.ts'
import { createRowStore, type RowStore } from './row-store.ts'

/** Captures of one model: taps and hidden state over the sequences, and the hidden state over sliding windows. */
export interface ModelCapture {
  readonly chunked: CaptureStores
  readonly sliding: RowStore | null
}

/** The reference, run: what candidates are measured beside. */
export interface CapturedReference {
  readonly model: Model
  readonly capture: ModelCapture
  readonly unembedding: Unembedding
}

/** Load a model, run it over sequences and windows, and unload it. `name`: as progress calls it. */
export async function captureModel(run: Run, name: string, model: Model): Promise<ModelCapture> {
  const { tokens, memory, work, device } = run
  const { decoder } = model
  const hooks = hooksOf(run.readouts)
  const { plan } = tokens.chunked
  const sequences = {
    blockLength: tokens.sequences.blockLength,
    longest: tokens.longest,
    count: Math.max(plan.sequences.length, tokens.sliding?.plan.sequences.length ?? 0),
  }
  const stage = (what: string, rows: number) =>
    work.stage(`${name}: ${what}`, stageCost.body(decoder, rows, tokens.longest), rows)
  const body = await loadBody(model, wholeBody(hooks), sequences, device)
  try {
    const chunked = new Map<string, RowStore>()
    for (const hook of hooks) {
      chunked.set(hookName(hook), await createRowStore(plan.rows, hookWidth(decoder, hook), memory))
    }
    chunked.set(HIDDEN, await createRowStore(plan.rows, decoder.spec.d_model, memory))
    await capture(body, plan, chunked, stage('forward pass', plan.rows))
    if (tokens.sliding === null) return { chunked, sliding: null }
    const windows = tokens.sliding.plan
    const sliding = await createRowStore(windows.rows, decoder.spec.d_model, memory)
    const runTokens = windows.sequences.reduce((sum, s) => sum + s.end - s.begin, 0)
    await capture(body, windows, new Map([[HIDDEN, sliding]]), stage('sliding windows', runTokens))
    return { chunked, sliding }
  } finally {
    await body.session.release()
  }
}

export function storeOf(stores: CaptureStores, name: string): RowStore {
  const store = stores.get(name)
  if (store === undefined) throw new RangeError(`nothing was captured at ${name}`)
  return store
}

export async function closeCapture({ chunked, sliding }: ModelCapture): Promise<void> {
  for (const store of chunked.values()) await store.close()
  await sliding?.close()
}
