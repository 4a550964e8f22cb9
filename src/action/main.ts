/**
 * @file The action: inputs in; the shared audit, verdict and report; summary, comment, annotations, outputs and exit
 * status out. The exit status is the gate: 0 passes, 1 blocks, 2 and 3 the audit could not be asked for or run.
 */
import { resolve } from 'node:path'
import type { AuditRequest, JudgingRequest } from '../contract/request/audit-request.ts'
import { resolveJudging, resolveRequest } from '../contract/request/audit-request.ts'
import type { ConfigFile } from '../contract/yaml/config-file.ts'
import type { Marker } from '../delivery/marker.ts'
import { fileUnreadable } from '../errors/action.ts'
import { fileMissing } from '../errors/bytes.ts'
import { SaegateError } from '../errors/problem.ts'
import { type Criteria, type Judged, readCriteria } from '../gate/judging.ts'
import { readConfig } from '../gate/texts.ts'
import { announce, announceProblem, announceReused, writeSummary } from './announce.ts'
import { openCheck, postComment, previousMarker } from './deliver.ts'
import { readEvent } from './event.ts'
import { fingerprintOf } from './fingerprint.ts'
import type { ActionHost } from './host.ts'
import { readInputs } from './inputs.ts'
import { readLast, writeLast } from './last-report.ts'
import { digestOf, exitStatus, outcomeOf, outputsOf } from './outcome.ts'
import type { Run } from './run.ts'
import { ensureRuntime } from './runtime.ts'
import type { Tools } from './tools.ts'

export type ExitStatus = 0 | 1 | 2 | 3

/** Never throws. */
export async function runAction(host: ActionHost, tools: Tools): Promise<ExitStatus> {
  try {
    const inputs = readInputs(host.core)
    const event = readEvent(host.env)
    host.enter(inputs.workingDirectory)
    const file = await configOf(inputs.config)
    const check = await openCheck(host, inputs, event)
    try {
      return await gate({ host, tools, inputs, event, file, check })
    } catch (error) {
      await check.finish({
        conclusion: 'failure',
        title: 'The audit did not finish',
        summary: 'See the job’s log.',
      })
      throw error
    }
  } catch (error) {
    return announceProblem(host, error)
  }
}

async function gate(run: Run): Promise<ExitStatus> {
  const { host, tools, inputs, file } = run
  if (inputs.report !== null) {
    const request = resolveJudging(inputs.audit, file)
    const criteria = await readCriteria(request)
    return conclude(run, request, tools.judge(await tools.load(inputs.report), criteria), null)
  }
  const request = resolveRequest(inputs.audit, file)
  const criteria = await readCriteria(request)
  const fingerprint = await currentFingerprint(run, request, criteria)
  const last = inputs.skipUnchanged && fingerprint !== null ? await lastMarker(run) : null
  if (last !== null && last.fingerprint === fingerprint) return reuse(run, last)
  await prepare(run, request)
  const measurement = await tools.audit(request, criteria, {
    onProgress: host.core.info,
    signal: host.signal,
  })
  return conclude(run, request, tools.judge(measurement, criteria), fingerprint)
}

/** Where the stages find engine, cache and token. */
async function prepare({ host, inputs }: Run, request: AuditRequest): Promise<void> {
  const { core, env, runtime } = host
  if (inputs.hfToken !== null) env.HF_TOKEN = inputs.hfToken
  if (inputs.cachePath !== null) env.SAEGATE_CACHE = inputs.cachePath
  env.SAEGATE_RUNTIME = await ensureRuntime(
    { ...runtime, env, info: core.info },
    request.device,
    inputs.runtimePath,
  )
}

/** Only asked for where somebody could use it. */
async function currentFingerprint(
  { host, tools, inputs }: Run,
  request: AuditRequest,
  { policy }: Criteria,
): Promise<string | null> {
  if (!inputs.skipUnchanged) return null
  const today = new Date(host.clock.now()).toISOString().slice(0, 10)
  const fingerprint = await fingerprintOf(request, tools.version, policy, today)
  if (fingerprint === null)
    host.core.info('skip-unchanged: a model, SAE or corpus is not pinned to a commit, so nothing is skipped')
  return fingerprint
}

async function lastMarker(run: Run): Promise<Marker | null> {
  const { cachePath, checkName } = run.inputs
  return (cachePath === null ? null : readLast(cachePath, checkName)) ?? previousMarker(run)
}

async function reuse(run: Run, last: Marker): Promise<ExitStatus> {
  const { host, inputs, check } = run
  const status = exitStatus(last.outcome, inputs.failOn)
  await announceReused(host, inputs.checkName, last.outcome)
  setOutputs(host, outputsOf(last.outcome))
  await check.finish({
    conclusion: status === 0 ? 'success' : 'failure',
    title: `Unchanged: ${last.outcome.verdict ?? 'measured'}`,
    summary: 'Nothing that the verdict depends on has changed since the last run.',
  })
  return status
}

/** Report, outputs, summary and annotations first, so that nothing GitHub answers can take them away. */
async function conclude(
  run: Run,
  request: JudgingRequest,
  judged: Judged,
  fingerprint: string | null,
): Promise<ExitStatus> {
  const { host, tools, inputs, check } = run
  const { report } = judged.measurement
  const written = await tools.write(judged.measurement, request.out, host.signal)
  const outcome = outcomeOf(report, judged.blocks)
  const marker = { check: inputs.checkName, digest: digestOf(report), fingerprint, outcome }
  const status = exitStatus(outcome, inputs.failOn)
  // Later steps run elsewhere than in working-directory.
  const paths = { 'report-path': resolve(written.folder), 'report-json': resolve(written.json) }
  setOutputs(host, { ...outputsOf(outcome), ...paths })
  const summary = await writeSummary(run, judged.measurement)
  announce(run, report)
  if (inputs.cachePath !== null) writeLast(inputs.cachePath, marker)
  await postComment(run, marker, judged.measurement)
  const conclusion = status === 1 ? 'failure' : outcome.verdict === 'inconclusive' ? 'neutral' : 'success'
  await check.finish({ conclusion, title: `Verdict: ${outcome.verdict ?? 'measured, no policy'}`, summary })
  return status
}

function setOutputs(host: ActionHost, outputs: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(outputs)) host.core.setOutput(name, value)
}

/** A named file that is not there is most often a step without a checkout before it. */
async function configOf(named: string | null): Promise<ConfigFile | null> {
  try {
    return await readConfig(named)
  } catch (error) {
    const missing = error instanceof SaegateError && error.code === fileMissing.code
    throw missing ? fileUnreadable('config', named ?? '', 'it does not exist') : error
  }
}
