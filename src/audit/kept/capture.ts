/**
 * @file The reference's capture, taken from the cache where it is there: residual rows at the hooks and the final hidden rows, which with
 * the unembedding give its logits. Losses and KL beside another candidate then take no run of the reference.
 *
 * In 16 bits (half-rows.ts) the audit that keeps them measures with the rounded rows, too, so that it finds what a later one does.
 */
import type { FromSchema } from 'json-schema-to-ts'
import { schemaCheck } from '../../contract/schema-check.ts'
import { present } from '../../numbers/present.ts'
import { EntryDamaged, type OpenEntry } from '../../sources/kept/entries.ts'
import {
  type CreateStore,
  captureModel,
  closeCapture,
  type ModelCapture,
  openStores,
} from '../capture/capture-model.ts'
import { halfRows, halfWidth } from '../capture/half-rows.ts'
import { createRowStore, type RowStore } from '../capture/row-store.ts'
import { stageCost } from '../machine/stage-cost.ts'
import { addTally, emptyTally, type RowRounding, relativeRounding } from '../machine/stream-tally.ts'
import type { Keeping } from '../run/keeping.ts'
import type { Run } from '../run/run.ts'
import type { Model } from '../subjects/model.ts'
import { captureKey } from './keys.ts'
import { bytesOf, copyRows, partsOf, piecesOf, readRows } from './rows.ts'
import { keptTally, tallySchema } from './tally.ts'

const figuresSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['streamed', 'rounding'],
  properties: { streamed: tallySchema, rounding: tallySchema.properties.rounding },
} as const

const check = schemaCheck<FromSchema<typeof figuresSchema>>(figuresSchema)

/** The reference's rows, and what 16 bits took from them; null: they are whole. */
export interface KeptCapture {
  readonly capture: ModelCapture
  readonly rounding: RowRounding | null
}

/** Taken, or captured and kept. Errors: those of captureModel. */
export async function keptCapture(run: Run, model: Model): Promise<KeptCapture> {
  const { kept, growing } = run
  // Of a text that is looked at again and again only finished rounds are kept.
  if (kept === null || growing !== null)
    return { capture: await captureModel(run, 'reference', model), rounding: null }
  const key = captureKey(run, kept)
  const known = await kept.entries.take(key, (entry) => readCapture(run, model, entry))
  if (known !== null) {
    const { rows } = run.tokens.chunked.plan
    run.work.stage('reference: as kept', stageCost.body(model.decoder, rows, run.tokens.longest), rows)(rows)
    kept.tell('the reference is not run: its capture was kept')
    return known
  }
  const streamed = emptyTally()
  const whole = await captureModel({ ...run, streamed }, 'reference', model)
  addTally(run.streamed, streamed)
  const held = await asKept(run, kept, { model, whole })
  const parts = partsOf(held.capture).map(([name, store]) => [name, held.storedAs(store)] as const)
  await kept.entries.put({
    ...key,
    bytes: parts.reduce((sum, [, store]) => sum + bytesOf(store), 0),
    figures: { streamed: keptTally(streamed), rounding: { ...held.rounding } },
    write: async (into) => {
      for (const [name, store] of parts) await into.part(name, piecesOf(store))
    },
  })
  return { capture: held.capture, rounding: kept.rows === 'half' ? held.rounding : null }
}

/** Rows as the audit reads them, and the store that each lies in as it is kept. */
interface Held {
  readonly capture: ModelCapture
  readonly storedAs: (store: RowStore) => RowStore
  /** What storing them took from rows. */
  readonly rounding: RowRounding
}

/** Empty stores, in the type that rows are kept in. */
async function openHeld(run: Run, model: Model, rows: Keeping['rows']): Promise<Held> {
  const rounding = { error: 0, size: 0 }
  const bases = new Map<RowStore, RowStore>()
  const create: CreateStore = async (count, width, budget) => {
    if (rows === 'full') return await createRowStore(count, width, budget)
    const base = await createRowStore(count, halfWidth(width), budget)
    const store = halfRows(base, width, rounding)
    bases.set(store, base)
    return store
  }
  const capture = await openStores(run, model, create)
  return { capture, storedAs: (store) => bases.get(store) ?? store, rounding }
}

/** A fresh capture in the type that rows are kept in; it is closed where another takes its place. */
async function asKept(
  run: Run,
  { rows }: Keeping,
  { model, whole }: { readonly model: Model; readonly whole: ModelCapture },
): Promise<Held> {
  if (rows === 'full') return { capture: whole, storedAs: (store) => store, rounding: { error: 0, size: 0 } }
  const held = await openHeld(run, model, rows)
  const [from, to] = [partsOf(whole), partsOf(held.capture)]
  for (const [i, [, store]] of from.entries()) await copyRows(store, present(to[i])[1])
  await closeCapture(whole)
  return held
}

/** Errors: EntryDamaged, SPILL_FAILED. */
async function readCapture(run: Run, model: Model, entry: OpenEntry): Promise<KeptCapture> {
  const { figures } = entry
  const isKnown = check()
  if (!isKnown(figures)) throw new EntryDamaged('its figures are malformed')
  const rows = run.kept?.rows ?? 'full'
  const { capture, storedAs } = await openHeld(run, model, rows)
  try {
    for (const [name, store] of partsOf(capture)) await readRows(entry, name, storedAs(store))
  } catch (error) {
    await closeCapture(capture)
    throw error
  }
  addTally(run.streamed, figures.streamed)
  return { capture, rounding: rows === 'half' ? figures.rounding : null }
}

/** What a reader of the report should know of it; sentences. */
export function roundedWarnings(rounding: RowRounding | null): readonly string[] {
  const moved = rounding === null ? null : relativeRounding(rounding)
  if (moved === null) return []
  return [
    `rows of the reference were rounded to 16 bits (--capture-rows half), which moved them by ${moved.toExponential(1)} of their length (root mean square); those of candidates were not`,
  ]
}
