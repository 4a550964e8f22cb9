/**
 * @file Opens a checkpoint whatever its container: config, tensors by name, and what a report says about its origin.
 *
 * Hugging Face folders with safetensors or PyTorch files, one or sharded, their weights plain or packed by a quantizer, and GGUF files,
 * which carry their config inside.
 */
import { noConfig } from '../errors/checkpoints.ts'
import { located, SaegateError } from '../errors/problem.ts'
import {
  type DigestedFiles,
  digestedFiles,
  digestsOf,
  type FileDigests,
  filesSha256,
} from '../sources/file-digests.ts'
import { type JsonObject, readJsonObject } from '../sources/json.ts'
import type { PinnedFiles } from '../sources/pinned-files.ts'
import { floatTensors } from '../tensors/float-tensors.ts'
import { elementCount, isDtype, type RawTensor, type RawTensorTable } from '../tensors/raw-tensor.ts'
import type { TensorEntry, TensorTable } from '../tensors/tensor.ts'
import type { GgufCheckpoint } from './gguf/open.ts'
import { withoutMlxForm } from './mlx-delta-nets.ts'
import { decodePacked, QUANTIZATION_FILES } from './packed/decode-packed.ts'
import type { PackedCheckpoint } from './packed/packing.ts'
import { withPlainNames } from './plain-names.ts'
import { redundantTensors } from './redundant.ts'
import { openSharded, openWeightsIn } from './sharded.ts'
import { withSingleExperts } from './single-experts.ts'
import { adapterBeside, findWeights, foldersWithConfig, ggufParts, type WeightFiles } from './weight-files.ts'

export interface Checkpoint {
  readonly spec: string
  /** Commit on the Hugging Face Hub, or null. */
  readonly revision: string | null
  /** config.json; for GGUF what it would be. */
  readonly config: JsonObject
  readonly tensors: TensorTable
  /** How the weights are packed, where a quantizer packed them; null otherwise. `tensors` decodes them. */
  readonly packed: PackedCheckpoint | null
  /** What only a GGUF file has: its tokenizer, its block types; null otherwise. */
  readonly gguf: GgufCheckpoint | null
  readonly files: PinnedFiles
  /** Stored type of most of the weights' bytes: `F16`, `BF16`, `gptq 4-bit g128`, `Q4_K`. */
  readonly storedAs: string
  /** Values of all floating-point tensors. */
  readonly parameters: number
  /** Stored tensors that say nothing of their own: zero biases, a copy of the embedding as unembedding. */
  readonly redundant: ReadonlySet<string>
  /** What the user should know about how it is stored. */
  readonly warnings: readonly string[]
  /** Of every file that has been read so far, hex: another config or tokenizer is another model. */
  sha256(): Promise<string>
  /** Of the weight files alone, hex. */
  weightsSha256(): Promise<string>
  /** Of every file that has been read so far: weights, config, tokenizer. */
  fileDigests(): Promise<FileDigests>
  /** Close the weight files; `files` stays the caller's. */
  close(): Promise<void>
}

/** Open the checkpoint in `files`. Errors: NO_CONFIG, those of finding weights, of JSON, safetensors, packings and GGUF. */
export async function openCheckpoint(spec: string, files: PinnedFiles): Promise<Checkpoint> {
  const weights = findWeights(files)
  const digested = digestedFiles(files)
  const opened =
    weights.format === 'gguf'
      ? await openGgufFiles(spec, digested, ggufParts(files, weights.file))
      : await openFolder(spec, digested, weights)
  if (files.vouchedSha256 === undefined) return opened
  const vouched = 'its files are not here: what it is known by is the word of whoever pushed its capture'
  return { ...opened, warnings: [...opened.warnings, vouched] }
}

type FolderWeights = Exclude<WeightFiles, { format: 'gguf' }>

async function openFolder(
  spec: string,
  digested: DigestedFiles,
  weights: FolderWeights,
): Promise<Checkpoint> {
  const { files } = digested
  if (!files.has('config.json')) throw noConfig(spec, foldersWithConfig(files.names))
  const config = await readJsonObject(files, 'config.json')
  const quantized = await withQuantization(files, config)
  const { raw: stored, names } = await openTensors(files, weights)
  const {
    tensors: read,
    packed,
    redundant,
    warnings,
  } = await readTensors(spec, stored, quantized).catch(async (error: unknown) => {
    await stored.close()
    throw error
  })
  const tensors = withSingleExperts(withoutMlxForm(read), config)
  const entries = [...tensors.entries.values()].filter((entry) => !isBuffer(entry))
  return {
    spec,
    revision: files.revision,
    config,
    tensors,
    packed,
    gguf: null,
    files,
    storedAs: dominantType(entries),
    parameters: entries.reduce((sum, { shape }) => sum + (elementCount(shape) ?? 0), 0),
    redundant,
    warnings: [...adapterBeside(files), ...warnings],
    ...digestsIn(digested, names),
    close: () => tensors.close(),
  }
}

