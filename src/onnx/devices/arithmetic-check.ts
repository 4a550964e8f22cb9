/**
 * @file Does a device compute what the CPU does? The operators of a decoder block in one small graph, run on both. A driver
 * or a kernel that is wrong shows here, before an audit whose figures would look plausible; what differs by rounding only
 * passes.
 */
import { GraphBuilder, type GraphModel } from '../graph/graph.ts'
import * as layers from '../graph/layer-ops.ts'
import * as op from '../graph/ops.ts'
import { createSession, type Device } from '../sessions/session.ts'

/** Positions and width: more than one step of any kernel, and no whole number of larger ones. */
const ROWS = 72
const WIDTH = 80
/** Of the largest value. float32 kernels differ by 1e-6, fast approximations of exp and tanh by 1e-5. */
const TOLERANCE = 1e-4

const INPUT = 'x'

/** What the device computes wrongly; null: nothing, up to rounding. Errors: ENGINE_FAILED. */
export async function arithmeticProblem(device: Device): Promise<string | null> {
  const graph = blockOperators()
  return disagreement(await run(graph, { ...device, kind: 'cpu' }), await run(graph, device))
}

/** The first output that differs by more than rounding. */
export function disagreement(
  expected: ReadonlyMap<string, Float32Array>,
  found: ReadonlyMap<string, Float32Array>,
): string | null {
  for (const [name, right] of expected) {
    const values = found.get(name)
    const size = right.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
    const error =
      right.reduce((most, x, i) => Math.max(most, Math.abs(x - (values?.[i] ?? Number.NaN))), 0) / size
    if (!(error <= TOLERANCE))
      return `its ${name} differs from the CPU’s by ${error.toExponential(1)} of the largest value, where ${TOLERANCE} is rounding`
  }
  return null
}

async function run(graph: GraphModel, device: Device): Promise<ReadonlyMap<string, Float32Array>> {
  const session = await createSession(graph, device, 'a probe')
  try {
    // Angles far apart: values in −2 to 2 without a pattern.
    const data = Float32Array.from({ length: ROWS * WIDTH }, (_, i) => 2 * Math.sin(i * i))
    const result = await session.run({ [INPUT]: { type: 'float32', data, dims: [ROWS, WIDTH] } })
    return new Map(graph.outputs.map((name) => [name, result.float32(name)]))
  } finally {
    await session.release()
  }
}

function blockOperators(): GraphModel {
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
  return g.build()
}
