/**
 * @file The action: inputs in; the shared audit, verdict and report; summary, comment, annotations, outputs and exit
 * status out. The exit status is the gate: 0 passes, 1 blocks, 2 and 3 the audit could not be asked for or run.
 */

import { isWithin } from '../bytes/real-path.ts'
import {
  type AuditRequest,
  isPolicySaid,
  resolveJudging,
  resolveRequest,
} from '../contract/request/audit-request.ts'
import { baseWithoutRules, hubCacheInside, outForeign, policyMissing } from '../errors/action.ts'
import { SaegateError } from '../errors/problem.ts'
import { requireReport } from '../gate/expected.ts'
import { type Criteria, readCriteria } from '../gate/judging.ts'
import { hubCacheFolder } from '../sources/hub-settings.ts'
import { announceProblem, problemText } from './announce.ts'
import { checkedOutCommit, subjectOf } from './asked/audience.ts'
import { dropDeveloperSettings } from './asked/developer-settings.ts'
import { readEvent } from './asked/event.ts'
import { foreignFile } from './asked/foreign-files.ts'
import { readInputs } from './asked/inputs.ts'
import { readJob } from './asked/job.ts'
import { ownCaptures } from './asked/kept-captures.ts'
import { bringsFiles, ownPaths, requireOwnPath } from './asked/own-paths.ts'
import { askedHere, handedOn } from './claim.ts'
import { type Concluded, conclude, concludeUnjudged, type ExitStatus } from './conclude.ts'
import { connectionOf, openCheck, postComment, unfinishedSection } from './deliver.ts'
import { requireBelow, requireOutside } from './earlier/cache-path.ts'
import { fingerprintOf } from './earlier/fingerprint.ts'
import { BASE, baseReport } from './earlier/merge-base.ts'
import { unchanged } from './earlier/reuse.ts'
import { engineKept, type RequireKept } from './engine/kept.ts'
import type { ActionHost } from './host.ts'
import { type Checkouts, committedAt, requireMade } from './rules/committed.ts'
import { type InForce, saidOfRules } from './rules/compare.ts'
import { objectsOf } from './rules/objects.ts'
import { openSources, readRules, type Sources } from './rules/read-rules.ts'
import type { Rules, RulesSaid } from './rules/rules.ts'
import type { Run, Started } from './run.ts'
import { ensureRuntime } from './runtime.ts'
import type { Tools } from './tools.ts'

export type { ExitStatus } from './conclude.ts'

/** Never throws. */
export async function runAction(host: ActionHost, tools: Tools): Promise<ExitStatus> {
  try {
    return await deliver(start(host, tools))
  } catch (error) {
    return announceProblem(host, error)
  }
}

/** Errors: OPTION_INVALID, ACTION_EVENT_UNREADABLE, ACTION_CACHE_PATH. */
function start(host: ActionHost, tools: Tools): Started {
  dropDeveloperSettings(host)
  const inputs = readInputs(host.core)
  const event = readEvent(host.env)
  const workspace = host.env.GITHUB_WORKSPACE || '.'
  const subject = subjectOf(event, inputs.report !== null, checkedOutCommit(workspace))
  host.enter(inputs.workingDirectory)
  if (inputs.cachePath !== null) requireOutside(inputs.cachePath, workspace)
  return { host, tools, inputs, event, job: readJob(host.env, inputs), subject }
}

async function deliver(started: Started): Promise<ExitStatus> {
  const check = await openCheck(started)
  let concluded: Concluded
  try {
    concluded = await ruled(started)
  } catch (error) {
    await check.finish({
      conclusion: 'failure',
      title: 'The audit did not finish',
      summary: 'See the job’s log.',
    })
    // A run that is cancelled has mostly been replaced by a newer one, which will say how it is.
    if (!started.host.signal.aborted)
      await postComment(started, unfinishedSection(started, problemText(error)))
    throw error
  }
  await postComment(started, concluded.section)
  await check.finish(concluded.check)
  return concluded.status
}

/** A pull request that brings the gate itself is not judged by it. */
async function ruled(started: Started): Promise<Concluded> {
  try {
    const sources = await openSources(started)
    const rules = await readRules(started, sources)
    return await gate({ ...started, file: rules.file, rules: ownTexts(started, sources, rules) }, sources)
  } catch (error) {
    if (error instanceof SaegateError && error.code === baseWithoutRules.code)
      return await concludeUnjudged(started, error)
    throw error
  }
}

