/**
 * @file A decoder in the form in which TransformerLens holds it, as a plan over the reference's tensors: what compression with
 * `layout=transformerlens` works on. The function stays what it was.
 *
 * LayerNorm models, as from_pretrained leaves them: gains and biases of norms folded into the matrices that read them, reading
 * matrices centred over d_model, those that write to the residual stream (W_O, W_out, embeddings, positions) centred too, biases of
 * values moved behind the attention. RMS models as they are (from_pretrained_no_processing). q, k and v are tensors of their own.
 * Left out: centring of the unembedding over the vocabulary, which changes no probability.
 */
import { compressedBytes, type ScaledChannels } from '../../compression/compress-tensor.ts'
import { pruneWithTies } from '../../compression/prune.ts'
import { roundShared } from '../../compression/shared-scales.ts'
import { type Compression, compressionText } from '../../compression/spec.ts'
import type { JointSource, TensorPlan, TensorSource } from '../../compression/tensor-plan.ts'
import type { TensorData } from '../../tensors/tensor.ts'
import type {
  BlockSpec,
  BlockWeights,
  Decoder,
  LinearRef,
  NormRef,
  WeightMap,
  WeightRef,
} from '../decoder-spec.ts'
import { matrix, vector } from '../families/weight-refs.ts'
import { type EXPERT_ROLES, TARGET_ROLES, type TargetRole } from '../target-inputs.ts'
import { allRefs, asFloat32, cut } from '../weight-reader.ts'
import {
  added,
  centredColumns,
  centredRows,
  centredVector,
  type Matrix,
  product,
  withGain,
} from './folded.ts'

export interface LensForm {
  readonly decoder: Decoder
  readonly plan: TensorPlan
  /** The matrices that were compressed, with the number of their scales. */
  readonly targets: ReadonlyMap<string, ScaledChannels>
  /** What writes to the residual stream is centred. */
  readonly isCentred: boolean
}

/** `how` null: nothing is rounded. */
export function lensForm(
  name: string,
  decoder: Decoder,
  base: TensorPlan,
  how: Compression | null,
): LensForm {
  const form = new FormBuilder(base, how)
  const isCentred = decoder.spec.norm.kind === 'layer'
  const blocks = decoder.weights.blocks.map((block, layer) => {
    const place = { layer, spec: decoder.spec.blocks[layer]! }
    return isCentred ? foldedBlock(form, block, place) : plainBlock(form, block, place)
  })
  const weights = isCentred ? foldedEnds(form, decoder.weights, blocks) : { ...decoder.weights, blocks }
  return {
    decoder: { ...decoder, weights },
    plan: { name, sources: form.sourcesOf(weights) },
    targets: form.targets,
    isCentred,
  }
}

interface Place {
  readonly layer: number
  readonly spec: BlockSpec
}

const LENS_NAMES: Readonly<Record<TargetRole, string>> = {
  q: 'attn.W_Q',
  k: 'attn.W_K',
  v: 'attn.W_V',
  o: 'attn.W_O',
  gate: 'mlp.W_gate',
  up: 'mlp.W_in',
  down: 'mlp.W_out',
}

/** Without the name of the MLP that every token is given to. */
const inExpert = (role: TargetRole): string => LENS_NAMES[role].replace('mlp.', '')

const nameOf = (layer: number, part: string): string => `transformerlens.blocks.${layer}.${part}`

/** q, k and v of all heads share a scale per position inside a head; else each output channel has its own. */
function periodOf(role: TargetRole, out: number, { attention }: BlockSpec): number {
  return role === 'q' || role === 'k' || role === 'v' ? attention.headSize : out
}

/** Only the targets are tensors of their own. */
function plainBlock(form: FormBuilder, block: BlockWeights, { layer, spec }: Place): BlockWeights {
  const target = <Linear extends LinearRef | null>(role: TargetRole, linear: Linear): Linear =>
    linear === null
      ? linear
      : {
          ...linear,
          weight: form.target(nameOf(layer, LENS_NAMES[role]), linear.weight, { role, spec }, (w) => w),
        }
  const { experts } = block
  const ofAll = Object.fromEntries(TARGET_ROLES.map((role) => [role, target(role, block[role])]))
  if (experts === undefined) return { ...block, ...ofAll }
  const routed = experts.experts.map((expert, index) => {
    const name = (role: TargetRole): string => nameOf(layer, `mlp.experts.${index}.${inExpert(role)}`)
    const part = (role: (typeof EXPERT_ROLES)[number]): LinearRef => ({
      ...expert[role],
      weight: form.target(name(role), expert[role].weight, { role, spec }, (w) => w),
    })
    return { gate: part('gate'), up: part('up'), down: part('down') }
  })
  return { ...block, ...ofAll, experts: { ...experts, experts: routed } }
}

