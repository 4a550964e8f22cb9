/**
 * @file Opens a checkpoint whatever its container: config, tensors by name, and what a report says about its origin.
 *
 * Hugging Face folders with safetensors, one file or sharded. Where config.json has a quantization_config, a decoder of
 * packed/ takes the raw tensors; without one they are read as they are.
 */
import { noConfig } from '../errors/checkpoints.ts'
import { type JsonObject, readJsonObject } from '../sources/json.ts'
import type { PinnedFiles } from '../sources/pinned-files.ts'
import { floatTensors } from './float-tensors.ts'
import { elementCount, isDtype, type RawTensorTable } from './raw-tensor.ts'
import { openSafetensorsIn, openSharded, shardNames } from './sharded.ts'
import type { TensorEntry, TensorTable } from './tensor.ts'
import { findWeights, weightsSha256 } from './weight-files.ts'

export interface Checkpoint {
  readonly spec: string
  /** Commit on the Hugging Face Hub, or null. */
  readonly revision: string | null
  /** config.json. */
  readonly config: JsonObject
  readonly tensors: TensorTable
  /** The stored bytes, undecoded. */
  readonly raw: RawTensorTable
  readonly files: PinnedFiles
  /** Stored type of most of the weights' bytes: `F16`, `BF16`, `gptq 4-bit`. */
  readonly storedAs: string
  /** Values of all floating-point tensors. */
  readonly parameters: number
  /** Of the weight files, hex; computed on first call. */
  sha256(): Promise<string>
  /** Close the weight files; `files` stays the caller's. */
  close(): Promise<void>
}

/** Open the checkpoint in `files`. Errors: NO_CONFIG, those of finding weights, of JSON and of safetensors. */
export async function openCheckpoint(spec: string, files: PinnedFiles): Promise<Checkpoint> {
  const weights = findWeights(files)
  if (!files.has('config.json')) throw noConfig(spec)
  const config = await readJsonObject(files, 'config.json')
  if (weights.format === 'gguf') throw noConfig(spec)
  const sharded = weights.format === 'sharded'
  const raw = sharded ? await openSharded(files, weights.index) : await openSafetensorsIn(files, weights.file)
  const names = sharded ? await shardNames(files, weights.index) : [weights.file]
  const tensors = floatTensors(spec, raw)
  let sha256: Promise<string> | null = null
  return {
    spec,
    revision: files.revision,
    config,
    tensors,
    raw,
    files,
    storedAs: dominantType(tensors.entries.values()),
    parameters: parameterCount(tensors.entries.values()),
    sha256: () => {
      sha256 ??= weightsSha256(files, names)
      return sha256
    },
    close: () => tensors.close(),
  }
}

/** Integer and boolean tensors are buffers (masks, position ids), not parameters. */
function isBuffer(entry: TensorEntry): boolean {
  return isDtype(entry.storedAs) && /^[IUB](?!F)/.test(entry.storedAs)
}

function parameterCount(entries: Iterable<TensorEntry>): number {
  let count = 0
  for (const entry of entries) if (!isBuffer(entry)) count += elementCount(entry.shape) ?? 0
  return count
}

function dominantType(entries: Iterable<TensorEntry>): string {
  const bytes = new Map<string, number>()
  for (const entry of entries) {
    if (!isBuffer(entry)) bytes.set(entry.storedAs, (bytes.get(entry.storedAs) ?? 0) + entry.byteLength)
  }
  const [largest] = [...bytes].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  return largest?.[0] ?? 'none'
}
