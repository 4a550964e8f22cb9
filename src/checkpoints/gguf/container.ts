/**
 * @file One GGUF file: header, metadata, and where each tensor lies. No tensor data is read here.
 *
 * Format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md, versions 2 and 3 (3 added big-endian files, which are
 * refused). Layout: "GGUF" | u32 version | u64 tensors | u64 keys | metadata | tensor infos | padding | tensor data.
 * Everything a file says is checked against its length: sizes by type and shape, ranges, alignment, overlaps.
 */
import type { ByteSource } from '../../bytes/source.ts'
import { refuseStandIn } from '../../bytes/stand-in.ts'
import {
  ggufLimit,
  ggufMalformed,
  ggufShapeWrong,
  ggufTruncated,
  ggufTypeUnsupported,
  notGguf,
} from '../../errors/gguf.ts'
import { HeaderReader } from './header-reader.ts'
import { type GgufValue, readMetadata, readText } from './metadata.ts'
import { DECODABLE_TYPES, type GgmlType, ggmlType, removedTypeName } from './quant-blocks/types.ts'

/** A tensor of the file, named as GGUF names it. */
export interface GgufTensor {
  readonly name: string
  /** Row-major, outermost first, as PyTorch prints it (GGUF stores the reverse). */
  readonly shape: readonly number[]
  readonly type: GgmlType
  /** Bytes [start, end) of `source`. */
  readonly source: ByteSource
  readonly start: number
  readonly end: number
}

export interface GgufFile {
  readonly source: ByteSource
  readonly version: number
  readonly metadata: ReadonlyMap<string, GgufValue>
  readonly tensors: ReadonlyMap<string, GgufTensor>
}

const MAGIC = 0x46554747
const READABLE_VERSIONS: readonly number[] = [2, 3]

/** Llama 3.1 405B has 1,138 tensors; old mixture-of-experts files, one tensor per expert, about 50,000. */
const MAX_TENSORS = 100_000

/** ggml allows 63 bytes (GGML_MAX_NAME); some forks twice that. */
const MAX_NAME_BYTES = 255

/** GGML_MAX_DIMS. */
const MAX_DIMS = 4

/** 32 unless general.alignment says otherwise; file systems and GPUs ask for at most a huge page. */
const DEFAULT_ALIGNMENT = 32
const MAX_ALIGNMENT = 2 ** 21

/** Read the table of contents. Errors: GGUF_NOT_GGUF, GGUF_LIMIT_EXCEEDED, GGUF_TRUNCATED, GGUF_MALFORMED, GGUF_SHAPE_WRONG, GGUF_TYPE_UNSUPPORTED. */
export async function readGguf(source: ByteSource): Promise<GgufFile> {
  const reader = new HeaderReader(source)
  const version = await readPreamble(reader)
  const tensorCount = reader.u64()
  const keyCount = reader.u64()
  if (tensorCount > MAX_TENSORS)
    throw ggufLimit(source.name, 'the number of tensors', tensorCount, MAX_TENSORS)
  const metadata = await readMetadata(reader, keyCount)
  const alignment = alignmentOf(source, metadata)
  const infos: TensorInfo[] = []
  for (let i = 0; i < tensorCount; i++) infos.push(await readTensorInfo(reader, i))
  const dataStart = Math.ceil(reader.position / alignment) * alignment
  return { source, version, metadata, tensors: placeTensors(source, infos, dataStart, alignment) }
}

async function readPreamble(reader: HeaderReader): Promise<number> {
  const { source } = reader
  if (source.byteLength < 24) {
    await refuseStandIn(source)
    throw notGguf(source.name, `it has only ${source.byteLength} bytes`)
  }
  await reader.need(24, 'the header')
  const magic = reader.u32()
  if (magic !== MAGIC) {
    await refuseStandIn(source)
    throw notGguf(source.name, 'it does not begin with "GGUF"')
  }
  const version = reader.u32()
  if (READABLE_VERSIONS.includes(version)) return version
  const swapped = version % 2 ** 16 === 0
  throw notGguf(
    source.name,
    swapped ? 'it is big-endian' : `its version is ${version}, and only 2 and 3 are known`,
  )
}

