/**
 * @file A candidate in tensors that can take the places of the reference's, one by one. A quantizer may move factors between a norm and the
 * matrices behind it, or make the whole residual stream larger: the same function, and a matrix that is swapped alone would
 * be blamed for a factor that its neighbours undo. Here every matrix is as it is behind the reference's norms and in the
 * reference's residual stream, without the factors that it hands on to the next (pair-scales.ts).
 */
import {
  type Factors,
  isUnchanged,
  rescaledMatrix,
  rescaledVector,
  shiftedBias,
  UNCHANGED,
} from '../../../compression/in-other-form.ts'
import { planTensors } from '../../../compression/plan-table.ts'
import { sameSource, type TensorSource, withSources } from '../../../compression/tensor-plan.ts'
import { attributionUnlike } from '../../../errors/attribution.ts'
import type { Decoder, NormRef, WeightRef } from '../../../models/decoder-spec.ts'
import { type Projection, projections } from '../../../models/families/index.ts'
import { type Target, targets } from '../../../models/target-inputs.ts'
import { allRefs } from '../../../models/weight-reader.ts'
import { toFloat32 } from '../../../numbers/half.ts'
import { present } from '../../../numbers/present.ts'
import { tensorRows } from '../../../tensors/tensor-rows.ts'
import type { Candidate, CompiledCandidate } from '../candidate.ts'
import type { Model } from '../model.ts'
import { type Before, NormChanges } from './norm-changes.ts'
import { movedFactors } from './pair-scales.ts'

export interface ReferenceForm {
  /** The candidate as a function, in the reference's tensors. */
  readonly model: Model
  /** What stands in for a target tensor and the bias beside it. */
  readonly sourcesOf: (tensor: string) => ReadonlyMap<string, TensorSource>
  readonly notes: readonly string[]
}

/** Before anything is run. Errors: ATTRIBUTION_UNLIKE. */
export function requireLike(reference: Model, candidate: Candidate): asserts candidate is CompiledCandidate {
  const { name } = candidate
  if (candidate.kind === 'onnx')
    throw attributionUnlike(name, 'it is an ONNX graph, whose weights are not read')
  if (candidate.kind === 'derived' && candidate.form === 'folded')
    throw attributionUnlike(
      name,
      'its norms are folded and its residual stream is centred (layout=transformerlens)',
    )
  const { model } = candidate
  if (model.basis !== null)
    throw attributionUnlike(
      name,
      'its residual stream was rotated, and all its tensors are in the other basis',
    )
  const own = projections(model.decoder)
  for (const [tensor, { out, in: inputs, layout }] of projections(reference.decoder)) {
    const side = own.get(tensor)
    if (side === undefined) throw attributionUnlike(name, `it has no matrix ${tensor}`)
    if (side.out !== out || side.in !== inputs || side.layout !== layout)
      throw attributionUnlike(
        name,
        `${tensor} is ${inWords(side)} in it and ${inWords({ out, in: inputs, layout })} in the reference`,
      )
  }
  for (const { tensor } of allRefs(reference.decoder.weights))
    if (!model.plan.sources.has(tensor)) throw attributionUnlike(name, `it has no tensor ${tensor}`)
}

const inWords = ({ out, in: inputs, layout }: Omit<Projection, 'input'>): string =>
  `[${out} out, ${inputs} in], stored ${layout}`

/** `factor`: what the candidate's residual stream is times the reference's; 1: nothing. Errors: ATTRIBUTION_UNLIKE, those of reading. */
export async function inReferenceForm(
  reference: Model,
  { name, model }: CompiledCandidate,
  factor: number,
): Promise<ReferenceForm> {
  const { decoder } = reference
  const notes: string[] = []
  const norms = new NormChanges(reference, model, name)
  const behind = new Map<string, { readonly target: Target; readonly before: Before }>()
  for (const target of targets(decoder)) {
    const { tensor } = target.linear.weight
    if (!behind.has(tensor)) behind.set(tensor, { target, before: await norms.before(target) })
  }
  const gainBefore = ({ tensor }: WeightRef) => behind.get(tensor)?.before.gain ?? null
  const moved = await movedFactors(reference, model, gainBefore)
  const made = new Map<string, ReadonlyMap<string, TensorSource>>()
  const sides = projections(decoder)
  for (const [tensor, { target, before }] of behind) {
    const change = {
      ...before,
      handed: moved.of.get(tensor) ?? UNCHANGED,
      factor: outputFactor(target, decoder, factor),
    }
    made.set(tensor, sourcesOf(model, present(sides.get(tensor)), target, change))
  }
  const rest = await restOf(reference, model, factor)
  const changed = new Map([...rest.sources, ...[...made.values()].flatMap((own) => [...own])])
  const plan = withSources(name, reference.plan, changed)
  if (norms.changed.length > 0)
    notes.push(
      `the norms of ${name} carry other gains than the reference's (${listed(norms.changed)}): each matrix behind one is swapped as it is behind the reference's`,
    )
  if (moved.changed.length > 0)
    notes.push(
      `matrices of ${name} carry factors of single channels that the ones behind them undo (${listed(moved.changed)}): each is swapped without them`,
    )
  if (factor !== 1)
    notes.push(
      `the residual stream of ${name} is ${factor.toPrecision(4)} times the reference's: what writes to it is divided by that`,
    )
  if (rest.differing.length > 0)
    notes.push(
      `${listed(rest.differing)} ${rest.differing.length === 1 ? 'is' : 'are'} other values and no target, so not swapped: what changes through ${rest.differing.length === 1 ? 'it' : 'them'} is in the whole and in no swap`,
    )
  const own = { name, plan, tensors: planTensors(plan), remainder: null, unpackFrom: null }
  return {
    model: { ...reference, ...own, activations: model.activations, warnings: [] },
    sourcesOf: (tensor) => present(made.get(tensor), tensor),
    notes,
  }
}

