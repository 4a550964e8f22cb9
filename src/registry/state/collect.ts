/** @file What runs on other machines found, brought together: their reports first, then what their journals say of them. */
import { createHash } from 'node:crypto'
import { cp, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { temporaryPathIn, writeProblem } from '../../bytes/atomic.ts'
import { makeFolder } from '../../bytes/make-folder.ts'
import { fileMissing } from '../../errors/bytes.ts'
import { registryDamaged, registryNotThere } from '../../errors/registry.ts'
import type { Recorded } from './entries.ts'
import { readJournal } from './journal.ts'
import type { OpenState } from './open-state.ts'

export interface Collected {
  readonly schema: 'saegate/registry-collect@1'
  /** Audits that were not known here. */
  readonly audits: number
  readonly reports: number
  /** `3/4` for each shard that was to run and of which nothing was among the folders. */
  readonly missing: readonly string[]
}

/** Where the next listing begins is each machine's own. */
const OWN = ['history', 'cursor']

/** What is brought together. */
export interface Parts {
  readonly folders: readonly string[]
  /** `3/4` for each shard that was to run; null: all of every number of shards that is met. */
  readonly shards: readonly string[] | null
}

/**
 * Take over what the states in `folders` say and this one does not, once, however often they are given. Errors:
 * REGISTRY_NOT_THERE, REGISTRY_DAMAGED (a report is not the one that its journal speaks of), those of reading and writing.
 */
export async function collect(here: string, state: OpenState, parts: Parts): Promise<Collected> {
  let [audits, reports] = [0, 0]
  const shards = new Set<string>()
  for (const folder of parts.folders) {
    const text = await readJournal(folder)
    if (text === null) throw registryNotThere(folder)
    const news = text.records.filter(({ id, what }) => !state.history.ids.has(id) && !OWN.includes(what.type))
    for (const { what } of news) {
      if (what.type === 'run' && what.shard !== null) shards.add(what.shard)
      if (what.type !== 'finished') continue
      audits++
      if (what.folder !== null && what.outcome.kind === 'verdict')
        reports += (await bring(folder, here, { name: what.folder, sha256: what.outcome.report })) ? 1 : 0
    }
    await take(state, news)
  }
  const missing = parts.shards?.filter((shard) => !shards.has(shard)) ?? missingOf(shards)
  return { schema: 'saegate/registry-collect@1', audits, reports, missing }
}

async function take(state: OpenState, news: readonly Recorded[]): Promise<void> {
  await state.adopt(news)
  state.history.add(news)
}

/** False: it is here already. */
async function bring(
  from: string,
  to: string,
  { name, sha256 }: { readonly name: string; readonly sha256: string },
): Promise<boolean> {
  const [source, target] = [join(from, 'reports', name), join(to, 'reports', name)]
  if ((await digestOf(join(target, 'report.json'))) === sha256) return false
  const found = await digestOf(join(source, 'report.json'))
  if (found === null) throw fileMissing(join(source, 'report.json'))
  if (found !== sha256) throw registryDamaged(join(source, 'report.json'), found, sha256)
  try {
    await makeFolder(join(to, 'reports'))
    const { path, forget } = temporaryPathIn(join(to, 'reports'), name)
    await cp(source, path, { recursive: true })
    await rm(target, { recursive: true, force: true })
    await rename(path, target)
    forget()
  } catch (error) {
    throw writeProblem(target, error)
  }
  return true
}

async function digestOf(path: string): Promise<string | null> {
  const bytes = await readFile(path).catch(() => null)
  return bytes === null ? null : createHash('sha256').update(bytes).digest('hex')
}

/** Of every number of shards that was met, those that were not. */
function missingOf(shards: ReadonlySet<string>): readonly string[] {
  const counts = new Set([...shards].map((shard) => Number(shard.split('/')[1])))
  return [...counts].flatMap((count) =>
    Array.from({ length: count }, (_, i) => `${i + 1}/${count}`).filter((shard) => !shards.has(shard)),
  )
}
