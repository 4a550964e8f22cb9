/** @file A checkpoint's tensors with the packed ones under their usual names, decoded and checked when they are read. */
import { tensorMissing, tensorNotFinite } from '../../errors/checkpoints.ts'
import { firstUnusable } from '../../numbers/finite.ts'
import { positionOf } from '../../tensors/raw-tensor.ts'
import type { TensorEntry, TensorTable } from '../../tensors/tensor.ts'
import { transposed } from './codes/scaling.ts'
import type { PackedWeight, Packing } from './packing.ts'

/** GPT-2's Conv1D stores weights [K, N], and its family file expects them so; packed ones are [N, K] like all others. */
function isConv1d(name: string): boolean {
  return /(^|\.)(c_attn|c_proj|c_fc)\.weight$/.test(name)
}

/** `gpt2`: weights of Conv1D modules are given as that family stores them, [K, N]. Errors on read: those of the packing. */
export function packedTable(plain: TensorTable, packing: Packing, gpt2: boolean): TensorTable {
  const entries = new Map<string, TensorEntry>()
  for (const [name, entry] of plain.entries) if (!packing.parts.has(name)) entries.set(name, entry)
  const packed = new Map<string, PackedWeight>()
  for (const weight of packing.weights) {
    const { name, shape, storedAs, byteLength } = weight
    const shown = gpt2 && isConv1d(name) ? [shape[1], shape[0]] : shape
    entries.set(name, { name, shape: shown, storedAs, byteLength })
    packed.set(name, weight)
  }
  return {
    entries,
    read: async (name) => {
      const weight = packed.get(name)
      if (weight === undefined) {
        if (!entries.has(name)) throw tensorMissing('The checkpoint', name)
        return plain.read(name)
      }
      const [N, K] = weight.shape
      const decoded = await decodeFinite(weight)
      if (!(gpt2 && isConv1d(name))) return { type: 'float32', shape: [N, K], data: decoded }
      return { type: 'float32', shape: [K, N], data: transposed(decoded, N, K, new Float32Array(N * K)) }
    },
    rowsOf: (name) => (entries.has(name) && !packed.has(name) ? (plain.rowsOf?.(name) ?? null) : null),
    close: () => plain.close(),
  }
}

/** Errors: TENSOR_NOT_FINITE, beside those of the packing. */
async function decodeFinite(weight: PackedWeight): Promise<Float32Array> {
  const decoded = await weight.decode()
  const at = firstUnusable(decoded)
  if (at < 0) return decoded
  const position = positionOf(at, weight.shape)
  throw tensorNotFinite(`after decoding ${weight.storedAs}`, weight.name, decoded[at]!, position)
}
