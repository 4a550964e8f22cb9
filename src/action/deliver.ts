/** @file What GitHub is asked to show elsewhere: the pull request's comment and, on request, a check run. */
import type { Measurement } from '../contract/report/measurement.ts'
import { openCheckRun } from '../delivery/check-run.ts'
import type { GitHub } from '../delivery/github.ts'
import type { Marker } from '../delivery/marker.ts'
import { messageOf, type Patience, patience } from '../delivery/patience.ts'
import { findPullRequest } from '../delivery/pull-request.ts'
import { deliverComment, findComment } from '../delivery/sticky-comment.ts'
import { deliveryFailed } from '../errors/delivery.ts'
import { SaegateError } from '../errors/problem.ts'
import { fitted } from '../report/markdown/comment.ts'
import type { RunEvent } from './event.ts'
import type { ActionHost } from './host.ts'
import type { ActionInputs } from './inputs.ts'
import type { CheckReporter, Run } from './run.ts'

const noCheck: CheckReporter = { finish: async () => {} }

function warn({ core }: ActionHost, problem: SaegateError): void {
  core.warning(`${problem.message}\n${problem.fix}`, { title: `saegate: ${problem.code}` })
}

function connection(
  host: ActionHost,
  inputs: ActionInputs,
  event: RunEvent,
): { github: GitHub; patience: Patience } | null {
  if (inputs.githubToken === null) return null
  return {
    github: host.connect(inputs.githubToken, event.apiUrl, event.repository),
    patience: patience(host.clock, host.core.info),
  }
}

/** Opened before the audit, so that a run that dies does not leave the commit green. */
export async function openCheck(
  host: ActionHost,
  inputs: ActionInputs,
  event: RunEvent,
): Promise<CheckReporter> {
  if (!inputs.checkRun) return noCheck
  const link = connection(host, inputs, event)
  if (link === null) {
    host.core.info('No check run: github-token is empty')
    return noCheck
  }
  const sha = event.measured?.sha ?? event.sha
  const head = { name: inputs.checkName, sha, fork: event.pullRequest?.fork ?? false }
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

interface Target {
  readonly number: number
  readonly fork: boolean
}

/** The pull request to speak on; null: this event has none. */
async function targetOf(run: Run, github: GitHub, patience: Patience): Promise<Target | null> {
  const { event, inputs } = run
  if (event.pullRequest !== null) return event.pullRequest
  // A fork's report, delivered by a run of the default branch: only here does another event comment.
  if (event.measured === null || inputs.report === null) return null
  return { number: await findPullRequest(github, patience, event.measured), fork: false }
}

/** Never throws, and changes no verdict. */
export async function postComment(
  run: Run,
  marker: Marker,
  { report, evidence }: Measurement,
): Promise<void> {
  const { host, inputs, event } = run
  if (inputs.comment === 'never') return
  if (event.pullRequest === null && (event.measured === null || inputs.report === null)) {
    host.core.info(`No comment: this run was started by ${event.name || 'no event'}, not by a pull request`)
    return
  }
  const link = connection(host, inputs, event)
  if (link === null) {
    host.core.info('No comment: github-token is empty')
    return
  }
  try {
    const target = await targetOf(run, link.github, link.patience)
    if (target === null) return
    const place = { checkName: inputs.checkName, reportUrl: event.runUrl }
    const body = `${fitted(report, evidence, place, BODY_LIMIT)}
${footer(run)}
`
    const request = {
      pullRequest: target.number,
      fork: target.fork,
      checkRun: inputs.checkRun,
      when: inputs.comment,
      marker,
      body,
    }
    const outcome = await deliverComment(link.github, link.patience, request)
    if (outcome.kind === 'failed') warn(host, outcome.problem)
    else host.core.info(`Comment: ${outcome.kind}${'url' in outcome ? ` ${outcome.url}` : ''}`)
  } catch (error) {
    warn(
      host,
      error instanceof SaegateError ? error : deliveryFailed('pull-request comment', messageOf(error)),
    )
  }
}

/** Characters of the comment proper; state and footer have the rest of GitHub's 65,536. */
const BODY_LIMIT = 63_000

function footer({ event, inputs }: Run): string {
  const sha = event.measured?.sha ?? event.sha
  const origin = event.measured === null ? '' : ' · measured by an unprivileged run of the fork'
  const name = inputs.checkName.replaceAll(/[^\p{L}\p{N} ._-]/gu, '')
  return `<sub>${name} · commit ${sha.slice(0, 12)} · [run and artifacts](${event.runUrl})${origin}</sub>`
}

/** What our comment on this pull request remembers; null: none, or GitHub did not say. */
export async function previousMarker(run: Run): Promise<Marker | null> {
  const { host, inputs, event } = run
  const link = event.pullRequest === null ? null : connection(host, inputs, event)
  if (link === null || event.pullRequest === null) return null
  try {
    const found = await findComment(link.github, link.patience, event.pullRequest.number, inputs.checkName)
    return found?.marker ?? null
  } catch (error) {
    host.core.info(`skip-unchanged: the last comment can't be read: ${messageOf(error)}`)
    return null
  }
}
