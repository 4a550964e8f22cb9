/** @file `saegate merge`: shards of one audit put together, judged and written. No model is run. */
import { Command } from 'commander'
import { AUDIT_OPTIONS } from '../../contract/options/options.ts'
import { interrupted } from '../../errors/engine.ts'
import { judgeBy, readCriteria } from '../../gate/judging.ts'
import { writeReport } from '../../gate/report-folder.ts'
import { SHIPPED_POLICY_NAMES } from '../../policy/reading/shipped.ts'
import { isPart } from '../../policy/rules/evaluable.ts'
import { reportJson } from '../../report/formats/json.ts'
import { terminalReport } from '../../report/formats/terminal.ts'
import { JSON_FLAG, sharedFlag } from '../flags.ts'
import { type CliHost, type SetStatus, wantsColour, wantsUnicode } from '../host.ts'
import { refuseRepeats } from '../repeats.ts'
import { readShards } from '../shards/read-shards.ts'

const WORDS = `
The report is that of one run of the whole text, byte for byte but for times, where the shards ran on machines of one kind with as
many threads. Shards that differ in version, files, flags or machine are refused, with what differs. Give the policy that they were
measured with: thresholds of features are in the sums' reading.

Examples:
  $ saegate merge shards --policy default --out saegate-report
  $ saegate merge shards/*.safetensors --allow-missing    # a report of what is there; nothing passes, exit status 1
`

interface Given {
  readonly policy?: string
  readonly baseline?: string
  readonly out: string
  readonly json?: boolean
  readonly allowMissing?: boolean
}

export function mergeCommand(host: CliHost, setStatus: SetStatus): Command {
  const command = new Command('merge')
    .description('Put the shards of one audit together, judge and write the report; no model is run.')
    .argument(
      '<SHARD...>',
      'files that `saegate audit --shard` wrote, all of one audit, or the folder that they lie in',
    )
    .addOption(sharedFlag(AUDIT_OPTIONS.policy, `${SHIPPED_POLICY_NAMES.join(', ')} or a YAML file`))
    .addOption(sharedFlag(AUDIT_OPTIONS.baseline))
    .addOption(sharedFlag(AUDIT_OPTIONS.out).default(AUDIT_OPTIONS.out.default))
    .option('--allow-missing', 'make a report of the shards that are there, which is inconclusive at best')
    .option(...JSON_FLAG)
    .addHelpText('after', WORDS)
  refuseRepeats(command)
  return command.action(async (paths: readonly string[], given: Given) => {
    const criteria = await readCriteria({ policy: given.policy ?? null, baseline: given.baseline ?? null })
    const { mergeShards } = await import('../../audit/shards/merge-shards.ts')
    const merged = mergeShards(await readShards(paths, host.signal), {
      allowMissing: given.allowMissing ?? false,
      createdAt: new Date().toISOString(),
    })
    const { measurement, blocks } = judgeBy(merged, criteria)
    if (host.signal.aborted) throw interrupted()
    const written = await writeReport(measurement, given.out, host.signal)
    setStatus(blocks || isPart(measurement.report) ? 1 : 0)
    if (given.json === true) {
      host.stdout.data(reportJson(measurement.report))
      return
    }
    const style = { colour: wantsColour(host), unicode: wantsUnicode(host) }
    host.stdout.data(terminalReport(measurement.report, style))
    for (const { id, width, active } of measurement.report.readouts)
      if (active > 0)
        host.stdout.write(
          `${id}: shards summed ${width} features for every candidate where a single run sums the ${active} active ones, ${(width / active).toFixed(1)} times its SAE products.\n`,
        )
    host.stdout.write(`Report: ${written.json}\n`)
  })
}
