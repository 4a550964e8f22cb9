/** @file `saegate causal`: does a feature that survives still act the same? */
import { Command, Option } from 'commander'
import { readCount } from '../../contract/options/option-values.ts'
import { type Overrides, resolveRequest } from '../../contract/request/audit-request.ts'
import { interrupted } from '../../errors/engine.ts'
import { jsonText } from '../../escape/json-text.ts'
import { readConfig } from '../../gate/texts.ts'
import { causalText } from '../../report/experiments/causal-text.ts'
import { auditFlags, givenValues, onlyConfig } from '../flags.ts'
import type { CliHost, SetStatus } from '../host.ts'
import { measureRequest } from '../measure-request.ts'

const WORDS = `
Takes the flags of \`saegate audit\`, and measures what it does. Then features are taken away where the reference fires them, and pushed
to 0.5, 1 and 2 times their peak, in both models, from the SAE's hook on: those that the policy lists, those of lowest ρ, and some
of every ρ. Do next-token distributions change alike? Random vectors as long say which effects are none. The SAE reads the
residual stream before or after a block; the report is written to --out, and judged where a policy is given (features.causal).

Example:
  $ saegate causal --reference ./pythia-70m --candidate rtn:6 --sae ./4-res-sm --corpus wikitext-2 --block-length 256
`

const FEATURES = { kind: 'count', min: 1, max: 4096, all: false } as const
const SEQUENCES = { kind: 'count', min: 1, max: 1024, all: false } as const
const CONTROLS = { kind: 'count', min: 0, max: 1000, all: false } as const

interface Given {
  readonly features: string
  readonly sequences: string
  readonly controls: string
  readonly format: 'text' | 'json'
}

export function causalCommand(host: CliHost, setStatus: SetStatus): Command {
  const command = new Command('causal')
    .description('Say whether features still act the same: ablated and steered in both models.')
    .option('--features <N>', 'features of each candidate and SAE', '64')
    .option('--sequences <N>', 'sequences of each in which the reference fires it; below 8 no interval', '16')
    .option('--controls <N>', 'random vectors beside each feature; 0: every effect counts as one', '20')
    .addOption(new Option('--format <FORMAT>', 'the form').choices(['text', 'json']).default('text'))
    .addHelpText('after', WORDS)
  for (const flag of auditFlags()) command.addOption(flag)
  return command.action(async (given: Given & Record<string, unknown>) => {
    const overrides: Overrides = { origin: 'flag', values: givenValues(given) }
    const causal = {
      features: readCount('--features', given.features, FEATURES),
      sequences: readCount('--sequences', given.sequences, SEQUENCES),
      controls: readCount('--controls', given.controls, CONTROLS),
    }
    const request = resolveRequest(overrides, await readConfig(onlyConfig(given.config)))
    const { judged, written } = await measureRequest(host, { ...request, causal })
    if (host.signal.aborted) throw interrupted()
    host.stderr.write(`Report: ${written.json}\n`)
    const { report } = judged.measurement
    const found = report.candidates.map(({ name, features }) => ({
      name,
      readouts: features.map(({ readout, causal }) => ({ readout, causal })),
    }))
    host.stdout.data(given.format === 'json' ? `${jsonText(found, true)}\n` : causalText(report))
    setStatus(judged.blocks ? 1 : 0)
  })
}
