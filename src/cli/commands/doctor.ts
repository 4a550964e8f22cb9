/** @file `saegate doctor`: what this machine has, what an audit of this folder would miss, and how to get it. */
import { Command } from 'commander'
import { jsonText } from '../../escape/json-text.ts'
import { hubSettings } from '../../sources/hub-settings.ts'
import { type Check, checkLine } from '../doctor/check.ts'
import { folderChecks } from '../doctor/folder.ts'
import { deviceChecks, machineChecks } from '../doctor/machine.ts'
import type { CliHost, SetStatus } from '../host.ts'

const EPILOGUE = `
Nothing is downloaded. Where saegate.yaml names repositories of the Hub, they are asked for, with HF_TOKEN where it is set.
Exit status 1: an audit of this folder would not get far.

Examples:
  $ saegate doctor
  $ saegate doctor --json
  $ saegate doctor --families
`

export function doctorCommand(host: CliHost, setStatus: SetStatus): Command {
  return new Command('doctor')
    .description('Show what this machine has and what an audit of this folder would miss, each with its fix.')
    .option(
      '--families',
      'list the decoder families that can be audited, and of those that cannot what is missing',
    )
    .option('--config <PATH>', 'the audit to look after (default: saegate.yaml where present)')
    .option('--json', 'print the checks as JSON')
    .addHelpText('after', EPILOGUE)
    .action(async (given: { families?: boolean; config?: string; json?: boolean }) => {
      if (given.families === true) {
        host.stdout.write(await families())
        return
      }
      const told: Check[] = []
      const tell = (checks: readonly Check[]): void => {
        told.push(...checks)
        if (given.json !== true) for (const check of checks) host.stdout.write(checkLine(check))
      }
      tell(await machineChecks(host.env))
      tell(await deviceChecks())
      tell(await folderChecks(given.config ?? null, hubSettings(host.env)))
      if (given.json === true) host.stdout.data(`${jsonText(told, true)}\n`)
      setStatus(told.some(({ state }) => state === 'problem') ? 1 : 0)
    })
}

/** model_type, then which models; and what cannot be run, why. */
async function families(): Promise<string> {
  // Every other command starts without the families.
  const { familyList, REFUSED_FAMILIES } = await import('../../models/families/index.ts')
  const width = Math.max(...familyList.map(({ modelType }) => modelType.length))
  const known = familyList.map(({ modelType, models }) => `  ${modelType.padEnd(width)}  ${models}`)
  const refused = REFUSED_FAMILIES.map(
    ({ modelTypes, models, missing }) => `  ${models} (${modelTypes.join(', ')}): ${missing}`,
  )
  return [
    'model_type of config.json',
    ...known,
    'cannot be run, for what their blocks have',
    ...refused,
    '',
  ].join('\n')
}
