/** @file A shard of an audit: the sums over some of its token groups, and all that a report needs besides. */
import type { AuditFrame } from '../../contract/shard/frame-schema.ts'
import type { ShardNumber } from '../../contract/shard/shard-number.ts'
import type { StreamTally } from '../machine/stream-tally.ts'
import type { GroupSums } from '../sums/group-sums.ts'

export interface Shard extends ShardNumber {
  /** Of the whole audit; the groups of `sums` are numbered from 0. */
  readonly firstGroup: number
  /** Sequences that it ran. */
  readonly sequences: number
  readonly frame: AuditFrame
  /** (d_sae) ‖W_dec row‖, by place. */
  readonly decoderNorms: readonly Float64Array[]
  /** Every feature is in them, and close calls are beside them. */
  readonly sums: GroupSums
  readonly took: ShardCost
}

/** What it took: the one thing that shards may differ in. */
export interface ShardCost {
  readonly seconds: number
  readonly streamed: StreamTally
}
