/** @file The value of every float16 pattern in one table: block scales are looked up, not computed. */
import { float16ToFloat32 } from '../../../numbers/half.ts'

let values: Float32Array | null = null

/** 65,536 values (256 KiB), made on first use; index it with the 16 stored bits. */
export function halfTable(): Float32Array {
  values ??= float16ToFloat32(Uint16Array.from({ length: 1 << 16 }, (_, pattern) => pattern))
  return values
}
