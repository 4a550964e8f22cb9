/** @file One audit as it was asked for: the policy decides the thresholds, the engine measures. */
import { comparableOf } from '../contract/report/comparable.ts'
import type { Measurement } from '../contract/report/measurement.ts'
import type { AuditRequest } from '../contract/request/audit-request.ts'
import { type EngineOptions, measureInEngine } from '../engine/client.ts'
import { watchedFeatures } from '../policy/watched.ts'
import type { Criteria } from './judging.ts'
import { prepareFolder } from './prepare-folder.ts'

export interface AuditRun {
  readonly measurement: Measurement
  /** Remove the folders that were made for the report, as far as they are empty: for where it is not written after all. */
  abandon(): Promise<void>
}

/**
 * Measure. What it is judged by has been read and the output folder is looked at first, so that a slip in them costs seconds,
 * not the audit. Errors: those of writing, of the audit.
 */
export async function runAudit(
  request: AuditRequest,
  { policy, baseline }: Criteria,
  options: EngineOptions & { readonly toolVersion: string },
): Promise<AuditRun> {
  const { abandon } = await prepareFolder(request.out)
  const { policy: _p, baseline: _b, out: _o, config: _c, expectPolicy: _e, ...config } = request
  const thresholds = policy?.features ?? config.thresholds
  const confidence = policy?.confidence ?? config.confidence
  const comparedWith =
    baseline === null ? null : { path: baseline.path, ...comparableOf(baseline.measurement.report) }
  const asked = {
    config: {
      ...config,
      thresholds,
      confidence,
      watched: [...(config.watched ?? []), ...(policy === null ? [] : watchedFeatures(policy))],
    },
    baseline: comparedWith,
    toolVersion: options.toolVersion,
  }
  try {
    return { measurement: await measureInEngine(asked, options), abandon }
  } catch (error) {
    await abandon()
    throw error
  }
}
