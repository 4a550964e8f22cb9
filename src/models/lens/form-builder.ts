/**
 * @file The tensors of a form of a decoder (lens-form.ts), each as a function of stored ones: matrices, biases that norms are folded
 * into, and targets, which are compressed once they are made.
 */
import { compressedBytes, type ScaledChannels } from '../../compression/compress-tensor.ts'
import { pruneWithTies } from '../../compression/prune.ts'
import { roundShared } from '../../compression/shared-scales.ts'
import { type Compression, compressionText } from '../../compression/spec.ts'
import type { JointSource, TensorPlan, TensorSource } from '../../compression/tensor-plan.ts'
import { present } from '../../numbers/present.ts'
import type { TensorData } from '../../tensors/tensor.ts'
import { attentionOf } from '../attention-of.ts'
import type {
  AttentionSpec,
  BlockSpec,
  BlockWeights,
  LinearRef,
  NormRef,
  WeightMap,
  WeightRef,
} from '../decoder-spec.ts'
import { matrix, vector } from '../families/weight-refs.ts'
import type { TargetRole } from '../target-inputs.ts'
import { allRefs, asFloat32, cut } from '../weight-reader.ts'
import { added, centredVector, type Matrix, product } from './folded.ts'

type MakeMatrix = (weight: Matrix, others: readonly Float64Array[]) => Matrix

/** Which target of which block. */
interface TargetOf {
  readonly role: TargetRole
  readonly spec: BlockSpec
}

/** Collects the tensors that are made. */
export class FormBuilder {
  readonly targets = new Map<string, ScaledChannels>()
  readonly #made = new Map<string, JointSource>()
  readonly #base: TensorPlan
  readonly #how: Compression | null

  constructor(base: TensorPlan, how: Compression | null) {
    this.#base = base
    this.#how = how
  }

