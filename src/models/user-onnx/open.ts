/**
 * @file A user's ONNX model, opened and checked without running it: which file it is, its structure, what it is fed,
 * where its logits and its residual stream are, and how it is quantized.
 */

import { dirname, posix } from 'node:path'
import { refuseStandIn } from '../../bytes/stand-in.ts'
import {
  onnxLastLogits,
  onnxSeveral,
  onnxSubgraph,
  onnxTooLarge,
  onnxVersion,
} from '../../errors/user-onnx.ts'
import { inlineBranch } from '../../onnx/graph/inline-branch.ts'
import { readOnnxModel } from '../../onnx/graph/model-proto.ts'
import type { OnnxModel } from '../../onnx/graph/onnx-model.ts'
import { digestedFiles, digestsOf, type FileDigests, filesSha256 } from '../../sources/file-digests.ts'
import { isRemoteSpec } from '../../sources/oci/oci-spec.ts'
import type { PinnedFiles } from '../../sources/pinned-files.ts'
import { type DataFile, dataFiles } from './external-data.ts'
import { dataFlow, type Flow } from './flow.ts'
import { type OnnxQuantization, quantizationOf } from './quantization.ts'
import { readSignature, type Signature, typeText } from './signature.ts'
import { residualStream, type Tap } from './stream.ts'

/** What onnxruntime 1.30 loads. */
const NEWEST_IR = 13
const NEWEST_OPSET = 26
/** protobuf's own limit. */
const MOST_BYTES = 2 ** 31 - 1

export interface UserModel {
  readonly spec: string
  /** Commit on the Hugging Face Hub, or null. */
  readonly revision: string | null
  /** Name of the model file, and where it lies on this machine. */
  readonly file: string
  readonly path: string
  readonly model: OnnxModel
  readonly files: PinnedFiles
  readonly data: readonly DataFile[]
  readonly signature: Signature
  /** The values of the residual stream, in order. */
  readonly stream: readonly Tap[]
  readonly quantization: OnnxQuantization
  /** What the user should know about how it is run. */
  readonly notes: readonly string[]
  /** Of the model file and its data files, hex. */
  sha256(): Promise<string>
  weightsSha256(): Promise<string>
  /** Of the model and its data files. */
  fileDigests(): Promise<FileDigests>
  /** `files` stays the caller's. */
  close(): Promise<void>
}

/**
 * The ONNX model that a set of files is, or null when it is something else: the only file; or in a folder without other
 * weights model.onnx, else the only .onnx file. Errors: ONNX_AMBIGUOUS.
 */
export function findOnnx(files: PinnedFiles): string | null {
  const onnx = files.names.filter((name) => name.toLowerCase().endsWith('.onnx'))
  const [first] = onnx
  if (first === undefined || files.names.length === 1) return first ?? null
  if (files.names.some((name) => !name.includes('/') && /\.(safetensors|gguf)$/.test(name))) return null
  const here = onnx.filter((name) => !name.includes('/'))
  const choice = here.length > 0 ? here : onnx
  const usual = choice.find((name) => posix.basename(name) === 'model.onnx')
  if (usual !== undefined) return usual
  if (choice.length > 1) throw onnxSeveral(files.spec, choice)
  return choice[0] ?? null
}

/**
 * Open the model `file` of `files`; `open` reaches the folder around a spec that names a single file, for its data.
 * Errors: those of reading, of its inputs, outputs and data files; ONNX_VERSION_TOO_NEW, ONNX_MERGED, ONNX_LAST_LOGITS.
 */
export async function openUserModel(
  files: PinnedFiles,
  file: string,
  open: (spec: string) => Promise<PinnedFiles>,
): Promise<UserModel> {
  const label = files.names.length === 1 ? files.spec : `${files.spec}: ${file}`
  const stored = await readModel(files, file, label)
  checkVersions(label, stored)
  const model = unmerged(label, stored)
  const signature = readSignature(label, model)
  const flow = dataFlow(label, model, signature.ids, signature.logits.name)
  const stream = residualStream(flow)
  checkEveryPosition(label, model, signature, flow)
  const folder = model.external.length > 0 ? folderAround(files, file) : null
  const around = folder === null ? null : await open(folder)
  try {
    const data = await dataFiles(model, file, around ?? files)
    const names = [file, ...data.map(({ name }) => name)]
    const digested = digestedFiles(data.length === 0 ? files : (around ?? files))
    return {
      spec: files.spec,
      revision: files.revision,
      file,
      path: files.localPath(file) ?? '',
      model,
      files,
      data,
      signature,
      stream,
      quantization: quantizationOf(model),
      notes:
        model === stored ? [] : ['it is merged with its cached form; the branch without a cache was run'],
      ...ownDigests(() => digestsOf(digested, names)),
      close: async () => {
        await around?.close()
      },
    }
  } catch (error) {
    await around?.close()
    throw error
  }
}

