/** @file `saegate registry status|history|show|retry|collect|gc|page`: what the state says, and what may be done to it. */
import { join } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { matchesGlob } from '../../contract/glob.ts'
import { registryItemUnknown } from '../../errors/registry.ts'
import { jsonText } from '../../escape/json-text.ts'
import { parseShard, shardName } from '../../registry/night/shard.ts'
import { collect } from '../../registry/state/collect.ts'
import type { History } from '../../registry/state/history.ts'
import { readState, withState } from '../../registry/state/open-state.ts'
import { sweepUp } from '../../registry/state/sweep-up.ts'
import { historyText, showText, statusText } from '../../registry/words/history-text.ts'
import { VERSION } from '../../version.ts'
import type { CliHost, SetStatus } from '../host.ts'
import { DEFAULT_CONFIG, reportPath, stateFolder } from './state-folder.ts'

interface Given {
  readonly config: string
  readonly state?: string
  readonly json?: boolean
}

/** The flags by which every one of them finds its state. */
function stateCommand(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option('--config <FILE>', 'registry.yaml, which names the state', DEFAULT_CONFIG)
    .option('--state <DIR>', 'the folder of the state, instead')
}

export function historyCommands(host: CliHost, setStatus: SetStatus): readonly Command[] {
  const print = (given: Given, value: unknown, text: string): void =>
    given.json === true ? host.stdout.data(`${jsonText(value, true)}\n`) : host.stdout.write(text)
  return [
    stateCommand('status', 'Every candidate and what its last audit found.')
      .option('--json', 'as JSON')
      .action(async (given: Given) => {
        const history = await readState(await stateFolder(given))
        print(given, [...history.items.values()], statusText(history))
      }),
    stateCommand('history', 'Every audit ever made, the last one first.')
      .argument('[CANDIDATE]', 'SOURCE:NAME, with * and ? for several')
      .option('--json', 'as JSON')
      .action(async (asked: string | undefined, given: Given) => {
        const history = await readState(await stateFolder(given))
        const ids = new Set(asked === undefined ? history.items.keys() : idsOf(history, asked))
        const audits = history.audits.filter(({ what }) => ids.has(what.item))
        print(given, audits, historyText(audits))
      }),
    stateCommand(
      'show',
      'All that is known of a candidate: verdict, report, digests of what it was measured with.',
    )
      .argument('<CANDIDATE>', 'SOURCE:NAME, with * and ? for several')
      .option('--json', 'as JSON')
      .action(async (asked: string, given: Given) => {
        const folder = await stateFolder(given)
        const history = await readState(folder)
        const shown = idsOf(history, asked).flatMap((id) => {
          const known = history.items.get(id)
          const audits = history.audits.filter(({ what }) => what.item === id)
          return known === undefined ? [] : [{ id, known, audits }]
        })
        const where = (name: string): string => reportPath(folder, name)
        print(
          given,
          shown,
          shown.map(({ id, known, audits }) => showText(id, known, audits, where)).join('\n'),
        )
      }),
    retryCommand(host),
    collectCommand(host, setStatus),
    gcCommand(host),
    pageCommand(host),
  ]
}

function retryCommand(host: CliHost): Command {
  return stateCommand('retry', 'Have the next run audit candidates again, whatever their last outcome.')
    .argument('<CANDIDATE...>', 'SOURCE:NAME, with * and ? for several')
    .action(async (asked: readonly string[], given: Given) => {
      const folder = await stateFolder(given)
      await readState(folder)
      const items = await withState(folder, async ({ history, note }) => {
        const ids = [...new Set(asked.flatMap((one) => idsOf(history, one)))]
        await note({ type: 'retry', items: ids })
        return ids
      })
      host.stdout.write(`The next run audits ${items.join(', ')} again.\n`)
    })
}

function collectCommand(host: CliHost, setStatus: SetStatus): Command {
  return stateCommand('collect', 'Take over what runs of shards on other machines found.')
    .argument('<DIR...>', 'their states')
    .option('--shards <LIST>', 'those that were to run, as matrix named them: 1/4,3/4; else all', shardList)
    .addHelpText(
      'after',
      '\nExit status: 0 all these shards are there, 3 one is missing (its candidates are audited by the next run).\n',
    )
    .action(async (folders: readonly string[], given: Given & { readonly shards?: readonly string[] }) => {
      const folder = await stateFolder(given)
      const { shards = null } = given
      const collected = await withState(folder, (state) => collect(folder, state, { folders, shards }))
      host.stdout.write(`${collected.audits} audits and ${collected.reports} reports taken over.\n`)
      for (const shard of collected.missing) host.stderr.write(`Shard ${shard} is missing.\n`)
      setStatus(collected.missing.length === 0 ? 0 : 3)
    })
}

function gcCommand(host: CliHost): Command {
  return stateCommand('gc', 'Delete reports of older audits and what killed runs left; the history stays.')
    .option('--keep <N>', 'reports to keep of each candidate', count, 3)
    .option('--downloads', 'delete all downloads too')
    .action(async (given: Given & { readonly keep: number; readonly downloads?: boolean }) => {
      const folder = await stateFolder(given)
      await readState(folder)
      const { keep, downloads = false } = given
      const swept = await withState(folder, ({ history }) => sweepUp(folder, history, { keep, downloads }))
      host.stdout.write(
        `${swept.deletedReports.length} reports and ${swept.deletedDownloads.length} downloads deleted.\n`,
      )
    })
}

interface PageGiven extends Given {
  readonly out: string
  readonly title: string
  readonly withReports?: boolean
}

function pageCommand(host: CliHost): Command {
  return stateCommand(
    'page',
    'Write a static site: every model, its history, its badge, and models beside each other.',
  )
    .option('--out <DIR>', 'where', 'saegate-site')
    .option('--title <TEXT>', 'what it is called', 'Quantized models')
    .option('--with-reports', 'copy the page of each last report too, with every path that it names')
    .action(async (given: PageGiven) => {
      const state = await stateFolder(given)
      const history = await readState(state)
      // Plots take a while to load.
      const { makeSite } = await import('../../registry/site/site.ts')
      const { out, title, withReports = false } = given
      const made = await makeSite(history, { state, out, title, withReports, tool: VERSION })
      host.stdout.write(
        `${made.models} models: ${made.written} files written, ${made.unchanged} as they were, ${made.removed} removed. Open ${join(out, 'index.html')}.\n`,
      )
    })
}

/** Errors: REGISTRY_SHARD_INVALID. */
const shardList = (given: string): readonly string[] =>
  given.split(',').map((one) => shardName(parseShard(one)))

/** A whole number from 1. */
export function count(given: string): number {
  if (!/^[1-9]\d{0,5}$/.test(given)) throw new InvalidArgumentError('A whole number from 1 was expected.')
  return Number(given)
}

/** Candidates by their names. Errors: REGISTRY_ITEM_UNKNOWN. */
function idsOf({ items }: History, asked: string): readonly string[] {
  const ids = [...items.keys()].filter((id) => matchesGlob(asked, id)).sort()
  if (ids.length > 0) return ids
  const near = [...items.keys()].filter((id) => id.includes(asked.slice(asked.indexOf(':') + 1)))
  throw registryItemUnknown(asked.slice(0, 100), near.sort().slice(0, 5))
}
