/**
 * @file The data files of a user's model, checked before the engine sees their names: beside the model and nowhere else,
 * present, and as long as the tensors in them say. They stay where they are.
 */
import { posix } from 'node:path'
import { onnxDataMissing, onnxDataOutside, onnxDataShort } from '../../errors/user-onnx.ts'
import type { OnnxModel, TensorInfo } from '../../onnx/graph/onnx-model.ts'
import { type PinnedFiles, staysInside } from '../../sources/pinned-files.ts'
import { elementBits } from './element-types.ts'

/** A file that the model names, as the model names it, and where it lies on this machine. */
export interface DataFile {
  readonly location: string
  /** Its name among the files. */
  readonly name: string
  readonly path: string
}

/**
 * Every data file of `model`, once. `name` is the model's own name among `files`.
 * Errors: ONNX_DATA_OUTSIDE, ONNX_DATA_MISSING, ONNX_DATA_SHORT, LINK_LEAVES_FOLDER and those of opening a file.
 */
export async function dataFiles(
  model: OnnxModel,
  name: string,
  files: PinnedFiles,
): Promise<readonly DataFile[]> {
  const found = new Map<string, DataFile & { readonly byteLength: number }>()
  for (const tensor of model.external) {
    if (tensor.external === null) continue
    const { location } = tensor.external
    const known = found.get(location) ?? (await dataFile(tensor.name, location, name, files))
    found.set(location, known)
    const end = tensor.external.offset + byteLength(tensor)
    if (end > known.byteLength) throw onnxDataShort(files.spec, tensor.name, location, end, known.byteLength)
  }
  return [...found.values()].map(({ location, name: own, path }) => ({ location, name: own, path }))
}

/** What the tensor takes; never less than its dimensions need. */
function byteLength({ dims, type, external }: TensorInfo): number {
  const needed = Math.ceil((dims.reduce((product, dim) => product * dim, 1) * elementBits(type)) / 8)
  return Math.max(needed, external?.length ?? 0)
}

async function dataFile(
  tensor: string,
  location: string,
  model: string,
  files: PinnedFiles,
): Promise<DataFile & { readonly byteLength: number }> {
  const written = location.slice(0, 200)
  // The engine takes "./data" for "data".
  const plain = location.replace(/^(\.\/)+/, '')
  if (!staysInside(plain)) throw onnxDataOutside(files.spec, tensor, written)
  const name = posix.join(posix.dirname(model), plain)
  if (!files.has(name)) throw onnxDataMissing(files.spec, tensor, written)
  const source = await files.open(name)
  await source.close()
  const path = files.localPath(name)
  if (path === null) throw onnxDataMissing(files.spec, tensor, written)
  return { location: plain, name, path, byteLength: source.byteLength }
}
