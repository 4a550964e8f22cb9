/** @file `saegate report`: a finished report in another form. */
import { Command, Option } from 'commander'
import { writeOutput } from '../../bytes/atomic.ts'
import { interrupted } from '../../errors/engine.ts'
import { loadReport } from '../../gate/load-report.ts'
import { FORMATS, type FormatName } from '../../report/formats/index.ts'
import type { CliHost, SetStatus } from '../host.ts'
import { refuseRepeats } from '../repeats.ts'

export function reportCommand(host: CliHost, setStatus: SetStatus): Command {
  const command = new Command('report')
    .description('Show a finished report in another form.')
    .argument('<report.json>', 'a report that `saegate audit` wrote, with the folder that it names beside it')
    .addOption(new Option('--format <FORMAT>', 'the form').choices(Object.keys(FORMATS)).default('md'))
    .option('--out <FILE>', 'write to a file instead of standard output')
    .addHelpText(
      'after',
      '\nExamples:\n  $ saegate report saegate-report/report.json --format junit --out junit.xml\n',
    )
  refuseRepeats(command)
  return command.action(async (path: string, given: { format: FormatName; out?: string }) => {
    const text = FORMATS[given.format](await loadReport(path))
    if (host.signal.aborted) throw interrupted()
    if (given.out === undefined) host.stdout.data(text)
    else await writeOutput(given.out, text)
    setStatus(0)
  })
}
