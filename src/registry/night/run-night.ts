/** @file One night: list, find what is due, audit it, tell the verdicts. Everything is written down as it happens. */
import { join } from 'node:path'
import { makeFolder } from '../../bytes/make-folder.ts'
import type { RegistryFile } from '../../contract/registry/registry-file.ts'
import { auditFile } from '../../contract/registry/registry-file.ts'
import { resolveRequest } from '../../contract/request/audit-request.ts'
import { registrySourceUnknown, registryTooLarge } from '../../errors/registry.ts'
import { readCriteria } from '../../gate/judging.ts'
import type { PinnedFiles } from '../../sources/pinned-files.ts'
import { type Item, itemId } from '../item.ts'
import { reportsIn } from '../publish/audit-report.ts'
import { publishVerdicts } from '../publish/publish.ts'
import type { PublishTarget } from '../publish/target.ts'
import type { Source } from '../sources/source.ts'
import type { Entry, Recorded } from '../state/entries.ts'
import type { LivingHistory } from '../state/history.ts'
import type { AuditPort } from './audit-port.ts'
import { download, downloadName, downloadNameOf, listedBytes, makeRoom } from './downloads.ts'
import { type InputsOf, inputLookup } from './inputs.ts'
import { listSources } from './listing.ts'
import { type Limits, perform } from './perform.ts'
import type { NightResult } from './result.ts'
import { inOrder, type Ruled, sortByRules } from './rules.ts'
import { type Shard, shardName, shardOf } from './shard.ts'
import { findWork, type Job } from './work.ts'

/** What a night works with. */
export interface NightDoors {
  readonly file: RegistryFile
  readonly sources: readonly Source[]
  readonly history: LivingHistory
  readonly port: AuditPort
  readonly targets: readonly PublishTarget[]
  /** Any spec but a candidate's. */
  openSpec(spec: string): Promise<PinnedFiles>
  /** Write down; null: a dry run, which leaves everything as it is. */
  readonly note: ((...entries: readonly Entry[]) => Promise<readonly Recorded[]>) | null
  /** The same for what may be lost; not called in a dry run. */
  later(...entries: readonly Entry[]): readonly Recorded[]
  tell(line: string): void
  clock(): number
}

export interface NightSettings extends Limits {
  readonly run: string
  readonly tool: string
  /** Folder of the state. */
  readonly folder: string
  readonly shard: Shard | null
  /** Bytes of downloads; null: what is downloaded goes to the cache that other programs share, and stays. */
  readonly mostDisk: number | null
  /** Only these candidates, by their ids; null: all. */
  readonly only: ReadonlySet<string> | null
  /** Really tell the verdicts. */
  readonly publishes: boolean
}

export const downloadsIn = (folder: string): string => join(folder, 'downloads')

/** Errors: of registry.yaml and its policies, before anything is done; those of writing the history. */
export async function runNight(settings: NightSettings, doors: NightDoors): Promise<NightResult> {
  const { run, tool, shard, folder } = settings
  const { file, sources, history } = doors
  await requireRules(file)
  const note = async (...entries: readonly Entry[]): Promise<readonly Recorded[]> =>
    doors.note === null ? dry(entries) : await doors.note(...entries)
  const part = shard === null ? null : shardName(shard)
  history.add(await note({ type: 'run', run, tool, shard: part }))
  const { entries, sourceErrors, passedOver } = await listSources(sources, history)
  if (entries.length > 0) history.add(await note(...entries))
  const byName = new Map(sources.map((source) => [source.name, source]))
  const items = [...history.items.values()].filter(
    ({ isListed, item }) => isListed && byName.has(item.source),
  )
  const sorted = sortByRules(file, itemsOf(items))
  const ordered = inOrder(sorted.ruled)
  const isOurs = ({ item }: Ruled): boolean =>
    shard === null || shardOf(itemId(item), shard.count) === shard.index
  const { only } = settings
  tellUnknown(only, items, doors)
  const ours = ordered.filter((one) => isOurs(one) && only?.has(itemId(one.item)) !== false)
  const sourceOf = ({ source }: Item): Source | undefined => byName.get(source)
  /** Of what a rule matched: it was listed by one of these. */
  const requiredSource = (item: Item): Source => {
    const found = sourceOf(item)
    if (found === undefined) throw registrySourceUnknown(itemId(item), item.source, [...byName.keys()])
    return found
  }
  const places = {
    specOf: ({ item }: Ruled) =>
      requiredSource(item).specOf(item) ?? join(downloadsIn(folder), downloadName(item)),
    folderOf: (name: string) => join(reportsIn(folder), name),
  }
  const inputsOf = lookup(doors, tool, requiredSource)
  const work = await findWork(ours, { file, tool, history, inputsOf, ...places })
  const disk = provider(settings, work.jobs, { history, sourceOf })
  const isDryRun = doors.note === null
  const performed = isDryRun
    ? { done: [], deferred: work.jobs }
    : await perform(work.jobs, settings, { ...doors, run, note, provide: disk.provide })
  const published = await publishVerdicts(itemsOf(ours), {
    state: folder,
    history,
    targets: doors.targets,
    note: isDryRun || !settings.publishes ? null : note,
  })
  return {
    schema: 'saegate/registry-run@1',
    run,
    tool,
    isDryRun,
    shard: part,
    listed: items.length,
    sourceErrors,
    passedOver,
    skipped: sorted.skipped.map(named),
    unmatched: sorted.unmatched.map(named),
    unchanged: work.unchanged,
    givenUp: work.givenUp,
    elsewhere: ordered.length - ours.length,
    done: performed.done,
    due: performed.deferred.map(({ id, why }) => ({ item: id, why })),
    deletedDownloads: disk.deleted(),
    published,
  }
}

