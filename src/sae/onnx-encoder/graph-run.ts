/** @file An exported encoder in the engine: its constants by name, and what it makes of rows. */
import { onnxEncoderData, onnxEncoderUnread } from '../../errors/sae.ts'
import { dataFiles } from '../../models/user-onnx/external-data.ts'
import { narrowToFloat16 } from '../../numbers/float16.ts'
import { addedOutputs } from '../../onnx/graph/model-edit.ts'
import { readOnnxModel } from '../../onnx/graph/model-proto.ts'
import type { OnnxModel, ValueInfo } from '../../onnx/graph/onnx-model.ts'
import { createSession, type Device, type TensorInput } from '../../onnx/sessions/session.ts'
import type { PinnedFiles } from '../../sources/pinned-files.ts'

/** Small things are done once: a thread is enough. */
const DEVICE: Device = { kind: 'cpu', threads: 1, bodyType: 'float32' }
const FLOAT = 1
const FLOAT16 = 10
/** A graph of a fixed batch is fed whole. */
const MOST_ROWS = 4096

export interface EncoderFile {
  readonly files: PinnedFiles
  readonly name: string
  /** For messages. */
  readonly place: string
}

/** Values as float32, with their shapes. */
export interface Constant {
  readonly data: Float32Array
  readonly dims: readonly number[]
}

export interface Rows {
  /** (rows, width) */
  readonly data: Float32Array
  readonly dims: readonly number[]
}

/** Errors: ONNX_MALFORMED, ONNX_TOO_LARGE and those of reading. */
export async function readGraph({ files, name, place }: EncoderFile): Promise<OnnxModel> {
  const source = await files.open(name)
  try {
    return readOnnxModel(place, await source.read(0, source.byteLength))
  } finally {
    await source.close()
  }
}

/** The shape of what is fed: `rows` where the batch is open. Errors: SAE_ONNX_UNREAD. */
export function shapeOfRows(
  place: string,
  { inputs: [input] }: OnnxModel,
  rows: number,
  width: number,
): readonly number[] {
  if (input === undefined) throw onnxEncoderUnread(place, 'it has no input')
  const shape = input.shape ?? [null, width]
  if (input.type !== FLOAT && input.type !== FLOAT16)
    throw onnxEncoderUnread(place, `its input "${input.name}" is neither float32 nor float16`)
  const open = shape.slice(0, -1).lastIndexOf(null)
  const dims = [...shape.slice(0, -1).map((size, axis) => size ?? (axis === open ? rows : 1)), width]
  if (dims.slice(0, -1).reduce((product, size) => product * size, 1) > MOST_ROWS)
    throw onnxEncoderUnread(place, `its input "${input.name}" wants more than ${MOST_ROWS} rows at once`)
  return dims
}

/** Values of the graph for these rows, in float32. Errors: ENGINE_FAILED, SAE_ONNX_DATA and those of reading. */
export async function runGraph(
  file: EncoderFile,
  model: OnnxModel,
  rows: Rows,
  names: readonly string[],
): Promise<ReadonlyMap<string, Constant>> {
  const added = names.map((value, i) => ({ name: `saegate_value_${i}`, addends: [value] }))
  const outputs = added.map(({ name }) => name)
  const graph = {
    bytes: Buffer.concat([model.bytes, addedOutputs(added)]),
    external: await externalData(file, model),
    fed: [],
    keeper: 'engine' as const,
    inputs: [],
    outputs,
  }
  const session = await createSession(graph, DEVICE, file.place)
  try {
    const [input] = model.inputs
    const result = await session.run({ [input?.name ?? '']: tensorOf(input, rows) })
    return new Map(
      added.map(({ name }, i) => [names[i] ?? '', { data: result.float32(name), dims: result.dims(name) }]),
    )
  } finally {
    await session.release()
  }
}

function tensorOf(input: ValueInfo | undefined, { data, dims }: Rows): TensorInput {
  if (input?.type !== FLOAT16) return { type: 'float32', data, dims }
  const narrow = new Uint16Array(data.length)
  narrowToFloat16(data, narrow)
  return { type: 'float16', data: narrow, dims }
}

/** Data files lie beside the graph, in the same set of files. */
async function externalData({ files, name, place }: EncoderFile, model: OnnxModel) {
  const [first] = model.external
  if (first !== undefined && files.names.length === 1)
    throw onnxEncoderData(place, first.external?.location.slice(0, 200) ?? '')
  const found = await dataFiles(model, name, files)
  return await Promise.all(
    found.map(async (file) => {
      const source = await files.open(file.name)
      try {
        return { path: file.location, data: await source.read(0, source.byteLength) }
      } finally {
        await source.close()
      }
    }),
  )
}
