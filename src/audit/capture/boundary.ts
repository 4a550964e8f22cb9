/**
 * @file The blocks of a model from a stored boundary on: rows of the residual stream before a block, which are kept while
 * suffixes run from them, and then moved on by a block.
 */
import { type HookPoint, hookName } from '../../contract/hook-point.ts'
import { type BodyProgram, type Edit, hookWidth, streamedParts } from '../../models/body-program.ts'
import { rowWidth } from '../../models/graph/beside/row-layout.ts'
import { HIDDEN, RESIDUAL, RESIDUAL_BEFORE } from '../../models/graph/body.ts'
import { COUNTED_ROWS } from '../../models/graph/shape.ts'
import { present } from '../../numbers/present.ts'
import { withFewerRows } from '../machine/fewer-rows.ts'
import type { Run, WeightsHeld } from '../run/run.ts'
import type { Model } from '../subjects/model.ts'
import type { CaptureStores } from './capture.ts'
import { createRowsOf } from './half-rows.ts'
import { loadBody, type Sequences } from './load-body.ts'
import { createRowStore, type RowStore } from './row-store.ts'
import { runRange, runTokens, type StreamedPlan, streamBody } from './stream-body.ts'

/** Rows before a block: (tokens that are run, row width). */
export interface Boundary {
  readonly model: Model
  readonly block: number
  readonly rows: RowStore
}

const NOTHING_READ = { taps: [], sums: [], edits: [] } as const

/** Rows before the first block. Errors: those of running a model. */
export async function firstBoundary(run: Run, model: Model): Promise<Boundary> {
  const rows = await boundaryRows(run, model)
  const boundary = { model, block: 0, rows }
  await runFrom(run, boundary, {
    model,
    program: { ...NOTHING_READ, from: 'ids', to: 0 },
    stores: new Map(),
    end: rows,
  })
  return boundary
}

/** The same rows before a later block, in a store of their own; the one before is closed. */
export async function movedOn(run: Run, boundary: Boundary, block: number): Promise<Boundary> {
  if (block === boundary.block) return boundary
  const { model } = boundary
  const rows = await boundaryRows(run, model)
  const program = { ...NOTHING_READ, from: boundary.block, to: block }
  await runFrom(run, boundary, { model, program, stores: new Map(), end: rows })
  await boundary.rows.close()
  return { model, block, rows }
}

const boundaryRows = (run: Run, { decoder }: Model): Promise<RowStore> =>
  createRowStore(runTokens(run.tokens.chunked.plan), rowWidth(decoder), run.memory)

/** What of a suffix is kept. */
export interface Wanted {
  /** Read on the way; none of a block before the boundary. */
  readonly hooks: readonly HookPoint[]
  /** The final hidden rows too: then it runs to the end. */
  readonly hidden: boolean
  /** What is changed on the way. Absent: nothing. */
  readonly edits?: readonly Edit[]
  /** Rows that edits take, by the name of their input. */
  readonly given?: ReadonlyMap<string, RowStore>
}

/** Run another model from a boundary on, and keep its rows at hooks. The boundary's stay as they are. */
export async function runSuffix(
  run: Run,
  boundary: Boundary,
  model: Model,
  { hooks, hidden, edits = [], given = new Map() }: Wanted,
): Promise<CaptureStores> {
  const stores = new Map<string, RowStore>()
  const { rows } = run.tokens.chunked.plan
  const { decoder } = model
  try {
    for (const hook of hooks)
      stores.set(hookName(hook), await createRowStore(rows, hookWidth(decoder, hook), run.memory))
    if (hidden) stores.set(HIDDEN, await createRowStore(rows, decoder.spec.d_model, run.memory))
    const last = Math.max(boundary.block, ...hooks.map(({ layer }) => layer + 1))
    const program: BodyProgram = {
      ...NOTHING_READ,
      from: boundary.block,
      to: hidden ? 'hidden' : last,
      taps: hooks,
      edits,
    }
    await runFrom(run, boundary, { model, program, stores, end: null, given })
    return stores
  } catch (error) {
    await closeStores(stores)
    throw error
  }
}

export async function closeStores(stores: CaptureStores): Promise<void> {
  for (const store of stores.values()) await store.close()
}

interface Suffix {
  readonly model: Model
  readonly program: BodyProgram
  readonly stores: CaptureStores
  /** Where the rows at its end go; null: nowhere. */
  readonly end: RowStore | null
  readonly given?: ReadonlyMap<string, RowStore>
}

async function runFrom(run: Run, { rows }: Pick<Boundary, 'rows'>, suffix: Suffix): Promise<void> {
  const { program, stores, end, given = new Map() } = suffix
  const running = {
    program,
    stores,
    before: rows,
    given,
    ...(end === null ? { keepsEnd: false } : { between: end }),
  }
  await withFewerRows(run.device, async (device) => {
    const { weights } = run
    if (weights.kind === 'stream') await runStreamed({ ...run, device }, weights, suffix, running)
    else await runWhole({ ...run, device }, suffix, running)
  })
}

type Running = Pick<StreamedPlan, 'stores' | 'before' | 'keepsEnd' | 'given'> & {
  readonly between?: RowStore
}

function sequencesOf({ tokens }: Run): Sequences {
  const { blockLength } = tokens.sequences
  return { blockLength, longest: tokens.longest, count: tokens.chunked.plan.sequences.length }
}

/** All of it in the engine. */
async function runWhole(run: Run, { model, program }: Suffix, running: Running): Promise<void> {
  const { plan } = run.tokens.chunked
  const body = await loadBody(model, program, sequencesOf(run), run.device)
  const { name, session, sequences: together } = body
  const outputs = [...running.stores.keys(), ...(running.keepsEnd === false ? [] : [RESIDUAL])]
  const inputs = [...BODY_INPUTS, ...(running.given?.keys() ?? [])]
  const part = { program, session, inputs, outputs }
  const between = running.between ?? present(running.before)
  try {
    await runRange(
      { name, part, together, isFirst: true, isLast: true },
      { ...running, plan, between },
      () => {},
    )
  } finally {
    await session.release()
  }
}

/** What parts of a body take; each picks its own. */
const BODY_INPUTS = ['ids', 'last_position', 'length', COUNTED_ROWS, RESIDUAL_BEFORE]

async function runStreamed(
  run: Run,
  { rangeBytes, rows, readsAhead }: Extract<WeightsHeld, { kind: 'stream' }>,
  { model, program }: Suffix,
  running: Running,
): Promise<void> {
  const { tokens, device, streamed: tally, memory } = run
  const { plan } = tokens.chunked
  const size = { rows: runTokens(plan), width: rowWidth(model.decoder) }
  const own = running.between === undefined ? await createRowsOf(rows, size, memory, tally.rounding) : null
  const between = running.between ?? present(own)
  try {
    const ranges = streamedParts(program, model.decoder, rangeBytes)
    const streaming = { device, sequences: sequencesOf(run), readsAhead, tally, onTokens: () => {} }
    await streamBody(model, ranges, [{ ...running, plan, between }], streaming)
  } finally {
    await own?.close()
  }
}
