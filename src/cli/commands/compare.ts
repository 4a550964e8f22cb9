/** @file `saegate compare`: do two candidates damage the same features? No model is run. */
import { Command, Option } from 'commander'
import { writeOutput } from '../../bytes/atomic.ts'
import { interrupted } from '../../errors/engine.ts'
import { jsonText } from '../../escape/json-text.ts'
import { compare } from '../../experiments/compare.ts'
import type { ComparedPair } from '../../report/experiments/comparison.ts'
import { comparisonPage } from '../../report/experiments/comparison-page.ts'
import { comparisonText } from '../../report/experiments/comparison-text.ts'
import { askedFor, featureFlags, type GivenFeatures } from '../feature-flags.ts'
import type { CliHost, SetStatus } from '../host.ts'
import { refuseRepeats } from '../repeats.ts'

const WORDS = `
A and B are candidates of one report (REPORT.json#NAME), of two reports of the same reference, tokens and SAE, or feature
tables: Parquet or CSV with the columns feature, correlation, firing_rate, mean and peak. Where B is left out, A has to hold two
candidates. Features that are active in both are compared; the others are counted. Intervals come with a report's token groups.

Examples:
  $ saegate compare saegate-report/report.json#rtn-6 saegate-report/report.json#prune-0.175
  $ saegate compare int6.csv pruned.csv --survived-above --format html --out overlap.html
`

const FORMS = {
  text: ({ comparison }: ComparedPair) => comparisonText(comparison),
  json: ({ comparison }: ComparedPair) => `${jsonText(comparison, true)}\n`,
  html: comparisonPage,
} satisfies Readonly<Record<string, (compared: ComparedPair) => string>>

interface Given extends GivenFeatures {
  readonly format: keyof typeof FORMS
  readonly out?: string
}

export function compareCommand(host: CliHost, setStatus: SetStatus): Command {
  const command = new Command('compare')
    .description('Say whether two candidates damage the same features; no model is run.')
    .argument('<A>', 'a report.json with #CANDIDATE, or a feature table')
    .argument('[B]', 'the other')
    .addOption(new Option('--format <FORMAT>', 'the form').choices(Object.keys(FORMS)).default('text'))
    .option('--out <FILE>', 'write to a file instead of standard output')
    .addHelpText('after', WORDS)
  for (const flag of featureFlags()) command.addOption(flag)
  refuseRepeats(command)
  return command.action(async (a: string, b: string | undefined, given: Given) => {
    const text = FORMS[given.format](await compare(a, b ?? null, askedFor(given)))
    if (host.signal.aborted) throw interrupted()
    if (given.out === undefined) host.stdout.data(text)
    else await writeOutput(given.out, text)
    setStatus(0)
  })
}