async function gate(run: Run, sources: Sources): Promise<Concluded> {
  const { host, tools, inputs, file, rules } = run
  if (inputs.report !== null) {
    const request = resolveJudging(inputs.audit, file)
    await requireOut(run, request.out)
    await rules.holdBaseline(request.baseline)
    await requireOwnReport(run, inputs.report)
    const { criteria, notes } = await criteriaOf(run, request)
    const measurement = handedOn(run, await tools.load(inputs.report))
    requireReport(measurement.report, request.expected)
    const said = await ownRules(run, sources, { request: askedHere(run) ?? request, policy: criteria.policy })
    const judged = tools.judge(measurement, criteria)
    return conclude(run, { judged, out: request.out, fingerprint: null, handedOn: true, said, notes })
  }
  const request = resolveRequest(inputs.audit, file)
  await requireOut(run, request.out)
  requireHubCache(run)
  await rules.hold(request)
  requireOwn(run, sources, request)
  const { criteria, notes } = await criteriaOf(run, request)
  const said = await ownRules(run, sources, { request, policy: criteria.policy })
  const fingerprint = await currentFingerprint(run, request, criteria)
  const reused = await unchangedVerdict(run, fingerprint, criteria)
  if (reused !== null) {
    const { judged, note } = reused
    const all = [...notes, note]
    return conclude(run, { judged, out: request.out, fingerprint, handedOn: false, said, notes: all })
  }
  const requireKept = await prepare(run, request)
  const measurement = await tools.audit(ownCaptures(request, run.event, host.core.info), criteria, {
    onProgress: host.core.info,
    signal: host.signal,
  })
  await requireKept()
  // What has changed while it was measured is not known to be what was measured.
  const after = fingerprint === null ? null : await currentFingerprint(run, request, criteria)
  const judged = tools.judge(measurement, criteria)
  return conclude(run, {
    judged,
    out: request.out,
    fingerprint: after === fingerprint ? fingerprint : null,
    handedOn: false,
    said,
    notes,
  })
}

/** What a pull request would change of the gate is said before it is measured. */
async function ownRules(run: Run, sources: Sources, inForce: Omit<InForce, 'rules'>): Promise<RulesSaid> {
  const said = await saidOfRules(run, sources, { ...inForce, rules: run.rules })
  if (said.warning !== null) run.host.core.warning(said.warning, { title: 'saegate: the gate’s rules' })
  return said
}

/**
 * saegate.yaml may be the pull request's: it has no say over folders that are not, nor does what it commits there become a part of
 * the report. Errors: ACTION_OUT_OUTSIDE, ACTION_OUT_FOREIGN.
 */
async function requireOut(run: Run, out: string): Promise<void> {
  const { host, event } = run
  const { GITHUB_WORKSPACE: workspace, RUNNER_TEMP: temporary } = host.env
  requireBelow(out, [workspace || '.', ...(temporary ? [temporary] : [])])
  if (!bringsFiles(event)) return
  const foreign = await foreignFile(out)
  if (foreign !== null) throw outForeign(out, foreign)
  const commit = await committedAt(out, checkoutsOf(run))
  if (commit !== null) throw outForeign(out, `what the commit ${commit.slice(0, 12)} has there`)
}

/** Links that a pull request commits into the cache would be written through. Errors: ACTION_HUB_CACHE. */
function requireHubCache(run: Run): void {
  const { host, inputs, event } = run
  if (inputs.cachePath !== null || !bringsFiles(event)) return
  const folder = hubCacheFolder(host.env)
  if (isWithin(folder, workspaceOf(run))) throw hubCacheInside(folder)
}

const workspaceOf = ({ host }: Started): string => host.env.GITHUB_WORKSPACE || '.'
const headDecides = ({ commits }: Sources): boolean => commits.decides === 'checkout'

/** Errors: ACTION_PATH_OUTSIDE. */
function requireOwn(run: Run, sources: Sources, request: AuditRequest): void {
  if (!bringsFiles(run.event)) return
  const whose = { headDecides: headDecides(sources), added: run.rules.added }
  for (const named of ownPaths(request, run.inputs, whose)) requireOwnPath(named, workspaceOf(run))
}

/** Errors: ACTION_PATH_OUTSIDE, ACTION_REPORT_COMMITTED. */
async function requireOwnReport(run: Run, path: string): Promise<void> {
  if (!bringsFiles(run.event)) return
  requireOwnPath({ what: 'report', path, byHead: false }, workspaceOf(run))
  await requireMade(path, checkoutsOf(run))
}

