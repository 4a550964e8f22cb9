/** @file From GGUF's tensor names to Hugging Face's, with what to undo when a tensor is read. */
import { ggufMalformed, ggufShapeWrong, ggufTensorUnknown } from '../../errors/gguf.ts'
import type { GgufTensor } from './container.ts'
import type { GgufModel, NameRule } from './families/family.ts'
import { deltaSizes, expertCount, predictingBlocks, readSizes, type Sizes } from './families/sizes.ts'
import { ropePairRows, splitQkvRows, tiledHeadRows, type Undo } from './layout.ts'

/** A stored tensor under its Hugging Face name. */
export interface RenamedTensor {
  readonly name: string
  /** After everything is undone. */
  readonly shape: readonly number[]
  readonly stored: GgufTensor
  readonly transposed: boolean
  /** What was made of its numbers: 1 added, or a turned into −eᵃ. */
  readonly change: 'none' | 'plus-one' | 'minus-exp'
  /** For each row of the result, the stored row; null: as stored. Made when the tensor is read. */
  readonly rowOrder: (() => Int32Array) | null
  /** The same for columns. */
  readonly columnOrder: (() => Int32Array) | null
}

/** Tensors that hold no weights: they were read into the config. */
export const ROPE_FACTOR_TENSORS: readonly string[] = [
  'rope_freqs',
  'rope_factors_long',
  'rope_factors_short',
]

const NAME = /^(?:blk\.(0|[1-9]\d{0,5})\.)?([a-z0-9_]+)(?:\.(0|[1-9]\d{0,3}))?(?:\.(weight|bias))?$/

/** Rename all tensors. Errors: GGUF_TENSOR_UNKNOWN, GGUF_SHAPE_WRONG, GGUF_MALFORMED, and those of the sizes. */
export function renameTensors(
  model: GgufModel,
  rules: readonly NameRule[],
): ReadonlyMap<string, RenamedTensor> {
  const sizes = readSizes(model)
  const byName = new Map(rules.map((rule) => [rule.gguf, rule]))
  const renamed = new Map<string, RenamedTensor>()
  const predicting = predictingBlocks(model)
  for (const stored of model.tensors.values()) {
    if (isIn(stored.name, sizes.layers, sizes.layers + predicting)) continue
    const match = NAME.exec(stored.name)
    const [, block, module = '', expert, kind = ''] = match ?? []
    if (ROPE_FACTOR_TENSORS.includes(module) && block === undefined) continue
    const ofOne = expert === undefined ? module : `${module}.#`
    const rule = byName.get(block === undefined ? ofOne : `blk.*.${ofOne}`)
    const isBeyond = Number(block ?? 0) >= sizes.layers || Number(expert ?? -1) >= expertCount(model)
    const isWhole = (kind === '') === (rule?.hasNoEnding ?? false)
    if (rule === undefined || isBeyond || !isWhole) {
      throw ggufTensorUnknown(model.file, stored.name, model.metadata.architecture)
    }
    const hf = rule.hf.replace('*', block ?? '').replace('#', expert ?? '')
    const name = rule.isParameter === true ? hf : `${hf}.${kind}`
    renamed.set(name, renamedTensor(name, stored, rule, { model, sizes }))
  }
  return renamed
}

