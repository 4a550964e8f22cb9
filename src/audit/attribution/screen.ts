/**
 * @file Every swap's first-order estimate (first-order.ts), from one pass of the reference that sums what its matrices read: which
 * tensors to look at first, and what that estimate is worth beside what the swaps find.
 */
import { channelRows } from '../../compression/round-to-nearest.ts'
import { attentionOf } from '../../models/attention-of.ts'
import { isBeforeHook } from '../../models/before-hook.ts'
import type { ChannelRange, NormRef } from '../../models/decoder-spec.ts'
import { projections } from '../../models/families/index.ts'
import { type Target, targetInputName, targets } from '../../models/target-inputs.ts'
import { toFloat32 } from '../../numbers/half.ts'
import { present } from '../../numbers/present.ts'
import type { TensorTable } from '../../tensors/tensor.ts'
import { type InputFigures, sumInputs } from '../calibration/calibrate.ts'
import type { SeenReadout } from '../features/reference-features.ts'
import type { Run } from '../run/run.ts'
import type { Model } from '../subjects/model.ts'
import {
  carriedOver,
  columnEnergy,
  deltaChannels,
  dot,
  outputSquares,
  type Probes,
  relativeError,
  scaledProbes,
  scoreError,
  valueChannel,
} from './first-order.ts'
import { probesOf } from './probes.ts'
import type { SwapUnit } from './units.ts'

/** By unit: one score per read-out. */
export type Screened = ReadonlyMap<SwapUnit, readonly number[]>

export interface Screening {
  readonly run: Run
  readonly reference: Model
  /** The candidate in the reference's form. */
  readonly candidate: Model
  readonly readouts: readonly SeenReadout[]
  readonly seed: number
}

/** Errors: those of running the reference and of reading weights. */
export async function screen(screening: Screening, units: readonly SwapUnit[]): Promise<Screened> {
  const { run, reference, readouts, seed } = screening
  const end = 1 + Math.max(...units.flatMap(({ tensors }) => tensors.map(({ block }) => block)))
  const { tokens } = run
  const inputs = await sumInputs(run, reference, {
    stage: 'inputs of the matrices',
    figures: ['squares'],
    tokens,
    end,
  })
  try {
    const probes: (Probes | null)[] = []
    for (const seen of readouts) probes.push(await probesOf(seen, reference.decoder.spec.d_model, seed))
    const scores = new Map<string, readonly number[]>()
    for (let block = 0; block < end; block++)
      for (const [target, score] of await blockScores({ ...screening, inputs, probes }, block))
        scores.set(keyOf(target), score)
    return new Map(units.map((unit) => [unit, unitScore(unit, scores, readouts.length)]))
  } finally {
    await inputs.close()
  }
}

const keyOf = ({ role, input, linear }: Target): string =>
  `${input.layer} ${input.expert ?? ''} ${role} ${linear.weight.tensor}`

function unitScore({ tensors }: SwapUnit, scores: ReadonlyMap<string, readonly number[]>, readouts: number) {
  const own = tensors.flatMap(({ targets: of }) => of.map((target) => scores.get(keyOf(target)) ?? []))
  return Array.from({ length: readouts }, (_, r) => own.reduce((sum, score) => sum + (score[r] ?? 0), 0))
}

interface BlockScreening extends Screening {
  readonly inputs: InputFigures
  /** By read-out. */
  readonly probes: readonly (Probes | null)[]
}

/** A matrix of both models, cut out of its tensor, and what it reads. */
interface Matrix {
  readonly target: Target
  /** (out, in) */
  readonly own: Float32Array
  readonly error: Float32Array
  /** E[x_j²] (in) */
  readonly inputs: Float64Array
  /** (out) of the reference's outputs and of the errors in them. */
  readonly outputSquares: Float64Array
  readonly errorSquares: Float64Array
}

/** One score per read-out for every matrix of a block. */
async function blockScores(
  of: BlockScreening,
  block: number,
): Promise<readonly [Target, readonly number[]][]> {
  const { reference, readouts } = of
  const { decoder } = reference
  const own = targets(decoder).filter(({ input }) => input.layer === block)
  const matrices: Matrix[] = []
  for (const target of own) matrices.push(await matrixOf(of, target))
  const writers = new Map<Matrix, readonly WrittenBy[]>()
  for (const matrix of matrices) if (isWriter(matrix.target)) writers.set(matrix, await writtenBy(of, matrix))
  return matrices.map((matrix): [Target, readonly number[]] => {
    const writer = writers.has(matrix)
      ? matrix
      : matrices.find((one) => writers.has(one) && isBehind(one, matrix))
    const scores = readouts.map(({ readout }, r) => {
      if (writer === undefined || !isBeforeHook(matrix.target, readout.dictionary.reads, decoder.spec))
        return 0
      return scoreOf(of, { matrix, matrices, writer, written: present(writers.get(writer)?.[r]) })
    })
    return [matrix.target, scores]
  })
}

const isWriter = ({ role }: Target): boolean => role === 'o' || role === 'down'

/** Does `writer` carry on what this matrix gives? */
function isBehind({ target: writer }: Matrix, { target }: Matrix): boolean {
  const inAttention = target.input.name === 'qkv'
  return writer.role === (inAttention ? 'o' : 'down') && writer.input.expert === target.input.expert
}

/** A writing matrix before one read-out. */
interface WrittenBy {
  /** ‖P w_i‖² of the reference's columns. (in) */
  readonly own: Float64Array
  /** … of the errors in them. */
  readonly error: Float64Array
}

