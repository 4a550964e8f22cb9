/** @file One audit as it was asked for: the policy decides the thresholds, the engine measures. */
import { join } from 'node:path'
import { comparableOf } from '../contract/report/comparable.ts'
import type { Measurement } from '../contract/report/measurement.ts'
import type { AuditRequest } from '../contract/request/audit-request.ts'
import { type ShardNumber, shardName } from '../contract/shard/shard-number.ts'
import { type EngineOptions, measureInEngine, shardInEngine } from '../engine/client.ts'
import type { EngineRequest, WrittenShard } from '../engine/protocol.ts'
import { untilDecidedImpossible } from '../errors/audit.ts'
import { watchedFeatures } from '../policy/watched.ts'
import type { Criteria } from './judging.ts'
import { prepareFolder } from './prepare-folder.ts'

export interface AuditRun {
  readonly measurement: Measurement
  /** Remove the folders that were made for the report, as far as they are empty: for where it is not written after all. */
  abandon(): Promise<void>
}

export interface RunOptions extends EngineOptions {
  readonly toolVersion: string
}

/** An audit whose report is written later, or (null) nowhere. */
export type MeasuringRequest = Omit<AuditRequest, 'out'> & { readonly out: string | null }

/**
 * Measure. What it is judged by has been read and the output folder is looked at first, so that a slip in them costs seconds,
 * not the audit. Errors: those of writing, of the audit.
 */
export async function runAudit(
  request: MeasuringRequest,
  criteria: Criteria,
  options: RunOptions,
): Promise<AuditRun> {
  return await inFolder(request, criteria, options, async (asked) => {
    const measurement = await measureInEngine(asked, options)
    return (abandon) => ({ measurement, abandon })
  })
}

/** One shard of it, as a file of the output folder. Errors: those of writing, of the audit. */
export async function runShard(
  request: AuditRequest,
  number: ShardNumber,
  criteria: Criteria,
  options: RunOptions,
): Promise<WrittenShard> {
  const path = join(request.out, shardName(number))
  return await inFolder(request, criteria, options, async (asked) => {
    const written = await shardInEngine({ ...asked, shard: { number, path } }, options)
    return () => written
  })
}

const NO_FOLDER: Pick<AuditRun, 'abandon'> = { abandon: async () => {} }

/** What the engine is asked, in a folder that is ready for what comes of it. */
async function inFolder<Result>(
  request: MeasuringRequest,
  { policy, baseline }: Criteria,
  { toolVersion }: RunOptions,
  use: (asked: Omit<EngineRequest, 'shard'>) => Promise<(abandon: AuditRun['abandon']) => Result>,
): Promise<Result> {
  if (request.untilDecided === true) {
    if (policy === null) throw untilDecidedImpossible('there is no policy whose rules could be decided')
    if (baseline !== null) throw untilDecidedImpossible('a baseline is of the whole text')
  }
  const { abandon } = request.out === null ? NO_FOLDER : await prepareFolder(request.out)
  const { policy: _p, baseline: _b, out: _o, config: _c, expectPolicy: _e, ...config } = request
  const thresholds = policy?.features ?? config.thresholds
  const confidence = policy?.confidence ?? config.confidence
  const comparedWith =
    baseline === null ? null : { path: baseline.path, ...comparableOf(baseline.measurement.report) }
  const watched = [...(config.watched ?? []), ...(policy === null ? [] : watchedFeatures(policy))]
  const asked = {
    config: { ...config, thresholds, confidence, watched },
    baseline: comparedWith,
    toolVersion,
    ...(request.untilDecided === true && policy !== null ? { policy } : {}),
  }
  try {
    return (await use(asked))(abandon)
  } catch (error) {
    await abandon()
    throw error
  }
}
