/**
 * @file The residual stream of a user's model, and where on it a hook point lies.
 *
 * Two neighbouring nodes of the spine with something between them, of which the second adds the first to what lies
 * between, are one step of the stream: attention, an MLP, or in parallel blocks both. Fused nodes
 * (SkipLayerNormalization) add and norm at once; the sum is their fourth output, and where an exporter left it out
 * (after the last block) the same sum is added to the graph again.
 */
import { type HookPoint, hookName } from '../../contract/hook-point.ts'
import { onnxTapHook, onnxTapUnclear, onnxTapUnknown } from '../../errors/user-onnx.ts'
import type { OnnxModel, OnnxNode } from '../../onnx/graph/onnx-model.ts'
import type { DecoderSpec } from '../decoder-spec.ts'
import type { Flow } from './flow.ts'

/** A value to read: one of the model, or the sum of several of its values. */
export interface Tap {
  /** As shown to people and taken by --tap. */
  readonly name: string
  readonly addends: readonly string[]
}

const SKIP_NORMS = new Set(['SkipLayerNormalization', 'SkipSimplifiedLayerNormalization'])
/** input + skip + bias, as SkipLayerNormalization and its like define it. */
const SKIP_SUM_OUTPUT = 3
/** What a value may pass on its way into an addition and still be the same value. */
const TRANSPARENT = new Set(['Cast', 'Identity', 'Dropout', 'Reshape'])

/** The values of the residual stream in order: before the first block, then after every addition. */
export function residualStream(flow: Flow): readonly Tap[] {
  const steps: Tap[] = []
  for (const [i, node] of flow.spine.entries()) {
    const before = flow.spine[i - 1]
    if (before === undefined) continue
    const between = (flow.position.get(node) ?? 0) - (flow.position.get(before) ?? 0) - 1
    if (between === 0 || !isAddition(node)) continue
    const skipped = passedOn(flow, node, before)
    if (skipped === null) continue
    // The very first value is where the first step's residual comes from; later ones are the sums before them.
    if (steps.length === 0)
      steps.push(isSkipNorm(before) ? sumOf(before) : { name: skipped, addends: [skipped] })
    steps.push(afterQuantization(flow, node, flow.spine[i + 1]))
  }
  return steps
}

function isSkipNorm(node: OnnxNode): boolean {
  return SKIP_NORMS.has(node.op)
}

function isAddition(node: OnnxNode): boolean {
  return node.op === 'Add' || node.op === 'Sum' || isSkipNorm(node)
}

/** What an addition adds. */
function addends(node: OnnxNode): readonly string[] {
  return isSkipNorm(node) ? node.inputs.slice(0, 2) : node.inputs
}

/** The output of `before` that `node` adds, straight or through further additions; null: it adds none. */
function passedOn(flow: Flow, node: OnnxNode, before: OnnxNode): string | null {
  const own = new Set(before.outputs)
  const lowest = flow.position.get(before) ?? 0
  /** A value, and the float that it is once its quantization is undone. */
  const pending = addends(node).map((name) => ({ name, float: name }))
  const seen = new Set<string>()
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { name, float } = next
    if (own.has(name)) return float
    const from = flow.producer.get(name)
    if (from === undefined || seen.has(name) || !((flow.position.get(from) ?? -1) > lowest)) continue
    seen.add(name)
    const [input = ''] = from.inputs
    if (from.op === 'DequantizeLinear') pending.push({ name: input, float: name })
    else if (from.op === 'QuantizeLinear') pending.push({ name: input, float })
    else if (TRANSPARENT.has(from.op)) pending.push({ name: input, float: input })
    else if (isAddition(from)) for (const part of addends(from)) pending.push({ name: part, float: part })
  }
  return null
}

/** The sum that an addition makes. */
function sumOf(node: OnnxNode): Tap {
  const [first = ''] = node.outputs
  if (!isSkipNorm(node)) return { name: first, addends: [first] }
  const sum = node.outputs[SKIP_SUM_OUTPUT] ?? ''
  if (sum !== '') return { name: sum, addends: [sum] }
  const bias = node.inputs[node.op === 'SkipLayerNormalization' ? 4 : 3] ?? ''
  const parts = [...node.inputs.slice(0, 2), ...(bias === '' ? [] : [bias])]
  return { name: parts.join('+'), addends: parts }
}

/** The sum, or what it is after being quantized at once (QDQ): the later blocks read that. */
function afterQuantization(flow: Flow, node: OnnxNode, next: OnnxNode | undefined): Tap {
  const sum = sumOf(node)
  if (isSkipNorm(node) || next?.op !== 'QuantizeLinear' || next.inputs[0] !== sum.name) return sum
  const readers = flow.consumers.get(next.outputs[0] ?? '') ?? []
  const output = readers.find(({ op }) => op === 'DequantizeLinear')?.outputs[0] ?? ''
  return output === '' ? sum : { name: output, addends: [output] }
}

/**
 * The tap of a hook. `override` is what --tap says. Errors: ONNX_TAP_HOOK for a hook that is not on the stream,
 * ONNX_TAP_UNCLEAR when the model does not add as often as the reference, ONNX_TAP_UNKNOWN.
 */
export function tapOf(
  file: string,
  model: OnnxModel,
  stream: readonly Tap[],
  spec: DecoderSpec,
  hook: HookPoint,
  override: string | null,
): Tap {
  const names = stream.map(({ name }) => name)
  if (override !== null) return namedTap(file, model, stream, override)
  const expected = stepsBefore(spec, spec.blocks.length)
  if (Math.max(0, stream.length - 1) !== expected) {
    throw onnxTapUnclear(file, hookName(hook), Math.max(0, stream.length - 1), expected, names)
  }
  const tap = stream[stepOf(file, spec, hook)]
  if (tap === undefined) throw onnxTapUnclear(file, hookName(hook), stream.length - 1, expected, names)
  return tap
}

function namedTap(file: string, model: OnnxModel, stream: readonly Tap[], name: string): Tap {
  const listed = stream.find((tap) => tap.name === name)
  if (listed !== undefined) return listed
  if (name !== '' && model.nodes.some(({ outputs }) => outputs.includes(name)))
    return { name, addends: [name] }
  throw onnxTapUnknown(
    file,
    name,
    stream.map((tap) => tap.name),
  )
}

/** Additions to the stream before block `layer`: one per parallel block, two per sequential one. */
function stepsBefore(spec: DecoderSpec, layer: number): number {
  return spec.blocks.slice(0, layer).reduce((sum, { layout }) => sum + (layout === 'parallel' ? 1 : 2), 0)
}

function stepOf(file: string, spec: DecoderSpec, hook: HookPoint): number {
  const block = spec.blocks[hook.layer]
  if (block === undefined)
    throw onnxTapHook(file, hookName(hook), `the model has blocks 0 to ${spec.blocks.length - 1}`)
  switch (hook.name) {
    case 'hook_resid_pre':
      return stepsBefore(spec, hook.layer)
    case 'hook_resid_post':
      return stepsBefore(spec, hook.layer + 1)
    case 'hook_resid_mid':
      if (block.layout === 'sequential') return stepsBefore(spec, hook.layer) + 1
      throw onnxTapHook(file, hookName(hook), 'attention and MLP run in parallel, so there is no resid_mid')
    default:
      throw onnxTapHook(file, hookName(hook), 'only the residual stream is found in ONNX models')
  }
}
