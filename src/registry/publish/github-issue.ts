/**
 * @file An issue for each candidate that is blocked: opened with its first such verdict, renewed with the next, closed when it
 * passes, opened again when it does not. Found again by its hidden first line and by being ours, so that a run that was killed
 * makes no second one. GitHub has no conditional write; the state's lock keeps two runs apart.
 */
import type { Report } from '../../contract/report/report-schema.ts'
import { fitComment } from '../../delivery/body-size.ts'
import type { GitHub, Repository } from '../../delivery/github.ts'
import type { PostedIssue } from '../../delivery/github-issues.ts'
import {
  type Clock,
  httpFailure,
  isDenied,
  messageOf,
  type Patience,
  patience,
} from '../../delivery/patience.ts'
import { SaegateError } from '../../errors/problem.ts'
import { registryIssueDenied, registryIssueFailed, registryIssuesTooMany } from '../../errors/registry.ts'
import { MISSING, number, percent, signedPercent } from '../../report/words/format.ts'
import { code, prose } from '../../report/words/markdown-escape.ts'
import { digestOfWords } from '../content.ts'
import { type Item, itemId } from '../item.ts'
import type { PublishedVerdict } from '../verdict.ts'
import type { PublishTarget } from './target.ts'

export interface IssueSettings {
  readonly repository: Repository
  readonly labels: readonly string[]
  readonly token: string
  readonly apiUrl: string
}

const MOST_PAGES = 50
/** Rules that are named; a policy with more says enough by its first. */
const MOST_RULES = 20

export function issueTarget(settings: IssueSettings, clock: Clock): PublishTarget {
  const { owner, repo } = settings.repository
  const place = `${owner}/${repo}`
  let door: Promise<Door> | null = null
  return {
    name: `github ${place}`,
    takes: () => true,
    async publish(item, verdict, idempotency, report) {
      door ??= opened(settings, clock)
      try {
        const told = { item, verdict, idempotency, report: (await report()).report }
        return await tell(await door, told, settings)
      } catch (error) {
        door = null
        throw problemOf(place, error)
      }
    },
  }
}

/** GitHub's API, and our issues as they stand: listed once for all candidates of a night. */
interface Door {
  readonly github: GitHub
  readonly patience: Patience
  readonly own: PostedIssue[]
}

async function opened({ token, apiUrl, repository }: IssueSettings, clock: Clock): Promise<Door> {
  // Loaded when wanted: GitHub's library takes its time to load.
  const { connectGitHub } = await import('../../delivery/github.ts')
  const github = connectGitHub(token, apiUrl, repository)
  const patient = patience(clock, () => {})
  return { github, patience: patient, own: await ours(github, patient) }
}

/** Newest first. */
async function ours(github: GitHub, patient: Patience): Promise<PostedIssue[]> {
  const viewer = await patient.with(() => github.viewer()).catch(() => null)
  const found: PostedIssue[] = []
  for (let page = 1; page <= MOST_PAGES; page++) {
    const { issues, more } = await patient.with(() => github.issuePage(page))
    // Where the token may not ask who it is, ours are taken to be a bot's: nobody else's issue is ever overwritten.
    found.push(
      ...issues.filter((one) => (viewer === null ? one.bot : one.author === viewer) && MARKER.test(one.body)),
    )
    if (!more) return found
  }
  throw registryIssuesTooMany(MOST_PAGES)
}

interface Told {
  readonly item: Item
  readonly verdict: PublishedVerdict
  readonly idempotency: string
  readonly report: Report
}

/** The hidden first line: whose issue it is, and the verdict that it tells. */
const MARKER = /^<!-- saegate-registry ([0-9a-f]{32}) ([0-9a-f]{32}) -->/

const markerOf = (item: Item, idempotency: string): string =>
  `<!-- saegate-registry ${itemKey(item)} ${idempotency} -->`

const itemKey = (item: Item): string => digestOfWords('issue', itemId(item)).slice(0, 32)

/** Address of the issue; null: there is none, and none is needed. */
async function tell(door: Door, told: Told, { labels }: IssueSettings): Promise<string | null> {
  const { item, verdict, idempotency } = told
  const text = { title: titleOf(item), body: bodyOf(told) }
  return await door.patience.with(async (attempt) => {
    // A try that failed may have been heard all the same.
    if (attempt > 1) door.own.splice(0, door.own.length, ...(await ours(door.github, door.patience)))
    const standing = door.own.filter(({ body }) => MARKER.exec(body)?.[1] === itemKey(item)).at(-1)
    if (standing === undefined && !verdict.blocks) return null
    const isTold = standing !== undefined && MARKER.exec(standing.body)?.[2] === idempotency
    if (isTold && standing.isOpen === verdict.blocks) return standing.url
    const written =
      standing === undefined
        ? await door.github.createIssue(text, labels)
        : await door.github.updateIssue(standing.number, text, verdict.blocks)
    door.own.splice(
      0,
      door.own.length,
      written,
      ...door.own.filter(({ number }) => number !== written.number),
    )
    return written.url
  })
}

const MOST_TITLE = 200

const titleOf = (item: Item): string => `${itemId(item)} does not pass saegate`.slice(0, MOST_TITLE)

function bodyOf({ item, verdict, idempotency, report }: Told): string {
  const { figures, candidate } = verdict
  const rules = (report.candidates[0]?.rules ?? []).filter(
    ({ status }) => status === 'fail' || status === 'inconclusive',
  )
  const rows: readonly (readonly [string, string])[] = [
    ['verdict', verdict.verdict ?? 'measured'],
    ['features that survive', figures.survived === null ? MISSING : percent(figures.survived)],
    ['features that are damaged', figures.damaged === null ? MISSING : percent(figures.damaged)],
    ['perplexity', signedPercent(figures.perplexityDelta)],
    ['mean KL divergence', number(figures.klMean, 3)],
    ['revision', code(candidate.revision)],
    ['content', code(`sha256:${candidate.sha256}`)],
    ['report', code(`sha256:${verdict.report}`)],
  ]
  const said = rules.slice(0, MOST_RULES).map(({ id, message }) => `- ${code(id)}: ${prose(message, 500)}`)
  const state = verdict.blocks ? 'is blocked' : 'is no longer blocked'
  return fitComment(
    [
      markerOf(item, idempotency),
      `${code(itemId(item))} ${state}${report.policy === null ? '' : ` by the policy ${code(report.policy.name)}`}.`,
      '',
      '| | |',
      '|---|---|',
      ...rows.map(([what, value]) => `| ${what} | ${value} |`),
      '',
      ...(said.length === 0 ? [] : [...said, '']),
      'Written by `saegate registry run --publish`; it is renewed with each verdict, and closed when the candidate passes.',
    ].join('\n'),
  )
}

function problemOf(place: string, error: unknown): unknown {
  if (error instanceof SaegateError) return error
  const failure = httpFailure(error)
  if (isDenied(failure)) return registryIssueDenied(place, failure?.status ?? 403)
  return failure === null && !(error instanceof Error) ? error : registryIssueFailed(place, messageOf(error))
}
