/** @file Which shard of how many, counted from 1, and which of an audit's token groups are its own. */

/** As `--shard 2/4` has it. */
export interface ShardNumber {
  readonly shard: number
  readonly shards: number
}

/** More than there can be token groups. */
const MOST_SHARDS = 1024

/** Null: it is none. */
export function parseShard(text: string): ShardNumber | null {
  const [, shard, shards] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? []
  const found = { shard: Number(shard), shards: Number(shards) }
  return found.shard <= found.shards && found.shards <= MOST_SHARDS ? found : null
}

export const shardName = ({ shard, shards }: ShardNumber): string => `shard-${shard}-of-${shards}.safetensors`

/** Is it what `shardName` calls a shard? */
export const isShardName = (name: string): boolean => /^shard-[1-9]\d*-of-[1-9]\d*\.safetensors$/.test(name)

/** [from, to) of so many groups: runs of neighbours as even as can be. No shard is empty where there are as many groups as shards. */
export function groupsOfShard({ shard, shards }: ShardNumber, groups: number): readonly [number, number] {
  return [Math.floor(((shard - 1) * groups) / shards), Math.floor((shard * groups) / shards)]
}
