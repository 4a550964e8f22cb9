/** @file `--shard I/N`, which `audit` and `plan` have. */
import { Option } from 'commander'
import { parseShard, type ShardNumber } from '../../contract/shard/shard-number.ts'
import { optionRepeated } from '../../errors/config.ts'
import { shardInvalid } from '../../errors/shards.ts'

export const shardOption = (words: string): Option => new Option('--shard <I/N>', words).argParser(oneShard)

/** Errors: SHARD_INVALID, OPTION_REPEATED. */
function oneShard(given: string, before: ShardNumber | undefined): ShardNumber {
  if (before !== undefined) throw optionRepeated('--shard', 2)
  const shard = parseShard(given)
  if (shard === null) throw shardInvalid(given)
  return shard
}

/** What commander has of it; null: it was not given. */
export const givenShard = (value: unknown): ShardNumber | null => (isShard(value) ? value : null)

const isShard = (value: unknown): value is ShardNumber =>
  typeof value === 'object' && value !== null && 'shard' in value && 'shards' in value
