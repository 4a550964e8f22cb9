/** @file `saegate feature`: one feature of a finished report, in every candidate. */
import { Command, Option } from 'commander'
import { featureIdInvalid, featureNotThere } from '../../errors/gate.ts'
import { jsonText } from '../../escape/json-text.ts'
import { openReport } from '../../library/finished.ts'
import { featureIn, featureText } from '../feature-text.ts'
import type { CliHost, SetStatus } from '../host.ts'
import { refuseRepeats } from '../repeats.ts'

const EXAMPLES = `
Examples:
  $ saegate feature 1234 saegate-report
  $ saegate feature 1234 saegate-report/report.json --readout blocks.4.hook_resid_post --format json
`

export function featureCommand(host: CliHost, setStatus: SetStatus): Command {
  const command = new Command('feature')
    .description('Show one feature of a finished report: its ρ in every candidate, and what it is about.')
    .argument('<id>', 'its number in the dictionary, from 0')
    .argument('<report>', 'the folder that `saegate audit` wrote, or its report.json')
    .option('--readout <ID>', 'of this read-out alone')
    .addOption(new Option('--format <format>', 'how to print it').choices(['text', 'json']).default('text'))
    .addHelpText('after', EXAMPLES)
  refuseRepeats(command)
  return command.action(async (id: string, path: string, given: { readout?: string; format: string }) => {
    if (!/^\d{1,9}$/.test(id)) throw featureIdInvalid(id)
    const measurement = await openReport(path)
    const found = featureIn(measurement, Number(id)).filter(
      ({ readout }) => given.readout === undefined || readout === given.readout,
    )
    if (found.length === 0)
      throw featureNotThere(
        Number(id),
        measurement.report.readouts.map((one) => `${one.id} (${one.width} features)`),
      )
    if (given.format === 'json') host.stdout.data(`${jsonText(found, true)}\n`)
    else host.stdout.write(featureText(found))
    setStatus(0)
  })
}
