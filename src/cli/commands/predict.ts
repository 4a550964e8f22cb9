/** @file `saegate predict`: can survival be told from the reference alone? No model is run. */
import { Command, Option } from 'commander'
import { writeOutput } from '../../bytes/atomic.ts'
import { interrupted } from '../../errors/engine.ts'
import { saveWithApply } from '../../errors/experiments.ts'
import { jsonText } from '../../escape/json-text.ts'
import { predict } from '../../experiments/predict.ts'
import { readPredictor } from '../../experiments/predictor-file.ts'
import type { Prediction } from '../../report/experiments/prediction.ts'
import { predictionPage } from '../../report/experiments/prediction-page.ts'
import { predictionCsv, predictionText } from '../../report/experiments/prediction-text.ts'
import { askedFor, featureFlags, type GivenFeatures } from '../feature-flags.ts'
import type { CliHost, SetStatus } from '../host.ts'
import { refuseRepeats } from '../repeats.ts'

const WORDS = `
A penalised logistic regression of "survived" on rarity, log mean, log peak and log concentration of each active feature in the
reference, cross-validated; survival by quarters of each; a reliability curve. With --apply no fit is made: the saved one
forecasts, and where the table has correlations it is told how well. A table for --apply needs none.

Examples:
  $ saegate predict saegate-report/report.json#rtn-6 --save fragile.json
  $ saegate predict other-model.csv --apply fragile.json --format csv --out forecast.csv
`

const FORMS = {
  text: predictionText,
  json: ({ document }) => `${jsonText(document, true)}\n`,
  html: predictionPage,
  csv: ({ features }) => predictionCsv(features),
} satisfies Readonly<Record<string, (prediction: Prediction) => string>>

interface Given extends GivenFeatures {
  readonly format: keyof typeof FORMS
  readonly out?: string
  readonly save?: string
  readonly apply?: string
}

export function predictCommand(host: CliHost, setStatus: SetStatus): Command {
  const command = new Command('predict')
    .description('Tell from the reference alone which features survive; no model is run.')
    .argument('<REPORT|TABLE>', 'a report.json with #CANDIDATE, or a feature table')
    .addOption(new Option('--format <FORMAT>', 'the form').choices(Object.keys(FORMS)).default('text'))
    .option('--out <FILE>', 'write to a file instead of standard output')
    .option('--save <FILE>', 'keep the fit')
    .option('--apply <FILE>', 'forecast with a fit that was kept')
    .addHelpText('after', WORDS)
  for (const flag of featureFlags()) command.addOption(flag)
  refuseRepeats(command)
  return command.action(async (spec: string, given: Given) => {
    if (given.save !== undefined && given.apply !== undefined) throw saveWithApply()
    const applied = given.apply === undefined ? null : await readPredictor(given.apply)
    const { prediction, predictor } = await predict(spec, askedFor(given), applied)
    const text = FORMS[given.format](prediction)
    if (host.signal.aborted) throw interrupted()
    if (given.save !== undefined && predictor !== null)
      await writeOutput(given.save, `${jsonText(predictor, true)}\n`)
    if (given.out === undefined) host.stdout.data(text)
    else await writeOutput(given.out, text)
    setStatus(0)
  })
}
