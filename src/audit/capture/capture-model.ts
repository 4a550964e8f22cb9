/** @file One model, loaded, run over sequences and windows, and unloaded: what is kept of it. */
import { hookName } from '../../contract/hook-point.ts'
import type { StreamRows } from '../../contract/options/audit-config.ts'
import {
  type BodyProgram,
  blockRange,
  bodyUpTo,
  hookWidth,
  streamedParts,
  wholeBody,
} from '../../models/body-program.ts'
import { rowWidth } from '../../models/graph/beside/row-layout.ts'
import { HIDDEN } from '../../models/graph/body.ts'
import { withFewerRows } from '../machine/fewer-rows.ts'
import { stageCost } from '../machine/stage-cost.ts'
import type { StreamTally } from '../machine/stream-tally.ts'
import { hooksOf } from '../run/readout.ts'
import { type Run, type WeightsHeld, wantsLosses } from '../run/run.ts'
import type { Model } from '../subjects/model.ts'
import type { SequencePlan } from '../text/sequences.ts'
import { type CaptureStores, capture } from './capture.ts'
import { grownCapture } from './growing-captures.ts'
import { createRowsOf, rowBytes } from './half-rows.ts'
import { loadBody, type Sequences } from './load-body.ts'
import { createRowStore, type RowStore } from './row-store.ts'
import { runTokens, type StreamedPlan, streamBody } from './stream-body.ts'

/** Captures of one model: taps and hidden state over the sequences, and the hidden state over sliding windows. */
export interface ModelCapture {
  readonly chunked: CaptureStores
  readonly sliding: RowStore | null
}

/** The reference, run: what candidates are measured beside. */
export interface CapturedReference {
  readonly model: Model
  readonly capture: ModelCapture
}

/**
 * Load a model, run it over sequences and windows, and unload it; of a text that grows, over what was added. `name`: as progress calls
 * it.
 */
export async function captureModel(run: Run, name: string, model: Model): Promise<ModelCapture> {
  const { growing, tokens } = run
  if (growing === null) {
    const stores = await openStores(run, model)
    await captureInto({ run, name, model }, tokens.chunked.plan, stores)
    return stores
  }
  const chunked = await grownCapture(growing, model, tokens, {
    open: async (whole) => (await openStores({ ...run, tokens: whole }, model)).chunked,
    run: async ({ firstSequence, stores }) => {
      const { plan } = tokens.chunked
      const sequences = plan.sequences.slice(firstSequence)
      const rows = plan.rows - firstSequence * tokens.sequences.blockLength
      await captureInto(
        { run, name, model },
        { ...plan, sequences, rows },
        { chunked: stores, sliding: null },
      )
    },
  })
  return { chunked, sliding: null }
}

/** What is run, by the name that progress calls it. */
interface Asked {
  readonly run: Run
  readonly name: string
  readonly model: Model
}

/** `plan`: of the sequences. The stores are closed where it fails. */
async function captureInto(
  { run, name, model }: Asked,
  plan: SequencePlan,
  stores: ModelCapture,
): Promise<void> {
  const { tokens } = run
  const hooks = hooksOf(run.readouts)
  const sequences = {
    blockLength: tokens.sequences.blockLength,
    longest: tokens.longest,
    count: Math.max(plan.sequences.length, tokens.sliding?.plan.sequences.length ?? 0),
  }
  const program = wantsLosses(run.config) ? wholeBody(hooks) : bodyUpTo(hooks)
  const running = { run, name, model, program, sequences, plan }
  try {
    await withFewerRows(run.device, (device) => runOn({ ...running, run: { ...run, device } }, stores))
  } catch (error) {
    await closeCapture(stores)
    throw error
  }
}

/** Makes a store for rows of a capture. */
export type CreateStore = typeof createRowStore

