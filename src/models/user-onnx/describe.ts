/** @file What a user's ONNX model is, for `saegate inspect` and the report: read off its structure, nothing is run. */
import type { PinnedFiles } from '../../sources/pinned-files.ts'
import { elementBits, elementName } from './element-types.ts'
import { findOnnx, openUserModel, type UserModel } from './open.ts'
import { isQuantized, type OnnxQuantization } from './quantization.ts'
import { typeText } from './signature.ts'

export interface OnnxDescription {
  readonly file: string
  readonly producer: string
  /** `ai.onnx 21`, `com.microsoft 1` */
  readonly opsets: readonly string[]
  /** `input_ids int64 [?, ?]` */
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  /** Nodes per operator, most frequent first. */
  readonly operators: readonly (readonly [op: string, count: number])[]
  /** Bytes and tensors per stored type, largest first. */
  readonly types: readonly { readonly type: string; readonly tensors: number; readonly byteLength: number }[]
  /** False: all weights are plain floats, and `quantization` describes those. */
  readonly quantized: boolean
  readonly quantization: OnnxQuantization
  /** Names of the values of the residual stream, in order: what --tap takes. */
  readonly taps: readonly string[]
}

/** Describe the ONNX model in `files`; null when they are something else. Errors: those of opening it. */
export async function describeOnnx(
  files: PinnedFiles,
  open: (spec: string) => Promise<PinnedFiles>,
): Promise<OnnxDescription | null> {
  const file = findOnnx(files)
  if (file === null) return null
  const user = await openUserModel(files, file, open)
  try {
    return descriptionOf(user)
  } finally {
    await user.close()
  }
}

/** Names of the values of the residual stream, in order. */
export function listTaps({ stream }: UserModel): readonly string[] {
  return stream.map(({ name }) => name)
}

export function descriptionOf(user: UserModel): OnnxDescription {
  const { file, model, quantization } = user
  const operators = new Map<string, number>()
  for (const { op } of model.nodes) operators.set(op, (operators.get(op) ?? 0) + 1)
  return {
    file,
    producer: model.producer,
    opsets: [...model.opsets].map(([domain, version]) => `${domain === '' ? 'ai.onnx' : domain} ${version}`),
    inputs: model.inputs.map((input) => `${input.name} ${typeText(input)}`),
    outputs: model.outputs.map((output) => `${output.name} ${typeText(output)}`),
    operators: [...operators].sort(([, a], [, b]) => b - a),
    types: storedTypes(user),
    quantized: isQuantized(model),
    quantization,
    taps: listTaps(user),
  }
}

function storedTypes({ model }: UserModel): OnnxDescription['types'] {
  const types = new Map<string, { tensors: number; byteLength: number }>()
  for (const { type, dims } of model.initializers.values()) {
    const name = elementName(type)
    const known = types.get(name) ?? { tensors: 0, byteLength: 0 }
    const elements = dims.reduce((product, dim) => product * dim, 1)
    known.tensors++
    known.byteLength += Math.ceil((elements * elementBits(type)) / 8)
    types.set(name, known)
  }
  return [...types].map(([type, counts]) => ({ type, ...counts })).sort((a, b) => b.byteLength - a.byteLength)
}
