/**
 * @file A decoder in the form in which TransformerLens holds it, as a plan over the reference's tensors: what compression with
 * `layout=transformerlens` works on. The function stays what it was.
 *
 * LayerNorm models, as from_pretrained leaves them: gains and biases of norms folded into the matrices that read them, reading
 * matrices centred over d_model, those that write to the residual stream (W_O, W_out, embeddings, positions) centred too, biases of
 * values moved behind the attention. RMS models as they are (from_pretrained_no_processing). q, k and v are tensors of their own.
 * Left out: centring of the unembedding over the vocabulary, which changes no probability.
 */
import type { ScaledChannels } from '../../compression/compress-tensor.ts'
import type { Compression } from '../../compression/spec.ts'
import type { TensorPlan } from '../../compression/tensor-plan.ts'
import { present } from '../../numbers/present.ts'
import type {
  BlockSpec,
  BlockWeights,
  Decoder,
  LinearRef,
  NormRef,
  WeightMap,
  WeightRef,
} from '../decoder-spec.ts'
import { type EXPERT_ROLES, TARGET_ROLES, type TargetRole } from '../target-inputs.ts'
import { centredColumns, centredRows, withGain } from './folded.ts'
import { FormBuilder } from './form-builder.ts'

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
  outputGate: 'attn.W_G',
  o: 'attn.W_O',
  gate: 'mlp.W_gate',
  up: 'mlp.W_in',
  down: 'mlp.W_out',
}

/** Without the name of the MLP that every token is given to. */
const inExpert = (role: TargetRole): string => LENS_NAMES[role].replace('mlp.', '')

const nameOf = (layer: number, part: string): string => `transformerlens.blocks.${layer}.${part}`

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
  const ofAll = Object.fromEntries(
    TARGET_ROLES.flatMap((role) => {
      const linear = block[role]
      return linear === undefined ? [] : [[role, target(role, linear)]]
    }),
  )
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
    k: reading('k', present(block.k), block.preAttention),
    v: { weight: reading('v', present(block.v), block.preAttention).weight, bias: null },
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