/** There is nothing beside weights that is read of it. */
function ownDigests(
  fileDigests: () => Promise<FileDigests>,
): Pick<UserModel, 'sha256' | 'weightsSha256' | 'fileDigests'> {
  const sha256 = async () => filesSha256(await fileDigests())
  return { sha256, weightsSha256: sha256, fileDigests }
}

/** Logits of one position show before anything runs: in their declared shape, or where one is picked out of the rows. */
function checkEveryPosition(
  label: string,
  model: OnnxModel,
  { logits, length }: Signature,
  { spine, producer }: Flow,
): void {
  const [, positions = null] = logits.shape?.length === 3 ? logits.shape : []
  if (positions === 1 && length !== 1)
    throw onnxLastLogits(label, logits.name, `it is declared as ${typeText(logits)}`)
  const isOne = (name: string): boolean => {
    const constant = producer.get(name)?.attributes.get('value')
    const dims = typeof constant === 'object' && 'dims' in constant ? constant.dims : null
    return (model.initializers.get(name)?.dims ?? dims)?.every((dim) => dim === 1) === true
  }
  // Rows are (batch, sequence, d_model).
  const picked = spine.find(
    ({ op, attributes, inputs }) => op === 'Gather' && attributes.get('axis') === 1 && isOne(inputs[1] ?? ''),
  )
  if (picked !== undefined) throw onnxLastLogits(label, logits.name, `its node "${picked.name}" picks one`)
}

async function readModel(files: PinnedFiles, file: string, label: string): Promise<OnnxModel> {
  const source = await files.open(file)
  try {
    if (source.byteLength > MOST_BYTES) throw onnxTooLarge(label, `${source.byteLength} bytes`, MOST_BYTES)
    await refuseStandIn(source)
    return readOnnxModel(label, await source.read(0, source.byteLength))
  } finally {
    await source.close()
  }
}

/**
 * The folder around a spec that names one file, null for specs that name a folder:
 * `./models/int4.onnx` → its folder, `hf:owner/name/onnx/model.onnx` → `hf:owner/name/onnx`
 */
function folderAround({ spec, names, localPath }: PinnedFiles, file: string): string | null {
  if (names.length > 1) return null
  if (!isRemoteSpec(spec)) return dirname(localPath(file) ?? spec)
  return spec.endsWith(`/${file}`) ? spec.slice(0, -file.length - 1) : null
}

function checkVersions(label: string, { irVersion, opsets }: OnnxModel): void {
  if (irVersion > NEWEST_IR) throw onnxVersion(label, 'IR version', irVersion, NEWEST_IR)
  const opset = opsets.get('') ?? 0
  if (opset > NEWEST_OPSET) throw onnxVersion(label, 'opset', opset, NEWEST_OPSET)
}

/**
 * Optimum's merged models keep both forms of the decoder in the branches of one If: the one without a cache is taken.
 * Errors: ONNX_MERGED for an If that decides otherwise.
 */
function unmerged(label: string, model: OnnxModel): OnnxModel {
  const { name: logits } = readSignature(label, model).logits
  const maker = model.nodes.find(({ outputs }) => outputs.includes(logits))
  if (maker?.op !== 'If') return model
  const [condition = ''] = maker.inputs
  const byCache = /^use_cache_branch$/i.test(condition) && model.inputs.some(({ name }) => name === condition)
  const bytes = byCache ? inlineBranch(label, model.bytes, logits, 'else_branch') : null
  if (bytes === null) throw onnxSubgraph(label, maker.name)
  return readOnnxModel(label, bytes)
}
