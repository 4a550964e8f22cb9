/**
 * @file What onnxruntime's CUDA provider has kernels for, of the operators that our graphs use: the types of what they compute with, at
 * the newest version up to opset 21 and version 1 of onnxruntime's own set. Read off its list of kernels
 * (https://github.com/microsoft/onnxruntime/blob/main/docs/OperatorKernels.md, "CUDAExecutionProvider", July 2026); integers narrower
 * than 32 bits, which we never use there, are left out but for the bytes of masks; so is bfloat16 of Exp, Sqrt and Tanh, which that list has
 * and of which it is not known since when. Held against the list anew in November 2026: every operator from Ceil to Where (Log: opset 13,
 * float16, float32 and float64, no bfloat16).
 */
import type { ElementType } from '../../src/onnx/graph/graph.ts'

const FLOATS = ['bfloat16', 'float16', 'float32', 'float64'] as const
const NO_BFLOAT16 = ['float16', 'float32', 'float64'] as const
const INTEGERS = ['int32', 'int64'] as const
/** What only moves values takes every type. */
const MOVED = [...FLOATS, ...INTEGERS, 'bool', 'int8', 'uint8'] as const

/** By operator: types of its first input that is computed with. */
export const CUDA_KERNELS: Readonly<Record<string, readonly ElementType[]>> = {
  Abs: [...FLOATS, ...INTEGERS],
  Add: [...FLOATS, ...INTEGERS],
  ArgMax: NO_BFLOAT16,
  Cast: [...MOVED, 'float8e4m3fn'],
  Clip: [...NO_BFLOAT16, 'int64'],
  Concat: MOVED,
  Div: [...FLOATS, ...INTEGERS],
  Equal: [...NO_BFLOAT16, ...INTEGERS, 'bool'],
  Exp: NO_BFLOAT16,
  Gather: MOVED,
  GatherElements: MOVED,
  Gelu: FLOATS,
  Gemm: FLOATS,
  Greater: [...NO_BFLOAT16, ...INTEGERS],
  GroupQueryAttention: ['bfloat16', 'float16'],
  Identity: MOVED,
  LayerNormalization: FLOATS,
  Less: [...NO_BFLOAT16, ...INTEGERS],
  LogSoftmax: NO_BFLOAT16,
  Log: NO_BFLOAT16,
  MatMul: FLOATS,
  Max: [...FLOATS, ...INTEGERS],
  Min: [...FLOATS, ...INTEGERS],
  Mul: [...FLOATS, ...INTEGERS],
  NonZero: ['float16', 'float32', ...INTEGERS, 'bool', 'uint8'],
  Pad: [...NO_BFLOAT16, 'bool'],
  QuickGelu: FLOATS,
  ReduceMax: [...NO_BFLOAT16, ...INTEGERS],
  ReduceMin: [...NO_BFLOAT16, ...INTEGERS],
  ReduceSum: [...FLOATS, ...INTEGERS],
  Relu: FLOATS,
  Reshape: MOVED,
  RotaryEmbedding: ['bfloat16', 'float16', 'float32'],
  Round: NO_BFLOAT16,
  ScatterElements: MOVED,
  Sigmoid: FLOATS,
  Sign: [...FLOATS, ...INTEGERS],
  SimplifiedLayerNormalization: FLOATS,
  Slice: MOVED,
  Softmax: FLOATS,
  Split: MOVED,
  Sqrt: NO_BFLOAT16,
  Sub: [...FLOATS, ...INTEGERS],
  Tanh: NO_BFLOAT16,
  TopK: [...NO_BFLOAT16, ...INTEGERS],
  Transpose: MOVED,
  Where: [...FLOATS, ...INTEGERS, 'uint8'],
}

/** Operators whose first input is a condition, and the second what is computed with. */
export const CONDITIONAL: ReadonlySet<string> = new Set(['Where'])
