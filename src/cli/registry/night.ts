/** @file What `registry run` and `registry matrix` share: registry.yaml, the sources it names, and a night over its state. */
import { appendFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { RegistryFile } from '../../contract/registry/registry-file.ts'
import { registryEventRefused } from '../../errors/registry.ts'
import { readSmallText } from '../../gate/texts.ts'
import { engineAudits } from '../../registry/night/audit-port.ts'
import { dispatchedItems, type Event, eventWith, itemsOf, parseEvent } from '../../registry/night/event.ts'
import type { NightResult } from '../../registry/night/result.ts'
import { downloadsIn, type NightSettings, runNight } from '../../registry/night/run-night.ts'
import { openTargets } from '../../registry/publish/open-targets.ts'
import { openSources } from '../../registry/sources/open-sources.ts'
import { historyOf } from '../../registry/state/history.ts'
import { type OpenState, peekState, withState } from '../../registry/state/open-state.ts'
import { nightMarkdown } from '../../registry/words/night-text.ts'
import { type Environment, hubSettings } from '../../sources/hub-settings.ts'
import { openFiles } from '../../sources/open-files.ts'
import { VERSION } from '../../version.ts'
import type { CliHost } from '../host.ts'
import { progressTo } from '../progress-display.ts'
import { DEFAULT_STATE, readRegistry } from './state-folder.ts'

/** What of a night the flags say. */
export type NightGiven = Pick<NightSettings, 'shard' | 'mostDisk' | 'publishes' | 'atOnce' | 'most'> & {
  readonly config: string
  readonly state?: string
  readonly isDryRun: boolean
  /** A file with the event that it is about, `-` for standard input; absent: all candidates. */
  readonly event?: string
  /** `Name: value`: the file is the body alone. */
  readonly eventHeaders?: readonly string[]
}

/** Errors: those of registry.yaml, of a state that is in use or damaged, of writing. */
export async function night(host: CliHost, given: NightGiven): Promise<NightResult> {
  const file = await readRegistry(given.config)
  const folder = given.state ?? file.config.state ?? DEFAULT_STATE
  if (!given.isDryRun) return await withState(folder, (state) => within(host, { file, folder, given }, state))
  // Nobody is kept from writing, and nothing is written.
  const history = (await peekState(folder)) ?? historyOf([])
  const refuse = (): never => {
    throw new Error('a dry run writes nothing')
  }
  return await within(
    host,
    { file, folder, given },
    { run: 'dry-run', history, strays: 0, note: refuse, later: refuse, adopt: refuse },
  )
}

async function within(
  host: CliHost,
  {
    file,
    folder,
    given,
  }: { readonly file: RegistryFile; readonly folder: string; readonly given: NightGiven },
  { run, history, note, later, strays }: OpenState,
): Promise<NightResult> {
  const progress = progressTo(host)
  const tell = (line: string): void => {
    progress.clear()
    host.stderr.write(`${line}\n`)
  }
  if (strays > 0) tell(`${strays} lines of runs that had lost their lock are left out of the history.`)
  const environment = withDownloads(host.env, given.mostDisk === null ? null : downloadsIn(folder))
  const hub = {
    ...hubSettings(environment),
    onWait: ({ why, seconds }: { why: string; seconds: number }) => tell(`${why}: waiting ${seconds} s`),
  }
  const doors = { environment, hub }
  const sources = openSources(file, doors)
  const only =
    given.event === undefined
      ? null
      : itemsOf(await eventIn(host, given.event, given.eventHeaders ?? []), sources)
  try {
    return await runNight(
      { ...given, only, run, tool: VERSION, folder, signal: host.signal },
      {
        file,
        sources,
        targets: openTargets(file, doors, given.publishes),
        history,
        port: engineAudits({ toolVersion: VERSION, environment, onProgress: progress.show }),
        openSpec: (spec) => openFiles(spec, hub),
        note: given.isDryRun ? null : note,
        later,
        tell,
        clock: () => host.seconds() * 1000,
      },
    )
  } finally {
    progress.clear()
  }
}

/** Errors: those of reading, REGISTRY_EVENT_REFUSED. */
async function eventIn(host: CliHost, path: string, headers: readonly string[]): Promise<Event> {
  const { GITHUB_EVENT_NAME: name, GITHUB_EVENT_PATH: runners } = host.env
  const text = path === '-' ? await inputOf(host) : await readSmallText(path)
  if (headers.length > 0) return { kind: 'webhook', event: eventWith(headers, text) }
  if (name === 'repository_dispatch' && runners !== undefined && resolve(path) === resolve(runners))
    return { kind: 'dispatch', items: dispatchedItems(text) }
  return { kind: 'webhook', event: parseEvent(text) }
}

/** Webhooks take some kilobytes. */
const MOST_EVENT_BYTES = 2 ** 24

/** Errors: REGISTRY_EVENT_REFUSED. */
async function inputOf(host: CliHost): Promise<string> {
  const text = await host.input(MOST_EVENT_BYTES)
  if (text === null) throw registryEventRefused(`it has more than ${MOST_EVENT_BYTES} bytes`)
  return text
}

/** Downloads within a size are kept apart from those that other programs share. */
const withDownloads = (env: Environment, folder: string | null): Environment =>
  folder === null ? env : { ...env, SAEGATE_CACHE: folder, HF_HUB_CACHE: folder }

/** The summary of a job on GitHub, where there is one. */
export async function summarise(host: CliHost, result: NightResult): Promise<void> {
  const path = host.env.GITHUB_STEP_SUMMARY
  if (path !== undefined && path !== '') await appendFile(path, nightMarkdown(result))
}
