/** @file Shards for `saegate merge`, named one by one or by the folder that they lie in. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ReadShard } from '../../audit/shards/merge-shards.ts'
import { fileSource, openProblem } from '../../bytes/file.ts'
import { isShardName } from '../../contract/shard/shard-number.ts'
import { interrupted } from '../../errors/engine.ts'
import { shardMalformed, shardsNone } from '../../errors/shards.ts'
import { VERSION } from '../../version.ts'

/** Errors: SHARDS_NONE, SHARD_MALFORMED (of another version, too), those of reading, INTERRUPTED. */
export async function readShards(
  paths: readonly string[],
  signal: AbortSignal,
): Promise<readonly ReadShard[]> {
  const { readShard } = await import('../../audit/shards/shard-file.ts')
  const shards: ReadShard[] = []
  for (const file of (await Promise.all(paths.map(filesOf))).flat()) {
    if (signal.aborted) throw interrupted()
    const shard = await readShard(await fileSource(file))
    const { version } = shard.frame.tool
    // A report says one version, by which its figures are made as well.
    if (version !== VERSION)
      throw shardMalformed(file, `saegate ${version} measured it, and this is ${VERSION}`)
    shards.push({ ...shard, file })
  }
  return shards
}

/** The file itself, or the shards of a folder. */
async function filesOf(path: string): Promise<readonly string[]> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
  if (!isFolder) return [path]
  const names = await readdir(path).catch((error: unknown) => {
    throw openProblem(path, error)
  })
  const shards = names.filter(isShardName).sort()
  if (shards.length === 0) throw shardsNone(path)
  return shards.map((name) => join(path, name))
}