async function writtenBy(
  { reference, probes }: BlockScreening,
  matrix: Matrix,
): Promise<readonly WrittenBy[]> {
  const { role, input } = matrix.target
  const block = reference.decoder.weights.blocks[input.layer]
  const norm = role === 'o' ? block?.postAttention : block?.postMlp
  const factors = norm == null ? null : await normFactors(reference, norm, matrix.outputSquares)
  const width = matrix.inputs.length
  return probes.map((one) => {
    const behind = one === null || factors === null ? one : scaledProbes(one, factors)
    return { own: columnEnergy(matrix.own, width, behind), error: columnEnergy(matrix.error, width, behind) }
  })
}

/** What a norm behind a matrix multiplies its outputs by: gain over their root mean square. */
async function normFactors(
  { tensors, decoder }: Model,
  { gain }: NormRef,
  squares: Float64Array,
): Promise<Float64Array> {
  const size = Math.sqrt(squares.reduce((sum, one) => sum + one, 0) / squares.length)
  const { gainOffset } = decoder.spec.norm
  const gains = gain === null ? null : toFloat32(await tensors.read(gain.tensor))
  return squares.map((_, i) => (size > 0 ? ((gains?.[i] ?? 1 - gainOffset) + gainOffset) / size : 0))
}

interface Scored {
  readonly matrix: Matrix
  readonly matrices: readonly Matrix[]
  readonly writer: Matrix
  readonly written: WrittenBy
}

function scoreOf({ reference }: BlockScreening, { matrix, matrices, writer, written }: Scored): number {
  const { role, input } = matrix.target
  const { errorSquares, outputSquares: sizes } = matrix
  const carrier = { inputs: writer.inputs, energy: written.own }
  const block = present(reference.decoder.spec.blocks[input.layer])
  if (block.attention.kind === 'delta') {
    const channels = deltaChannels(block.attention, role)
    if (channels !== null) return carriedOver(carrier, (i) => relativeTogether(matrix, channels(i)))
  }
  const attention = attentionOf(block)
  switch (role) {
    case 'o':
    case 'down':
      return dot(matrix.inputs, written.error)
    case 'gate':
    case 'up':
      return carriedOver(carrier, (i) => relativeError(errorSquares, sizes, i))
    case 'outputGate':
      // Of a sigmoid's logarithm the slope is ½ in the middle.
      return carriedOver(carrier, (i) =>
        attention === null ? relativeError(errorSquares, sizes, i) : present(errorSquares[i]) / 4,
      )
    case 'v':
      return carriedOver(carrier, (i) =>
        relativeError(errorSquares, sizes, valueChannel(present(attention), i)),
      )
    case 'q':
    case 'k': {
      const other = matrices.find(({ target }) => target.role === (role === 'q' ? 'k' : 'q'))
      const own = present(attention)
      // Keys of another block, of which nothing is summed here, count as equally large: they are normed.
      const theirs = other?.outputSquares ?? new Float64Array(own.kvHeads * own.headSize).fill(1)
      const [errors, others] =
        own.qkNorm === 'none'
          ? [errorSquares, theirs]
          : [unitSquares(errorSquares, sizes), unitSquares(theirs, theirs)]
      const byHead = scoreError(own, role, errors, others)
      const inScores = carriedOver(carrier, (i) => byHead[Math.floor(i / own.headSize)] ?? 0)
      if (role === 'q' || own.valuesOfKeys !== true) return inScores
      return inScores + carriedOver(carrier, (i) => relativeError(errorSquares, sizes, valueChannel(own, i)))
    }
  }
}

/** The error of some channels together, relative to them. */
function relativeTogether(
  { errorSquares, outputSquares: sizes }: Matrix,
  [start, end]: ChannelRange,
): number {
  const sum = (values: Float64Array): number => values.subarray(start, end).reduce((all, one) => all + one, 0)
  return relativeError([sum(errorSquares)], [sum(sizes)], 0)
}

/** Squares over the mean of `sizes`: what a norm of all leaves of them. */
function unitSquares(squares: Float64Array, sizes: Float64Array): Float64Array {
  const mean = sizes.reduce((sum, one) => sum + one, 0) / sizes.length
  return mean > 0 ? squares.map((one) => one / mean) : squares
}

async function matrixOf(
  { run, reference, candidate, inputs }: BlockScreening,
  target: Target,
): Promise<Matrix> {
  const sums = await inputs.read(targetInputName(target.input), 'squares')
  const count = run.tokens.chunked.plan.rows
  const means = Float64Array.from(sums, (sum) => sum / count)
  const own = await rowsOf(reference.tensors, reference, target)
  const other = await rowsOf(candidate.tensors, reference, target)
  const error = other.map((value, i) => value - present(own[i]))
  return {
    target,
    own,
    error,
    inputs: means,
    outputSquares: outputSquares(own, means),
    errorSquares: outputSquares(error, means),
  }
}

/** (out, in) of one role, out of a tensor that may fuse several. */
async function rowsOf(table: TensorTable, { decoder }: Model, { linear }: Target): Promise<Float32Array> {
  const { tensor, channels } = linear.weight
  const side = present(projections(decoder).get(tensor), tensor)
  const rows = channelRows(toFloat32(await table.read(tensor)), side)
  if (channels === null) return rows
  return joined(channels.map(([start, end]: ChannelRange) => rows.subarray(start * side.in, end * side.in)))
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
