/** @file One audit from its request to the report on disk, with progress told: what `audit` and the experiments that measure share. */
import type { AuditRequest } from '../contract/request/audit-request.ts'
import type { ShardNumber } from '../contract/shard/shard-number.ts'
import type { WrittenShard } from '../engine/protocol.ts'
import { type Judged, readCriteria } from '../gate/judging.ts'
import { type WrittenReport, writeReport } from '../gate/report-folder.ts'
import { runShard } from '../gate/run-audit.ts'
import { measureAndKeep } from '../library/measured.ts'
import { VERSION } from '../version.ts'
import type { CliHost } from './host.ts'
import { progressTo } from './progress-display.ts'

export interface MeasuredRequest {
  readonly judged: Judged
  readonly written: WrittenReport
}

/** Errors: those of the request, of the audit and of writing, INTERRUPTED. */
export async function measureRequest(host: CliHost, request: AuditRequest): Promise<MeasuredRequest> {
  const progress = progressTo(host)
  const criteria = await readCriteria(request)
  const options = { onProgress: progress.show, signal: host.signal, toolVersion: VERSION }
  const { judged, kept } = await measureAndKeep(request, criteria, options, async ({ measurement }) => {
    progress.clear()
    return await writeReport(measurement, request.out, host.signal)
  }).finally(progress.clear)
  return { judged, written: kept }
}

/** One shard of it, written to its folder. Errors: as well those of shards. */
export async function measureShardRequest(
  host: CliHost,
  request: AuditRequest,
  shard: ShardNumber,
): Promise<WrittenShard> {
  const progress = progressTo(host)
  const criteria = await readCriteria(request)
  const options = { onProgress: progress.show, signal: host.signal, toolVersion: VERSION }
  return await runShard(request, shard, criteria, options).finally(progress.clear)
}
