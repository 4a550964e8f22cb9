/**
 * @file Does a device compute what the CPU does? The operators of a decoder block in one small graph, run on both, in the type that
 * the audit would run them in. A driver or a kernel that is wrong or missing shows here, before an audit whose figures would look
 * plausible, or that would fail after an hour; what differs by rounding only passes.
 */
import { GraphBuilder, type GraphModel, type Value } from '../graph/graph.ts'
import * as layers from '../graph/layer-ops.ts'
import * as op from '../graph/ops.ts'
import { createSession, type Device } from '../sessions/session.ts'

/** Positions and width: more than one step of any kernel, and no whole number of larger ones. */
const ROWS = 72
const HEADS = 4
const KEY_HEADS = 2
const HEAD_SIZE = 16
const WIDTH = HEADS * HEAD_SIZE
/** Visible keys, and a cap that scores of −4 to 4 are bent by. */
const WINDOW = 9
const SOFTCAP = 2

/**
 * Of the largest value. float32 kernels differ by 1e-6, fast approximations of exp and tanh by 1e-5; a 16-bit result is rounded
 * once, and so is what attention multiplies with in between. A window or a cap that is left out is off by more than a tenth.
 */
const TOLERANCES: Readonly<Record<Device['bodyType'], number>> = {
  float32: 1e-4,
  float16: 4e-3,
  bfloat16: 3e-2,
}

const INPUT = 'x'
const LAST = 'last_position'
const LENGTH = 'length'

/** What the device computes wrongly; null: nothing, up to rounding. Errors: ENGINE_FAILED. */
export async function arithmeticProblem(device: Device): Promise<string | null> {
  const { bodyType } = device
  const cpu: Device = { kind: 'cpu', threads: device.threads, bodyType }
  const expected = await run(blockOperators(cpu, device.kind === 'cuda'), cpu)
  return disagreement(expected, await run(blockOperators(device, device.kind === 'cuda'), device), bodyType)
}

/** The first output that differs by more than rounding. */
export function disagreement(
  expected: ReadonlyMap<string, Float32Array>,
  found: ReadonlyMap<string, Float32Array>,
  type: Device['bodyType'] = 'float32',
): string | null {
  for (const [name, right] of expected) {
    const values = found.get(name)
    const size = right.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
    const error =
      right.reduce((most, x, i) => Math.max(most, Math.abs(x - (values?.[i] ?? Number.NaN))), 0) / size
    const tolerance = name.startsWith(SIXTEEN_BIT) ? TOLERANCES[type] : TOLERANCES.float32
    if (!(error <= tolerance))
      return `its ${name} differs from the CPU’s by ${error.toExponential(1)} of the largest value, where ${tolerance} is rounding`
  }
  return null
}

/** Begins the names of outputs of operators that run in the device's own type. */
const SIXTEEN_BIT = 'operand '

async function run(graph: GraphModel, device: Device): Promise<ReadonlyMap<string, Float32Array>> {
  const session = await createSession(graph, device, 'a probe')
  try {
    // Angles far apart: values in −2 to 2 without a pattern.
    const data = Float32Array.from({ length: ROWS * WIDTH }, (_, i) => 2 * Math.sin(i * i))
    const sequence = {
      [LAST]: { type: 'int32', data: Int32Array.of(ROWS - 1), dims: [1] },
      [LENGTH]: { type: 'int32', data: Int32Array.of(ROWS), dims: [] },
    } as const
    const result = await session.run({
      [INPUT]: { type: 'float32', data, dims: [ROWS, WIDTH] },
      ...(graph.inputs.includes(LAST) ? sequence : {}),
    })
    return new Map(graph.outputs.map((name) => [name, result.float32(name)]))
  } finally {
    await session.release()
  }
}

/** `fused`: with the operators of a block in the device's own type, attention among them. */
function blockOperators(device: Device, fused: boolean): GraphModel {
  const g = new GraphBuilder()
  const x = g.input(INPUT, 'float32', [ROWS, WIDTH])
  const ones = g.initializer('gain', 'float32', [WIDTH], new Float32Array(WIDTH).fill(1))
  const normed = layers.layerNormalization(g, x, ones, null, 1e-5)
  const scaled = op.mul(g, op.gemm(g, normed, x, null), g.scalar('float32', WIDTH ** -0.5))
  const capped = op.mul(g, op.tanh(g, scaled), g.scalar('float32', 4))
  const attention = op.matMul(g, op.softmax(g, capped), x)
  const { value, index } = op.top1(g, attention)
  g.output('LayerNormalization', normed)
  g.output('SimplifiedLayerNormalization', layers.simplifiedLayerNormalization(g, x, ones, 1e-6))
  g.output('Gelu', layers.gelu(g, x, 'none'))
  g.output('QuickGelu', layers.silu(g, x))
  g.output('Gemm', scaled)
  g.output('Softmax', attention)
  g.output('LogSoftmax', op.logSoftmax(g, attention))
  g.output('TopK', value)
  // Which of two nearly equal values is the largest may differ; what is there may not.
  g.output('GatherElements', op.gatherElements(g, attention, index, 1))
  g.output('ReduceMax', op.reduceMax(g, attention, 0))
  if (fused) operandOperators(g, x, device)
  return g.build()
}

/** Products, rotation and attention with a window and a cap in the type of operands: on the CPU in float32, of operands rounded to it. */
function operandOperators(g: GraphBuilder, x: Value, { kind, bodyType }: Device): void {
  const isWide = kind === 'cpu' || bodyType === 'float32'
  const operand = (value: Value): Value => {
    const rounded = op.cast(g, value, bodyType)
    return isWide ? op.cast(g, rounded, 'float32') : rounded
  }
  const out = (name: string, value: Value): void =>
    g.output(`${SIXTEEN_BIT}${name}`, op.cast(g, value, 'float32'))
  const rows = operand(x)
  out('Gemm', op.gemm(g, rows, rows, null))
  if (bodyType === 'float32') return
  const sequence = (columns: Value, width: number): Value =>
    op.reshape(g, columns, [1, ROWS, width], [1, ROWS, width])
  const angle = (part: 'cos' | 'sin'): Value => {
    const half = HEAD_SIZE / 2
    const data = Float32Array.from({ length: ROWS * half }, (_, i) =>
      Math[part](Math.floor(i / half) / 10 ** (i % half)),
    )
    return operand(g.initializer(part, 'float32', [ROWS, half], data))
  }
  const tables = { cos: angle('cos'), sin: angle('sin'), size: HEAD_SIZE, interleaved: false }
  const q = layers.rotaryEmbedding(g, sequence(rows, WIDTH), tables, HEADS)
  out('RotaryEmbedding', q)
  const keyWidth = KEY_HEADS * HEAD_SIZE
  const keys = sequence(op.columns(g, rows, 0, keyWidth), keyWidth)
  const values = sequence(op.columns(g, rows, WIDTH - keyWidth, WIDTH), keyWidth)
  const length = { lastPosition: g.input(LAST, 'int32', [1]), length: g.input(LENGTH, 'int32', []) }
  const shape = { heads: HEADS, kvHeads: KEY_HEADS, scale: HEAD_SIZE ** -0.5 }
  const plain = layers.groupQueryAttention(g, q, keys, values, length, {
    ...shape,
    softcap: null,
    window: null,
  })
  const bent = layers.groupQueryAttention(g, q, keys, values, length, {
    ...shape,
    softcap: SOFTCAP,
    window: WINDOW,
  })
  out('GroupQueryAttention', plain)
  out('GroupQueryAttention with a cap and a window', bent)
}
