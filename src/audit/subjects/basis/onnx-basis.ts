/**
 * @file Does the residual stream of a user's ONNX model lie in the reference's basis? Its embedding may be packed in any way, so
 * it is seen by running: what enters the first block, token by token, beside the reference's rows.
 */
import { candidateRotated } from '../../../errors/audit.ts'
import type { LoadedUserModel } from '../../../models/user-onnx/run.ts'
import { asFloat32, weightReader } from '../../../models/weight-reader.ts'
import type { Model } from '../model.ts'
import { embeddingOf } from './basis.ts'
import { turnedRows } from './turned-rows.ts'

/** Rows that say enough, and those that say too little. */
const MOST_ROWS = 256
const FEWEST_ROWS = 8

/** `longest`: positions that the audit will run. Errors: CANDIDATE_ROTATED, those of running it. */
export async function refuseTurnedOnnx(
  { name, vocabulary }: { readonly name: string; readonly vocabulary: number },
  loaded: LoadedUserModel,
  reference: Model,
  longest: number,
): Promise<void> {
  const ours = await embeddingOf(reference)
  const first = await firstPosition(reference)
  // Learned positions are added to the tokens: then only those at the first position can be told apart from them.
  const batch = loaded.batch ?? (first === null ? 1 : MOST_ROWS)
  const length = loaded.length ?? (first === null ? Math.min(MOST_ROWS, longest) : 1)
  const step = first === null ? 1 : length
  const known = Math.min(ours.rows, vocabulary)
  const count = (batch * length) / step
  const token = (row: number): number => Math.floor((Math.floor(row / step) * known) / count)
  const theirs = await loaded.embedded(
    Int32Array.from({ length: batch * length }, (_, row) => token(row)),
    { batch, length },
  )
  if (theirs === null || count < FEWEST_ROWS) return
  const rows = Array.from({ length: Math.min(count, MOST_ROWS) }, (_, i) => i * step)
  const scale = reference.decoder.spec.embeddingScale
  const reason = turnedRows(
    rows.map((row) =>
      ours.read(token(row), token(row) + 1).map((value, d) => value * scale + (first?.[d] ?? 0)),
    ),
    rows.map((row) => theirs.subarray(row * ours.width, (row + 1) * ours.width)),
  )
  if (reason !== null) throw candidateRotated(name, reason, 'onnx')
}

/** What is learned of position 0; null: positions are not learned. */
async function firstPosition({ decoder, tensors }: Model): Promise<Float32Array | null> {
  const ref = decoder.weights.positions
  if (ref === null) return null
  const weight = await weightReader(tensors, [ref]).read(ref, 'stored')
  const [, width = 0] = weight.shape
  return asFloat32({ type: weight.type, shape: [1, width], data: weight.data.subarray(0, width) })
}