/** Plain names, packed weights decoded, and of float8 without a packing the numbers that its bits are. */
async function readTensors(
  spec: string,
  stored: RawTensorTable,
  config: JsonObject,
): Promise<Pick<Checkpoint, 'tensors' | 'packed' | 'redundant' | 'warnings'>> {
  const raw = withPlainNames(spec, stored)
  const packed = await decodePacked(raw, floatTensors(spec, raw), config).catch((error: unknown) => {
    // A packing knows tensors and fields of the config, not which of several checkpoints they are of.
    throw error instanceof SaegateError ? located(spec, error) : error
  })
  const redundant = await redundantTensors(raw)
  if (packed !== null) {
    const tensors = locatedReads(spec, packed.table)
    return { tensors, packed, redundant, warnings: packed.warnings }
  }
  const cast = [...raw.entries.values()].filter(({ dtype }) => dtype === 'F8_E4M3' || dtype === 'F8_E5M2')
  const warnings = cast.length === 0 ? [] : [castWarning(cast)]
  return { tensors: floatTensors(spec, raw, 'float8'), packed, redundant, warnings }
}

/** The same for what is found when a weight is decoded. */
function locatedReads(spec: string, table: TensorTable): TensorTable {
  const read = async (name: string) => {
    try {
      return await table.read(name)
    } catch (error) {
      throw error instanceof SaegateError ? located(spec, error) : error
    }
  }
  return { ...table, read }
}

function castWarning(cast: readonly RawTensor[]): string {
  const [{ dtype } = { dtype: 'F8_E4M3' }] = cast
  const tensors = cast.length === 1 ? 'tensor is' : 'tensors are'
  return `${cast.length} ${tensors} stored as ${dtype} without a scale, and config.json names no quantization: read as plain numbers`
}

/** Older quantizers describe themselves in a file of their own; it then stands in config.json's place for it. */
async function withQuantization(files: PinnedFiles, config: JsonObject): Promise<JsonObject> {
  if (config.quantization_config !== undefined || config.compression_config !== undefined) return config
  const name = QUANTIZATION_FILES.find((file) => files.has(file))
  return name === undefined ? config : { ...config, quantization_config: await readJsonObject(files, name) }
}

async function openTensors(
  files: PinnedFiles,
  weights: FolderWeights,
): Promise<{ raw: RawTensorTable; names: readonly string[] }> {
  if (weights.format === 'single') {
    return { raw: await openWeightsIn(files, weights.file), names: [weights.file] }
  }
  const { raw, shards } = await openSharded(files, weights.index)
  return { raw, names: shards }
}

async function openGgufFiles(
  spec: string,
  digested: DigestedFiles,
  names: readonly string[],
): Promise<Checkpoint> {
  const { files } = digested
  // Loaded where a file is GGUF.
  const { openGguf } = await import('./gguf/open.ts')
  const sources = []
  try {
    for (const name of names) sources.push(await files.open(name))
    const gguf = await openGguf(sources)
    return {
      spec,
      revision: files.revision,
      config: gguf.config,
      tensors: gguf.tensors,
      packed: null,
      gguf,
      files,
      storedAs: gguf.storedAs,
      parameters: gguf.parameters,
      redundant: new Set(),
      warnings: gguf.warnings,
      ...digestsIn(digested, names),
      close: () => gguf.tensors.close(),
    }
  } catch (error) {
    for (const source of sources) await source.close()
    throw error
  }
}

/** `weights`: names of the weight files. */
function digestsIn(
  digested: DigestedFiles,
  weights: readonly string[],
): Pick<Checkpoint, 'sha256' | 'weightsSha256' | 'fileDigests'> {
  return {
    sha256: async () => filesSha256(await digested.opened()),
    weightsSha256: async () => filesSha256(await digestsOf(digested, weights)),
    fileDigests: digested.opened,
  }
}

/** Integer and boolean tensors are buffers (masks, position ids), not parameters. */
function isBuffer(entry: TensorEntry): boolean {
  return isDtype(entry.storedAs) && /^(I\d|U\d|BOOL)/.test(entry.storedAs)
}

function dominantType(entries: readonly TensorEntry[]): string {
  const bytes = new Map<string, number>()
  for (const { storedAs, byteLength } of entries) bytes.set(storedAs, (bytes.get(storedAs) ?? 0) + byteLength)
  const [largest] = [...bytes].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
  return largest?.[0] ?? 'none'
}
