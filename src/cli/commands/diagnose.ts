/** @file `saegate diagnose`: a candidate beside its features: weights, logits sequence by sequence, perplexity on parts of the text. */
import { Command, Option } from 'commander'
import { auditOptions } from '../../contract/options/options.ts'
import type { Report } from '../../contract/report/report-schema.ts'
import { type Overrides, resolveRequest } from '../../contract/request/audit-request.ts'
import { interrupted } from '../../errors/engine.ts'
import { diagnosisMissing, measuredAlready } from '../../errors/experiments.ts'
import { jsonText } from '../../escape/json-text.ts'
import { PAPER_BITS } from '../../experiments/conditions.ts'
import { loadReport } from '../../gate/load-report.ts'
import { readConfig } from '../../gate/texts.ts'
import { diagnosisPage } from '../../report/experiments/diagnosis-page.ts'
import { diagnosisText } from '../../report/experiments/diagnosis-text.ts'
import { auditFlags, givenValues, onlyConfig } from '../flags.ts'
import type { CliHost } from '../host.ts'
import { measureRequest } from '../measure-request.ts'

const WORDS = `
Takes the flags of \`saegate audit\`; without --candidate the bit-widths ${PAPER_BITS.join(', ')} are diagnosed, without --sae no features are
looked at. The report is written to --out, with the figures in it. Nothing is judged.

Example:
  $ saegate diagnose --reference ./pythia-70m --corpus wikitext-2 --tokens 50k
`

const FORMS = {
  text: diagnosisText,
  json: ({ candidates }: Report) =>
    `${jsonText(
      candidates.map(({ name, spec, diagnosis }) => ({ name, spec, diagnosis })),
      true,
    )}\n`,
  html: diagnosisPage,
} satisfies Readonly<Record<string, (report: Report) => string>>

type Given = Readonly<Record<string, unknown>> & { readonly format: keyof typeof FORMS }

export function diagnoseCommand(host: CliHost): Command {
  const command = new Command('diagnose')
    .description('Tell how far weights, logits and losses of candidates are off, beside their features.')
    .argument('[REPORT]', 'a report.json of such a run, to be shown again')
    .addOption(new Option('--format <FORMAT>', 'the form').choices(Object.keys(FORMS)).default('text'))
    .addHelpText('after', WORDS)
  for (const flag of auditFlags()) command.addOption(flag)
  return command.action(async (path: string | undefined, given: Given) => {
    const values = givenValues(given)
    if (path !== undefined) {
      const flag = auditOptions.find(({ name }) => values[name] !== undefined)?.flag
      if (flag != null) throw measuredAlready(flag)
      const { report } = await loadReport(path)
      if (report.candidates.every(({ diagnosis }) => diagnosis === undefined)) throw diagnosisMissing(path)
      host.stdout.data(FORMS[given.format](report))
      return
    }
    const file = await readConfig(onlyConfig(given.config))
    const usual = {
      ...(file?.values.candidates === undefined
        ? { candidate: PAPER_BITS.map((bits) => `rtn:${bits}`) }
        : {}),
      ...(file?.values.saes === undefined ? { sae: ['none'] } : {}),
    }
    const overrides: Overrides = { origin: 'flag', values: { ...usual, ...values } }
    const request = { ...resolveRequest(overrides, file), policy: null, diagnose: true }
    const { judged, written } = await measureRequest(host, request)
    if (host.signal.aborted) throw interrupted()
    host.stderr.write(`Report: ${written.json}\n`)
    host.stdout.data(FORMS[given.format](judged.measurement.report))
  })
}
