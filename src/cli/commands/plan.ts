/** @file `saegate plan`: what the audit would hold where, without running it. */
import { Command, InvalidArgumentError, Option } from 'commander'
import { resolveRequest } from '../../contract/request/audit-request.ts'
import { jsonText } from '../../escape/json-text.ts'
import { readCriteria } from '../../gate/judging.ts'
import { marginsOf } from '../../gate/margins.ts'
import { readConfig } from '../../gate/texts.ts'
import { auditFlags, givenValues, onlyConfig } from '../flags.ts'
import type { CliHost } from '../host.ts'
import { planText } from '../plan-text.ts'
import { progressTo } from '../progress-display.ts'
import { givenShard, shardOption } from '../shards/shard-flag.ts'

const EXAMPLES = `
Exit status: 0 the audit fits, 2 it does not (the message names the number that is short) or is not fully said.

Examples:
  $ saegate plan --config saegate.yaml
  $ saegate plan --config saegate.yaml --rate 2.50
  $ saegate plan --config saegate.yaml --explain 0 --shard 1/4       # what the first of four machines would hold
  $ saegate plan --config saegate.yaml --policy strict --baseline last/report.json   # tokens that the rules take
  $ saegate plan --reference ./llama-8b --candidate rtn:4 --sae none --corpus ./wikitext.txt --format json
`

export function planCommand(host: CliHost): Command {
  const command = new Command('plan')
    .description('Say what an audit would hold where, in which memory, and how long it takes; run no model.')
    .addHelpText('after', EXAMPLES)
  for (const flag of auditFlags()) command.addOption(flag)
  command.addOption(
    new Option('--format <format>', 'how to print it').choices(['text', 'json']).default('text'),
  )
  command.addOption(
    new Option('--rate <PRICE>', 'what an hour of this machine costs: say what the audit would').argParser(
      price,
    ),
  )
  command.addOption(
    shardOption('of the I-th of N parts of the text alone, as `saegate audit --shard` measures it'),
  )
  return command.action(async (given: Readonly<Record<string, unknown>>) => {
    const overrides = { origin: 'flag', values: givenValues(given) } as const
    const request = resolveRequest(overrides, await readConfig(onlyConfig(given.config)))
    const margins = marginsOf(await readCriteria(request))
    // Every other command starts without all that an audit needs.
    const { measurePlan } = await import('../../audit/opened-run.ts')
    const { requireFit } = await import('../../audit/plan/plan-fit.ts')
    const progress = progressTo(host)
    const shard = givenShard(given.shard)
    const measured = await measurePlan(request, shard, progress.show).finally(progress.clear)
    const plan = margins === null ? measured : { ...measured, policy: margins }
    host.stdout.data(
      given.format === 'json'
        ? `${jsonText(plan, true)}\n`
        : planText(plan, typeof given.rate === 'number' ? given.rate : null),
    )
    requireFit(request.reference, plan)
  })
}

/** Errors: of bad usage, as commander tells it. */
function price(given: string): number {
  const found = Number(given)
  if (given.trim() === '' || !Number.isFinite(found) || found < 0)
    throw new InvalidArgumentError('A number from 0 was expected, such as 2.50.')
  return found
}
