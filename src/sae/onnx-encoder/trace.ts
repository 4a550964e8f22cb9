/**
 * @file Reads what an exported encoder computes off its graph, node by node: x is shifted, multiplied, and activated by ReLU, by
 * thresholds or as the k largest of a row. What is not understood is named, and stays without consequence where nothing asks for it.
 */
import { onnxEncoderUnread } from '../../errors/sae.ts'
import type { OnnxModel, OnnxNode } from '../../onnx/graph/onnx-model.ts'
import { OPERATORS } from './operators.ts'
import { type Features, type Rebuilt, ROWS, type Traced } from './traced.ts'

export interface TracedEncoder {
  /** Name of the input. */
  readonly input: string
  readonly features: Features
  /** The value that holds the features. */
  readonly output: string
  /** What the graph makes of them; null: it holds the encoder alone, or something that is not understood. */
  readonly rebuilt: Rebuilt | null
}

/** Random numbers are no constants. */
const CHANCE = /^(Random|Multinomial|Bernoulli)/
/** Of any value, what these give is the same for every row. */
const OF_SHAPES = ['Shape', 'Size']

/** Errors: SAE_ONNX_UNREAD. */
export function traceEncoder(file: string, model: OnnxModel): TracedEncoder {
  const [input, ...others] = model.inputs
  if (input === undefined || others.length > 0)
    throw onnxEncoderUnread(file, `it has ${model.inputs.length} inputs, not one`)
  const values = tracedValues(model, input.name)
  const outputs = model.outputs.map(({ name }) => ({ name, value: values.get(name) }))
  const ends = outputs.flatMap(({ value }) =>
    value?.kind === 'features' ? [value.features] : value?.kind === 'rebuilt' ? [value.rebuilt.features] : [],
  )
  const [features, ...more] = new Set(ends)
  if (features === undefined) throw onnxEncoderUnread(file, whyNone(outputs))
  if (more.length > 0) throw onnxEncoderUnread(file, 'it gives features in several ways')
  const rebuilt = outputs.flatMap(({ value }) => (value?.kind === 'rebuilt' ? [value.rebuilt] : []))
  const held = [...values].findLast(([, value]) => value.kind === 'features' && value.features === features)
  return { input: input.name, features, output: held?.[0] ?? '', rebuilt: rebuilt[0] ?? null }
}

function whyNone(outputs: readonly { readonly name: string; readonly value: Traced | undefined }[]): string {
  const unread = outputs.find(({ value }) => value?.kind === 'unread')?.value
  if (unread?.kind === 'unread') return unread.why
  return `none of its outputs (${outputs.map(({ name }) => name).join(', ')}) is a row of activations`
}

/** Every value by its name, in the order in which they are made. */
function tracedValues(model: OnnxModel, input: string): ReadonlyMap<string, Traced> {
  const values = new Map<string, Traced>([[input, { kind: 'affine', affine: ROWS }]])
  for (const name of model.initializers.keys()) values.set(name, { kind: 'constant', name })
  for (const node of model.nodes) {
    const made = madeBy(node, values)
    for (const [i, output] of node.outputs.entries()) {
      if (output === '') continue
      values.set(output, made?.[i] ?? { kind: 'unread', why: why(node, values) })
    }
  }
  return values
}

function madeBy(node: OnnxNode, values: ReadonlyMap<string, Traced>): readonly Traced[] | null {
  const inputs = node.inputs.filter((name) => name !== '').map((name) => values.get(name))
  if (isConstant(node, inputs)) return node.outputs.map((name) => ({ kind: 'constant', name }))
  const known = inputs.flatMap((value) => (value === undefined ? [] : [value]))
  if (known.length < inputs.length || node.domain !== '') return null
  return OPERATORS.get(node.op)?.(node, known) ?? null
}

function isConstant({ op, captured }: OnnxNode, inputs: readonly (Traced | undefined)[]): boolean {
  if (OF_SHAPES.includes(op)) return true
  return captured.length === 0 && !CHANCE.test(op) && inputs.every((value) => value?.kind === 'constant')
}

/** The first thing on the way that is not understood. */
function why(node: OnnxNode, values: ReadonlyMap<string, Traced>): string {
  for (const name of node.inputs) {
    const value = values.get(name)
    if (value?.kind === 'unread') return value.why
  }
  return `its node "${node.name.slice(0, 80)}" (${node.domain === '' ? '' : `${node.domain} `}${node.op}) does what no encoder that is known does there`
}
