/** @file `saegate verify`: before shipping, is the verdict what the policy gives, and are these the files that were judged? */
import { Command } from 'commander'
import type { OpenSource } from '../../audit/subjects/open-source.ts'
import { AUDIT_OPTIONS } from '../../contract/options/options.ts'
import type { Measurement } from '../../contract/report/measurement.ts'
import type { Report } from '../../contract/report/report-schema.ts'
import { interrupted } from '../../errors/engine.ts'
import { policyMissing } from '../../errors/gate.ts'
import { jsonText } from '../../escape/json-text.ts'
import { judgeBy, readCriteria } from '../../gate/judging.ts'
import { loadReport } from '../../gate/load-report.ts'
import { type Check, checkFiles, checkVerdict } from '../../gate/verify.ts'
import { SHIPPED_POLICY_NAMES } from '../../policy/reading/shipped.ts'
import { isHubSpec } from '../../sources/hub-spec.ts'
import { withPublisherToken } from '../../sources/trusted-publisher.ts'
import { sharedFlag } from '../flags.ts'
import type { CliHost, SetStatus } from '../host.ts'
import { progressTo } from '../progress-display.ts'
import { checkShards } from '../shards/check-shards.ts'
import { mergedAgain } from '../shards/merged-again.ts'

const EXAMPLES = `
The tables beside the report are held against it, the verdict is made again from them by the policy given here, and every file
of the model is hashed. With --shards, those of a merged report are merged again and have to give it. What was measured, and how truly, is the word of whoever ran the audit: attest the report there.

Exit status: 0 all of it holds, 1 something does not, 2 bad usage or input.

Examples:
  $ saegate verify saegate-report/report.json --policy policies/release.yaml --candidate ./quantized
  $ saegate verify report.json --policy default --shards shards --candidate ./quantized
  $ saegate verify report.json --policy default --candidate hf:owner/name@COMMIT --reference hf:owner/base@COMMIT
`

interface Given {
  readonly policy?: string
  readonly baseline?: string
  readonly candidate: readonly string[]
  readonly reference?: string
  readonly shards: readonly string[]
  readonly json?: boolean
}

export function verifyCommand(host: CliHost, setStatus: SetStatus): Command {
  return new Command('verify')
    .description(
      'Check that a report passes a policy and that a model at hand is the one it judged; no model is run.',
    )
    .argument('<report.json>', 'a report that `saegate audit` wrote, with its tables')
    .addOption(
      sharedFlag(
        AUDIT_OPTIONS.policy,
        `${SHIPPED_POLICY_NAMES.join(', ')} or a YAML file: the one that you trust`,
      ),
    )
    .addOption(sharedFlag(AUDIT_OPTIONS.baseline))
    .option('--candidate <SPEC>', 'files that are to be shipped; may be repeated', collect, [])
    .option('--reference <SPEC>', 'the full-precision model that they are to have been measured against')
    .option(
      '--shards <PATH>',
      'shards that are to give this report, a file or their folder; may be repeated',
      collect,
      [],
    )
    .option('--json', 'as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (path: string, given: Given) => {
      const checks = await verified(path, given, host)
      if (host.signal.aborted) throw interrupted()
      const holds = checks.every((check) => check.holds)
      if (given.json === true) host.stdout.data(`${jsonText({ holds, checks }, true)}\n`)
      else host.stdout.write(words(checks, holds))
      setStatus(holds ? 0 : 1)
    })
}

const collect = (spec: string, before: readonly string[]): readonly string[] => [...before, spec]

async function verified(path: string, given: Given, host: CliHost): Promise<readonly Check[]> {
  if (given.policy === undefined) throw policyMissing()
  const stored = await loadReport(path)
  const criteria = await readCriteria({ policy: given.policy, baseline: given.baseline ?? null })
  const judged = judgeBy(stored, criteria).measurement.report
  const checks = [...checkVerdict(stored.report, judged)]
  if (given.shards.length > 0) checks.push(await shardsGive(stored, given.shards, host.signal))
  const specs = [...given.candidate, ...(given.reference === undefined ? [] : [given.reference])]
  const environment = specs.some(isHubSpec) ? await withPublisherToken(host.env) : host.env
  const progress = progressTo(host)
  const { sourceOpener } = await import('../../audit/subjects/open-source.ts')
  const open = sourceOpener(environment, progress.show)
  try {
    for (const spec of given.candidate) checks.push(await filesOf(judged, 'candidate', spec, open))
    if (given.reference !== undefined) checks.push(await filesOf(judged, 'reference', given.reference, open))
  } finally {
    progress.clear()
  }
  return checks
}

/** Errors: those of merging. */
async function shardsGive(
  stored: Measurement,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<Check> {
  const { merged, files } = await mergedAgain(stored.report, paths, signal)
  return await checkShards(stored, merged, files.length)
}

async function filesOf(
  report: Report,
  role: 'candidate' | 'reference',
  spec: string,
  open: OpenSource,
): Promise<Check> {
  const files = await open(spec)
  try {
    return await checkFiles(report, { role, spec, files })
  } finally {
    await files.close()
  }
}

/** A folder may hold thousands. */
const MOST_NAMES = 20

/** A chat template or generation_config.json changes what people get, and no figure of the audit. */
function unreadLine(names: readonly string[]): string {
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : ''
  return `note  the audit did not read, and so nothing holds: ${names.slice(0, MOST_NAMES).join(', ')}${more}.`
}

function words(checks: readonly Check[], holds: boolean): string {
  const lines = checks.flatMap((check) => [
    `${check.holds ? 'ok  ' : 'FAIL'}  ${check.text}.`,
    ...(check.unread === undefined ? [] : [unreadLine(check.unread)]),
  ])
  return `${lines.join('\n')}\n${holds ? 'All of it holds.' : 'Do not ship it.'}\n`
}
