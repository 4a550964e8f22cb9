/** @file The commands and their help. Options of `audit` come from the one table in contract/options/options.ts. */
import { Command } from 'commander'
import { VERSION } from '../version.ts'
import { attestCommand } from './commands/attest.ts'
import { attributeCommand } from './commands/attribute.ts'
import { auditCommand } from './commands/audit.ts'
import { captureCommand } from './commands/capture.ts'
import { causalCommand } from './commands/causal.ts'
import { compareCommand } from './commands/compare.ts'
import { completionCommand } from './commands/completion.ts'
import { diagnoseCommand } from './commands/diagnose.ts'
import { doctorCommand } from './commands/doctor.ts'
import { featureCommand } from './commands/feature.ts'
import { gateCommand } from './commands/gate.ts'
import { initCommand } from './commands/init.ts'
import { inspectCommand } from './commands/inspect.ts'
import { mergeCommand } from './commands/merge.ts'
import { planCommand } from './commands/plan.ts'
import { policyCommand } from './commands/policy.ts'
import { predictCommand } from './commands/predict.ts'
import { registryCommand } from './commands/registry.ts'
import { repairCommand } from './commands/repair.ts'
import { reportCommand } from './commands/report.ts'
import { reproduceCommand } from './commands/reproduce.ts'
import { saesCommand } from './commands/saes.ts'
import { setupCommand } from './commands/setup.ts'
import { stabilityCommand } from './commands/stability.ts'
import { sweepCommand } from './commands/sweep.ts'
import { verifyCommand } from './commands/verify.ts'
import { type CliHost, QUIET_FLAGS, type SetStatus, VERBOSE_FLAG } from './host.ts'

const EPILOGUE = `
Exit status: 0 the policy passes (or none was given), 1 it does not, 2 bad usage or input, 3 the run failed, 130 interrupted.

Examples:
  $ saegate audit --reference ./pythia-70m --candidate ./pythia-70m-int6 --candidate rtn:8 \\
      --sae ./sae/blocks.4.hook_resid_post --corpus ./wikitext.txt --policy default
  $ saegate gate saegate-report/report.json --policy strict
  $ saegate report saegate-report/report.json --format md
  $ saegate doctor
`

/** The program, which writes to the host and tells its exit status through `setStatus`. */
export function buildProgram(host: CliHost, setStatus: SetStatus): Command {
  const program = new Command('saegate')
    .description(
      'Stops a quantized language model from shipping when perplexity looks fine and its features are gone.',
    )
    .version(VERSION, '-V, --version')
    .addHelpText('after', EPILOGUE)
    .showHelpAfterError('Run the command with --help to see what it takes.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => host.stdout.write(text),
      writeErr: (text) => host.stderr.write(text),
      // The same voice as every other message.
      outputError: (text, write) =>
        write(text.replace(/^error: (.)/, (_, first: string) => `saegate: ${first.toUpperCase()}`)),
      getOutHelpWidth: () => Math.min(host.stdout.columns, 110),
      getErrHelpWidth: () => Math.min(host.stderr.columns, 110),
    })
  for (const [heading, commands] of commandGroups(host, setStatus)) {
    for (const command of commands) program.addCommand(command.helpGroup(heading))
  }
  for (const command of program.commands.filter((one) => TELLS_PROGRESS.has(one.name())))
    command.option(QUIET_FLAGS, 'tell no progress').option(VERBOSE_FLAG, 'also tell how long each stage took')
  inherit(program)
  return program
}

/** Commands that read models or large files. */
const TELLS_PROGRESS: ReadonlySet<string> = new Set([
  'attribute',
  'audit',
  'causal',
  'diagnose',
  'inspect',
  'plan',
  'repair',
  'reproduce',
  'stability',
  'sweep',
  'verify',
])

/** Commands of commands too. */
function inherit(parent: Command): void {
  for (const command of parent.commands) {
    command.copyInheritedSettings(parent).exitOverride()
    inherit(command)
  }
}

type CommandGroup = readonly [heading: string, commands: readonly Command[]]

/** By what one wants, the everyday ones first. */
function commandGroups(host: CliHost, setStatus: SetStatus): readonly CommandGroup[] {
  return [
    [
      'Gate a model:',
      [
        initCommand(host),
        auditCommand(host, setStatus),
        mergeCommand(host, setStatus),
        gateCommand(host, setStatus),
        reportCommand(host, setStatus),
        verifyCommand(host, setStatus),
        attestCommand(host, setStatus),
        registryCommand(host, setStatus),
      ],
    ],
    [
      'Explain what happened:',
      [
        featureCommand(host, setStatus),
        attributeCommand(host),
        causalCommand(host, setStatus),
        diagnoseCommand(host),
      ],
    ],
    [
      'Choose among candidates:',
      [planCommand(host), repairCommand(host, setStatus), compareCommand(host, setStatus)],
    ],
    [
      'Experiments:',
      [
        sweepCommand(host, setStatus),
        stabilityCommand(host, setStatus),
        predictCommand(host, setStatus),
        reproduceCommand(host, setStatus),
      ],
    ],
    [
      'Look up and set up:',
      [
        inspectCommand(host),
        saesCommand(host, setStatus),
        policyCommand(host),
        doctorCommand(host, setStatus),
        setupCommand(host),
        captureCommand(host),
        completionCommand(host),
      ],
    ],
  ]
}
