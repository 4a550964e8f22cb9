/** @file `saegate attribute`: which tensors of a candidate damage which features. */
import { Command, Option } from 'commander'
import { type AttributionConfig, SWAPPED_BY, type SwappedBy } from '../../contract/options/audit-config.ts'
import { readCount } from '../../contract/options/option-values.ts'
import { AUDIT_OPTIONS, auditOptions } from '../../contract/options/options.ts'
import { type AuditRequest, type Overrides, resolveRequest } from '../../contract/request/audit-request.ts'
import { optionInvalid } from '../../errors/config.ts'
import { interrupted } from '../../errors/engine.ts'
import { attributionOfOne, measuredAlready } from '../../errors/experiments.ts'
import { jsonText } from '../../escape/json-text.ts'
import { askedAgain, attributionOf, chosenCandidate } from '../../experiments/attribution.ts'
import { partsOf } from '../../experiments/subject.ts'
import { loadReport } from '../../gate/load-report.ts'
import { readConfig } from '../../gate/texts.ts'
import { present } from '../../numbers/present.ts'
import type { Attribution } from '../../report/experiments/attribution/attribution.ts'
import { attributionPage } from '../../report/experiments/attribution/attribution-page.ts'
import { attributionText } from '../../report/experiments/attribution/attribution-text.ts'
import { auditFlags, givenValues, onlyConfig } from '../flags.ts'
import type { CliHost } from '../host.ts'
import { measureRequest } from '../measure-request.ts'

const WORDS = `
Each target tensor (or block, or kind of matrix) of the candidate is put alone into the reference, and only the blocks from it
to the SAEs' hooks are run; the ones that a first-order estimate puts first are also restored: the reference's put into the candidate.
A REPORT that has its swaps is shown; any other is measured again as it was asked for, with these flags before its own. Losses are
measured only with --kl, which runs every swap to the end. Nothing is judged.

Examples:
  $ saegate attribute --reference ./pythia-70m --candidate ./pythia-70m-int4 --sae ./4-res-sm --corpus wikitext-2 --tokens 50k
  $ saegate attribute saegate-report/report.json#rtn-4 --by block
  $ saegate attribute saegate-report/report.json --watch 1204,88 --format json
`

const FORMS = {
  text: attributionText,
  json: (attribution: Attribution) => `${jsonText(attribution, true)}\n`,
  html: attributionPage,
} satisfies Readonly<Record<string, (attribution: Attribution) => string>>

interface Given {
  readonly by: SwappedBy
  readonly first: string
  readonly restored: string
  readonly controls: string
  readonly kl?: boolean
  readonly draw: string
  readonly watch?: string
  readonly format: keyof typeof FORMS
}

export function attributeCommand(host: CliHost): Command {
  const command = new Command('attribute')
    .description('Tell which tensors of a candidate damage which features.')
    .argument(
      '[REPORT]',
      'report.json or report.json#CANDIDATE: with swaps to be shown, or to be measured again',
    )
    .addOption(new Option('--by <WHAT>', 'what is swapped at a time').choices(SWAPPED_BY).default('tensor'))
    .option('--first <N>', 'only so many, those that the first-order estimate puts first, or all', 'all')
    .option('--restored <N>', '… so many are restored into the candidate, too, or all', '10')
    .option('--controls <N>', '… so many are set beside random errors of the same size, or all', '3')
    .option(
      '--kl',
      'run every swap to the end, for its KL divergence; tensors behind the hooks are swapped, too',
    )
    .option('--draw <SEED>', 'seed of the controls and of the estimate', '0')
    .option(
      '--watch <IDS>',
      'features whose three worst tensors are told, apart by commas, beside the policy’s',
    )
    .addOption(new Option('--format <FORMAT>', 'the form').choices(Object.keys(FORMS)).default('text'))
    .addHelpText('after', WORDS)
  for (const flag of auditFlags()) command.addOption(flag)
  return command.action(async (spec: string | undefined, given: Given & Record<string, unknown>) => {
    const attribution = await told(host, spec, given)
    if (host.signal.aborted) throw interrupted()
    host.stdout.data(FORMS[given.format](attribution))
  })
}

/** Errors: those of reports and of an audit, ATTRIBUTION_OF_ONE, MEASURED_ALREADY. */
async function told(
  host: CliHost,
  spec: string | undefined,
  given: Given & Record<string, unknown>,
): Promise<Attribution> {
  const values = givenValues(given)
  if (spec === undefined) return await measured(host, given, values)
  const { path, candidate } = await partsOf(spec)
  const { report } = await loadReport(path)
  const chosen = chosenCandidate(path, report, candidate)
  const found = attributionOf(path, report, chosen)
  if (found === null) return await measured(host, given, { ...askedAgain(report, chosen), ...values })
  const flag = auditOptions.find(({ name }) => values[name] !== undefined)?.flag
  if (flag != null) throw measuredAlready(flag)
  return found
}

async function measured(host: CliHost, given: Given, values: Overrides['values']): Promise<Attribution> {
  const file = await readConfig(onlyConfig(values.config))
  const perplexity = given.kl === true ? 'chunked' : 'none'
  const overrides: Overrides = { origin: 'flag', values: { perplexity, ...values } }
  const request = resolveRequest(overrides, file)
  if (given.kl === true && !request.perplexity.chunked)
    throw optionInvalid('--perplexity', 'without chunked', 'chunked, where --kl is asked for')
  if (request.candidates.length > 1) throw attributionOfOne(request.candidates)
  const { judged, written } = await measureRequest(host, asked(given, request))
  host.stderr.write(`Report: ${written.json}\n`)
  const { report } = judged.measurement
  return present(attributionOf(written.json, report, present(report.candidates[0])), 'an attribution')
}

const UNITS = { kind: 'count', min: 0, max: 1_000_000, all: true } as const
const FEATURE = { kind: 'count', min: 0, max: 100_000_000, all: false } as const

/** Errors: OPTION_INVALID. */
function asked(given: Given, request: AuditRequest): AuditRequest {
  const units = (flag: string, text: string): number | null =>
    text === 'all' ? null : readCount(flag, text, UNITS)
  const attribution: AttributionConfig = {
    by: given.by,
    first: units('--first', given.first),
    restored: units('--restored', given.restored),
    controls: units('--controls', given.controls),
    kl: given.kl ?? false,
    seed: readCount('--draw', given.draw, AUDIT_OPTIONS.seed.type),
  }
  const ids = given.watch?.split(',').map((text) => readCount('--watch', text.trim(), FEATURE)) ?? []
  const watched = ids.length === 0 ? [] : [{ ids, readouts: null, layers: null }]
  return { ...request, attribution, watched, explain: 0 }
}