const listed = (names: readonly string[]): string =>
  names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ')

/** Of a matrix whose outputs are added to the residual stream without a norm between. */
function outputFactor({ role, input }: Target, { weights }: Decoder, factor: number): number {
  const block = weights.blocks[input.layer]
  if (role === 'o' && block?.postAttention === null) return 1 / factor
  if (role === 'down' && block?.postMlp === null) return 1 / factor
  return 1
}

function sourcesOf(
  { plan }: Model,
  side: Projection,
  { linear }: Target,
  { gain, shift, factor, handed }: Before & { readonly factor: number; readonly handed: Factors },
): ReadonlyMap<string, TensorSource> {
  const { tensor } = linear.weight
  const weight = present(plan.sources.get(tensor), tensor)
  const whole = factor === 1 ? null : new Float64Array(side.out).fill(factor)
  const outputs = product(whole, handed.outputs)
  const factors: Factors = { inputs: product(gain, handed.inputs), outputs }
  const matrix = isUnchanged(factors)
    ? weight
    : rescaledMatrix(weight, side, factors, `${tensor} in the reference's form, times ${factor}`)
  const biasName = linear.bias?.tensor
  if (biasName === undefined) return new Map([[tensor, matrix]])
  const bias = present(plan.sources.get(biasName), biasName)
  const scaled =
    outputs === null
      ? bias
      : rescaledVector(bias, outputs, `${biasName} in the reference's form, times ${factor}`)
  const moved =
    shift === null
      ? scaled
      : shiftedBias({ bias: scaled, weight }, side, shift, `${biasName} with a norm's bias`)
  return new Map([
    [tensor, matrix],
    [biasName, moved],
  ])
}

/** One after the other; null: by nothing. */
function product(a: ArrayLike<number> | null, b: ArrayLike<number> | null): ArrayLike<number> | null {
  if (a === null || b === null) return a ?? b
  return Float64Array.from(a, (value, i) => value * present(b[i]))
}

/** Everything but target matrices, their biases and the norms before them: the candidate's own, and which of it are other values. */
async function restOf(reference: Model, model: Model, factor: number) {
  const { weights, spec } = reference.decoder
  const swapped = targets(reference.decoder).flatMap(({ linear }) => [linear.weight, linear.bias])
  const before = weights.blocks.flatMap(({ preAttention, preMlp }) => [
    ...partsOf(preAttention),
    ...partsOf(preMlp),
  ])
  const known = new Set([...swapped, ...before].flatMap((ref) => ref?.tensor ?? []))
  const after = weights.blocks.flatMap(({ postAttention, postMlp }) => [
    ...partsOf(postAttention),
    ...partsOf(postMlp),
  ])
  const gains = new Set(after.map(({ tensor }) => tensor))
  const writing = new Set([weights.embedding.tensor, weights.positions?.tensor, ...gains])
  const sources = new Map<string, TensorSource>()
  const differing: string[] = []
  for (const { tensor, storedShape } of allRefs(weights)) {
    if (known.has(tensor) || sources.has(tensor)) continue
    const source = present(model.plan.sources.get(tensor), tensor)
    if (sameSource(source, reference.plan.sources.get(tensor))) continue
    const isDivided = factor !== 1 && writing.has(tensor)
    const offset = gains.has(tensor) ? spec.norm.gainOffset : 0
    sources.set(tensor, isDivided ? divided(source, storedShape, { tensor, factor, offset }) : source)
    if (!isDivided && (await isOther(reference, model, tensor))) differing.push(tensor)
  }
  return { sources, differing }
}

const partsOf = (norm: NormRef | null): readonly WeightRef[] => [norm?.gain ?? [], norm?.bias ?? []].flat()

/** Rows of a table that are compared: rounding changes every one. */
const COMPARED_ROWS = 64

async function isOther(reference: Model, model: Model, tensor: string): Promise<boolean> {
  const rows = present(reference.tensors.entries.get(tensor)).shape[0] ?? 0
  const range = [0, Math.min(rows, COMPARED_ROWS)] as const
  const [ours, theirs] = [
    toFloat32(await tensorRows(reference.tensors, tensor)(range)),
    toFloat32(await tensorRows(model.tensors, tensor)(range)),
  ]
  return ours.length !== theirs.length || ours.some((value, i) => value !== theirs[i])
}

interface Divided {
  readonly tensor: string
  readonly factor: number
  /** Added to what is stored. */
  readonly offset: number
}

function divided(
  of: TensorSource,
  shape: readonly number[],
  { tensor, factor, offset }: Divided,
): TensorSource {
  return {
    kind: 'joint',
    text: `${tensor} divided by ${factor}`,
    of: [of],
    shape,
    make: ([values]) => toFloat32(present(values)).map((value) => (value + offset) / factor - offset),
  }
}
