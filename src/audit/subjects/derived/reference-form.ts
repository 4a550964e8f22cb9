/**
 * @file A candidate in tensors that can take the places of the reference's, one by one. A quantizer may move factors between a norm and the
 * matrices behind it, or make the whole residual stream larger: the same function, and a matrix that is swapped alone would
 * be blamed for a factor that its neighbours undo. Here every matrix is as it is behind the reference's norms and in the
 * reference's residual stream.
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
  const made = new Map<string, ReadonlyMap<string, TensorSource>>()
  const sides = projections(decoder)
  for (const target of targets(decoder)) {
    const { tensor } = target.linear.weight
    if (made.has(tensor)) continue
    const before = await norms.before(target)
    made.set(
      tensor,
      sourcesOf(model, present(sides.get(tensor)), target, {
        ...before,
        factor: outputFactor(target, decoder, factor),
      }),
    )
  }
  const rest = await restOf(reference, model, factor)
  const changed = new Map([...rest.sources, ...[...made.values()].flatMap((own) => [...own])])
  const plan = withSources(name, reference.plan, changed)
  if (norms.changed.length > 0)
    notes.push(
      `the norms of ${name} carry other gains than the reference's (${listed(norms.changed)}): each matrix behind one is swapped as it is behind the reference's`,
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

/** What stands before a matrix: its inputs are `gain` times the reference's, plus what W · shift adds. */
interface Before {
  readonly gain: Float64Array | null
  readonly shift: Float64Array | null
}

function sourcesOf(
  { plan }: Model,
  side: Projection,
  { linear }: Target,
  { gain, shift, factor }: Before & { readonly factor: number },
): ReadonlyMap<string, TensorSource> {
  const { tensor } = linear.weight
  const weight = present(plan.sources.get(tensor), tensor)
  const outputs = factor === 1 ? null : new Float64Array(side.out).fill(factor)
  const factors: Factors = { ...UNCHANGED, inputs: gain, outputs }
  const matrix = isUnchanged(factors)
    ? weight
    : rescaledMatrix(weight, side, factors, `${tensor} behind the reference's norm, times ${factor}`)
  const biasName = linear.bias?.tensor
  if (biasName === undefined) return new Map([[tensor, matrix]])
  const bias = present(plan.sources.get(biasName), biasName)
  const scaled = outputs === null ? bias : rescaledVector(bias, outputs, `${biasName} times ${factor}`)
  const moved =
    shift === null
      ? scaled
      : shiftedBias({ bias: scaled, weight }, side, shift, `${biasName} with a norm's bias`)
  return new Map([
    [tensor, matrix],
    [biasName, moved],
  ])
}

/** The norms before matrices, read where the plans do not say that both are one. */
class NormChanges {
  readonly changed: string[] = []
  readonly #found = new Map<string, Before>()
  readonly #reference: Model
  readonly #model: Model
  readonly #name: string

  constructor(reference: Model, model: Model, name: string) {
    this.#reference = reference
    this.#model = model
    this.#name = name
  }

  /** Errors: ATTRIBUTION_UNLIKE, where what the reference's norm holds back cannot be had from it. */
  async before({ role, input }: Target): Promise<Before> {
    const norm = role === 'q' || role === 'k' || role === 'v' ? 'preAttention' : 'preMlp'
    if (role === 'o' || role === 'down') return { gain: null, shift: null }
    const key = `${input.layer} ${norm}`
    const known = this.#found.get(key)
    if (known !== undefined) return known
    const found = await this.#read(input.layer, norm)
    if (found.gain !== null && input.expert !== undefined)
      throw attributionUnlike(
        this.#name,
        `its norm before the experts of block ${input.layer} has other gains, which the router reads too`,
      )
    this.#found.set(key, found)
    return found
  }

  async #read(layer: number, norm: 'preAttention' | 'preMlp'): Promise<Before> {
    const { decoder } = this.#reference
    const ours = decoder.weights.blocks[layer]?.[norm] ?? null
    const theirs = this.#model.decoder.weights.blocks[layer]?.[norm] ?? null
    const same = (part: 'gain' | 'bias'): boolean => {
      const [a, b] = [ours?.[part]?.tensor, theirs?.[part]?.tensor]
      if (a === undefined || b === undefined) return a === b
      return sameSource(this.#reference.plan.sources.get(a), this.#model.plan.sources.get(b))
    }
    if (same('gain') && same('bias')) return { gain: null, shift: null }
    const { d_model } = decoder.spec
    const [own, other] = [
      await normOf(this.#reference, ours, d_model),
      await normOf(this.#model, theirs, d_model),
    ]
    const gain = other.gain.map((value, j) => {
      const before = present(own.gain[j])
      if (value === before) return 1
      if (before === 0)
        throw attributionUnlike(
          this.#name,
          `the reference's norm of block ${layer} has a gain of 0 where it has ${value}`,
        )
      return value / before
    })
    const shift = other.bias.map((value, j) => value - present(gain[j]) * present(own.bias[j]))
    const isOther = { gain: gain.some((value) => value !== 1), shift: shift.some((value) => value !== 0) }
    if (isOther.gain || isOther.shift) this.changed.push(`blocks.${layer}.${norm}`)
    return { gain: isOther.gain ? gain : null, shift: isOther.shift ? shift : null }
  }
}

/** As they multiply and add: without a stored one, 1 and 0. */
async function normOf({ tensors, decoder }: Model, norm: NormRef | null, width: number) {
  const { gainOffset } = decoder.spec.norm
  const read = async (name: string): Promise<Float64Array> =>
    Float64Array.from(toFloat32(await tensors.read(name)))
  const gain = norm?.gain ? (await read(norm.gain.tensor)).map((value) => value + gainOffset) : null
  const bias = norm?.bias ? await read(norm.bias.tensor) : null
  return { gain: gain ?? new Float64Array(width).fill(1), bias: bias ?? new Float64Array(width) }
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
