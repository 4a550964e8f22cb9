/** @file Element types of ONNX tensors: names and bits. https://github.com/onnx/onnx/blob/main/onnx/onnx.proto */

/** TensorProto.DataType → name and bits of one element. */
const TYPES: ReadonlyMap<number, readonly [name: string, bits: number]> = new Map([
  [1, ['float32', 32]],
  [2, ['uint8', 8]],
  [3, ['int8', 8]],
  [4, ['uint16', 16]],
  [5, ['int16', 16]],
  [6, ['int32', 32]],
  [7, ['int64', 64]],
  [9, ['bool', 8]],
  [10, ['float16', 16]],
  [11, ['float64', 64]],
  [12, ['uint32', 32]],
  [13, ['uint64', 64]],
  [16, ['bfloat16', 16]],
  [17, ['float8e4m3fn', 8]],
  [18, ['float8e4m3fnuz', 8]],
  [19, ['float8e5m2', 8]],
  [20, ['float8e5m2fnuz', 8]],
  [21, ['uint4', 4]],
  [22, ['int4', 4]],
  [23, ['float4e2m1', 4]],
  [24, ['float8e8m0', 8]],
  [25, ['uint2', 2]],
  [26, ['int2', 2]],
])

/** float32, float16, float64, bfloat16 */
export const FLOAT_TYPES: ReadonlySet<number> = new Set([1, 10, 11, 16])

export function elementName(type: number | null): string {
  return type === null ? 'unknown type' : (TYPES.get(type)?.[0] ?? `type ${type}`)
}

/** Bits of one element; 0 for types without a fixed size. */
export function elementBits(type: number): number {
  return TYPES.get(type)?.[1] ?? 0
}
