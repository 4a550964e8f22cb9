/** @file The value of every float16 pattern in one table: block scales are looked up, not computed. */
import { widenFloat16 } from '../../../numbers/float16.ts'

let values: Float32Array | null = null

/** 65,536 values (256 KiB), made on first use; index it with the 16 stored bits. */
export function halfTable(): Float32Array {
  if (values === null) {
    values = new Float32Array(1 << 16)
    const patterns = Uint16Array.from(values, (_, pattern) => pattern)
    widenFloat16(patterns, values)
  }
  return values
}
