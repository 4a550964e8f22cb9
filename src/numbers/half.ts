/** @file Values of any of the three float types as float32, exactly: every float16 and bfloat16 is a float32. */
import { widenBfloat16, widenFloat16 } from './float16.ts'

export type FloatType = 'float32' | 'float16' | 'bfloat16'

export type FloatArray =
  | { readonly type: 'float32'; readonly data: Float32Array }
  | { readonly type: 'float16' | 'bfloat16'; readonly data: Uint16Array }

/** Values as float32: the same array when they are already, else in `wide`, which is as long, or in a new one. */
export function toFloat32(values: FloatArray, wide?: Float32Array): Float32Array {
  if (values.type === 'float32') return values.data
  const into = wide ?? new Float32Array(values.data.length)
  if (values.type === 'float16') widenFloat16(values.data, into)
  else widenBfloat16(values.data, into)
  return into
}