  /** A matrix made of a stored one and vectors beside it. */
  matrixOf(name: string, weight: WeightRef, others: readonly WeightRef[], make: MakeMatrix): WeightRef {
    const { out, in: inputs } = sidesOf(weight)
    this.#add(
      name,
      [out, inputs],
      [weight, ...others],
      ([w, ...rest]) => new Float32Array(make(matrixFrom(w!, out), rest).data),
    )
    return matrix(name, out, inputs)
  }

  /** The same of a matrix that is compressed. */
  target(
    name: string,
    weight: WeightRef,
    { role, spec }: TargetOf,
    make: MakeMatrix,
    others: readonly WeightRef[] = [],
  ): WeightRef {
    const how = this.#how
    const { out, in: inputs } = sidesOf(weight)
    const period = periodOf(role, out, spec)
    const channels: ScaledChannels = { out, in: inputs, layout: 'out-in', scales: period }
    this.targets.set(name, channels)
    const made = this.matrixOf(name, weight, others, make)
    if (how === null) return made
    const byteLength = compressedBytes(channels, { byteLength: 4 * out * inputs }, how)
    const text = compressionText(how)
    this.#add(
      name,
      [out, inputs],
      [weight, ...others],
      ([w, ...rest]) => {
        const { data } = make(matrixFrom(w!, out), rest)
        if (how.method === 'rtn') return roundShared(data, { out, in: inputs, period }, how)
        const held = new Float32Array(data)
        return pruneWithTies(held, how, held)
      },
      { text, stored: { storedAs: text, byteLength } },
    )
    return made
  }

  /** b + W β: the norm's bias as what reads it sees it. Null: there is neither. */
  readingBias(name: string, { weight, bias }: LinearRef, norm: NormRef | null): WeightRef | null {
    const beta = norm?.bias ?? null
    if (beta === null) return bias
    const { out } = sidesOf(weight)
    return this.#vector(name, out, [weight, beta, ...(bias === null ? [] : [bias])], ([w, b, own]) => {
      const seen = product(matrixFrom(w!, out), b!)
      return own === undefined ? seen : added(seen, own)
    })
  }

  /** What values' biases come to behind the attention, whose weights add up to 1, and the output's own, centred. */
  outputBias(name: string, { o, preAttention, ...block }: BlockWeights, spec: BlockSpec): WeightRef | null {
    const v = present(block.v)
    const beta = preAttention?.bias ?? null
    const [d_model, ofValues] = [sidesOf(o.weight).out, sidesOf(v.weight).out]
    const others = [...(beta === null ? [] : [beta]), ...(v.bias === null ? [] : [v.bias])]
    if (others.length === 0) return this.centredBias(name, o.bias)
    const refs = [o.weight, v.weight, ...others, ...(o.bias === null ? [] : [o.bias])]
    return this.#vector(name, d_model, refs, (values) => {
      const [wO, wV, ...rest] = values
      let bias: Float64Array = new Float64Array(ofValues)
      if (beta !== null) bias = product(matrixFrom(wV!, ofValues), rest.shift()!)
      if (v.bias !== null) bias = added(bias, rest.shift()!)
      const written = product(matrixFrom(wO!, d_model), perHead(bias, present(attentionOf(spec))))
      const [own] = rest
      return centredVector(own === undefined ? written : added(written, own))
    })
  }

  centredBias(name: string, bias: WeightRef | null): WeightRef | null {
    if (bias === null) return null
    return this.#vector(name, sidesOf(bias).out, [bias], ([b]) => centredVector(b!))
  }

  /** A norm of which gain and bias are folded away. */
  plainNorm(name: string, norm: NormRef | null): NormRef | null {
    if (norm === null) return null
    const filled = (part: string, ref: WeightRef, value: number): WeightRef =>
      this.#vector(`${name}.${part}`, sidesOf(ref).out, [ref], ([stored]) => stored!.map(() => value))
    return {
      gain: norm.gain && filled('w', norm.gain, 1),
      bias: norm.bias && filled('b', norm.bias, 0),
    }
  }

  /** The sources of all that the weights name: tensors that were made, and those that stay the reference's. */
  sourcesOf(weights: WeightMap): ReadonlyMap<string, TensorSource> {
    const { weight, bias } = weights.unembedding
    const refs = [...allRefs(weights), weight, ...(bias === null ? [] : [bias])]
    return new Map(refs.map(({ tensor }) => [tensor, this.#made.get(tensor) ?? this.#stored(tensor)]))
  }

  #vector(
    name: string,
    size: number,
    refs: readonly WeightRef[],
    make: (values: readonly Float64Array[]) => Float64Array,
  ): WeightRef {
    this.#add(name, [size], refs, (values) => new Float32Array(make(values)))
    return vector(name, size)
  }

  #add(
    name: string,
    shape: readonly number[],
    refs: readonly WeightRef[],
    make: (values: readonly Float64Array[]) => Float32Array,
    { text = '', ...stored }: { text?: string } & Pick<JointSource, 'stored'> = {},
  ): void {
    // The name says what is done: it is that of one weight in one form.
    this.#made.set(name, {
      kind: 'joint',
      text: `${name} ${text} ${JSON.stringify(refs)}`,
      of: refs.map(({ tensor }) => this.#stored(tensor)),
      shape,
      make: (inputs: readonly TensorData[]) =>
        make(inputs.map((input, i) => new Float64Array(asFloat32(cut(input, refs[i]!))))),
      ...stored,
    })
  }

  #stored(tensor: string): TensorSource {
    const source = this.#base.sources.get(tensor)
    if (source === undefined) throw new RangeError(`${this.#base.name} has no ${tensor}`)
    return source
  }
}

/** q, k and v of all heads share a scale per position inside a head; else each output channel has its own. */
function periodOf(role: TargetRole, out: number, spec: BlockSpec): number {
  return role === 'q' || role === 'k' || role === 'v' ? present(attentionOf(spec)).headSize : out
}

/** Of the part that `ref` takes; a vector has one input. */
function sidesOf({ storedShape, layout, channels }: WeightRef): {
  readonly out: number
  readonly in: number
} {
  const [rows = 1, columns = 1] = storedShape
  const [all, inputs] = layout === 'out-in' ? [rows, columns] : [columns, rows]
  const out = channels === null ? all : channels.reduce((sum, [start, end]) => sum + end - start, 0)
  return { out, in: inputs }
}

function matrixFrom(data: Float64Array, out: number): Matrix {
  return { out, in: data.length / out, data }
}

/** (kv head, head size) → (head, head size): each key/value head as often as query heads share it. */
function perHead(values: Float64Array, { heads, kvHeads, headSize }: AttentionSpec): Float64Array {
  const share = heads / kvHeads
  return Float64Array.from({ length: heads * headSize }, (_, i) => {
    const head = Math.floor(Math.floor(i / headSize) / share)
    return values[head * headSize + (i % headSize)]!
  })
}
