/**
 * @file Checkpoints with gated delta nets (Qwen3.5, Qwen3-Next) as MLX stores them, in transformers' form: the convolution's weights are
 * [channels, reach, 1] there, the same numbers in the same order as [channels, 1, reach], and the norms whose gain the model stores less 1 were
 * given that 1. MLX itself tells the two forms apart by the convolution's last axis.
 *
 * Source: `sanitize` of mlx_lm/models/qwen3_5.py and qwen3_next.py (mlx-lm, August 2026). Left out: experts under MLX's name for them (`switch_mlp`).
 */
import { toFloat32 } from '../numbers/half.ts'
import type { TensorEntry, TensorTable } from '../tensors/tensor.ts'

const CONVOLUTION = /\.linear_attn\.conv1d\.weight$/
/** The delta net's own norm is not among them. */
const NORM = /(?:\.(?:input_layernorm|post_attention_layernorm|q_norm|k_norm)|(?:^|\.)model\.norm)\.weight$/

const isTurned = ({ name, shape }: TensorEntry): boolean =>
  CONVOLUTION.test(name) && shape.length === 3 && shape[1] !== 1 && shape[2] === 1

const count = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1)

/** The table itself where its convolutions are transformers', or there are none. Errors on read: the table's own. */
export function withoutMlxForm(table: TensorTable): TensorTable {
  const all = [...table.entries.values()]
  if (!all.some(isTurned)) return table
  const entries = new Map(all.map((entry) => [entry.name, inTheirForm(entry)] as const))
  const isChanged = (name: string): boolean => CONVOLUTION.test(name) || isNorm(entries.get(name))
  return {
    entries,
    read: async (name) => {
      const stored = await table.read(name)
      const shape = entries.get(name)?.shape ?? stored.shape
      if (CONVOLUTION.test(name))
        return stored.type === 'float32' ? { ...stored, shape } : { ...stored, shape }
      if (!isNorm(entries.get(name))) return stored
      // Exact in float32: what is stored has 8 or 11 binary digits.
      return { type: 'float32', shape, data: toFloat32(stored).map((gain) => gain - 1) }
    },
    rowsOf: (name) => (isChanged(name) ? null : (table.rowsOf?.(name) ?? null)),
    close: () => table.close(),
  }
}

const isNorm = (entry: TensorEntry | undefined): boolean =>
  entry !== undefined && NORM.test(entry.name) && entry.shape.length === 1

function inTheirForm(entry: TensorEntry): TensorEntry {
  if (isTurned(entry)) {
    const [channels = 0, reach = 0] = entry.shape
    return { ...entry, shape: [channels, 1, reach] }
  }
  return isNorm(entry) ? { ...entry, storedAs: 'F32', byteLength: 4 * count(entry.shape) } : entry
}