function checkoutsOf(run: Run): Checkouts {
  const link = connectionOf(run)
  const objects = (root: string) => objectsOf(root, link)
  return { workspace: workspaceOf(run), objects, commit: run.event.sha }
}

/** Policies and watch-lists of the checkout are read where they lie in the workspace, links followed. */
function ownTexts(started: Started, sources: Sources, rules: Rules): Rules {
  if (!bringsFiles(started.event) || !headDecides(sources)) return rules
  const byHead = started.inputs.audit.values.policy === undefined
  return {
    ...rules,
    readText: async (path) => {
      requireOwnPath({ what: 'policy', path, byHead }, workspaceOf(started))
      return await rules.readText(path)
    },
  }
}

/** What is judged by; `baseline: base` is looked up first. Errors: those of policies and of baselines. */
async function criteriaOf(
  run: Run,
  request: Pick<AuditRequest, 'policy' | 'baseline' | 'expectPolicy'>,
): Promise<{ readonly criteria: Criteria; readonly notes: readonly string[] }> {
  const { rules, inputs } = run
  if (!isPolicySaid(inputs.audit, run.file)) throw policyMissing()
  const from = rules.note === null ? [] : [rules.note]
  const read = async (baseline: string | null): Promise<Criteria> => {
    const policy = request.policy === null ? null : rules.policySpec(request.policy)
    return await readCriteria({ policy, expectPolicy: request.expectPolicy, baseline }, rules.readText)
  }
  const { baseline } = request
  if (baseline !== BASE)
    return { criteria: await read(baseline === null ? null : await rules.baseline(baseline)), notes: from }
  const found = await baseReport(run)
  if (found.kind === 'none') {
    run.host.core.warning(`No baseline: ${found.why}.`, { title: 'saegate: no baseline' })
    return { criteria: await read(null), notes: [...from, 'no baseline was found'] }
  }
  const short = found.commit.slice(0, 12)
  run.host.core.info(`Baseline: the report of the merge base ${short}, from ${found.where}`)
  const criteria = await read(found.json)
  const named = criteria.baseline === null ? null : { ...criteria.baseline, path: `${BASE}@${short}` }
  return {
    criteria: { ...criteria, baseline: named },
    notes: [...from, `compared with the merge base ${short}`],
  }
}

/** An earlier run's measurement, judged as it would be now; null: it has to be measured. */
async function unchangedVerdict(run: Run, fingerprint: string | null, criteria: Criteria) {
  if (!run.inputs.skipUnchanged || fingerprint === null) return null
  const reused = await unchanged(run, fingerprint)
  if (reused === null) return null
  const judged = run.tools.judge(reused.measurement, criteria)
  if (!judged.blocks && !reused.succeeded) {
    run.host.core.info(
      `skip-unchanged: measured anew, because run ${reused.run} failed and its report would pass`,
    )
    return null
  }
  const note = `unchanged, measured by run ${reused.run} at commit ${reused.commit.slice(0, 12)}`
  run.host.core.info(`saegate: ${note}`)
  return { judged, note }
}

/** Where the stages find engine, cache and token. To be called when the engine was used: was it that one all along? */
async function prepare({ host, inputs }: Run, request: AuditRequest): Promise<RequireKept> {
  const { core, env, runtime } = host
  if (inputs.hfToken !== null) env.HF_TOKEN = inputs.hfToken
  if (inputs.cachePath !== null) env.SAEGATE_CACHE = inputs.cachePath
  const engine = await ensureRuntime({ ...runtime, env, info: core.info }, request.device, inputs.runtimePath)
  env.SAEGATE_RUNTIME = engine
  return await engineKept(engine)
}

/** Only asked for where somebody could use it. */
async function currentFingerprint(
  { host, tools, inputs }: Run,
  request: AuditRequest,
  { policy, baseline }: Criteria,
): Promise<string | null> {
  if (!inputs.skipUnchanged) return null
  const today = new Date(host.clock.now()).toISOString().slice(0, 10)
  const fingerprint = await fingerprintOf(request, {
    version: tools.version,
    policy,
    baselineSha256: baseline?.sha256 ?? null,
    today,
  })
  if (fingerprint === null)
    host.core.info('skip-unchanged: a model, SAE or corpus is not pinned to a commit, so nothing is skipped')
  return fingerprint
}
