/** @file One shard of an audit from specs to sums: opened and checked as all of it, run on its own token groups alone. */
import type { AuditConfig } from '../contract/options/audit-config.ts'
import type { ShardNumber } from '../contract/shard/shard-number.ts'
import { frameOf } from './frame/frame-of.ts'
import { warningsAround } from './frame/warnings.ts'
import { measuredBy } from './gather-sums.ts'
import type { AuditHost } from './measure.ts'
import { withSubjects } from './open-subjects.ts'
import { measureOpened } from './opened-run.ts'
import { measureShardSums } from './shards/measure-shard.ts'
import type { Shard } from './shards/shard.ts'
import { requireFloat32, requireShardable } from './shards/shardable.ts'
import { shardOf } from './text/shard-text.ts'

/** One shard of an audit, of whose token groups `number` says which. Errors: SHARD_UNSUPPORTED, SHARDS_TOO_MANY, those of `measure`. */
export async function measureShard(
  config: AuditConfig,
  number: ShardNumber,
  host: Omit<AuditHost, 'keepSums' | 'now'>,
): Promise<Shard> {
  requireShardable(config)
  const started = host.seconds()
  return await withSubjects(config, host, async (reference, subjects) => {
    const { tokens: whole } = subjects
    const tokens = shardOf(whole, number)
    const planned = { ...subjects, tokens, kept: null, summed: 'every' } as const
    return await measureOpened(config, planned, host, async (run, known) => {
      requireFloat32(run.device)
      const sums = await measureShardSums(run, known, whole)
      const asWhole = { ...known, tokens: whole }
      const warnings = await warningsAround(run, asWhole)
      const { candidates, contamination } = known
      const { readouts } = run
      const { toolVersion } = host
      const named = { run, tokens: whole, readouts, candidates, contamination, warnings, toolVersion }
      const took = { seconds: host.seconds() - started, streamed: run.streamed }
      return {
        ...number,
        firstGroup: tokens.part.firstGroup,
        sequences: tokens.sequences.sequenceCount,
        frame: await frameOf(reference, { ...named, noise: null }),
        decoderNorms: readouts.map(({ decoderNorms }) => decoderNorms),
        sums: { ...sums, measured: await measuredBy(reference, run, candidates, toolVersion) },
        took,
      }
    })
  })
}