/** Empty, for all that is kept of a model. Errors: SPILL_FAILED. */
export async function openStores(
  { config, tokens, readouts, memory }: Run,
  { decoder }: Pick<Model, 'decoder'>,
  create: CreateStore = createRowStore,
): Promise<ModelCapture> {
  const { rows } = tokens.chunked.plan
  const { d_model } = decoder.spec
  const chunked = new Map<string, RowStore>()
  for (const hook of hooksOf(readouts)) {
    chunked.set(hookName(hook), await create(rows, hookWidth(decoder, hook), memory))
  }
  if (wantsLosses(config)) chunked.set(HIDDEN, await create(rows, d_model, memory))
  const windows = tokens.sliding?.plan
  const sliding = windows === undefined ? null : await create(windows.rows, d_model, memory)
  return { chunked, sliding }
}

/** A model and what is run of it. */
interface Running {
  readonly run: Run
  readonly name: string
  readonly model: Model
  readonly program: BodyProgram
  readonly sequences: Sequences
  /** Of the sequences; windows are those of the run. */
  readonly plan: SequencePlan
}

/** On its device, once: all of it written anew where a run before was too large. */
async function runOn(running: Running, stores: ModelCapture): Promise<void> {
  const { weights } = running.run
  if (weights.kind === 'stream') await runStreamed(running, weights, stores)
  else await runWhole(running, stores)
}

/** All of it in the engine: sequences, then windows. */
async function runWhole(
  { run: { tokens, work, device }, name, model, program, sequences, plan }: Running,
  { chunked, sliding }: ModelCapture,
): Promise<void> {
  const { decoder } = model
  const [, end] = blockRange(program, decoder)
  const stage = (what: string, rows: number) =>
    work.stage(`${name}: ${what}`, stageCost.body(decoder, rows, tokens.longest, end), rows)
  const body = await loadBody(model, program, sequences, device)
  try {
    await capture(body, plan, chunked, stage('forward pass', plan.rows))
    if (tokens.sliding === null || sliding === null) return
    const windows = tokens.sliding.plan
    await capture(body, windows, new Map([[HIDDEN, sliding]]), stage('sliding windows', runTokens(windows)))
  } finally {
    await body.session.release()
  }
}

/** Range by range, sequences and windows through each. */
async function runStreamed(
  { run, name, model, program, sequences, plan }: Running,
  { rangeBytes, rows, readsAhead }: Extract<WeightsHeld, { kind: 'stream' }>,
  { chunked, sliding }: ModelCapture,
): Promise<void> {
  const { tokens, work, device, memory, streamed: tally } = run
  const { decoder } = model
  const [, end] = blockRange(program, decoder)
  const runs = [
    { plan, stores: chunked },
    ...(tokens.sliding === null || sliding === null
      ? []
      : [{ plan: tokens.sliding.plan, stores: new Map([[HIDDEN, sliding]]) }]),
  ]
  const total = runs.reduce((sum, { plan }) => sum + runTokens(plan), 0)
  const onTokens = work.stage(
    `${name}: forward pass, range by range`,
    stageCost.body(decoder, total, tokens.longest, end),
    total,
  )
  const plans: StreamedPlan[] = []
  try {
    for (const of of runs) {
      const size = { rows: runTokens(of.plan), width: rowWidth(decoder) }
      const between = await createRowsOf(rows, size, memory, tally.rounding)
      plans.push({ ...of, between })
    }
    noteRows(tally, rowWidth(decoder), rows, plans)
    const ranges = streamedParts(program, decoder, rangeBytes)
    await streamBody(model, ranges, plans, { device, sequences, readsAhead, tally, onTokens })
  } finally {
    for (const { between } of plans) await between.close()
  }
}

/** What waits between two ranges of this model, beside what other models took. */
function noteRows(
  { rowBytes: most }: StreamTally,
  width: number,
  type: StreamRows,
  plans: readonly StreamedPlan[],
): void {
  const bytes = (inFile: boolean): number =>
    plans.reduce(
      (sum, { between }) => sum + (between.inFile === inFile ? between.rows * rowBytes(width, type) : 0),
      0,
    )
  most.memory = Math.max(most.memory, bytes(false))
  most.file = Math.max(most.file, bytes(true))
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
