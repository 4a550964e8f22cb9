/**
 * @file A round that was measured, in the cache: the sums of its candidates in the format of their file, and beside them, as JSON, what is
 * made of captures that are gone by then. A round is kept as a whole: its candidates share products.
 */
import type { FromSchema } from 'json-schema-to-ts'
import { causal } from '../../contract/report/causal/causal-schema.ts'
import { monitors } from '../../contract/report/causal/monitor-schema.ts'
import { lossRecovered } from '../../contract/report/causal/recovered-schema.ts'
import { attribution } from '../../contract/report/compression/attribution-schema.ts'
import { diagnosis } from '../../contract/report/compression/diagnosis-schema.ts'
import { latentScaling, newFeatures, survivalByKind } from '../../contract/report/features-schema.ts'
import { nullableNumber } from '../../contract/report/parts.ts'
import { stabilityRow } from '../../contract/report/stability-schema.ts'
import { schemaCheck } from '../../contract/schema-check.ts'
import { parseJson } from '../../sources/json.ts'
import { EntryDamaged, type OpenEntry } from '../../sources/kept/entries.ts'
import type { KeptKey } from '../../sources/kept/manifest.ts'
import { addTally, type StreamTally } from '../machine/stream-tally.ts'
import type { Keeping } from '../run/keeping.ts'
import type { CandidateGroupSums, GroupSums } from '../sums/group-sums.ts'
import { groupSumsBytes } from '../sums/write-group-sums.ts'
import { readSums, SUMS_PART, wholePart } from './sums.ts'
import { keptTally, tallySchema } from './tally.ts'

const count = { type: 'integer', minimum: 0 } as const

const located = {
  type: 'object',
  additionalProperties: false,
  required: ['feature', 'correlation', 'watched', 'contexts'],
  properties: {
    feature: count,
    correlation: nullableNumber,
    watched: { type: 'boolean' },
    contexts: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['row', 'activation', 'candidate'],
        properties: { row: count, activation: { type: 'number' }, candidate: { type: 'number' } },
      },
    },
  },
} as const

const batched = {
  type: 'object',
  additionalProperties: false,
  required: ['sequences', 'reference', 'candidate', 'deltaPercent'],
  properties: {
    sequences: count,
    reference: { type: 'number' },
    candidate: { type: 'number' },
    deltaPercent: { type: 'number' },
  },
} as const

/** Of the active features, in the order of their ids. */
const perFeature = { type: 'array', items: nullableNumber } as const

/** What latent scaling told: columns of the table, and the report of them. */
const latents = {
  type: 'object',
  additionalProperties: false,
  required: ['report', 'reconstruction', 'error'],
  properties: { report: latentScaling, reconstruction: perFeature, error: perFeature },
} as const

const besideSums = {
  type: 'object',
  additionalProperties: false,
  required: ['batched', 'stability', 'diagnosis', 'attribution', 'located', 'features'],
  properties: {
    batched: { anyOf: [{ type: 'null' }, batched] },
    stability: { type: 'array', items: stabilityRow },
    diagnosis: { anyOf: [{ type: 'null' }, diagnosis] },
    attribution: { anyOf: [{ type: 'null' }, attribution] },
    located: { type: 'array', items: { type: 'array', items: located } },
    features: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        properties: { causal, monitors, lossRecovered, newFeatures, survivalByKind, latents },
      },
    },
  },
} as const

/** What there is of a candidate beside its sums. */
export type BesideSums = FromSchema<typeof besideSums>

const roundSchema = {
  type: 'object',
  additionalProperties: false,
  required: ['streamed', 'candidates'],
  properties: { streamed: tallySchema, candidates: { type: 'array', items: besideSums } },
} as const

const check = schemaCheck<FromSchema<typeof roundSchema>>(roundSchema)

const BESIDE_PART = 'beside.json'

/** A candidate of a round as it is kept. */
export interface KeptCandidate {
  readonly sums: CandidateGroupSums
  readonly beside: BesideSums
}

/** Null: it was not kept, or cannot be used. `to`: what streaming came to is added there. */
export async function takeRound(
  { entries }: Keeping,
  key: KeptKey,
  candidates: number,
  to: StreamTally,
): Promise<readonly KeptCandidate[] | null> {
  return await entries.take(key, async (entry) => {
    const { candidates: all } = await readSums(entry)
    const { streamed, candidates: beside } = await readBeside(entry)
    const kept = all.flatMap((sums, c) => {
      const found = beside[c]
      return found === undefined ? [] : [{ sums, beside: found }]
    })
    if (kept.length !== candidates) throw new EntryDamaged('it is of another number of candidates')
    addTally(to, streamed)
    return kept
  })
}

async function readBeside(entry: OpenEntry): Promise<FromSchema<typeof roundSchema>> {
  const outcome = parseJson(await wholePart(entry, BESIDE_PART))
  const isRound = check()
  if ('reason' in outcome || !isRound(outcome.value)) throw new EntryDamaged(`${BESIDE_PART} is malformed`)
  return outcome.value
}

/** `sums`: of the round's candidates, with the reference's. */
export async function keepRound(
  { entries }: Keeping,
  key: KeptKey,
  sums: GroupSums,
  { streamed, beside }: { readonly streamed: StreamTally; readonly beside: readonly BesideSums[] },
): Promise<void> {
  const pieces = groupSumsBytes(sums)
  const json = new TextEncoder().encode(JSON.stringify({ streamed: keptTally(streamed), candidates: beside }))
  await entries.put({
    ...key,
    bytes: pieces.reduce((sum, { byteLength }) => sum + byteLength, json.byteLength),
    figures: null,
    write: async (into) => {
      await into.part(SUMS_PART, pieces)
      await into.part(BESIDE_PART, [json])
    },
  })
}
