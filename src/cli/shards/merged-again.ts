/** @file The shards of a report that is there already, merged again: to hold the report against them. */
import { createHash } from 'node:crypto'
import { fileSource } from '../../bytes/file.ts'
import type { Measurement } from '../../contract/report/measurement.ts'
import type { Report } from '../../contract/report/report-schema.ts'
import type { ShardNumber } from '../../contract/shard/shard-number.ts'
import { isPart } from '../../policy/rules/evaluable.ts'
import { readShards } from './read-shards.ts'

/** A shard and where it lies. */
export interface ShardAtHand extends ShardNumber {
  readonly file: string
}

/** A report that says that shards are missing is made of those that are there. Errors: those of reading and merging. */
export async function mergedAgain(
  report: Report,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<{ readonly merged: Measurement; readonly files: readonly ShardAtHand[] }> {
  const { mergeShards } = await import('../../audit/shards/merge-shards.ts')
  const shards = await readShards(paths, signal)
  const merged = mergeShards(shards, { allowMissing: isPart(report), createdAt: report.createdAt })
  return { merged, files: shards.map(({ file, shard, shards: of }) => ({ file, shard, shards: of })) }
}

const PIECE_BYTES = 2 ** 20

/** Hex. Errors: those of reading. */
export async function fileSha256(path: string): Promise<string> {
  const source = await fileSource(path)
  const hash = createHash('sha256')
  try {
    for (let start = 0; start < source.byteLength; start += PIECE_BYTES)
      hash.update(await source.read(start, Math.min(start + PIECE_BYTES, source.byteLength)))
    return hash.digest('hex')
  } finally {
    await source.close()
  }
}
