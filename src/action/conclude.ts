/** @file A verdict told: report and origin written, outputs, summary and annotations; what comment and check run are to say. */
import { resolve } from 'node:path'
import type { Report } from '../contract/report/report-schema.ts'
import type { CheckRunContent } from '../delivery/github.ts'
import type { Section } from '../delivery/sections.ts'
import type { SaegateError } from '../errors/problem.ts'
import type { Judged } from '../gate/judging.ts'
import { readReportText } from '../gate/texts.ts'
import { headline } from '../report/words/headline.ts'
import { addSummary, announce, writeSummary } from './announce.ts'
import { sectionOf, unjudgedSection } from './deliver.ts'
import { sha256 } from './digest.ts'
import { remember } from './earlier/memory.ts'
import { type Origin, writeOrigin } from './earlier/origin.ts'
import { placeOf, scopeOf } from './earlier/reuse.ts'
import { checkConclusion, exitStatus, outcomeOf, outputsOf } from './outcome.ts'
import type { RulesSaid } from './rules/rules.ts'
import type { Run, Started } from './run.ts'

export type ExitStatus = 0 | 1 | 2 | 3

/** What was judged, and how it came to be. */
export interface Conclusion {
  readonly judged: Judged
  readonly out: string
  /** Of what was measured; null: it is not to be reused. */
  readonly fingerprint: string | null
  /** Somebody else's run measured it. */
  readonly handedOn: boolean
  /** Of the rules; null: there is nothing to compare them with. */
  readonly said: RulesSaid | null
  /** Said under the comment and in the summary. */
  readonly notes: readonly string[]
}

export interface Concluded {
  readonly status: 0 | 1
  readonly section: Section
  readonly check: CheckRunContent
}

/** Report, outputs, summary and annotations come before anything GitHub is asked, so that no answer can take them away. */
export async function conclude(run: Run, conclusion: Conclusion): Promise<Concluded> {
  const { host, tools, inputs } = run
  const { judged, notes, said } = conclusion
  const { report } = judged.measurement
  const written = await tools.write(judged.measurement, conclusion.out, host.signal)
  if (!conclusion.handedOn) await keep(run, conclusion, written)
  const outcome = outcomeOf(report, judged.blocks)
  const status = exitStatus(outcome, inputs.failOn)
  // Later steps run elsewhere than in working-directory.
  const changed = { 'gate-changed': said?.changed == null ? '' : String(said.changed) }
  const paths = { 'report-path': resolve(written.folder), 'report-json': resolve(written.json) }
  const outputs = { ...outputsOf(outcome, inputs.failOn), ...changed, ...paths }
  for (const [name, value] of Object.entries(outputs)) host.core.setOutput(name, value)
  const note = notes.length === 0 ? null : notes.join(' · ')
  const banner = said?.banner ?? null
  const summary = await writeSummary(run, judged.measurement, { banner, note })
  announce(run, report, said?.placed ?? run.rules.note === null)
  return {
    status,
    section: sectionOf(run, judged.measurement, { banner, note }),
    check: {
      conclusion: checkConclusion(outcome, status),
      title: titleOf(report),
      summary,
    },
  }
}

/** There is no gate at the base yet: nothing is judged by the file of whoever is to be judged, and nothing passes. */
export async function concludeUnjudged(started: Started, problem: SaegateError): Promise<Concluded> {
  const { host, inputs } = started
  const status = inputs.failOn === 'never' ? 0 : 1
  const outputs = { verdict: 'inconclusive', 'gate-changed': 'true', enforced: 'false' }
  for (const [name, value] of Object.entries(outputs)) host.core.setOutput(name, value)
  host.core.warning(`${problem.message}\n${problem.fix}`, { title: `saegate: ${problem.code}` })
  const section = unjudgedSection(started, `${problem.message} ${problem.fix}`)
  await addSummary(host, `${section.body}\n`)
  const check = { title: 'Verdict: inconclusive, nothing was judged', summary: section.body }
  return { status, section, check: { ...check, conclusion: status === 1 ? 'failure' : 'neutral' } }
}

function titleOf(report: Report): string {
  if (report.claim !== undefined)
    return headline(report)
      .word.toLowerCase()
      .replace(/^./, (first) => first.toUpperCase())
  return `Verdict: ${report.verdict ?? 'measured, no policy'}`
}

/** The report says whose it is, and this pull request or branch finds which run made it. */
async function keep(
  run: Run,
  { fingerprint }: Conclusion,
  written: { readonly folder: string; readonly json: string },
): Promise<void> {
  const { event, inputs, job, subject, host } = run
  const text = await readReportText(written.json)
  const origin: Origin = {
    version: 1,
    repository: `${event.repository.owner}/${event.repository.repo}`,
    workflow: job.workflow,
    check: inputs.checkName,
    leg: job.leg,
    run: job.run,
    attempt: job.attempt,
    commit: subject.commit,
    pull: event.pullRequest?.number ?? null,
    fork: event.pullRequest?.fork ?? false,
    fingerprint,
    reportSha256: sha256(text),
  }
  await writeOrigin(written.folder, origin)
  const place = placeOf(run)
  if (place !== null) await remember(place, scopeOf(run), origin, host.core.info)
}