function alignmentOf(source: ByteSource, metadata: ReadonlyMap<string, GgufValue>): number {
  const alignment = metadata.get('general.alignment') ?? DEFAULT_ALIGNMENT
  if (
    typeof alignment !== 'number' ||
    alignment < 1 ||
    alignment > MAX_ALIGNMENT ||
    !Number.isInteger(Math.log2(alignment))
  ) {
    throw ggufMalformed(source.name, '"general.alignment"', `is not a power of two up to ${MAX_ALIGNMENT}`)
  }
  return alignment
}

interface TensorInfo {
  readonly name: string
  readonly shape: readonly number[]
  readonly type: GgmlType
  /** From the start of the tensor data. */
  readonly offset: bigint
}

async function readTensorInfo(reader: HeaderReader, index: number): Promise<TensorInfo> {
  const file = reader.source.name
  const name = await readText(reader, `the name of tensor ${index}`, MAX_NAME_BYTES)
  await reader.need(4, `the shape of tensor "${name}"`)
  const dims = reader.u32()
  if (dims > MAX_DIMS) throw ggufLimit(file, `the number of dimensions of tensor "${name}"`, dims, MAX_DIMS)
  await reader.need(8 * dims + 12, `the description of tensor "${name}"`)
  const shape = Array.from({ length: dims }, () => Number(reader.u64())).reverse()
  const typeId = reader.u32()
  const type = ggmlType(typeId)
  if (type === undefined) throw ggufTypeUnsupported(file, name, removedTypeName(typeId), DECODABLE_TYPES)
  return { name, shape, type, offset: reader.u64() }
}

/** Check every tensor's range and turn offsets into places in the file. */
function placeTensors(
  source: ByteSource,
  infos: readonly TensorInfo[],
  dataStart: number,
  alignment: number,
): ReadonlyMap<string, GgufTensor> {
  const tensors = new Map<string, GgufTensor>()
  for (const info of infos) {
    const what = `tensor "${info.name}"`
    if (tensors.has(info.name)) throw ggufMalformed(source.name, what, 'occurs twice')
    const offset = Number(info.offset)
    if (info.offset % BigInt(alignment) !== 0n) {
      throw ggufMalformed(
        source.name,
        what,
        `starts at ${info.offset}, not a multiple of the alignment ${alignment}`,
      )
    }
    const start = dataStart + offset
    const end = start + storedBytes(source, info)
    if (end > source.byteLength) throw ggufTruncated(source.name, what, end, source.byteLength)
    tensors.set(info.name, { name: info.name, shape: info.shape, type: info.type, source, start, end })
  }
  refuseOverlaps(source, [...tensors.values()])
  return tensors
}

function storedBytes(source: ByteSource, { name, shape, type }: TensorInfo): number {
  if (shape.some((size) => size < 1 || !Number.isSafeInteger(size))) {
    throw ggufShapeWrong(source.name, name, shape, 'every dimension must be at least 1')
  }
  const width = shape.at(-1) ?? 1
  if (width % type.blockSize !== 0) {
    throw ggufShapeWrong(
      source.name,
      name,
      shape,
      `${type.name} rows must be a multiple of ${type.blockSize} long`,
    )
  }
  return (shape.reduce((product, size) => product * size, 1) / type.blockSize) * type.blockBytes
}

function refuseOverlaps(source: ByteSource, tensors: GgufTensor[]): void {
  tensors.sort((a, b) => a.start - b.start)
  for (const [i, tensor] of tensors.entries()) {
    const previous = tensors[i - 1]
    if (previous !== undefined && previous.end > tensor.start) {
      throw ggufMalformed(source.name, `tensor "${tensor.name}"`, `overlaps tensor "${previous.name}"`)
    }
  }
}
