/** @file The four tensors that nearly every dictionary has, under the names and in the layout that a project gives them. */
import type { ReadFeatures } from './dictionary.ts'
import {
  type MatrixRef,
  readColumns,
  readRows,
  readShaped,
  type SaeSize,
  type SaeTensors,
  sizeOf,
  type WeightsFile,
  withTensors,
} from './weights.ts'

export interface TensorNames {
  /** Wanted as (d_in, d_sae). */
  readonly W_enc: MatrixRef
  /** Null: there is none, zeros. */
  readonly b_enc: string | null
  /** Wanted as (d_sae, d_out). */
  readonly W_dec: MatrixRef
  /** The first of these that there is; none: zeros. */
  readonly b_dec: readonly string[]
}

/** nn.Linear both ways: `encoder.weight` (d_sae, d_in) and `decoder.weight` (d_out, d_sae). */
export const LINEAR_NAMES: TensorNames = {
  W_enc: { name: 'encoder.weight', stored: 'transposed' },
  b_enc: 'encoder.bias',
  W_dec: { name: 'decoder.weight', stored: 'transposed' },
  b_dec: ['decoder.bias', 'b_dec', 'bias'],
}

export interface NamedTensors {
  readonly size: SaeSize
  readonly b_enc: Float32Array
  readonly b_dec: Float32Array
}

/** Size and vectors. Errors: TENSOR_MISSING, SAE_SHAPE, and those of reading. */
export async function readNamed(tensors: SaeTensors, names: TensorNames): Promise<NamedTensors> {
  const size = sizeOf(tensors, names.W_enc.name, names.W_enc.stored)
  const { d_in, d_sae } = size
  const b_dec = names.b_dec.find((name) => tensors.table.entries.has(name))
  const d_out = b_dec === undefined ? d_in : (tensors.table.entries.get(b_dec)?.shape[0] ?? d_in)
  return {
    size,
    b_enc:
      names.b_enc === null ? new Float32Array(d_sae) : await readShaped(tensors, names.b_enc, [d_sae], size),
    b_dec: b_dec === undefined ? new Float32Array(d_out) : await readShaped(tensors, b_dec, [d_out], size),
  }
}

/** W_enc as it is read of its file, a range of features at a time. */
export function namedEncoder(
  file: WeightsFile,
  { W_enc }: Pick<TensorNames, 'W_enc'>,
  size: SaeSize,
): ReadFeatures {
  const wanted = { ...W_enc, shape: [size.d_in, size.d_sae], size } as const
  return (range) => withTensors(file, (tensors) => readColumns(tensors, wanted, range))
}

/** W_dec, likewise. */
export function namedDecoder(
  file: WeightsFile,
  { W_dec }: Pick<TensorNames, 'W_dec'>,
  { size, b_dec }: Pick<NamedTensors, 'size' | 'b_dec'>,
): ReadFeatures {
  const wanted = { ...W_dec, shape: [size.d_sae, b_dec.length], size } as const
  return (range) => withTensors(file, (tensors) => readRows(tensors, wanted, range))
}
