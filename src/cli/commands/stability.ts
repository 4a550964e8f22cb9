/** @file `saegate stability`: how much survival depends on how much text was read, and which. */
import { Command, Option } from 'commander'
import type { StabilityConfig } from '../../contract/options/audit-config.ts'
import { readCount, type TypeOf } from '../../contract/options/option-values.ts'
import { AUDIT_OPTIONS, auditOptions } from '../../contract/options/options.ts'
import { type AuditRequest, type Overrides, resolveRequest } from '../../contract/request/audit-request.ts'
import { interrupted } from '../../errors/engine.ts'
import { measuredAlready } from '../../errors/experiments.ts'
import { jsonText } from '../../escape/json-text.ts'
import { stabilityOf } from '../../experiments/stability.ts'
import { loadReport } from '../../gate/load-report.ts'
import { readConfig } from '../../gate/texts.ts'
import type { Stability } from '../../report/experiments/stability/stability.ts'
import { stabilityPage } from '../../report/experiments/stability/stability-page.ts'
import { stabilityText } from '../../report/experiments/stability/stability-text.ts'
import { auditFlags, givenValues, onlyConfig } from '../flags.ts'
import type { CliHost, SetStatus } from '../host.ts'
import { measureRequest } from '../measure-request.ts'

const WORDS = `
Each model is run once, over all tokens; its beginnings and subsets of its sequences, drawn by seeds, are then read again through
every SAE, and so is the reference in the candidate's place. A second layer is a second --sae. Losses are measured only where
--perplexity asks for them.

Examples:
  $ saegate stability --candidate rtn:6 --tokens 200k --budgets 50k,100k,200k --subsets 3 --subset-tokens 100k \\
      --reference ./pythia-70m --sae ./4-res-sm --sae ./2-res-sm --corpus wikitext-2:train
`

const FORMS = {
  text: stabilityText,
  json: (stability: Stability) => `${jsonText(stability, true)}\n`,
  html: stabilityPage,
} satisfies Readonly<Record<string, (stability: Stability) => string>>

interface Given {
  readonly budgets?: string
  readonly subsets: string
  readonly subsetTokens?: string
  readonly draw: string
  readonly survivedAbove?: boolean
  readonly format: keyof typeof FORMS
}

export function stabilityCommand(host: CliHost, setStatus: SetStatus): Command {
  const command = new Command('stability')
    .description('Say how much survival depends on how much text was read, and which.')
    .argument('[REPORT]', 'a report.json of such a run, to be shown again')
    .option(
      '--budgets <TOKENS>',
      'beginnings, apart by commas (default: a quarter, half and all of --tokens)',
    )
    .option('--subsets <N>', 'how many subsets of sequences are drawn', '3')
    .option('--subset-tokens <N>', 'tokens of each (default: half of --tokens)')
    .option('--draw <SEED>', 'seed of the first; the others count on', '0')
    .option('--survived-above', 'survived above the threshold, not at it: the rule of the paper’s code')
    .addOption(new Option('--format <FORMAT>', 'the form').choices(Object.keys(FORMS)).default('text'))
    .addHelpText('after', WORDS)
  for (const flag of auditFlags()) command.addOption(flag)
  return command.action(async (path: string | undefined, given: Given & Record<string, unknown>) => {
    const show = (found: Stability): void => {
      if (host.signal.aborted) throw interrupted()
      host.stdout.data(FORMS[given.format](found))
    }
    const values = givenValues(given)
    if (path !== undefined) {
      const flag = auditOptions.find(({ name }) => values[name] !== undefined)?.flag
      if (flag != null) throw measuredAlready(flag)
      show(stabilityOf(path, await loadReport(path), given.survivedAbove ?? false))
      return setStatus(0)
    }
    const overrides: Overrides = { origin: 'flag', values: { perplexity: 'none', ...values } }
    const request = resolveRequest(overrides, await readConfig(onlyConfig(given.config)))
    const stability = stabilityAsked(given, request)
    const { judged, written } = await measureRequest(host, { ...request, stability })
    show(stabilityOf(written.json, judged.measurement, stability.above))
    host.stderr.write(`Report: ${written.json}\n`)
    setStatus(judged.blocks ? 1 : 0)
  })
}

const TOKENS: TypeOf<'count'> & { all: false } = {
  kind: 'count',
  min: 1,
  max: AUDIT_OPTIONS.tokens.type.max,
  all: false,
}
const SUBSETS = { kind: 'count', min: 0, max: 100, all: false } as const
const SEED = AUDIT_OPTIONS.seed.type

/** Errors: OPTION_INVALID. */
function stabilityAsked(given: Given, { corpus }: AuditRequest): StabilityConfig {
  // A text that is used whole has as many tokens as it has: its parts are those of the usual budget, or fewer.
  const all = corpus.tokens ?? AUDIT_OPTIONS.tokens.default
  const budgets = given.budgets?.split(',').map((text) => readCount('--budgets', text.trim(), TOKENS)) ?? [
    all / 4,
    all / 2,
    all,
  ]
  return {
    budgets,
    subsets: readCount('--subsets', given.subsets, SUBSETS),
    subsetTokens:
      given.subsetTokens === undefined ? all / 2 : readCount('--subset-tokens', given.subsetTokens, TOKENS),
    seed: readCount('--draw', given.draw, SEED),
    above: given.survivedAbove ?? false,
  }
}
