/** @file `saegate sweep`: many conditions and several SAEs over one run of the reference, and their tables side by side. */
import { Command, Option } from 'commander'
import { auditOptions } from '../../contract/options/options.ts'
import type { Measurement } from '../../contract/report/measurement.ts'
import { type Overrides, resolveRequest } from '../../contract/request/audit-request.ts'
import { interrupted } from '../../errors/engine.ts'
import { measuredAlready } from '../../errors/experiments.ts'
import { jsonText } from '../../escape/json-text.ts'
import { PAPER_BITS, sweptCandidates, USUAL_GRANULARITY } from '../../experiments/conditions.ts'
import { sweepOf } from '../../experiments/sweep.ts'
import { loadReport } from '../../gate/load-report.ts'
import { readConfig } from '../../gate/texts.ts'
import type { SweptReport } from '../../report/experiments/sweep/sweep.ts'
import { sweepPage } from '../../report/experiments/sweep/sweep-page.ts'
import { sweepText } from '../../report/experiments/sweep/sweep-text.ts'
import { auditFlags, givenValues, onlyConfig } from '../flags.ts'
import type { CliHost, SetStatus } from '../host.ts'
import { measureRequest } from '../measure-request.ts'

const WORDS = `
Without REPORT.json the conditions are measured as \`saegate audit\` measures candidates, in one run of the reference for all of
them and every SAE, and the report is written to --out; with it, the candidates of that report are laid side by side. --candidate
adds candidates of its own. With a policy the exit status is that of the gate.

Examples:
  $ saegate sweep --bits 8,7,6,5,4 --prune match=rtn:6 --reference ./pythia-70m --sae ./4-res-sm --corpus wikitext-2:train
  $ saegate sweep --bits 4,3 --granularity channel,group=128,tensor --config saegate.yaml
  $ saegate sweep saegate-report/report.json --survived-above --format html > sweep.html
`

const FORMS = {
  text: ({ sweep }: SweptReport) => sweepText(sweep),
  json: ({ sweep }: SweptReport) => `${jsonText(sweep, true)}\n`,
  html: sweepPage,
} satisfies Readonly<Record<string, (swept: SweptReport) => string>>

interface Given {
  readonly bits?: readonly string[]
  readonly prune?: readonly string[]
  readonly granularity?: readonly string[]
  readonly survivedAbove?: boolean
  readonly format: keyof typeof FORMS
}

export function sweepCommand(host: CliHost, setStatus: SetStatus): Command {
  const command = new Command('sweep')
    .description('Measure many bit-widths and prunings at once and show them side by side.')
    .argument('[REPORT]', 'a report.json that was measured before')
    .addOption(listed('--bits <WIDTHS>', `roundings, apart by commas (default: ${PAPER_BITS.join(',')})`))
    .addOption(repeated('--prune <SPEC>', 'a pruning: a sparsity, or match=SPEC; may be given several times'))
    .addOption(
      listed(
        '--granularity <KINDS>',
        `what shares a scale: channel, tensor, group=N, transformerlens (its layout); several apart by commas (default: ${USUAL_GRANULARITY})`,
      ),
    )
    .option('--survived-above', 'survived above the threshold, not at it: the rule of the paper’s code')
    .addOption(new Option('--format <FORMAT>', 'the form').choices(Object.keys(FORMS)).default('text'))
    .addHelpText('after', WORDS)
  for (const flag of auditFlags()) command.addOption(flag)
  return command.action(async (path: string | undefined, given: Given & Record<string, unknown>) => {
    const told = path === undefined ? await measured(host, given) : await finished(path, given)
    const { report } = told.measurement
    const asked = { active: null, survived: null, damaged: null, survivedAbove: given.survivedAbove ?? false }
    const text = FORMS[given.format]({ sweep: sweepOf(told.path, told.measurement, asked), report })
    if (host.signal.aborted) throw interrupted()
    host.stdout.data(text)
    setStatus(told.blocks ? 1 : 0)
  })
}

/** Commas part values, but not those within one: group=128 has none. */
const listed = (flags: string, words: string): Option =>
  new Option(flags, words).argParser((given: string, before: readonly string[] | undefined) => [
    ...(before ?? []),
    ...given.split(',').map((one) => one.trim()),
  ])

const repeated = (flags: string, words: string): Option =>
  new Option(flags, words).argParser((given: string, before: readonly string[] | undefined) => [
    ...(before ?? []),
    given.trim(),
  ])

interface Told {
  readonly path: string
  readonly measurement: Measurement
  readonly blocks: boolean
}

/** Errors: MEASURED_ALREADY, those of reading a report. */
async function finished(path: string, given: Given & Record<string, unknown>): Promise<Told> {
  const values = givenValues(given)
  const measuring = auditOptions.find(({ name }) => values[name] !== undefined)?.flag
  const own = (['bits', 'prune', 'granularity'] as const).find((name) => given[name] !== undefined)
  const flag = own === undefined ? measuring : `--${own}`
  if (flag != null) throw measuredAlready(flag)
  return { path, measurement: await loadReport(path), blocks: false }
}

/** Errors: those of an audit. */
async function measured(host: CliHost, given: Given & Record<string, unknown>): Promise<Told> {
  const { bits, prune = [], granularity = [USUAL_GRANULARITY] } = given
  const values = givenValues(given)
  const own = Array.isArray(values.candidate) ? values.candidate.map(String) : []
  const usual = prune.length === 0 && own.length === 0 ? PAPER_BITS : []
  const swept = sweptCandidates({ bits: bits ?? usual, prune, granularities: granularity })
  const overrides: Overrides = { origin: 'flag', values: { ...values, candidate: [...swept, ...own] } }
  const request = resolveRequest(overrides, await readConfig(onlyConfig(given.config)))
  const { judged, written } = await measureRequest(host, request)
  host.stderr.write(`Report: ${written.json}\n`)
  return { path: written.json, measurement: judged.measurement, blocks: judged.blocks }
}
