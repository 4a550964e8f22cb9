/**
 * @file Channels that one matrix makes larger and the next one takes back: v and o, up and down. What o reads is linear in what v gives, and
 * what down reads in what up gives, so a quantizer may move a factor from one to the other, channel by channel, as AWQ does, and the
 * model computes the same. Either of them swapped alone would be blamed for the factor.
 *
 * With a the factor that best makes an output channel of the reference's the candidate's, and b that of the input channel behind it, a moved
 * factor has a · b = 1; rounding makes both a little other than 1, each its own way.
 */
import type { Factors } from '../../../compression/in-other-form.ts'
import { sameSource } from '../../../compression/tensor-plan.ts'
import type { AttentionSpec, Decoder, LinearRef, WeightRef } from '../../../models/decoder-spec.ts'
import { asFloat32, weightReader } from '../../../models/weight-reader.ts'
import { present } from '../../../numbers/present.ts'
import type { Model } from '../model.ts'

/** Of what passes between two matrices. */
interface Pair {
  readonly block: number
  readonly role: 'v' | 'up'
  readonly writes: LinearRef
  readonly reads: LinearRef
  /** Output channel of `writes` that input channel i of `reads` takes. */
  readonly channelOf: (i: number) => number
}

/** A correlation of ln a and −ln b below this is no moved factor. */
const LEAST_ALIKE = 0.9
/** Root mean square of ln a, below which there is nothing to divide out. */
const LEAST_MOVED = 1e-3

/** What is moved, by the tensor: its channels are divided by `outputs` and multiplied by `inputs` to be as the reference has them. */
export interface MovedFactors {
  readonly of: ReadonlyMap<string, Factors>
  /** Pairs that carry factors, in words. */
  readonly changed: readonly string[]
}

/** `inputsOf`: (in) by what the inputs of a matrix of the candidate are larger than the reference's; null: by nothing. Errors: those of reading. */
export async function movedFactors(
  reference: Model,
  model: Model,
  inputsOf: (weight: WeightRef) => Float64Array | null,
): Promise<MovedFactors> {
  const found = new Map<string, Factors>()
  const changed: string[] = []
  for (const pair of pairsOf(reference.decoder)) {
    const { writes, reads, block, role } = pair
    if (!mayBeMoved(reference, model, [writes, reads])) continue
    const scales = await scalesOf(reference, model, pair, inputsOf(writes.weight))
    if (scales === null) continue
    const inputs = Float64Array.from({ length: inputsIn(reads.weight) }, (_, i) =>
      present(scales[pair.channelOf(i)]),
    )
    const outputs = spread(writes.weight, scales)
    found.set(writes.weight.tensor, { inputs: null, outputs })
    found.set(reads.weight.tensor, { inputs, outputs: null })
    changed.push(`blocks.${block}.${role === 'v' ? 'v and o' : 'up and down'}`)
  }
  return { of: found, changed }
}

/** A delta net is not linear in its values, nor attention whose values are normed, nor an MLP whose hidden units are clamped in what up gives; experts are scaled by no quantizer that is read here. */
function pairsOf({ spec, weights }: Decoder): readonly Pair[] {
  return weights.blocks.flatMap(({ v, o, up, down }, block): Pair[] => {
    const { attention, mlp } = present(spec.blocks[block])
    const isLinear = mlp.gated && mlp.activation !== 'clamped_silu'
    return [
      ...(v === null || attention.kind === 'delta' || attention.valueNorm === true
        ? []
        : [{ block, role: 'v' as const, writes: v, reads: o, channelOf: valueChannel(attention) }]),
      ...(up === null || down === null || !isLinear
        ? []
        : [{ block, role: 'up' as const, writes: up, reads: down, channelOf: (i: number) => i }]),
    ]
  })
}

/** Several heads read the values of one. */
const valueChannel =
  ({ heads, kvHeads, headSize }: AttentionSpec) =>
  (i: number): number =>
    Math.floor(Math.floor(i / headSize) / (heads / kvHeads)) * headSize + (i % headSize)

/** What is rounded or pruned here carries no factors, and what is the reference's own neither. */
function mayBeMoved(reference: Model, model: Model, pair: readonly LinearRef[]): boolean {
  return pair.every(({ weight: { tensor } }) => {
    const source = model.plan.sources.get(tensor)
    return source?.kind === 'stored' && !sameSource(source, reference.plan.sources.get(tensor))
  })
}

const inputsIn = ({ storedShape: [rows = 0, columns = 0], layout }: WeightRef): number =>
  layout === 'out-in' ? columns : rows

