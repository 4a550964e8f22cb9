/**
 * @file Quantizing and dequantizing the input of a linear layer inside the graph, by the arithmetic written down in
 * contract/activation-quantization.ts, with operators that every provider has. All of it in float32, in that order: the
 * levels are the artifact's own, bit for bit.
 *
 * Extents that span several rows (`tensor`, and the outlier columns of LLM.int8()) are taken over the rows that one run
 * computes together, as a server takes them over its batch.
 */
import type { ActivationQuantization } from '../../contract/activation-quantization.ts'
import { activationGroups } from '../../errors/graph.ts'
import type { GraphBuilder, Value } from '../../onnx/graph/graph.ts'
import * as op from '../../onnx/graph/ops.ts'

/** x (n_row, K) float32 → the values it stands for after quantization, (n_row, K). `weight` names the layer in messages. */
export function fakeQuantize(
  g: GraphBuilder,
  x: Value,
  quantization: ActivationQuantization,
  weight: string,
): Value {
  const K = x.shape.at(-1)
  const { groupSize, strategy } = quantization
  const grouped = groupSize !== null && (strategy === 'group' || strategy === 'tensor_group')
  if (!grouped || typeof K !== 'number') return quantizeExtents(g, x, quantization)
  if (K % groupSize !== 0) throw activationGroups(weight, K, groupSize)
  const rows = op.reshape(g, x, [-1, groupSize], ['n_group', groupSize])
  return op.reshape(g, quantizeExtents(g, rows, quantization), [-1, K], x.shape)
}

/** The last axis, or all of x, is one extent. */
function quantizeExtents(g: GraphBuilder, x: Value, q: ActivationQuantization): Value {
  const { outlierThreshold } = q
  if (outlierThreshold === null) return dequantized(g, x, scales(g, x, q), q)
  const threshold = g.scalar('float32', outlierThreshold)
  const magnitude = op.abs(g, x)
  const small = op.where(g, op.less(g, magnitude, threshold), x, g.scalar('float32', 0))
  const isQuantized = op.less(g, op.reduceMax(g, magnitude, 0), threshold)
  return op.where(g, isQuantized, dequantized(g, x, scales(g, small, q), q), x)
}

interface Scales {
  readonly scale: Value
  /** Null: 0. */
  readonly zero: Value | null
}

function scales(g: GraphBuilder, x: Value, q: ActivationQuantization): Scales {
  const constant = (value: number): Value => g.scalar('float32', Math.fround(value))
  if (!q.dynamic && q.scale !== null) {
    return { scale: constant(q.scale), zero: q.zeroPoint ? constant(q.zeroPoint) : null }
  }
  const axis = q.strategy === 'tensor' ? null : -1
  if (!q.symmetric) return asymmetricScales(g, x, q, axis)
  let amax = op.reduceMax(g, op.abs(g, x), axis)
  if (q.largestAmax !== null) amax = op.min(g, amax, constant(q.largestAmax))
  if (q.globalScale !== null) return { scale: blockScale(g, amax, q, q.globalScale), zero: null }
  const size = q.powerOfTwo ? roundedPower(g, amax) : amax
  const scale = op.div(g, size, constant(q.scaleDivisor))
  return { scale: op.max(g, scale, constant(q.minimumScale)), zero: null }
}

/**
 * The power of two at amax or below it, twice that from 1.75 times it on: amax without its fraction once a quarter was added
 * to that (compressed-tensors, `round_to_power_2`). t − (t − x) with t = (2²³ + 1) x is x rounded to one bit (Veltkamp);
 * what was rounded up is halved again.
 */
function roundedPower(g: GraphBuilder, amax: Value): Value {
  const constant = (value: number): Value => g.scalar('float32', value)
  const wide = op.mul(g, amax, constant(2 ** 23 + 1))
  const nearest = op.sub(g, wide, op.sub(g, wide, amax))
  const below = op.where(g, op.greater(g, nearest, amax), op.mul(g, nearest, constant(0.5)), nearest)
  const stays = op.less(g, amax, op.mul(g, below, constant(1.75)))
  return op.where(g, stays, below, op.mul(g, below, constant(2)))
}

function asymmetricScales(g: GraphBuilder, x: Value, q: ActivationQuantization, axis: -1 | null): Scales {
  const constant = (value: number): Value => g.scalar('float32', Math.fround(value))
  const low = op.min(g, op.reduceMin(g, x, axis), constant(0))
  const high = op.max(g, op.reduceMax(g, x, axis), constant(0))
  const span = op.div(g, op.sub(g, high, low), constant(q.scaleDivisor))
  const scale = op.max(g, span, constant(q.minimumScale))
  const [bottom, top] = q.levels
  const zero = op.sub(g, constant(bottom), op.div(g, low, scale))
  return { scale, zero: op.round(g, op.clip(g, zero, constant(bottom), constant(top))) }
}

/** NVFP4: the scale of a group is itself a float8, relative to the tensor's. */
function blockScale(g: GraphBuilder, amax: Value, q: ActivationQuantization, globalScale: number): Value {
  const constant = (value: number): Value => g.scalar('float32', Math.fround(value))
  const wanted = op.div(g, op.mul(g, constant(globalScale), amax), constant(q.scaleDivisor))
  const block = toFloat8(g, op.clip(g, wanted, constant(-448), constant(448)))
  const nonZero = op.where(g, op.greater(g, block, constant(0)), block, constant(0.125))
  return op.div(g, nonZero, constant(globalScale))
}

/** (round(clamp(x / scale + zero, levels)) − zero) · scale */
function dequantized(g: GraphBuilder, x: Value, { scale, zero }: Scales, q: ActivationQuantization): Value {
  const [bottom, top] = q.levels
  const divided = op.div(g, x, scale)
  const shifted = zero === null ? divided : op.add(g, divided, zero)
  const clamped = op.clip(g, shifted, g.scalar('float32', bottom), g.scalar('float32', top))
  const level = nearestLevel(g, clamped, q)
  return op.mul(g, zero === null ? level : op.sub(g, level, zero), scale)
}

function nearestLevel(g: GraphBuilder, x: Value, { type, bits }: ActivationQuantization): Value {
  if (type === 'int') return op.round(g, x)
  return bits === 8 ? toFloat8(g, x) : toFloat4(g, x)
}

/** To the nearest float8 e4m3fn, ties to even; |x| ≤ 448. */
function toFloat8(g: GraphBuilder, x: Value): Value {
  return op.cast(g, op.cast(g, x, 'float8e4m3fn'), 'float32')
}

/** To the nearest of ±{0, ½, 1, 1½, 2, 3, 4, 6}: steps of ½ below 2, 1 below 4, 2 above; ties to even mantissa. */
function toFloat4(g: GraphBuilder, x: Value): Value {
  const constant = (value: number): Value => g.scalar('float32', value)
  const magnitude = op.abs(g, x)
  const step = op.where(
    g,
    op.less(g, magnitude, constant(2)),
    constant(0.5),
    op.where(g, op.less(g, magnitude, constant(4)), constant(1), constant(2)),
  )
  return op.mul(g, op.round(g, op.div(g, x, step)), step)
}
