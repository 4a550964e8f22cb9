/** @file What GitHub is asked to show elsewhere: the pull request's comment and, on request, a check run. */
import type { Measurement } from '../contract/report/measurement.ts'
import { openCheckRun } from '../delivery/check-run.ts'
import type { Repository } from '../delivery/github.ts'
import type { SectionState } from '../delivery/marker.ts'
import { messageOf, patience } from '../delivery/patience.ts'
import { findPullRequest } from '../delivery/pull-request.ts'
import type { Section } from '../delivery/sections.ts'
import { type Connection, deliverComment } from '../delivery/sticky-comment.ts'
import { deliveryFailed } from '../errors/delivery.ts'
import { SaegateError } from '../errors/problem.ts'
import { commentMarker, fitted } from '../report/markdown/comment.ts'
import { code, fenced, prose } from '../report/words/markdown-escape.ts'
import type { Around } from './announce.ts'
import { sha256 } from './digest.ts'
import type { ActionHost } from './host.ts'
import { digestOf } from './outcome.ts'
import type { CheckReporter, Run, Started } from './run.ts'

const noCheck: CheckReporter = { finish: async () => {} }

function warn({ core }: ActionHost, problem: SaegateError): void {
  core.warning(`${problem.message}\n${problem.fix}`, { title: `saegate: ${problem.code}` })
}

/** null: there is no token. Its patience is for one delivery. */
export const connectionOf = (started: Started): Connection | null =>
  connectionTo(started, started.inputs.githubToken, started.event.repository)

export function connectionTo(
  { host, event }: Started,
  token: string | null,
  repository: Repository,
): Connection | null {
  if (token === null) return null
  return {
    github: host.connect(token, event.apiUrl, repository),
    patience: patience(host.clock, host.core.info),
    clock: host.clock,
  }
}

/**
 * Opened before the audit, so that a run that dies does not leave the commit green. Of check runs with one name GitHub shows
 * the last one only, so each place of a matrix has a name of its own.
 */
export async function openCheck(started: Started): Promise<CheckReporter> {
  const { host, inputs, event, job, subject } = started
  if (!inputs.checkRun) return noCheck
  const link = connectionOf(started)
  if (link === null) {
    host.core.info('No check run: github-token is empty')
    return noCheck
  }
  const name = job.legs > 1 ? `${inputs.checkName}: ${job.title}` : inputs.checkName
  const head = { name, sha: subject.commit, fork: event.pullRequest?.fork ?? false }
  const opened = await openCheckRun(link.github, link.patience, head)
  if (opened instanceof SaegateError) {
    warn(host, opened)
    return noCheck
  }
  return {
    async finish(content) {
      const problem = await opened.finish(content)
      if (problem !== null) warn(host, problem)
    },
  }
}

/** The pull request to speak on; null: none, and the log says why. */
async function targetOf(
  { host, subject }: Started,
  { github, patience }: Connection,
): Promise<{ readonly number: number; readonly fork: boolean } | null> {
  const { audience } = subject
  if (audience.kind === 'pull-request') return audience
  if (audience.kind === 'head')
    return { number: await findPullRequest(github, patience, audience.measured), fork: false }
  const open = audience.askForPulls
    ? (await patience.with(() => github.pullRequestsWith(subject.commit))).filter((pull) => pull.open)
    : []
  const others =
    open.length === 0
      ? ''
      : `; ${open.map(({ number }) => `#${number}`).join(', ')} ${open.length === 1 ? 'is' : 'are'} open with that commit, and a run on pull_request comments there`
  host.core.info(`No comment: ${audience.why}${others}`)
  return null
}

/** Characters of a section; GitHub's 65,536 also hold the state and what other jobs say. */
const BODY_LIMIT = 62_000

/** What this job says in the comment. */
export function sectionOf(run: Run, { report, evidence }: Measurement, { banner, note }: Around): Section {
  const place = { checkName: run.inputs.checkName, reportUrl: run.event.runUrl }
  const above = banner === null ? '' : `${banner}\n\n`
  const room = BODY_LIMIT - above.length
  const body = `${fitted(report, evidence, place, room)}${footer(run, note)}`
  return {
    state: stateOf(run, report.verdict, sha256(above + digestOf(report)).slice(0, 16)),
    body: above + body.slice(commentMarker(run.inputs.checkName).length).trim(),
  }
}

/** The same where the base has no gate yet, so that nothing was judged. */
export function unjudgedSection(started: Started, why: string): Section {
  const heading = `## ❔ ${code(started.inputs.checkName)}: inconclusive, nothing was judged`
  return {
    state: stateOf(started, 'inconclusive', sha256(why).slice(0, 16)),
    body: `${heading}\n\n${prose(why, MAX_PROBLEM)}\n\n${footer(started, null)}`,
  }
}

/** The same where the audit ended in a problem: what a comment says of an earlier commit must not stay. */
export function unfinishedSection(started: Started, problem: string): Section {
  const heading = `## ❌ ${code(started.inputs.checkName)}: the audit did not finish`
  return {
    state: stateOf(started, 'unfinished', sha256(problem).slice(0, 16)),
    body: `${heading}\n\n${fenced(problem.slice(0, MAX_PROBLEM), 'text')}\n\n${footer(started, null)}`,
  }
}

const MAX_PROBLEM = 4000

function stateOf(
  { job, subject, inputs }: Started,
  verdict: SectionState['verdict'],
  digest: string,
): SectionState {
  const { key, group, legs, title, run, attempt } = job
  // Where a comment is made on failure alone, those that pass before it is made are not waited for.
  const of = inputs.comment === 'on-failure' ? 1 : legs
  return { key, job: group, of, title, commit: subject.commit, run, attempt, digest, verdict }
}

/** Never throws, and changes no verdict. */
export async function postComment(started: Started, section: Section): Promise<void> {
  const { host, inputs } = started
  if (inputs.comment === 'never') return
  const { audience } = started.subject
  if (audience.kind === 'nobody' && !audience.askForPulls) {
    host.core.info(`No comment: ${audience.why}`)
    return
  }
  const link = connectionOf(started)
  if (link === null) {
    host.core.info('No comment: github-token is empty')
    return
  }
  try {
    const target = await targetOf(started, link)
    if (target === null) return
    const outcome = await deliverComment(link, {
      pullRequest: target.number,
      fork: target.fork,
      checkRun: inputs.checkRun,
      when: inputs.comment,
      checkName: inputs.checkName,
      section,
    })
    if (outcome.kind === 'failed') warn(host, outcome.problem)
    else host.core.info(`Comment: ${WORDS[outcome.kind]}${'url' in outcome ? ` ${outcome.url}` : ''}`)
  } catch (error) {
    warn(
      host,
      error instanceof SaegateError ? error : deliveryFailed('pull-request comment', messageOf(error)),
    )
  }
}

const WORDS = {
  created: 'created',
  updated: 'updated',
  unchanged: 'unchanged',
  'not-wanted': 'not wanted',
  'newer-stands': 'left alone, because a newer run has reported',
} as const

function footer({ event, inputs, subject }: Started, note: string | null): string {
  const name = inputs.checkName.replaceAll(/[^\p{L}\p{N} ._-]/gu, '')
  const origin = subject.audience.kind === 'head' ? ['measured by an unprivileged run of the fork'] : []
  const notes = [...origin, ...(note === null ? [] : [note])].map((text) => ` · ${text}`).join('')
  return `<sub>${name} · commit ${subject.commit.slice(0, 12)} · [run and artifacts](${event.runUrl})${notes}</sub>`
}
