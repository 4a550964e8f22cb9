/** @file What the job itself shows: log lines, annotations beside the policy's and saegate.yaml's lines, job summary. */
import { relative, resolve, sep } from 'node:path'
import type { Measurement } from '../contract/report/measurement.ts'
import type { Report } from '../contract/report/report-schema.ts'
import { annotationsOf } from '../delivery/annotations.ts'
import { fitSummary } from '../delivery/body-size.ts'
import { problemOf } from '../gate/last-handler.ts'
import { jobSummary } from '../report/markdown/summary.ts'
import type { ActionHost } from './host.ts'
import type { Run } from './run.ts'

/** One line in the log for the verdict, and at most ten annotations. `placed`: lines of the rules are those of the checkout. */
export function announce({ host, file }: Run, report: Report, placed: boolean): void {
  const { core, env } = host
  const claimed = report.claim === undefined ? '' : ', claimed elsewhere and not verified'
  core.info(`saegate: ${report.verdict ?? 'measured, no policy'}${claimed}`)
  const annotations = annotationsOf(report, {
    policy: placed ? inRepository(report.policy?.path ?? null, env) : null,
    config: placed ? inRepository(file?.name ?? null, env) : null,
    candidateLine: (index) =>
      file?.values.candidates?.[index] === undefined ? null : file.lineOf(['candidates', index]),
  })
  for (const { level, title, message, place } of annotations) {
    const properties = place === null ? { title } : { title, file: place.file, startLine: place.line }
    if (level === 'error') core.error(message, properties)
    else core.warning(message, properties)
  }
}

/** GitHub places annotations by path from the repository's root; null: outside it, or no file at all. */
export function inRepository(path: string | null, env: NodeJS.ProcessEnv): string | null {
  if (path === null) return null
  const from = relative(env.GITHUB_WORKSPACE || '.', resolve(path))
  return from === '' || from.startsWith('..') || resolve(from) === from ? null : from.replaceAll(sep, '/')
}

/** What stands around a report in summary and comment, as Markdown; null: nothing. */
export interface Around {
  /** Before the verdict. */
  readonly banner: string | null
  /** Under everything. */
  readonly note: string | null
}

/** The Markdown that was written, for the check run. */
export async function writeSummary(
  { host, inputs, event }: Run,
  { report, evidence }: Measurement,
  { banner, note }: Around,
): Promise<string> {
  const place = { checkName: inputs.checkName, reportUrl: event.runUrl }
  const under = note === null ? '' : `\n<sub>${note}</sub>\n`
  const above = banner === null ? '' : `${banner}\n\n`
  const summary = `${above}${jobSummary(report, evidence, place)}${under}`
  await addSummary(host, summary)
  return summary
}

export async function addSummary({ core }: ActionHost, markdown: string): Promise<void> {
  try {
    // Above the limit GitHub drops all of it.
    await core.summary.addRaw(fitSummary(markdown), true).write()
  } catch (error) {
    // Outside a runner there is no summary file; the report is written all the same.
    core.info(`No job summary: ${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Message and fix of whatever ended the run. */
export function problemText(error: unknown): string {
  const { message, fix } = problemOf(error)
  return `${message}\n${fix}`
}

/** Message and fix, once as an annotation and once in the summary; a stack trace only for those who debug the run. */
export async function announceProblem(host: ActionHost, error: unknown): Promise<2 | 3> {
  const { code, exitStatus, message, fix } = problemOf(error)
  const text = `${message}\n${fix}`
  host.core.error(text, { title: `saegate: ${code}`, ...placeIn(text, host.env) })
  if (error instanceof Error) host.core.debug(error.stack ?? '')
  const quoted = text.replaceAll('```', '` ` `')
  await addSummary(host, `## saegate: the audit did not finish\n\n\`\`\`text\n${quoted}\n\`\`\`\n`)
  return exitStatus
}

/** Problems of YAML files begin with file:line:column. */
function placeIn(
  message: string,
  env: NodeJS.ProcessEnv,
): { file?: string; startLine?: number; startColumn?: number } {
  const match = /^([^\n:]+\.ya?ml):(\d+):(\d+)/.exec(message)
  const file = inRepository(match?.[1] ?? null, env)
  return match === null || file === null
    ? {}
    : { file, startLine: Number(match[2]), startColumn: Number(match[3]) }
}
