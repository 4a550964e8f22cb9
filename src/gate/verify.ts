/**
 * @file Is a report's verdict the one that its policy gives, and are the files at hand the ones it speaks of? For the job that
 * ships a model: a green check says that something was judged, this says that it is what is about to be shipped.
 *
 * The verdict is made again from the report's tables; whether the tables were measured truly is the word of whoever ran the
 * audit. Not looked at: the SAE and the corpus, whose digests the report has.
 */
import type { CandidateReport, Report } from '../contract/report/report-schema.ts'
import { digestedFiles, type FileDigests, filesSha256 } from '../sources/file-digests.ts'
import type { PinnedFiles } from '../sources/pinned-files.ts'

/** One thing that was looked at. */
export interface Check {
  readonly holds: boolean
  /** What was found, in a sentence without its full stop. */
  readonly text: string
  /** Files that lie beside, and that nobody looked at; absent: none, or none were looked for. */
  readonly unread?: readonly string[]
}

/** Files at hand, and what the report must say of them. */
export interface AtHand {
  readonly role: 'candidate' | 'reference'
  readonly spec: string
  readonly files: PinnedFiles
}

/** `stored` as it was read, `judged` the same judged now by the policy that the verifier trusts. */
export function checkVerdict(stored: Report, judged: Report): readonly Check[] {
  const samePolicy = stored.policy?.sha256 === judged.policy?.sha256
  const policy = {
    holds: samePolicy,
    text: samePolicy
      ? `the report was judged by this text of policy ${judged.policy?.name ?? ''}`
      : `the report was judged by ${stored.policy === null ? 'no policy' : `another text of policy ${stored.policy.name}`}, not by this one`,
  }
  const same = stored.verdict === judged.verdict
  const verdict = {
    holds: same && judged.verdict === 'pass' && judged.policy?.informational !== true,
    text: same
      ? `the verdict made again from the tables is the report's: ${judged.verdict}${judged.policy?.informational === true ? ', by an informational policy, which requires nothing' : ''}`
      : `the report says ${stored.verdict ?? 'no verdict'}, and its tables give ${judged.verdict ?? 'no verdict'}`,
  }
  return [policy, verdict]
}

/**
 * Every file that the report names must be there and be the same, and no other weights or code beside them; what else lies there
 * is named. `report` as it is judged now. Errors: those of reading.
 */
export async function checkFiles(report: Report, { role, spec, files }: AtHand): Promise<Check> {
  // Its digests are somebody's word, and there is nothing to hold against them.
  if (files.vouchedSha256 !== undefined)
    return { holds: false, text: `${role} ${spec} is a capture, whose files are not here to be hashed` }
  const digested = digestedFiles(files)
  const compare = async ({ sha256: whole, files: said }: Said): Promise<readonly string[]> => {
    if (said === undefined) return ['the report has no digests of its files: audit again with this version']
    const wrong: string[] = []
    if (report.digests !== undefined && filesSha256(said) !== whole)
      wrong.push('its one digest in the report is not that of its files there')
    for (const [name, sha256] of Object.entries(said)) {
      if (!files.has(name)) wrong.push(`${name} is not there`)
      else if ((await digested.sha256(name)) !== sha256) wrong.push(`${name} differs`)
    }
    const added = files.names.filter((name) => DECISIVE.test(name) && said[name] === undefined)
    return [...wrong, ...added.map((name) => `${name} was not read by the audit`)]
  }
  if (role === 'reference')
    return checked(`reference ${spec}`, report.reference.files, await compare(report.reference))
  const stored = report.candidates.filter(({ sha256 }) => sha256 !== null)
  if (stored.length === 0)
    return {
      holds: false,
      text: `candidate ${spec}: the report judged no artifact, only what it derived from the reference`,
    }
  const flaws = await Promise.all(stored.map(async (one) => ({ one, wrong: await compare(one) })))
  const [nearest] = flaws.sort((a, b) => a.wrong.length - b.wrong.length)
  if (nearest === undefined || nearest.wrong.length > 0)
    return checked(`candidate ${spec}`, undefined, nearest?.wrong ?? [])
  const { files: said = {} } = nearest.one
  const unread = files.names.filter((name) => said[name] === undefined)
  return { ...candidateCheck(spec, nearest.one), ...(unread.length === 0 ? {} : { unread }) }
}

/** What a report has of some files. */
interface Said {
  readonly sha256: string | null
  readonly files?: FileDigests
}

/** What a runtime may load in place of, or beside, what was measured. */
const DECISIVE = /\.(safetensors|bin|pt|pth|gguf|onnx|npz|h5|msgpack|py|so)$/i

function candidateCheck(spec: string, { name, verdict, files }: CandidateReport): Check {
  return {
    holds: verdict === 'pass',
    text: `candidate ${spec} is ${name} of the report, ${count(files)} the same; its verdict is ${verdict ?? 'missing: no rule looked at it'}`,
  }
}

function checked(what: string, said: FileDigests | undefined, wrong: readonly string[]): Check {
  if (wrong.length === 0) return { holds: true, text: `${what}: ${count(said)} as the report has them` }
  const more = wrong.length > 5 ? `, and ${wrong.length - 5} more` : ''
  return { holds: false, text: `${what} is not what was judged: ${wrong.slice(0, 5).join(', ')}${more}` }
}

function count(files: FileDigests | undefined): string {
  const n = Object.keys(files ?? {}).length
  return n === 1 ? 'its file' : `all ${n} files`
}
