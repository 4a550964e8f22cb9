/** @file One audit as it was asked for: the policy decides the thresholds, the engine measures. */
import type { OnProgress } from '../audit/progress.ts'
import type { AuditRequest } from '../contract/audit-request.ts'
import { type ComparedWith, comparableOf } from '../contract/comparable.ts'
import type { Measurement } from '../contract/measurement.ts'
import { measureInEngine } from '../engine/client.ts'
import { readBaseline, readPolicy } from './judging.ts'
import { prepareFolder } from './report-folder.ts'

export interface AuditRun {
  readonly measurement: Measurement
  /** Remove the folders that were made for the report, as far as they are empty: for where it is not written after all. */
  abandon(): Promise<void>
}

/**
 * Measure. Policy, baseline and output folder are looked at first, so that a slip in them costs seconds, not the audit.
 * Errors: those of policies, of baselines, of writing, of the audit.
 */
export async function runAudit(
  request: AuditRequest,
  options: { readonly onProgress: OnProgress; readonly signal: AbortSignal; readonly toolVersion: string },
): Promise<AuditRun> {
  const policy = request.policy === null ? null : await readPolicy(request.policy)
  const baseline = request.baseline === null ? null : await comparedWith(request.baseline)
  const { abandon } = await prepareFolder(request.out)
  const { policy: _p, baseline: _b, out: _o, config: _c, ...config } = request
  const thresholds = policy?.features ?? config.thresholds
  const confidence = policy?.confidence ?? config.confidence
  const asked = { config: { ...config, thresholds, confidence }, baseline, toolVersion: options.toolVersion }
  try {
    return { measurement: await measureInEngine(asked, options), abandon }
  } catch (error) {
    await abandon()
    throw error
  }
}

async function comparedWith(path: string): Promise<ComparedWith> {
  const { measurement } = await readBaseline(path)
  return { path, ...comparableOf(measurement.report) }
}
