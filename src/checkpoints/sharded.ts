/**
 * @file A checkpoint in several files, held together by model.safetensors.index.json or pytorch_model.bin.index.json.
 *
 * The index is {metadata?, weight_map: {tensor name: shard file}} (transformers, modeling_utils.py, load_sharded_checkpoint).
 * weight_map decides: a tensor that a shard has but the index does not name is not part of the checkpoint. Each shard is
 * opened, and its header read, once.
 */
import { indexMalformed, shardMissing, tensorMissing, tensorNotInShard } from '../errors/checkpoints.ts'
import { openPytorch } from '../pytorch/open.ts'
import { describeJson, isJsonObject, readJsonObject } from '../sources/json.ts'
import { type PinnedFiles, staysInside } from '../sources/pinned-files.ts'
import type { RawTensor, RawTensorTable } from '../tensors/raw-tensor.ts'
import { openSafetensors } from './safetensors.ts'

export interface ShardedTensors {
  readonly raw: RawTensorTable
  /** The shards' file names, sorted. */
  readonly shards: readonly string[]
}

/** Open all shards that an index names. Errors: SHARD_INDEX_MALFORMED, SHARD_MISSING, TENSOR_NOT_IN_SHARD, those of a shard. */
export async function openSharded(files: PinnedFiles, indexName: string): Promise<ShardedTensors> {
  const namesByShard = await readWeightMap(files, indexName)
  for (const [shard, names] of namesByShard) {
    if (!files.has(shard)) throw shardMissing(`${files.spec}: ${indexName}`, shard, names.length)
  }
  const shards = new Map<string, RawTensorTable>()
  const closeAll = async () => {
    for (const shard of shards.values()) await shard.close()
  }
  try {
    for (const shard of namesByShard.keys()) shards.set(shard, await openWeightsIn(files, shard))
    const raw = joined(files, indexName, namesByShard, shards, closeAll)
    return { raw, shards: [...shards.keys()] }
  } catch (error) {
    await closeAll()
    throw error
  }
}

/** Open one file of weights, of safetensors or of PyTorch; nothing stays open when it is malformed. */
export async function openWeightsIn(files: PinnedFiles, name: string): Promise<RawTensorTable> {
  const source = await files.open(name)
  try {
    return isPytorch(name) ? await openPytorch(source) : await openSafetensors(source)
  } catch (error) {
    await source.close()
    throw error
  }
}

/** Files of torch.save, by their names. */
const isPytorch = (name: string): boolean => /\.(bin|pt|pth)$/.test(name)

/** Shard file → the tensors that it is to provide; shards sorted by name. */
async function readWeightMap(files: PinnedFiles, indexName: string): Promise<Map<string, string[]>> {
  const index = await readJsonObject(files, indexName)
  const refuse = (reason: string) => indexMalformed(`${files.spec}: ${indexName}`, reason)
  const weightMap = index.weight_map
  const kind = isPytorch(indexName.replace(/\.index\.json$/, '')) ? '.bin' : '.safetensors'
  if (!isJsonObject(weightMap)) throw refuse(`weight_map is ${describeJson(weightMap)}, not an object`)
  const namesByShard = new Map<string, string[]>()
  for (const [tensor, shard] of Object.entries(weightMap)) {
    if (typeof shard !== 'string')
      throw refuse(`weight_map["${tensor}"] is ${describeJson(shard)}, not a file name`)
    if (!staysInside(shard)) throw refuse(`weight_map["${tensor}"] is "${shard}", which leaves the folder`)
    if (!shard.endsWith(kind)) throw refuse(`weight_map["${tensor}"] is "${shard}", not a ${kind} file`)
    const names = namesByShard.get(shard)
    if (names) names.push(tensor)
    else namesByShard.set(shard, [tensor])
  }
  if (namesByShard.size === 0) throw refuse('weight_map is empty')
  return new Map([...namesByShard].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function joined(
  files: PinnedFiles,
  indexName: string,
  namesByShard: ReadonlyMap<string, readonly string[]>,
  shards: ReadonlyMap<string, RawTensorTable>,
  close: () => Promise<void>,
): RawTensorTable {
  const entries = new Map<string, RawTensor>()
  const home = new Map<string, RawTensorTable>()
  const metadata = new Map<string, string>()
  for (const [shardName, table] of shards) {
    for (const name of namesByShard.get(shardName) ?? []) {
      const tensor = table.entries.get(name)
      if (tensor === undefined) throw tensorNotInShard(`${files.spec}: ${indexName}`, name, shardName)
      entries.set(name, tensor)
      home.set(name, table)
    }
    for (const [key, value] of table.metadata) if (!metadata.has(key)) metadata.set(key, value)
  }
  return {
    entries,
    metadata,
    readBytes: async (name, range) => {
      const shard = home.get(name)
      if (shard === undefined) throw tensorMissing(files.spec, name)
      return shard.readBytes(name, range)
    },
    close,
  }
}