/** Over all output channels of the tensor that the channels are cut out of: 1 / scale there, 1 elsewhere. */
function spread({ storedShape, layout, channels }: WeightRef, scales: Float64Array): Float64Array {
  const [rows = 0, columns = 0] = storedShape
  const out = layout === 'out-in' ? rows : columns
  const factors = new Float64Array(out).fill(1)
  let k = 0
  for (const [start, end] of channels ?? [[0, out] as const])
    for (let channel = start; channel < end; channel++) factors[channel] = 1 / present(scales[k++])
  return factors
}

/** (channels) s: the candidate's are s times the reference's, and read by 1/s of it; null: nothing is moved. */
async function scalesOf(
  reference: Model,
  model: Model,
  { writes, reads, channelOf }: Pair,
  gain: Float64Array | null,
): Promise<Float64Array | null> {
  const written = await both(reference, model, writes.weight)
  const [count, inputs] = written.shape
  const a = new Products(count)
  for (let row = 0; row < count; row++)
    for (let i = 0; i < inputs; i++)
      a.add(row, written.own[row * inputs + i]!, written.other[row * inputs + i]! * (gain?.[i] ?? 1))
  const read = await both(reference, model, reads.weight)
  const [rows, width] = read.shape
  const b = new Products(count)
  for (let row = 0; row < rows; row++)
    for (let i = 0; i < width; i++)
      b.add(channelOf(i), read.own[row * width + i]!, read.other[row * width + i]!)
  const [first, second] = [a.logarithms(), b.logarithms()]
  if (!isMoved(first.values, second.values)) return null
  // What each of both says of the factor, by how surely it says so: a rounded matrix does less than one that is as it was.
  return first.values.map((value, k) => {
    const [p, q] = [1 / first.variances[k]!, 1 / second.variances[k]!]
    return Math.exp((p * value - q * second.values[k]!) / (p + q))
  })
}

/** What float32 leaves of an exact factor. */
const LEAST_VARIANCE = 1e-16

/** Sums of the weights of reference and candidate by channel. */
class Products {
  readonly #own: Float64Array
  readonly #both: Float64Array
  readonly #other: Float64Array
  readonly #count: Float64Array

  constructor(channels: number) {
    const zeros = (): Float64Array => new Float64Array(channels)
    ;[this.#own, this.#both, this.#other, this.#count] = [zeros(), zeros(), zeros(), zeros()]
  }

  add(channel: number, own: number, other: number): void {
    this.#own[channel] = this.#own[channel]! + own * own
    this.#both[channel] = this.#both[channel]! + own * other
    this.#other[channel] = this.#other[channel]! + other * other
    this.#count[channel] = this.#count[channel]! + 1
  }

  /** Of the factor between both, 0 where there is none or it is not above 0, and how far off they may be: what the factor leaves, over what it explains, by weights. */
  logarithms(): { readonly values: Float64Array; readonly variances: Float64Array } {
    const isKnown = (k: number): boolean => this.#own[k]! > 0 && this.#both[k]! > 0
    const explained = this.#both.map((sum, k) => (isKnown(k) ? (sum * sum) / this.#own[k]! : Number.NaN))
    return {
      values: this.#both.map((sum, k) => (isKnown(k) ? Math.log(sum / this.#own[k]!) : 0)),
      variances: explained.map((part, k) => {
        if (Number.isNaN(part)) return 1
        const left = Math.max(0, this.#other[k]! - part) / part / this.#count[k]!
        return Math.max(LEAST_VARIANCE, left)
      }),
    }
  }
}

/** Are the channels of one larger by what the channels of the other are smaller by? */
function isMoved(a: Float64Array, b: Float64Array): boolean {
  let [aa, bb, ab] = [0, 0, 0]
  for (let k = 0; k < a.length; k++) {
    aa += a[k]! * a[k]!
    bb += b[k]! * b[k]!
    ab += a[k]! * b[k]!
  }
  return Math.sqrt(aa / a.length) > LEAST_MOVED && -ab > LEAST_ALIKE * Math.sqrt(aa * bb)
}

async function both(reference: Model, model: Model, weight: WeightRef) {
  const read = async ({ tensors }: Model) => await weightReader(tensors, [weight]).read(weight, 'float32')
  const [own, other] = [await read(reference), await read(model)]
  const [rows = 0, columns = 0] = own.shape
  return { own: asFloat32(own), other: asFloat32(other), shape: [rows, columns] as const }
}
