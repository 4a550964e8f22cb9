/**
 * @file Captures that grow with the text: each model is run over what was added since the last look, and its rows so far are what is
 * read. Stores have room for the whole text from the start; whoever closes a capture of a look closes nothing.
 */
import type { Growing } from '../run/run.ts'
import type { Model } from '../subjects/model.ts'
import type { AuditTokens } from '../text/tokens.ts'
import type { CaptureStores } from './capture.ts'
import type { RowStore } from './row-store.ts'

/** Rows of a model so far. */
interface Grown {
  readonly stores: CaptureStores
  sequences: number
}

/** By the text that grows; whoever holds it holds these. */
const grownOver = new WeakMap<Growing, Map<Model, Grown>>()

/** What is still to be run of a model, and where its rows go. */
export interface ToRun {
  readonly firstSequence: number
  readonly stores: CaptureStores
}

/** How a model is captured. */
export interface Capturing {
  /** Stores for the whole text. */
  readonly open: (whole: AuditTokens) => Promise<CaptureStores>
  readonly run: (toRun: ToRun) => Promise<void>
}

/** Rows of the model over `tokens`, a beginning of the text that grows. Errors: those of capturing. */
export async function grownCapture(
  growing: Growing,
  model: Model,
  { sequences: { sequenceCount, blockLength } }: Pick<AuditTokens, 'sequences'>,
  { open, run }: Capturing,
): Promise<CaptureStores> {
  const all = grownOver.get(growing) ?? new Map<Model, Grown>()
  grownOver.set(growing, all)
  const grown = all.get(model) ?? { stores: await open(growing.whole), sequences: 0 }
  all.set(model, grown)
  const rows = sequenceCount * blockLength
  if (grown.sequences < sequenceCount) {
    const firstRow = grown.sequences * blockLength
    const stores = within(grown.stores, firstRow, rows - firstRow)
    await run({ firstSequence: grown.sequences, stores })
    grown.sequences = sequenceCount
  }
  return within(grown.stores, 0, rows)
}

/** Close what was captured. */
export async function closeGrown(growing: Growing): Promise<void> {
  for (const { stores } of grownOver.get(growing)?.values() ?? [])
    for (const store of stores.values()) await store.close()
  grownOver.delete(growing)
}

/** Rows [first, first + rows) of every store, which stay open. */
function within(stores: CaptureStores, first: number, rows: number): CaptureStores {
  const part = (store: RowStore): RowStore => ({
    rows,
    width: store.width,
    inFile: store.inFile,
    write: async (row, values) => await store.write(first + row, values),
    read: async (start, end) => await store.read(first + start, first + end),
    close: async () => {},
  })
  return new Map([...stores].map(([name, store]) => [name, part(store)]))
}
