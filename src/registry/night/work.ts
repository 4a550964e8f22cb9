/** @file Which candidates are due, why, and with which inputs: what a night will do, before it does anything. */
import type { RegistryFile } from '../../contract/registry/registry-file.ts'
import { SaegateError } from '../../errors/problem.ts'
import { digestOfWords } from '../content.ts'
import { itemId } from '../item.ts'
import { isWorthRetrying } from '../outcome.ts'
import type { Inputs } from '../state/entries.ts'
import { type History, type Known, triesOf } from '../state/history.ts'
import type { EarlierReport } from './audit-port.ts'
import { isPolicyAlone, whyDue } from './due.ts'
import { type Asked, type InputsOf, inputsKey } from './inputs.ts'
import type { NightResult } from './result.ts'
import type { Ruled } from './rules.ts'

/** One audit that is due. */
export interface Job {
  readonly id: string
  readonly ruled: Ruled
  readonly known: Known
  readonly why: string
  readonly key: string
  readonly inputs: Inputs
  /** Name of its report's folder: that of the inputs, counted where somebody asked for another audit of the same. */
  readonly folder: string
  /** Null: what it needs could not be opened. */
  readonly asked: Asked | null
  /** Why not. */
  readonly problem: SaegateError | null
  /** The report of its last audit, where nothing but the policy changed since. */
  readonly judgedBefore: EarlierReport | null
}

export interface Work {
  readonly jobs: readonly Job[]
  readonly unchanged: number
  readonly givenUp: NightResult['givenUp']
}

export interface WorkDoors {
  readonly file: RegistryFile
  readonly tool: string
  readonly history: History
  readonly inputsOf: InputsOf
  /** What an audit of it is told, and where its report will be. */
  specOf(ruled: Ruled): string
  folderOf(name: string): string
}

const UNOPENED: Inputs = {
  candidate: '',
  reference: '',
  sae: '',
  corpus: '',
  policy: '',
  options: '',
  tool: '',
}

/** Requests to a registry that go on at once. */
const AT_ONCE = 8

export async function findWork(ruled: readonly Ruled[], doors: WorkDoors): Promise<Work> {
  const found: (Job | 'unchanged' | { readonly item: string; readonly why: string } | null)[] = []
  for (let i = 0; i < ruled.length; i += AT_ONCE)
    found.push(...(await Promise.all(ruled.slice(i, i + AT_ONCE).map((one) => looked(one, doors)))))
  const jobs: Job[] = []
  const givenUp: { item: string; why: string }[] = []
  for (const one of found)
    if (one !== null && one !== 'unchanged') {
      if ('ruled' in one) jobs.push(one)
      else givenUp.push(one)
    }
  return { jobs, givenUp, unchanged: found.filter((one) => one === 'unchanged').length }
}

async function looked(
  ruled: Ruled,
  doors: WorkDoors,
): Promise<Job | 'unchanged' | NightResult['givenUp'][number] | null> {
  const { item, rule } = ruled
  const id = itemId(item)
  const known = doors.history.items.get(id)
  if (known === undefined) return null
  const last = known.last?.what
  const unopened = unopenedKey(ruled, doors)
  const givenUp = last?.outcome.kind === 'error' ? { item: id, why: last.outcome.message } : null
  const isHopeless = (key: string): boolean =>
    last?.outcome.kind === 'error' &&
    last.key === key &&
    !isWorthRetrying(last.outcome.class, triesOf(known, key))
  if (givenUp !== null && isHopeless(unopened) && !known.isWanted) return givenUp
  try {
    const asked = await doors.inputsOf(item, rule, { spec: doors.specOf(ruled), out: doors.folderOf('new') })
    const key = inputsKey(asked.inputs)
    const why = whyDue(known, { inputs: asked.inputs, key }, doors.file.config.ignoreChanges ?? [])
    if (why === null) return givenUp ?? 'unchanged'
    const folder = folderName(key, known, doors.history)
    const request = { ...asked.request, out: doors.folderOf(folder) }
    const judgedBefore = isPolicyAlone(known, asked.inputs) ? lastReport(known, doors) : null
    const job = { id, ruled, known, why, key, inputs: asked.inputs, folder, judgedBefore, problem: null }
    return { ...job, asked: { ...asked, request } }
  } catch (error) {
    if (!(error instanceof SaegateError)) throw error
    const why = last === undefined ? 'new' : 'it could not be opened'
    const nothing = { inputs: UNOPENED, folder: '', asked: null, judgedBefore: null }
    return { id, ruled, known, why, key: unopened, ...nothing, problem: error }
  }
}

function lastReport({ last }: Known, { folderOf }: WorkDoors): EarlierReport | null {
  const { folder, outcome } = last?.what ?? { folder: null, outcome: null }
  return folder === null || outcome?.kind !== 'verdict'
    ? null
    : { from: folderOf(folder), sha256: outcome.report }
}

/** What is known of a candidate that could not be opened: another revision, rule or tool may. */
function unopenedKey({ item, rule }: Ruled, { file, tool }: WorkDoors): string {
  const said = JSON.stringify([file.config.rules[rule], file.config.audit ?? null])
  return digestOfWords('unopened', itemId(item), item.revision, said, tool).slice(0, 32)
}

function folderName(key: string, { isWanted, item }: Known, history: History): string {
  if (!isWanted) return key
  const earlier = history.audits.filter(
    ({ what }) => what.item === itemId(item) && what.key === key && what.outcome.kind === 'verdict',
  ).length
  return earlier === 0 ? key : `${key}-${earlier + 1}`
}
