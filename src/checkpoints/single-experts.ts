/**
 * @file Experts that are stored together, [expert, …], as a tensor for each: what comes after is given matrices, whose channels are
 * rounded, pruned and summed by themselves, under the names that other checkpoints store such experts under.
 *
 *     X.experts.gate_up_proj             [expert, out, in]; of some [expert, in, out]       X.experts.3.gate_up_proj.weight  [out, in]
 *     X.experts.gate_up_proj_bias        [expert, out]                                      X.experts.3.gate_up_proj.bias    [out]
 *     X.experts.gate_proj.weight         [expert, out, in] (GGUF's blk.*.ffn_gate_exps)     X.experts.3.gate_proj.weight     [out, in]
 *     X.block_sparse_moe.input_linear.weight   [expert, out, in] (Granite)                  X.block_sparse_moe.experts.3.input_linear.weight
 *
 * Sources: GptOssExperts, Qwen3VLMoeTextExperts, MixtralExperts and GraniteMoeParallelExperts of transformers; gguf's tensor_mapping.py.
 */
import type { JsonObject } from '../sources/json.ts'
import type { RowReader, TensorData, TensorEntry, TensorTable } from '../tensors/tensor.ts'
import { tensorRows } from '../tensors/tensor-rows.ts'
import { transposedMatrix } from '../tensors/transposed.ts'

/** Published: 512. A file that says more is left as it is, and its tensors then fit no family. */
const MOST_EXPERTS = 4_096

/** Families that store an expert as [in, out]. */
const TURNED: readonly string[] = ['gpt_oss', 'qwen3_vl_moe']

/** Modules of all experts, and what of them is stored. */
const TOGETHER = /^(.+\.experts)\.(gate_up_proj|gate_proj|up_proj|down_proj|w[123])(_bias|\.bias|\.weight|)$/
const GRANITE = /^(.+\.block_sparse_moe)\.((?:input|output)_linear)\.weight$/

interface Fused {
  readonly entry: TensorEntry
  readonly nameOf: (expert: number) => string
  readonly turned: boolean
}

/** The same tensors, experts apart; the table itself where none are stored together. Errors on read: the table's own. */
export function withSingleExperts(table: TensorTable, { model_type }: JsonObject): TensorTable {
  const turned = typeof model_type === 'string' && TURNED.includes(model_type)
  const all = [...table.entries.values()].flatMap((entry) => fusedOf(entry, turned) ?? [])
  if (all.length === 0) return table
  const fused = new Map(all.map((each) => [each.entry.name, each]))
  const entries = new Map<string, TensorEntry>()
  const parts = new Map<string, { readonly of: Fused; readonly expert: number }>()
  for (const entry of table.entries.values()) {
    const of = fused.get(entry.name)
    if (of === undefined) entries.set(entry.name, entry)
    for (let expert = 0; of !== undefined && expert < countOf(entry); expert++) {
      const name = of.nameOf(expert)
      entries.set(name, partOf(of, name))
      parts.set(name, { of, expert })
    }
  }
  const readers = lastReader(table)
  return {
    entries,
    read: async (name) => {
      const part = parts.get(name)
      if (part === undefined) return await table.read(name)
      const { of, expert } = part
      return single(await readers(of.entry.name)([expert, expert + 1]), of.turned)
    },
    rowsOf: (name) => (parts.has(name) ? null : (table.rowsOf?.(name) ?? null)),
    close: () => table.close(),
  }
}

const countOf = ({ shape }: TensorEntry): number => shape[0] ?? 0

/** Null: no experts together. */
function fusedOf(entry: TensorEntry, turned: boolean): Fused | null {
  const { name, shape } = entry
  if (countOf(entry) < 1 || countOf(entry) > MOST_EXPERTS) return null
  const granite = GRANITE.exec(name)
  if (granite !== null && shape.length === 3) {
    const [, module = '', matrix = ''] = granite
    return { entry, nameOf: (expert) => `${module}.experts.${expert}.${matrix}.weight`, turned: false }
  }
  const [, module, matrix, ending] = TOGETHER.exec(name) ?? []
  const isBias = ending === '_bias' || ending === '.bias'
  // A module's own tensor; what ends in `.weight` is a converter's.
  const isOwn = ending === ''
  if (module === undefined || shape.length !== (isBias ? 2 : 3)) return null
  const kind = isBias ? 'bias' : 'weight'
  return {
    entry,
    nameOf: (expert) => `${module}.${expert}.${matrix}.${kind}`,
    turned: turned && isOwn,
  }
}

function partOf({ entry, turned }: Fused, name: string): TensorEntry {
  const [experts = 1, ...rest] = entry.shape
  const shape = turned ? rest.reverse() : rest
  return { ...entry, name, shape, byteLength: entry.byteLength / experts }
}

/** Readers of rows; what can only be read whole is kept for the expert after this one. */
function lastReader(table: TensorTable): (name: string) => RowReader {
  let last: { readonly name: string; readonly rows: RowReader } | null = null
  return (name) => {
    if (last?.name !== name) last = { name, rows: tensorRows(table, name) }
    return last.rows
  }
}

/** [1, out, in] or [1, in, out] → [out, in]; [1, out] → [out] */
function single(rows: TensorData, turned: boolean): TensorData {
  const [, ...shape] = rows.shape
  const [height = 1, width = 1] = shape
  if (!turned) return rows.type === 'float32' ? { ...rows, shape } : { ...rows, shape }
  const turnedShape = [width, height]
  return rows.type === 'float32'
    ? { ...rows, shape: turnedShape, data: transposedMatrix(rows.data, height, width) }
    : { ...rows, shape: turnedShape, data: transposedMatrix(rows.data, height, width) }
}
