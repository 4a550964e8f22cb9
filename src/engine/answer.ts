/** @file What the engine makes of a request, in whichever process it runs. */
import type { OnProgress } from '../audit/machine/progress.ts'
import { measure } from '../audit/measure.ts'
import { measureShard } from '../audit/measure-shard.ts'
import { writeShard } from '../audit/shards/shard-file.ts'
import type { Measurement } from '../contract/report/measurement.ts'
import { judge } from '../policy/judge.ts'
import type { Policy } from '../policy/policy.ts'
import { isDecided } from '../policy/rules/looks.ts'
import type { EngineAnswer, EngineRequest } from './protocol.ts'

/** Errors: whatever the audit raises; of a shard, those of writing. */
export async function answer(
  { config, baseline, toolVersion, shard: asked, policy }: EngineRequest,
  onProgress: OnProgress,
): Promise<EngineAnswer> {
  const host = {
    onProgress,
    seconds: () => performance.now() / 1000,
    now: () => new Date().toISOString(),
    toolVersion,
    baseline,
    ...(policy === undefined
      ? {}
      : { isDecided: (measurement: Measurement) => isDecidedBy(measurement, policy) }),
  }
  if (asked === undefined) return { measurement: await measure(config, host), shard: null }
  const measured = await measureShard(config, asked.number, host)
  const bytes = await writeShard(asked.path, measured)
  const { firstGroup, sums, frame } = measured
  const groups = [firstGroup, firstGroup + sums.measured.groups] as const
  return { measurement: null, shard: { path: asked.path, bytes, groups, of: frame.corpus.groups } }
}

/** Does more text change no rule's word? As of today, as where the report is judged in the end. */
function isDecidedBy(measurement: Measurement, policy: Policy): boolean {
  const today = new Date().toISOString().slice(0, 10)
  return isDecided(judge(measurement, policy, { today, policySha256: '', baseline: null }))
}
