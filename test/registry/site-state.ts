/** @file A registry's state with audits and their reports, made up, for the pages that are made of it. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FeatureClass } from '../../src/contract/report/feature-table.ts'
import { writeReport } from '../../src/gate/report-folder.ts'
import type { Item } from '../../src/registry/item.ts'
import type { Outcome } from '../../src/registry/outcome.ts'
import type { Entry, Inputs } from '../../src/registry/state/entries.ts'
import { sample } from '../report/sample.ts'

export const INPUTS: Inputs = {
  candidate: 'c',
  reference: 'r',
  sae: 's',
  corpus: 't',
  policy: 'p',
  options: 'o',
  tool: '0.1.0',
}

export const item = (source: string, name: string, more: Partial<Item> = {}): Item => ({
  source,
  name,
  revision: '0123456789abcdef0123',
  when: '2026-11-01T00:00:00Z',
  tags: [],
  base: null,
  ...more,
})

export const listed = (...items: readonly Item[]): Entry => ({ type: 'listed', items })

export const verdict = (
  survived: number,
  { bytes = 1e9, report = 'digest' }: { readonly bytes?: number; readonly report?: string } = {},
): Outcome => ({
  kind: 'verdict',
  verdict: survived >= 0.9 ? 'pass' : survived >= 0.85 ? 'inconclusive' : 'fail',
  blocks: survived < 0.9,
  figures: {
    survived,
    damaged: 1 - survived,
    perplexityDelta: 3 - 3 * survived,
    klMean: 0.1 * (1 - survived),
    bytes,
  },
  report,
})

export const GATED: Outcome = {
  kind: 'error',
  class: 'gated',
  code: 'HUB_FORBIDDEN',
  message: 'No access to /home/somebody/secret-place',
  fix: 'Ask for it.',
}

export const finished = (
  id: string,
  outcome: Outcome,
  more: { folder?: string; inputs?: Partial<Inputs> } = {},
): Entry => ({
  type: 'finished',
  item: id,
  revision: '0123456789abcdef0123',
  key: more.folder ?? 'key',
  folder: more.folder ?? null,
  inputs: { ...INPUTS, ...more.inputs },
  run: 'r',
  tries: 1,
  seconds: 1,
  outcome,
})

/** Features that survive in the sample's candidate at both read-outs. */
export function healthy(most: number): readonly number[] {
  const { report, evidence } = sample(512)
  const tables = evidence.filter(({ table }) => table.candidate === report.candidates[1]?.name)
  const ids = Array.from({ length: 512 }, (_, j) => j)
  return ids.filter((j) => tables.every(({ table }) => table.class[j] === 'survived')).slice(0, most)
}

/** A report of one candidate in the state's folder, with these features damaged besides; the digest that a history knows it by. */
export async function storeReport(
  state: string,
  folder: string,
  damaged: readonly number[] = [],
): Promise<string> {
  const { report, evidence } = sample(512)
  const [candidate] = report.candidates.slice(1, 2)
  if (candidate === undefined) throw new Error('the sample has changed')
  const own = evidence
    .filter(({ table }) => table.candidate === candidate.name)
    .map((one) => {
      const kinds: readonly FeatureClass[] = one.table.class.map((kind, j) =>
        damaged.includes(j) ? 'damaged' : kind,
      )
      const rho = one.table.correlation.map((value, j) => (damaged.includes(j) ? 0.125 : value))
      return { ...one, table: { ...one.table, class: kinds, correlation: rho } }
    })
  const whole = { report: { ...report, candidates: [candidate] }, evidence: own }
  const { json } = await writeReport(whole, join(state, 'reports', folder), new AbortController().signal)
  return createHash('sha256').update(readFileSync(json)).digest('hex')
}

/** Models with so many audits each, without reports. */
export function many(models: number, audits: number): readonly Entry[] {
  const items = Array.from({ length: models }, (_, i) =>
    item(`source-${i % 3}`, `acme/llama-${String(i).padStart(4, '0')}-int${4 + (i % 5)}`),
  )
  const ends = Array.from({ length: audits }, (_, k) =>
    items.map(({ source, name }, i) =>
      finished(
        `${source}:${name}`,
        verdict(0.8 + 0.2 * (((i * 7919 + k * 104729) % 1000) / 1000), { bytes: 1e9 + i * 1e6 }),
        {
          inputs: { reference: `reference-${i % 20}` },
        },
      ),
    ),
  )
  const entries: Entry[] = []
  for (let i = 0; i < items.length; i += 100) entries.push(listed(...items.slice(i, i + 100)))
  return [...entries, ...ends.flat()]
}