function renamedTensor(
  name: string,
  stored: GgufTensor,
  { undo, ofExperts, squeezed }: NameRule,
  of: SizedModel,
): RenamedTensor {
  const file = stored.source.name
  const isBias = stored.name.endsWith('.bias')
  if (ofExperts && stored.shape.length !== (isBias ? 2 : 3)) {
    const expected = isBias ? 'a bias for each expert has two' : 'a matrix for each expert has three'
    throw ggufShapeWrong(file, stored.name, stored.shape, `${expected} dimensions`)
  }
  if (!ofExperts && (stored.shape.length < 1 || stored.shape.length > 2)) {
    throw ggufShapeWrong(file, stored.name, stored.shape, 'weights have one or two dimensions')
  }
  if (stored.shape.length === 1 && stored.type.blockSize !== 1) {
    throw ggufMalformed(file, `tensor "${stored.name}"`, `is a vector stored as ${stored.type.name}`)
  }
  const transposed = undo === 'transposed' && stored.shape.length === 2
  return {
    name,
    shape: transposed ? [...stored.shape].reverse() : unsqueezed(stored.shape, squeezed),
    stored,
    transposed,
    change:
      undo === 'gain-plus-one'
        ? 'plus-one'
        : undo === 'rates' || undo === 'tiled-rates'
          ? 'minus-exp'
          : 'none',
    rowOrder: rowOrderOf(stored, undo, of),
    columnOrder: undo === 'tiled-columns' ? valueColumns(stored, of) : null,
  }
}

interface SizedModel {
  readonly model: GgufModel
  readonly sizes: Sizes
}

/** Is it a tensor of blocks [first, end)? */
function isIn(name: string, first: number, end: number): boolean {
  const block = /^blk\.(\d{1,6})\./.exec(name)?.[1]
  return block !== undefined && Number(block) >= first && Number(block) < end
}

function unsqueezed(shape: readonly number[], squeezed: NameRule['squeezed']): readonly number[] {
  const [rows = 1, columns = 1] = shape
  if (squeezed === 'convolution' && shape.length === 2) return [rows, 1, columns]
  return squeezed === 'row' && shape.length === 1 ? [1, rows] : shape
}

function valueColumns({ source, name, shape }: GgufTensor, { model }: SizedModel): () => Int32Array {
  const sizes = deltaSizes(model)
  const columns = sizes.valueHeads * sizes.valueSize
  if (shape.length !== 2 || shape[1] !== columns)
    throw ggufShapeWrong(source.name, name, shape, `${columns} columns are expected, by its value heads`)
  return () => tiledHeadRows(columns, sizes, sizes.valueSize)
}

function tiledRows(stored: GgufTensor, { model }: SizedModel, each: 'value' | 'head'): () => Int32Array {
  const sizes = deltaSizes(model)
  const size = each === 'value' ? sizes.valueSize : 1
  const [rows = 0] = stored.shape
  const keys = 2 * sizes.keyHeads * sizes.keySize
  // With or without those of q and k before them.
  if (each === 'head' || rows !== keys + sizes.valueHeads * size) requireRows(stored, sizes.valueHeads * size)
  return () => tiledHeadRows(rows, sizes, size)
}

function rowOrderOf(stored: GgufTensor, undo: Undo, of: SizedModel): (() => Int32Array) | null {
  const { heads, kvHeads, headSize } = of.sizes
  switch (undo) {
    case 'rope-pairs-q':
      return ropeRows(stored, heads, headSize)
    case 'rope-pairs-k':
      return ropeRows(stored, kvHeads, headSize)
    case 'split-qkv':
      requireRows(stored, 3 * heads * headSize)
      return () => splitQkvRows(heads, headSize)
    case 'tiled-values':
      return tiledRows(stored, of, 'value')
    case 'tiled-heads':
    case 'tiled-rates':
      return tiledRows(stored, of, 'head')
    case 'none':
    case 'gain-plus-one':
    case 'rates':
    case 'transposed':
    case 'tiled-columns':
      return null
  }
}

function ropeRows(stored: GgufTensor, heads: number, headSize: number): () => Int32Array {
  requireRows(stored, heads * headSize)
  if (headSize % 2 !== 0) {
    throw ggufShapeWrong(stored.source.name, stored.name, stored.shape, `heads of ${headSize} have no halves`)
  }
  return () => ropePairRows(heads, headSize)
}

/** An order is as long as the tensor has rows: compared before anything that long is allocated. */
function requireRows(stored: GgufTensor, rows: number): void {
  if (stored.shape[0] === rows) return
  throw ggufShapeWrong(
    stored.source.name,
    stored.name,
    stored.shape,
    `${rows} rows are expected, by its heads`,
  )
}
