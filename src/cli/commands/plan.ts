/** @file `saegate plan`: what the audit would hold where, without running it. */
import { Command, Option } from 'commander'
import { resolveRequest } from '../../contract/request/audit-request.ts'
import { jsonText } from '../../escape/json-text.ts'
import { readCriteria } from '../../gate/judging.ts'
import { readConfig } from '../../gate/texts.ts'
import { auditFlags, givenValues, onlyConfig } from '../flags.ts'
import type { CliHost } from '../host.ts'
import { planText } from '../plan-text.ts'
import { progressTo } from '../progress-display.ts'

const EXAMPLES = `
Exit status: 0 the audit fits, 2 it does not (the message names the number that is short) or is not fully said.

Examples:
  $ saegate plan --config saegate.yaml
  $ saegate plan --reference ./llama-8b --candidate rtn:4 --sae none --corpus ./wikitext.txt --format json
`

export function planCommand(host: CliHost): Command {
  const command = new Command('plan')
    .description(
      'Say what an audit would hold where, in which memory, and how long reading takes; run nothing.',
    )
    .addHelpText('after', EXAMPLES)
  for (const flag of auditFlags()) command.addOption(flag)
  command.addOption(
    new Option('--format <format>', 'how to print it').choices(['text', 'json']).default('text'),
  )
  return command.action(async (given: Readonly<Record<string, unknown>>) => {
    const overrides = { origin: 'flag', values: givenValues(given) } as const
    const request = resolveRequest(overrides, await readConfig(onlyConfig(given.config)))
    await readCriteria(request)
    // Every other command starts without all that an audit needs.
    const { measurePlan } = await import('../../audit/measure.ts')
    const { requireFit } = await import('../../audit/plan/plan-fit.ts')
    const progress = progressTo(host)
    const plan = await measurePlan(request, progress.show).finally(progress.clear)
    host.stdout.data(given.format === 'json' ? `${jsonText(plan, true)}\n` : planText(plan))
    requireFit(request.reference, plan)
  })
}