/** What an event names and nobody lists is said: it may be misspelt, or not there yet. */
function tellUnknown(
  only: NightSettings['only'],
  items: readonly { readonly item: Item }[],
  { tell }: Pick<NightDoors, 'tell'>,
): void {
  const listed = new Set(items.map(({ item }) => itemId(item)))
  for (const id of only ?? []) if (!listed.has(id)) tell(`${id}: the event names it, and no source lists it`)
}

const itemsOf = (found: readonly { readonly item: Item }[]): readonly Item[] => found.map(({ item }) => item)

function lookup(doors: NightDoors, tool: string, sourceOf: (item: Item) => Source): InputsOf {
  const { file, history, openSpec } = doors
  return inputLookup({
    file,
    tool,
    openItem: (item) => sourceOf(item).open(item),
    openSpec,
    known: (of) => history.contents.get(of),
    // Lost with a killed run, it is found out again.
    learn: (of, digest) => {
      const entry = { type: 'content', of, digest } as const
      history.add(doors.note === null ? dry([entry]) : doors.later(entry))
    },
  })
}

/** As if they had been written down. */
const dry = (entries: readonly Entry[]): readonly Recorded[] =>
  entries.map((what) => ({ id: '', at: '', what }))

const named = ({ item, why }: { readonly item: { source: string; name: string }; readonly why: string }) => ({
  item: itemId(item),
  why,
})

/** A slip in a rule or its policy is one of registry.yaml, not of the candidates that it speaks for. */
async function requireRules(file: RegistryFile): Promise<void> {
  for (const [i, rule] of file.config.rules.entries()) {
    if (rule.skip !== undefined) continue
    const values = auditFile(file, i, { spec: 'candidate', base: 'hf:owner/name' })
    await readCriteria(resolveRequest({ origin: 'flag', values: {} }, values))
  }
}

/** Brings candidates that no spec leads to, and keeps downloads within their size. */
function provider(
  { folder, mostDisk }: NightSettings,
  jobs: readonly Job[],
  { history, sourceOf }: { readonly history: LivingHistory; sourceOf(item: Item): Source | undefined },
) {
  const place = downloadsIn(folder)
  const pending = new Set(jobs)
  let deleted = 0
  const ownName = (item: Item): string | null => {
    const spec = sourceOf(item)?.specOf(item)
    return spec === undefined ? null : spec === null ? downloadName(item) : downloadNameOf(spec)
  }
  /** By their last audit; what has never been audited is older than all. */
  const order = [...history.used]
    .sort(([, a], [, b]) => a - b)
    .flatMap(([id]) => {
      const item = history.items.get(id)?.item
      return item === undefined ? [] : [ownName(item) ?? []].flat()
    })
  const ownNames = (job: Job): readonly string[] => [
    ...namesKept(job),
    ...[ownName(job.ruled.item) ?? []].flat(),
  ]
  const provide = async (job: Job, signal: AbortSignal): Promise<void> => {
    const { item } = job.ruled
    const source = sourceOf(item)
    const needsDownload = source?.specOf(item) === null
    if (source === undefined || (!needsDownload && mostDisk === null)) return
    const files = await source.open(item)
    try {
      if (mostDisk !== null) {
        const needed = listedBytes(files)
        if (needed > mostDisk) throw registryTooLarge(job.id, needed, mostDisk)
        const kept = new Set([...pending].flatMap(namesKept))
        for (const name of ownNames(job)) kept.add(name)
        deleted += (await makeRoom({ folder: place, limit: mostDisk }, needed, order, kept)).length
      }
      if (needsDownload) {
        await makeFolder(place)
        await download(files, join(place, downloadName(item)), signal)
      }
      pending.delete(job)
      order.push(...ownNames(job))
    } finally {
      await files.close()
    }
  }
  return { provide, deleted: () => deleted }
}

/** What many candidates share stays while one that needs it waits; candidates themselves are brought when it is their turn. */
function namesKept({ asked }: Job): readonly string[] {
  const request = asked?.request
  if (request === undefined) return []
  const specs = [request.reference, ...request.saes.map(({ source }) => source)]
  return specs.flatMap((spec) => downloadNameOf(spec) ?? [])
}
