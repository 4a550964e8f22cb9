/** @file A part of the candidates, for one of several machines: by name, so that all agree without asking each other. Pure. */
import { registryShardInvalid } from '../../errors/registry.ts'
import { digestOfWords } from '../content.ts'

export interface Shard {
  /** From 1. */
  readonly index: number
  readonly count: number
}

const MOST_SHARDS = 256

/** `2/4`. Errors: REGISTRY_SHARD_INVALID. */
export function parseShard(given: string): Shard {
  const [, index, count] = /^(\d{1,4})\/(\d{1,4})$/.exec(given.trim()) ?? []
  const shard = { index: Number(index), count: Number(count) }
  if (!(shard.index >= 1 && shard.index <= shard.count && shard.count <= MOST_SHARDS))
    throw registryShardInvalid(given.slice(0, 40))
  return shard
}

/** `2/4` */
export const shardName = ({ index, count }: Shard): string => `${index}/${count}`

/** Which of `count` shards a candidate belongs to, from 1: the same in every night, whatever else there is. */
export const shardOf = (id: string, count: number): number =>
  (Number.parseInt(digestOfWords(id).slice(0, 12), 16) % count) + 1
