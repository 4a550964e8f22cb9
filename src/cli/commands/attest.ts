/** @file `saegate attest`: a report's word on one artifact, in the form that supply chains sign and check. */
import { Command, Option } from 'commander'
import { writeOutput } from '../../bytes/atomic.ts'
import type { Measurement } from '../../contract/report/measurement.ts'
import type { CandidateReport, Report } from '../../contract/report/report-schema.ts'
import { interrupted } from '../../errors/engine.ts'
import { attestShards, attestWhich } from '../../errors/gate.ts'
import { jsonText } from '../../escape/json-text.ts'
import { loadReport } from '../../gate/load-report.ts'
import {
  ATTESTATION_TYPES,
  type AttestationType,
  type Attested,
  statement,
  subjects,
} from '../../report/formats/attestation.ts'
import type { CliHost, SetStatus } from '../host.ts'
import { refuseRepeats } from '../repeats.ts'
import { checkShards } from '../shards/check-shards.ts'
import { fileSha256, mergedAgain } from '../shards/merged-again.ts'

const EXAMPLES = `
The subjects are the candidate's files by sha256. A statement is signed whole (cosign attest-blob, model registries); actions/attest
takes the predicate and the subjects apart. The report's tables are held against it; the verdict is the one it has.

Examples:
  $ saegate attest saegate-report/report.json > statement.json
  $ saegate attest report.json --part predicate --out predicate.json   # predicate-path of actions/attest
  $ saegate attest report.json --part subjects --out subjects.sha256   # subject-checksums; also: sha256sum -c
  $ saegate attest report.json --type svr --candidate int6
  $ saegate attest report.json --shards shards   # of a merged report: they give it again, and their digests are in the statement
`

const PARTS = ['statement', 'predicate', 'subjects'] as const

interface Given {
  readonly type: AttestationType
  readonly part: (typeof PARTS)[number]
  readonly candidate?: string
  readonly url?: string
  readonly shards: readonly string[]
  readonly out?: string
}

export function attestCommand(host: CliHost, setStatus: SetStatus): Command {
  const command = new Command('attest')
    .description('Say what a report found of an artifact as an in-toto statement, to be signed.')
    .argument('<report.json>', 'a judged report, with the folder that it names beside it')
    .addOption(
      new Option('--type <TYPE>', 'rules by name, or verified properties')
        .choices(Object.keys(ATTESTATION_TYPES))
        .default('test-result'),
    )
    .addOption(
      new Option('--part <PART>', 'all of it, or what actions/attest takes')
        .choices(PARTS)
        .default('statement'),
    )
    .option('--candidate <NAME>', 'of several artifacts, the one that is meant')
    .option('--url <URL>', 'where the run that judged it can be looked at')
    .option(
      '--shards <PATH>',
      'shards that were merged to the report, a file or their folder; may be repeated',
      (path: string, before: readonly string[]) => [...before, path],
      [],
    )
    .option('--out <FILE>', 'write to a file instead of standard output')
    .addHelpText('after', EXAMPLES)
  refuseRepeats(command)
  return command.action(async (path: string, given: Given) => {
    const stored = await loadReport(path)
    const { report } = stored
    const attested = {
      report,
      candidate: artifact(report, given.candidate ?? null),
      url: given.url ?? null,
      measuredFrom: given.shards.length === 0 ? [] : await shardDigests(path, stored, given.shards, host),
    }
    const text = partOf(attested, given)
    if (host.signal.aborted) throw interrupted()
    if (given.out === undefined) host.stdout.data(text)
    else await writeOutput(given.out, text)
    setStatus(0)
  })
}

/** Shards by their sha256, once they have given the report again. Errors: ATTEST_SHARDS, those of merging. */
async function shardDigests(
  path: string,
  stored: Measurement,
  paths: readonly string[],
  { signal }: CliHost,
): Promise<NonNullable<Attested['measuredFrom']>> {
  const { merged, files } = await mergedAgain(stored.report, paths, signal)
  const { holds, text } = await checkShards(stored, merged, files.length)
  if (!holds) throw attestShards(path, text)
  const digests = []
  for (const { file, shard, shards } of files)
    digests.push({ name: `shard ${shard}/${shards}`, digest: { sha256: await fileSha256(file) } })
  return digests
}

/** Errors: ATTEST_WHICH. */
function artifact({ candidates }: Report, asked: string | null): CandidateReport {
  const artifacts = candidates.filter(({ sha256 }) => sha256 !== null)
  const names = artifacts.map(({ name }) => name)
  const [only, ...others] = asked === null ? artifacts : candidates.filter(({ name }) => name === asked)
  // Of what is derived alone, the statement says that it has no files.
  const found = only ?? (asked === null ? candidates[0] : undefined)
  if (found === undefined || others.length > 0) throw attestWhich(asked, names)
  return found
}

function partOf(attested: Attested, { type, part }: Given): string {
  if (part === 'subjects')
    return subjects(attested.candidate)
      .map(({ name, digest }) => checksumLine(digest.sha256, name))
      .join('')
  const whole = statement(attested, type)
  return `${jsonText(part === 'predicate' ? whole.predicate : whole, true)}\n`
}

/** As GNU sha256sum writes and reads it: a name that would end the line is escaped, and a backslash before the digest says so. */
function checksumLine(sha256: string, name: string): string {
  const escaped = name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
  return `${escaped === name ? '' : '\\'}${sha256}  ${escaped}\n`
}
