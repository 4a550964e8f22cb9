/**
 * @file Does a candidate's residual stream lie in the reference's basis? A rotated one (QuaRot, SpinQuant) computes the
 * same function, and a dictionary of the original basis would see total damage in it. So it is refused, or turned back
 * where the two embeddings say how: rows of the candidate's are the reference's times R, and so is every residual.
 *
 * Two signs: the config declares it, or the embeddings have the same inner products and other directions. Left out:
 * rotations computed at run time (online Hadamard transforms), which the graph does not do; those are refused always.
 */

import type { Checkpoint } from '../../../checkpoints/open.ts'
import { candidateRotated, rotationAtRunTime, rotationInexact } from '../../../errors/audit.ts'
import { asFloat32, type Weight, weightReader } from '../../../models/weight-reader.ts'
import { present } from '../../../numbers/present.ts'
import type { Device } from '../../../onnx/sessions/session.ts'
import { isJsonObject, type JsonObject } from '../../../sources/json.ts'
import type { Model } from '../model.ts'
import { type RowReader, rotationBetween } from './procrustes.ts'
import { turnedRows } from './turned-rows.ts'

/** Rows of the embeddings that are looked at. */
const SAMPLE_ROWS = 256
/**
 * Largest relative residual of the fit: bfloat16 rounding leaves 0.002, 8-bit embeddings 0.01; with more, the error of
 * the rotation itself would be measured as damage.
 */
const EXACT_ENOUGH = 0.02

export interface Basis {
  /** What tapped rows are multiplied by; null: the reference's basis already. */
  readonly basis: Float32Array | null
  readonly warnings: readonly string[]
}

/** Errors: CANDIDATE_ROTATED, ROTATION_AT_RUN_TIME, ROTATION_INEXACT. */
export async function residualBasis(
  reference: Model,
  candidate: Model,
  checkpoint: Checkpoint,
  unrotate: boolean,
): Promise<Basis> {
  const online = runTimeRotation(checkpoint.config)
  if (online !== null) throw rotationAtRunTime(candidate.name, online)
  const [ours, theirs] = [await embeddingOf(reference), await embeddingOf(candidate)]
  const reason = checkpoint.packed?.rotation ?? turnedEmbedding(ours, theirs)
  if (reason === null) return { basis: null, warnings: [] }
  if (!unrotate) throw candidateRotated(candidate.name, reason, 'checkpoint')
  const d = reference.decoder.spec.d_model
  const rows = Math.min(ours.rows, theirs.rows)
  // On every device the same: float64 products are the CPU's.
  const device: Device = { kind: 'cpu', threads: 0, bodyType: 'float32' }
  const found = await rotationBetween(ours.read, theirs.read, [rows, d], device)
  if (found === null || found.error > EXACT_ENOUGH) {
    throw rotationInexact(candidate.name, reason, found === null ? null : found.error, EXACT_ENOUGH)
  }
  const percent = (100 * found.error).toPrecision(2)
  return {
    basis: transposed(found.R, d).map((value) => value / found.factor),
    warnings: [
      `it is rotated (${reason}); its residual stream was turned back by the orthogonal fit between the embeddings, which leaves ${percent} % of the embedding unexplained`,
    ],
  }
}

export interface Embedding {
  readonly rows: number
  readonly width: number
  readonly read: RowReader
}

export async function embeddingOf({ decoder, tensors }: Model): Promise<Embedding> {
  const ref = decoder.weights.embedding
  const weight = await weightReader(tensors, [ref]).read(ref, 'stored')
  const [rows = 0, width = 1] = weight.shape
  const read: RowReader = (start, end) => {
    const data = weight.data.subarray(start * width, end * width)
    const part: Weight = { type: weight.type, shape: [end - start, width], data }
    return asFloat32(part)
  }
  return { rows, width, read }
}

/** The sign in the data, in words, or null. */
function turnedEmbedding(reference: Embedding, candidate: Embedding): string | null {
  const at = sampledRows(Math.min(reference.rows, candidate.rows))
  const sample = ({ read }: Embedding): readonly Float32Array[] => at.map((row) => read(row, row + 1))
  return turnedRows(sample(reference), sample(candidate))
}

/** Rows that are looked at, spread evenly. */
export function sampledRows(rows: number): readonly number[] {
  const count = Math.min(SAMPLE_ROWS, rows)
  return Array.from({ length: count }, (_, i) => Math.floor((i * rows) / count))
}

/** A transform that compressed-tensors applies to activations (`input`, `output`, `q_attn`, `k_cache`), or null. */
function runTimeRotation(config: JsonObject): string | null {
  const quantization = config.quantization_config
  const transforms = isJsonObject(quantization) ? quantization.transform_config : null
  const groups = isJsonObject(transforms) ? transforms.config_groups : null
  for (const [name, group] of isJsonObject(groups) ? Object.entries(groups) : []) {
    const applied = isJsonObject(group) && Array.isArray(group.apply) ? group.apply : []
    for (const apply of applied) {
      const location = isJsonObject(apply) ? apply.location : null
      if (typeof location === 'string' && !location.startsWith('weight_')) {
        return `transform "${name.slice(0, 40)}" is applied to the ${location.slice(0, 40)} of layers`
      }
    }
  }
  return null
}

function transposed(R: Float64Array, d: number): Float32Array {
  return Float32Array.from({ length: d * d }, (_, i) => present(R[(i % d) * d + Math.floor(i / d)]))
}
