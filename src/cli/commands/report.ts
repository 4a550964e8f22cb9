/** @file `saegate report`: a finished report in another form. */
import { Command, Option } from 'commander'
import { writeOutput } from '../../bytes/atomic.ts'
import type { Measurement } from '../../contract/report/measurement.ts'
import { interrupted } from '../../errors/engine.ts'
import { loadReport } from '../../gate/report-folder.ts'
import { badgeJson } from '../../report/formats/badge.ts'
import { benchmarkJson } from '../../report/formats/benchmark.ts'
import { reportJson } from '../../report/formats/json.ts'
import { junitXml } from '../../report/formats/junit.ts'
import { sarif } from '../../report/formats/sarif.ts'
import { terminalReport } from '../../report/formats/terminal.ts'
import { pullRequestComment } from '../../report/markdown/comment.ts'
import { reportMarkdown } from '../../report/markdown/markdown.ts'
import { reportHtml } from '../../report/page/page.ts'
import { featureTablesCsv } from '../../report/tables/feature-csv.ts'
import type { CliHost } from '../host.ts'
import type { SetStatus } from '../program.ts'
import { refuseRepeats } from '../repeats.ts'

/** One output format, one function. */
const FORMATS = {
  html: ({ report, evidence }) => reportHtml(report, evidence),
  md: ({ report, evidence }) => reportMarkdown(report, evidence),
  json: ({ report }) => reportJson(report),
  text: ({ report }) => terminalReport(report, { colour: false, unicode: true }),
  comment: ({ report, evidence }) =>
    pullRequestComment(report, evidence, { checkName: 'saegate', reportUrl: null }),
  junit: ({ report }) => junitXml(report),
  sarif: ({ report }) => sarif(report),
  benchmark: ({ report }) => benchmarkJson(report, 'smaller'),
  'benchmark-bigger': ({ report }) => benchmarkJson(report, 'bigger'),
  badge: ({ report }) => badgeJson(report),
  csv: ({ evidence }) => featureTablesCsv(evidence.map(({ table }) => table)),
} satisfies Record<string, (measurement: Measurement) => string>

type Format = keyof typeof FORMATS

export function reportCommand(host: CliHost, setStatus: SetStatus): Command {
  const names = Object.keys(FORMATS)
  const command = new Command('report')
    .description('Show a finished report in another form.')
    .argument('<report.json>', 'a report that `saegate audit` wrote, with its features/ folder beside it')
    .addOption(new Option('--format <FORMAT>', 'the form').choices(names).default('md'))
    .option('--out <FILE>', 'write to a file instead of standard output')
    .addHelpText(
      'after',
      '\nExamples:\n  $ saegate report saegate-report/report.json --format junit --out junit.xml\n',
    )
  refuseRepeats(command)
  return command.action(async (path: string, given: { format: Format; out?: string }) => {
    const text = FORMATS[given.format](await loadReport(path))
    if (host.signal.aborted) throw interrupted()
    if (given.out === undefined) host.stdout.write(text)
    else await writeOutput(given.out, text)
    setStatus(0)
  })
}
