/** @file Problems of audits that are measured in parts and put together. */
import { problem } from './problem.ts'

export const shardInvalid = problem('SHARD_INVALID', 2, (given: string) => ({
  message: `--shard ${JSON.stringify(given.slice(0, 40))} does not say which of how many.`,
  fix: 'Give --shard 1/4 to the first of four machines, --shard 2/4 to the second, up to 4/4.',
}))

export const shardsTooMany = problem('SHARDS_TOO_MANY', 2, (shards: number, groups: number) => ({
  message: `The text has ${groups} token groups, and ${shards} shards were asked for: a shard is whole token groups.`,
  fix: `Use ${groups} shards at most, more text, or more --groups.`,
}))

export const shardUnsupported = problem('SHARD_UNSUPPORTED', 2, (what: string, why: string) => ({
  message: `${what} cannot be measured shard by shard: ${why}.`,
  fix: 'Leave it out, or run this audit on one machine, without --shard.',
}))

export const shardMalformed = problem('SHARD_MALFORMED', 2, (file: string, reason: string) => ({
  message: `${file} is not a shard that can be used: ${reason}.`,
  fix: 'Give the files that `saegate audit --shard` of this version wrote.',
}))

export const shardsNone = problem('SHARDS_NONE', 2, (folder: string) => ({
  message: `${folder} holds no shards: none of its files is called like shard-1-of-4.safetensors.`,
  fix: 'Give the folder that `saegate audit --shard` had as --out, or name the files.',
}))

export const shardTwice = problem(
  'SHARD_TWICE',
  2,
  (shard: number, shards: number, one: string, other: string) => ({
    message: `${one} and ${other} are both shard ${shard} of ${shards}: its tokens would count twice.`,
    fix: 'Give one of them.',
  }),
)

export const shardsMissing = problem('SHARDS_MISSING', 2, (missing: readonly number[], shards: number) => ({
  message: `${missing.length === 1 ? 'Shard' : 'Shards'} ${missing.slice(0, 20).join(', ')}${missing.length > 20 ? ' and more' : ''} of ${shards} ${missing.length === 1 ? 'is' : 'are'} missing.`,
  fix: `Measure with the same flags and --shard ${missing[0] ?? 1}/${shards}${missing.length > 1 ? ', and so on' : ''}, and name all shards again; --allow-missing makes a report of the rest, which passes nothing.`,
}))

export const shardsDiffer = problem(
  'SHARDS_DIFFER',
  2,
  (one: string, other: string, field: string, values: readonly [string, string]) => ({
    message: `${one} and ${other} are not shards of one audit: ${field} is ${values[0]} in the first and ${values[1]} in the second.`,
    fix: 'Measure all shards with the same version, flags and files, on machines of one kind (--threads makes their number the same), and merge again.',
  }),
)