function foldedBlock(form: FormBuilder, block: BlockWeights, { layer, spec }: Place): BlockWeights {
  const name = (part: string): string => nameOf(layer, part)
  const reading = (role: TargetRole, linear: LinearRef, norm: NormRef | null): LinearRef => ({
    weight: form.target(
      name(LENS_NAMES[role]),
      linear.weight,
      { role, spec },
      (w, [gain]) => (norm === null ? w : centredRows(gain === undefined ? w : withGain(w, gain))),
      norm === null ? [] : gainsOf(norm),
    ),
    bias: form.readingBias(name(LENS_NAMES[role].replace('W_', 'b_')), linear, norm),
  })
  const writing = (role: TargetRole, linear: LinearRef): WeightRef =>
    form.target(name(LENS_NAMES[role]), linear.weight, { role, spec }, centredColumns)
  return {
    ...block,
    preAttention: form.plainNorm(name('ln1'), block.preAttention),
    q: reading('q', block.q, block.preAttention),
    k: reading('k', block.k, block.preAttention),
    v: { weight: reading('v', block.v, block.preAttention).weight, bias: null },
    o: { weight: writing('o', block.o), bias: form.outputBias(name('attn.b_O'), block, spec) },
    preMlp: form.plainNorm(name('ln2'), block.preMlp),
    gate: block.gate && reading('gate', block.gate, block.preMlp),
    up: block.up && reading('up', block.up, block.preMlp),
    down: block.down && {
      weight: writing('down', block.down),
      bias: form.centredBias(name('mlp.b_out'), block.down.bias),
    },
  }
}

/** Embeddings, positions, final norm and unembedding. */
function foldedEnds(form: FormBuilder, weights: WeightMap, blocks: readonly BlockWeights[]): WeightMap {
  const { embedding, positions, finalNorm, unembedding } = weights
  const prefix = 'transformerlens.'
  return {
    embedding: form.matrixOf(`${prefix}embed.W_E`, embedding, [], centredRows),
    positions: positions && form.matrixOf(`${prefix}pos_embed.W_pos`, positions, [], centredRows),
    blocks,
    finalNorm: form.plainNorm(`${prefix}ln_final`, finalNorm) ?? finalNorm,
    unembedding: {
      weight: form.matrixOf(`${prefix}unembed.W_U`, unembedding.weight, gainsOf(finalNorm), (w, [gain]) =>
        centredRows(gain === undefined ? w : withGain(w, gain)),
      ),
      bias: form.readingBias(`${prefix}unembed.b_U`, unembedding, finalNorm),
    },
  }
}

/** None, or one. */
function gainsOf({ gain }: NormRef): readonly WeightRef[] {
  return gain === null ? [] : [gain]
}

type MakeMatrix = (weight: Matrix, others: readonly Float64Array[]) => Matrix

/** Which target of which block. */
interface TargetOf {
  readonly role: TargetRole
  readonly spec: BlockSpec
}

/** Collects the tensors that are made. */
class FormBuilder {
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
        return how.method === 'prune'
          ? pruneWithTies(new Float32Array(data), how.sparsity)
          : roundShared(data, { out, in: inputs, period }, how)
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
  outputBias(name: string, { v, o, preAttention }: BlockWeights, { attention }: BlockSpec): WeightRef | null {
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
      const written = product(matrixFrom(wO!, d_model), perHead(bias, attention))
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
function perHead(values: Float64Array, { heads, kvHeads, headSize }: BlockSpec['attention']): Float64Array {
  const share = heads / kvHeads
  return Float64Array.from({ length: heads * headSize }, (_, i) => {
    const head = Math.floor(Math.floor(i / headSize) / share)
    return values[head * headSize + (i % headSize)]!
  })
}
