/** @file `saegate registry`: audits of every new or changed candidate of a registry, night after night. */
import { Command, InvalidArgumentError, Option } from 'commander'
import { readSize } from '../../contract/options/option-values.ts'
import { interrupted } from '../../errors/engine.ts'
import { jsonText } from '../../escape/json-text.ts'
import { nightStatus } from '../../registry/night/result.ts'
import { durationOf } from '../../registry/night/rules.ts'
import { parseShard, shardOf } from '../../registry/night/shard.ts'
import { nightText } from '../../registry/words/night-text.ts'
import type { CliHost, SetStatus } from '../host.ts'
import { count, historyCommands } from '../registry/history-commands.ts'
import { DEFAULT_CONFIG } from '../registry/state-folder.ts'

const EXAMPLES = `
Exit status: 0 nothing that was audited is blocked, 1 something is, 2 bad usage or input, 3 something could not be audited.

Examples:
  $ saegate registry run --config registry.yaml --dry-run     # what would be audited, and why
  $ saegate registry run --config registry.yaml --max-hours 6 --publish
  $ saegate registry status
  $ saegate registry retry 'hub:acme/llama-*'
docs/registry.md walks through it.
`

interface RunGiven {
  readonly config: string
  readonly state?: string
  readonly dryRun?: boolean
  readonly maxHours?: string
  readonly maxDisk?: string
  readonly jobs: number
  readonly shard?: string
  readonly event?: string
  readonly eventHeader?: readonly string[]
  readonly publish?: boolean
  readonly format: 'text' | 'json'
}

export function registryCommand(host: CliHost, setStatus: SetStatus): Command {
  const command = new Command('registry')
    .description('Audit every new or changed candidate of a registry, and keep the history.')
    .addHelpText('after', EXAMPLES)
  for (const one of [runCommand(host, setStatus), matrixCommand(host), ...historyCommands(host, setStatus)])
    command.addCommand(one)
  return command
}

function runCommand(host: CliHost, setStatus: SetStatus): Command {
  return new Command('run')
    .description('List the sources, audit what is new or changed, tell the verdicts.')
    .option('--config <FILE>', 'sources, rules, and where verdicts go', DEFAULT_CONFIG)
    .option('--state <DIR>', 'the folder of the state, instead of the one that the file names')
    .option('--dry-run', 'say what would be audited, and write nothing')
    .option('--max-hours <N>', 'begin no audit after that, and end those that run then: 6, or 90m; 0: none')
    .option('--max-disk <SIZE>', 'keep downloads apart, and within this size: 200GB')
    .option('--jobs <N>', 'audits at once', count, 1)
    .option('--shard <I/N>', 'only the candidates of one of N machines: 1/4')
    .option(
      '--event <FILE>',
      'only what this event speaks of: {"headers": {…}, "body": "…"} of a webhook, or $GITHUB_EVENT_PATH of a repository_dispatch; -: standard input',
    )
    .option(
      '--event-header <NAME: VALUE>',
      'a header of the webhook, for each that it came with; the file is then its body alone',
      (one: string, all: readonly string[] = []) => [...all, one],
    )
    .option('--publish', 'tell the verdicts where the file says; else it is only said where they would go')
    .addOption(
      new Option('--format <format>', 'how to print the summary').choices(['text', 'json']).default('text'),
    )
    .action(async (given: RunGiven) => {
      const { maxHours, maxDisk, shard } = given
      // Every other command starts without all that an audit needs.
      const { night, summarise } = await import('../registry/night.ts')
      const result = await night(host, {
        config: given.config,
        ...(given.state === undefined ? {} : { state: given.state }),
        ...(given.event === undefined ? {} : { event: given.event }),
        ...(given.eventHeader === undefined ? {} : { eventHeaders: given.eventHeader }),
        isDryRun: given.dryRun === true,
        most: maxHours === undefined ? null : hours(maxHours),
        mostDisk: maxDisk === undefined ? null : readSize('--max-disk', maxDisk, DISK),
        atOnce: given.jobs,
        shard: shard === undefined ? null : parseShard(shard),
        publishes: given.publish === true,
      })
      if (given.format === 'json') host.stdout.data(`${jsonText(result, true)}\n`)
      else host.stdout.write(nightText(result))
      await summarise(host, result)
      if (host.signal.aborted) throw interrupted('what was finished is kept')
      setStatus(nightStatus(result))
    })
}

const DISK = { kind: 'size', min: 2 ** 20, max: 1e15 } as const

/** `6` and `6h` are the same; 0 is a run that lists and tells, and audits nothing. */
function hours(given: string): number {
  if (given.trim() === '0') return 0
  return durationOf('--max-hours', /[smh]$/.test(given.trim()) ? given : `${given}h`)
}

const MOST_SHARDS = 256

function matrixCommand(host: CliHost): Command {
  return new Command('matrix')
    .description('Print which shards have work, as the matrix of a GitHub workflow; nothing is written.')
    .option('--config <FILE>', 'sources and rules', DEFAULT_CONFIG)
    .option('--state <DIR>', 'the folder of the state, instead of the one that the file names')
    .option('--shards <N>', 'machines at most', shards, 4)
    .action(async (given: { readonly config: string; readonly state?: string; readonly shards: number }) => {
      const { night } = await import('../registry/night.ts')
      const { due } = await night(host, {
        config: given.config,
        ...(given.state === undefined ? {} : { state: given.state }),
        isDryRun: true,
        most: null,
        mostDisk: null,
        atOnce: 1,
        shard: null,
        publishes: false,
      })
      const wanted = new Set(due.map(({ item }) => shardOf(item, given.shards)))
      const named = [...wanted].sort((a, b) => a - b).map((index) => `${index}/${given.shards}`)
      host.stdout.data(`${jsonText({ shard: named, due: due.length }, false)}\n`)
    })
}

function shards(given: string): number {
  const found = count(given)
  if (found > MOST_SHARDS) throw new InvalidArgumentError(`At most ${MOST_SHARDS}.`)
  return found
}
