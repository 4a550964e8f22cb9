/** @file `saegate audit`: measure, judge, write, tell. */
import { Command } from 'commander'
import type { Measurement } from '../../contract/report/measurement.ts'
import { type Overrides, resolveRequest } from '../../contract/request/audit-request.ts'
import { type Criteria, judgeBy, readCriteria } from '../../gate/judging.ts'
import { writeReport } from '../../gate/report-folder.ts'
import { runAudit } from '../../gate/run-audit.ts'
import { readConfig } from '../../gate/texts.ts'
import { terminalReport } from '../../report/formats/terminal.ts'
import { VERSION } from '../../version.ts'
import { auditFlags, givenValues, onlyConfig } from '../flags.ts'
import type { CliHost, SetStatus } from '../host.ts'
import { wantsColour, wantsUnicode } from '../host.ts'
import { progressTo } from '../progress-display.ts'

const EXAMPLES = `
Candidates: a checkpoint folder, or one derived from the reference: rtn:6, rtn:4,group=128, prune:0.175,
prune:match=rtn:6 (pruned to the perplexity of rtn:6), rtn:6,layout=transformerlens.
Flags override saegate.yaml, which is read where it lies unless --config names another.

Examples:
  $ saegate audit --reference ./pythia-70m --candidate rtn:8 --candidate rtn:6 \\
      --sae ./4-res-sm --corpus ./wikitext.txt --lines nonempty --policy default
  $ saegate audit --config saegate.yaml --candidate ./quantized/int6 --out report
`

export function auditCommand(host: CliHost, setStatus: SetStatus): Command {
  const command = new Command('audit')
    .description('Measure candidates against the reference, judge them by a policy, write a report.')
    .addHelpText('after', EXAMPLES)
  for (const flag of auditFlags()) command.addOption(flag)
  return command.action(async (given: Readonly<Record<string, unknown>>) => {
    const overrides: Overrides = { origin: 'flag', values: givenValues(given) }
    const request = resolveRequest(overrides, await readConfig(onlyConfig(given.config)))
    const progress = progressTo(host)
    const criteria = await readCriteria(request)
    const { measurement, abandon } = await runAudit(request, criteria, {
      onProgress: progress.show,
      signal: host.signal,
      toolVersion: VERSION,
    }).finally(progress.clear)
    const { judged, written } = await judgeAndWrite(measurement, criteria, request.out, host.signal).catch(
      async (error: unknown) => {
        await abandon()
        throw error
      },
    )
    const style = { colour: wantsColour(host), unicode: wantsUnicode(host) }
    host.stdout.data(terminalReport(judged.measurement.report, style))
    host.stdout.write(`Report: ${written.json}\n`)
    setStatus(judged.blocks ? 1 : 0)
  })
}

async function judgeAndWrite(measurement: Measurement, criteria: Criteria, out: string, signal: AbortSignal) {
  const judged = judgeBy(measurement, criteria)
  return { judged, written: await writeReport(judged.measurement, out, signal) }
}
