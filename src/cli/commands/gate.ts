/** @file `saegate gate`: judge a finished report again. No model is run. */
import { Command } from 'commander'
import { AUDIT_OPTIONS } from '../../contract/options/options.ts'
import { policyMissing } from '../../errors/gate.ts'
import { gate } from '../../library/finished.ts'
import { SHIPPED_POLICY_NAMES } from '../../policy/reading/shipped.ts'
import { reportJson } from '../../report/formats/json.ts'
import { terminalReport } from '../../report/formats/terminal.ts'
import { JSON_FLAG, sharedFlag } from '../flags.ts'
import { type CliHost, type SetStatus, wantsColour, wantsUnicode } from '../host.ts'
import { refuseRepeats } from '../repeats.ts'

interface Given {
  readonly policy?: string
  readonly baseline?: string
  readonly out?: string
  readonly json?: boolean
}

export function gateCommand(host: CliHost, setStatus: SetStatus): Command {
  const command = new Command('gate')
    .description('Judge a finished report by a policy; no model is run.')
    .argument('<report.json>', 'a report that `saegate audit` wrote, with the folder that it names beside it')
    .addOption(sharedFlag(AUDIT_OPTIONS.policy, `${SHIPPED_POLICY_NAMES.join(', ')} or a YAML file`))
    .addOption(sharedFlag(AUDIT_OPTIONS.baseline))
    .addOption(sharedFlag(AUDIT_OPTIONS.out, 'write the report with its new verdict there'))
    .option(...JSON_FLAG)
    .addHelpText('after', '\nExamples:\n  $ saegate gate saegate-report/report.json --policy strict\n')
  refuseRepeats(command)
  return command.action(async (path: string, given: Given) => {
    if (given.policy === undefined) throw policyMissing()
    const { policy, baseline, out } = given
    const { report, blocks } = await gate(path, { policy, baseline, out, signal: host.signal })
    setStatus(blocks ? 1 : 0)
    if (given.json === true) {
      host.stdout.data(reportJson(report))
      return
    }
    const style = { colour: wantsColour(host), unicode: wantsUnicode(host) }
    host.stdout.data(terminalReport(report, style))
  })
}
