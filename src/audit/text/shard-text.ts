/** @file The token groups of one shard as the text that is run; what is known of the whole text stays known. */
import { groupsOfShard, type ShardNumber } from '../../contract/shard/shard-number.ts'
import { shardsTooMany } from '../../errors/shards.ts'
import { present } from '../../numbers/present.ts'
import { chunkedPlan, chunkedScores, type TokenSequence } from './sequences.ts'
import type { AuditTokens, ScoredPlan } from './tokens.ts'

/** The token groups of a shard of a whole text. The digest stays that of the whole. Errors: SHARDS_TOO_MANY. */
export function shardOf(tokens: AuditTokens, number: ShardNumber): AuditTokens {
  const groups = tokens.groupStarts.length - 1
  if (number.shards > groups) throw shardsTooMany(number.shards, groups)
  return groupsOfText(tokens, groupsOfShard(number, groups))
}

/** [from, to) */
function groupsOfText(tokens: AuditTokens, [from, to]: readonly [number, number]): AuditTokens {
  const { sequences, groupStarts, kinds } = tokens
  const { blockLength } = sequences
  const [first, end] = [present(groupStarts[from]), present(groupStarts[to])]
  const own = {
    ...sequences,
    ids: sequences.ids.subarray(first * blockLength, end * blockLength),
    sequenceCount: end - first,
  }
  const starts = groupStarts.slice(from, to + 1).map((start) => start - first)
  const predictions = blockLength - 1
  return {
    ...tokens,
    sequences: own,
    groupStarts: starts,
    part: { ...tokens.part, firstSequence: first, firstGroup: from },
    chunked: { plan: chunkedPlan(own), scored: chunkedScores(own, starts) },
    sliding: tokens.sliding === null ? null : slidingPart(tokens.sliding, [from, to]),
    kinds: { ...kinds, bits: kinds.bits.subarray(first * predictions, end * predictions) },
  }
}

/** Of every window the rows that predict a target of these groups; windows without any are not run. */
function slidingPart({ plan, scored }: ScoredPlan, [from, to]: readonly [number, number]): ScoredPlan {
  const sequences: TokenSequence[] = []
  const chosen: number[] = []
  let row = 0
  for (const window of plan.sequences) {
    const rows = window.keepTo - window.keepFrom
    const own = Array.from({ length: rows }, (_, i) => row + i).filter((at) => {
      const group = present(scored.tokenGroups[at])
      return group >= from && group < to
    })
    const keepFrom = window.keepFrom + present(own[0] ?? row) - row
    if (own.length > 0) sequences.push({ ...window, keepFrom, keepTo: keepFrom + own.length })
    chosen.push(...own)
    row += rows
  }
  return {
    plan: { ...plan, sequences, rows: chosen.length },
    scored: {
      rows: Int32Array.from(chosen, (_, i) => i),
      targets: Int32Array.from(chosen, (at) => present(scored.targets[at])),
      tokenGroups: Int32Array.from(chosen, (at) => present(scored.tokenGroups[at]) - from),
      tokenGroupCount: to - from,
    },
  }
}
