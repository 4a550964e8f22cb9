/** @file The tensors of an autoencoder, found by name, checked for shape, read as float32. */

import { tensorMissing } from '../errors/checkpoints.ts'
import { saeShape } from '../errors/sae.ts'
import { toFloat32 } from '../tensors/float-tensors.ts'
import type { TensorTable } from '../tensors/tensor.ts'

/** An open weights file. */
export interface SaeTensors {
  /** For messages. */
  readonly file: string
  /** What describes the tensors, for messages: `cfg.json`. */
  readonly config: string
  readonly table: TensorTable
}

export interface SaeSize {
  readonly d_in: number
  readonly d_sae: number
}

/** d_in and d_sae from W_enc. Errors: TENSOR_MISSING, SAE_SHAPE. */
export function sizeOf({ file, config, table }: SaeTensors, name: string): SaeSize {
  const shape = table.entries.get(name)?.shape
  if (shape === undefined) throw tensorMissing(file, name, config)
  const [d_in = 0, d_sae = 0] = shape
  if (shape.length !== 2 || d_in === 0 || d_sae === 0)
    throw saeShape(file, name, shape, [d_in, d_sae], d_in, d_sae)
  return { d_in, d_sae }
}

/** One tensor of exactly this shape. Errors: TENSOR_MISSING, SAE_SHAPE, and those of reading (TENSOR_NOT_FINITE, …). */
export async function readShaped(
  { file, config, table }: SaeTensors,
  name: string,
  wanted: readonly number[],
  { d_in, d_sae }: SaeSize,
): Promise<Float32Array> {
  const shape = table.entries.get(name)?.shape
  if (shape === undefined) throw tensorMissing(file, name, config)
  if (shape.length !== wanted.length || wanted.some((size, axis) => shape[axis] !== size)) {
    throw saeShape(file, name, shape, wanted, d_in, d_sae)
  }
  return toFloat32(await table.read(name))
}
