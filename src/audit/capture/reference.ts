/** @file The reference, run once: its captures, its unembedding and what its features do, kept for every candidate. */

import { hookName } from '../../contract/hook-point.ts'
import type { AuditConfig } from '../../contract/options/audit-config.ts'
import { HIDDEN, hookWidth } from '../../models/body-graph.ts'
import type { Unembedding } from '../../models/head-graph.ts'
import type { Device } from '../../onnx/sessions/session.ts'
import { hasExactRows } from '../close-calls/exact-rows.ts'
import type { Referee } from '../close-calls/referee.ts'
import { stageCost } from '../cost.ts'
import { type Readout, type ReferenceFeatures, seeReference } from '../features/readouts.ts'
import type { Work } from '../progress.ts'
import { loadBody, loadUnembedding, type Model } from '../subjects/model.ts'
import type { AuditTokens } from '../text/tokens.ts'
import { type CaptureStores, capture } from './capture.ts'
import { createRowStore, type MemoryBudget, type RowStore } from './row-store.ts'

/** Captures of one model: taps and hidden state over the blocks, and the hidden state over sliding windows. */
export interface ModelCapture {
  readonly chunked: CaptureStores
  readonly sliding: RowStore | null
}

export interface SeenReadout {
  readonly readout: Readout
  readonly features: ReferenceFeatures
}

export interface CapturedReference {
  readonly model: Model
  readonly capture: ModelCapture
  readonly unembedding: Unembedding
  readonly readouts: readonly SeenReadout[]
}

/** Run the reference over the corpus, then every SAE over it. */
export async function captureReference(
  config: AuditConfig,
  model: Model,
  readouts: readonly Readout[],
  tokens: AuditTokens,
  device: Device,
  memory: MemoryBudget,
  work: Work,
): Promise<CapturedReference> {
  const captured = await captureModel('reference', model, readouts, tokens, device, memory, work)
  const unembedding = await loadUnembedding(model, device)
  const seen: SeenReadout[] = []
  const layout = rowLayout(tokens)
  const referee = refereeOf('reference', model, tokens, device, memory, work)
  for (const readout of readouts) {
    const residuals = { store: storeOf(captured.chunked, readout.hook), center: readout.center }
    const rows = layout.blockCount * layout.blockLength
    const onTokens = work.stage(
      `reference: features at ${readout.id}`,
      stageCost.features(readout, rows, 1),
      rows,
    )
    const features = await seeReference(readout, residuals, layout, config, device, onTokens, referee)
    seen.push({ readout, features })
  }
  return { model, capture: captured, unembedding, readouts: seen }
}

/** Null: this model's rows cannot be had in float64, so float32 decides. */
export function refereeOf(
  name: string,
  model: Model,
  { blocks: { ids, blockLength } }: AuditTokens,
  device: Device,
  memory: MemoryBudget,
  work: Work,
): Referee | null {
  if (!hasExactRows(model, device)) return null
  return { name, source: { model, ids, blockLength, device, memory }, work }
}

export function rowLayout({ blocks, groups }: AuditTokens) {
  return { blockCount: blocks.blockCount, blockLength: blocks.blockLength, groups }
}

/** Load a model, run it over blocks and windows, and unload it. */
export async function captureModel(
  name: string,
  model: Model,
  readouts: readonly Readout[],
  tokens: AuditTokens,
  device: Device,
  memory: MemoryBudget,
  work: Work,
): Promise<ModelCapture> {
  const { decoder } = model
  const hooks = [...new Map(readouts.map((r) => [r.hook, r.dictionary.hook])).values()]
  const { plan } = tokens.chunked
  const sequences = {
    blockLength: tokens.blocks.blockLength,
    longest: tokens.longest,
    count: Math.max(plan.sequences.length, tokens.sliding?.plan.sequences.length ?? 0),
  }
  const run = (what: string, rows: number) =>
    work.stage(`${name}: ${what}`, stageCost.body(decoder, rows, tokens.longest), rows)
  const body = await loadBody(model, hooks, sequences, device)
  try {
    const chunked = new Map<string, RowStore>()
    for (const hook of hooks) {
      chunked.set(hookName(hook), await createRowStore(plan.rows, hookWidth(decoder, hook), memory))
    }
    chunked.set(HIDDEN, await createRowStore(plan.rows, decoder.spec.d_model, memory))
    await capture(body, plan, chunked, run('forward pass', plan.rows))
    if (tokens.sliding === null) return { chunked, sliding: null }
    const windows = tokens.sliding.plan
    const sliding = await createRowStore(windows.rows, decoder.spec.d_model, memory)
    const runTokens = windows.sequences.reduce((sum, s) => sum + s.end - s.begin, 0)
    await capture(body, windows, new Map([[HIDDEN, sliding]]), run('sliding windows', runTokens))
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

export async function closeReference(reference: CapturedReference): Promise<void> {
  await closeCapture(reference.capture)
}
