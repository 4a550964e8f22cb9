/** @file What each operator of an exported encoder makes of what is known of its inputs. https://onnx.ai/onnx/operators/ */
import type { OnnxNode } from '../../onnx/graph/onnx-model.ts'
import type { Affine, Features, Mask, Product, Step, Traced } from './traced.ts'

/** One output for each input that it may have; null: this operator, used so, is not one that is read. */
export type Operator = (node: OnnxNode, inputs: readonly Traced[]) => readonly Traced[] | null

/** What changes no value, only type or shape. Whether rows stay rows is settled when the graph is run. */
const same: Operator = (_, [value]) => (value === undefined ? null : [value])

export const OPERATORS: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ...['Identity', 'Cast', 'CastLike', 'Dropout', 'Reshape', 'Flatten', 'Squeeze', 'Unsqueeze'].map(
    (name): [string, Operator] => [name, same],
  ),
  ['Add', (_, inputs) => elementwise('Add', inputs)],
  ['Sub', (_, inputs) => elementwise('Sub', inputs)],
  ['Div', (_, inputs) => elementwise('Div', inputs)],
  ['Mul', (_, inputs) => masked(inputs) ?? elementwise('Mul', inputs)],
  ['MatMul', (_, [left, right]) => product(left, right, false)],
  ['Gemm', gemm],
  ['Relu', (_, [value]) => relu(value)],
  ['Greater', (_, [left, right]) => above(left, right)],
  ['Less', (_, [left, right]) => above(right, left)],
  ['Where', (_, [mask, value, other]) => where(mask, value, other)],
  ['TopK', topK],
  ['ScatterElements', scatter],
  ['Scatter', scatter],
])

const STEPS_BOTH_WAYS: readonly string[] = ['Add', 'Mul']

function elementwise(op: Step['op'], [left, right]: readonly Traced[]): readonly Traced[] | null {
  if (left === undefined || right === undefined) return null
  if (right.kind === 'constant') return stepped(left, { op, by: right.name })
  if (left.kind === 'constant' && STEPS_BOTH_WAYS.includes(op)) return stepped(right, { op, by: left.name })
  return null
}

function stepped(value: Traced, step: Step): readonly Traced[] | null {
  switch (value.kind) {
    case 'affine': {
      const { affine } = value
      const side = affine.product === null ? 'before' : 'after'
      return [{ kind: 'affine', affine: { ...affine, [side]: [...affine[side], step] } }]
    }
    case 'features': {
      if (step.op !== 'Mul' && step.op !== 'Div') return null
      const { features } = value
      return [{ kind: 'features', features: { ...features, scaled: [...features.scaled, step] } }]
    }
    case 'rebuilt': {
      const { rebuilt } = value
      return [{ kind: 'rebuilt', rebuilt: { ...rebuilt, after: [...rebuilt.after, step] } }]
    }
    default:
      return null
  }
}

function product(
  left: Traced | undefined,
  right: Traced | undefined,
  transposed: boolean,
): readonly Traced[] | null {
  if (left === undefined || right?.kind !== 'constant') return null
  const by: Product = { by: right.name, transposed }
  if (left.kind === 'affine' && left.affine.product === null)
    return [{ kind: 'affine', affine: { ...left.affine, product: by } }]
  if (left.kind === 'features')
    return [{ kind: 'rebuilt', rebuilt: { features: left.features, product: by, after: [] } }]
  return null
}

/** x · W (+ b), as nn.Linear is exported for rows. */
function gemm({ attributes }: OnnxNode, [left, right, bias]: readonly Traced[]): readonly Traced[] | null {
  const of = (name: string, usual: number): unknown => attributes.get(name) ?? usual
  if (of('alpha', 1) !== 1 || of('beta', 1) !== 1 || of('transA', 0) !== 0) return null
  const multiplied = product(left, right, of('transB', 0) === 1)
  if (bias === undefined || multiplied === null) return multiplied
  return elementwise('Add', [...multiplied, bias])
}

function relu(value: Traced | undefined): readonly Traced[] | null {
  switch (value?.kind) {
    case 'affine':
      return [{ kind: 'features', features: { ...plain(value.affine), rectified: true } }]
    case 'features':
      if (value.features.scaled.length > 0) return null
      return [{ kind: 'features', features: { ...value.features, rectified: true } }]
    case 'largest':
      return [{ ...value, rectified: true }]
    default:
      return null
  }
}

const plain = (of: Affine): Features => ({
  of,
  rectified: false,
  mask: null,
  largest: null,
  scaled: [],
  zeros: [],
})

/** Pre-activations or their relu, which nothing has chosen from yet. */
function unchosen(value: Traced | undefined): Features | null {
  if (value?.kind === 'affine' && value.affine.product !== null) return plain(value.affine)
  if (value?.kind !== 'features') return null
  const { mask, largest, scaled } = value.features
  return mask === null && largest === null && scaled.length === 0 ? value.features : null
}

/** value > threshold */
function above(value: Traced | undefined, threshold: Traced | undefined): readonly Traced[] | null {
  const features = unchosen(value)
  if (features === null || threshold?.kind !== 'constant') return null
  const { of, rectified } = features
  return [{ kind: 'mask', mask: { of, rectified, threshold: threshold.name } }]
}

function masked([left, right]: readonly Traced[]): readonly Traced[] | null {
  if (left?.kind === 'mask') return withMask(left.mask, right, [])
  return right?.kind === 'mask' ? withMask(right.mask, left, []) : null
}

function withMask(mask: Mask, value: Traced | undefined, zeros: readonly string[]): readonly Traced[] | null {
  const features = unchosen(value)
  return features === null
    ? null
    : [{ kind: 'features', features: { ...features, mask, zeros: [...features.zeros, ...zeros] } }]
}

function where(
  mask: Traced | undefined,
  value: Traced | undefined,
  other: Traced | undefined,
): readonly Traced[] | null {
  if (mask?.kind !== 'mask' || other?.kind !== 'constant') return null
  return withMask(mask.mask, value, [other.name])
}

function topK({ attributes }: OnnxNode, [value, k]: readonly Traced[]): readonly Traced[] | null {
  const features = unchosen(value)
  if (features === null || k?.kind !== 'constant' || attributes.get('largest') === 0) return null
  const largest = { of: features.of, rectified: features.rectified, k: k.name }
  const { rectified } = features
  return [
    { kind: 'largest', part: 'values', largest, rectified },
    { kind: 'largest', part: 'indices', largest, rectified },
  ]
}

/** The k largest, put where they were among zeros. */
function scatter(
  { attributes }: OnnxNode,
  [zeros, indices, values]: readonly Traced[],
): readonly Traced[] | null {
  const reduction = attributes.get('reduction') ?? 'none'
  if (zeros?.kind !== 'constant' || indices?.kind !== 'largest' || values?.kind !== 'largest') return null
  if (indices.part !== 'indices' || values.part !== 'values' || reduction !== 'none') return null
  if (indices.largest !== values.largest) return null
  const { largest, rectified } = values
  return [{ kind: 'features', features: { ...plain(largest.of), rectified, largest, zeros: [zeros.name] } }]
}
