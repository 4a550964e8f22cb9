/**
 * @file How blocks of tokens are dealt to the groups that the jackknife leaves out in turn.
 *
 * Groups are runs of neighbouring blocks, as equal as they can be: text near itself is alike, so leaving out a run
 * gives honester intervals than leaving out scattered blocks. The deal follows from the two numbers in report.json
 * (corpus.blocks, corpus.groups), so a stored report's intervals can be made again.
 */

/** Groups really used: never more than there are blocks. */
export function groupCount(blocks: number, wanted: number): number {
  return Math.max(1, Math.min(blocks, wanted))
}

/** First block of group g, for g in 0..groups (the last entry is `blocks`): group g holds blocks [start[g], start[g + 1]). */
export function groupStarts(blocks: number, groups: number): Int32Array {
  return Int32Array.from({ length: groups + 1 }, (_, g) => Math.floor((g * blocks) / groups))
}

/** (groups) blocks in each group; they differ by one at most. */
export function groupSizes(blocks: number, groups: number): Int32Array {
  const starts = groupStarts(blocks, groups)
  return Int32Array.from({ length: groups }, (_, g) => starts[g + 1]! - starts[g]!)
}

/** (blocks) group of each block. */
export function groupOfBlocks(blocks: number, groups: number): Int32Array {
  const starts = groupStarts(blocks, groups)
  const out = new Int32Array(blocks)
  for (let g = 0; g < groups; g++) out.fill(g, starts[g]!, starts[g + 1]!)
  return out
}
