/** @file From GGUF's tensor names to Hugging Face's, with what to undo when a tensor is read. */
import { ggufMalformed, ggufShapeWrong, ggufTensorUnknown } from '../../errors/gguf.ts'
import type { GgufTensor } from './container.ts'
import type { GgufModel, NameRule } from './families/family.ts'
import { expertCount, readSizes, type Sizes } from './families/sizes.ts'
import { ropePairRows, splitQkvRows, type Undo } from './layout.ts'

/** A stored tensor under its Hugging Face name. */
export interface RenamedTensor {
  readonly name: string
  /** After everything is undone. */
  readonly shape: readonly number[]
  readonly stored: GgufTensor
  readonly transposed: boolean
  /** Was 1 added to it? */
  readonly plusOne: boolean
  /** For each row of the result, the stored row; null: as stored. Made when the tensor is read. */
  readonly rowOrder: (() => Int32Array) | null
}

/** Tensors that hold no weights: they were read into the config. */
export const ROPE_FACTOR_TENSORS: readonly string[] = [
  'rope_freqs',
  'rope_factors_long',
  'rope_factors_short',
]

const NAME = /^(?:blk\.(0|[1-9]\d{0,5})\.)?([a-z0-9_]+)(?:\.(0|[1-9]\d{0,3}))?\.(weight|bias)$/

/** Rename all tensors. Errors: GGUF_TENSOR_UNKNOWN, GGUF_SHAPE_WRONG, GGUF_MALFORMED, and those of the sizes. */
export function renameTensors(
  model: GgufModel,
  rules: readonly NameRule[],
): ReadonlyMap<string, RenamedTensor> {
  const sizes = readSizes(model)
  const byName = new Map(rules.map((rule) => [rule.gguf, rule]))
  const renamed = new Map<string, RenamedTensor>()
  for (const stored of model.tensors.values()) {
    const match = NAME.exec(stored.name)
    const [, block, module = '', expert, kind = ''] = match ?? []
    if (ROPE_FACTOR_TENSORS.includes(module) && block === undefined) continue
    const ofOne = expert === undefined ? module : `${module}.#`
    const rule = byName.get(block === undefined ? ofOne : `blk.*.${ofOne}`)
    const isBeyond = Number(block ?? 0) >= sizes.layers || Number(expert ?? -1) >= expertCount(model)
    if (rule === undefined || isBeyond) {
      throw ggufTensorUnknown(model.file, stored.name, model.metadata.architecture)
    }
    const hf = rule.hf.replace('*', block ?? '').replace('#', expert ?? '')
    const name = rule.isParameter === true ? hf : `${hf}.${kind}`
    renamed.set(name, renamedTensor(name, stored, rule, sizes))
  }
  return renamed
}

function renamedTensor(
  name: string,
  stored: GgufTensor,
  { undo, ofExperts }: NameRule,
  sizes: Sizes,
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
    shape: transposed ? [...stored.shape].reverse() : stored.shape,
    stored,
    transposed,
    plusOne: undo === 'gain-plus-one',
    rowOrder: rowOrderOf(stored, undo, sizes),
  }
}

function rowOrderOf(stored: GgufTensor, undo: Undo, sizes: Sizes): (() => Int32Array) | null {
  const { heads, kvHeads, headSize } = sizes
  switch (undo) {
    case 'rope-pairs-q':
      return ropeRows(stored, heads, headSize)
    case 'rope-pairs-k':
      return ropeRows(stored, kvHeads, headSize)
    case 'split-qkv':
      requireRows(stored, 3 * heads * headSize)
      return () => splitQkvRows(heads, headSize)
    case 'none':
    case 'gain-plus-one':
    case 'transposed':
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
