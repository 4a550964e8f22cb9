/**
 * @file Where each tensor of a model comes from, as plain data: a checkpoint, a compression of another source, or a function of
 * several sources that changes tensors together. A whole artifact, `rtn:6` and a swap of one tensor are plans; plan-table.ts reads
 * them (docs/decisions/2026-11-28-tensor-plans.md).
 */
import type { TensorData, TensorEntry, TensorTable } from '../tensors/tensor.ts'
import type { Channels } from './round-to-nearest.ts'
import { type Compression, compressionText } from './spec.ts'

/** Tensors that plans take from. Whoever opened the table closes it. */
export interface TensorStore {
  /** As the user named it; digests of plans know it by what it holds instead. */
  readonly name: string
  readonly table: TensorTable
}

export interface StoredSource {
  readonly kind: 'stored'
  readonly store: TensorStore
  /** Its name there. */
  readonly tensor: string
}

export interface CompressedSource {
  readonly kind: 'compressed'
  readonly of: TensorSource
  readonly channels: Channels
  readonly how: Compression
}

/** One result of a change that several tensors take part in: a norm folded into the matrices behind it, a scale moved into the norm before. */
export interface JointSource {
  readonly kind: 'joint'
  /** Says the function and its settings in full: two sources of equal text and equal inputs hold equal values. */
  readonly text: string
  readonly of: readonly TensorSource[]
  readonly shape: readonly number[]
  /** Where it is not stored as it comes, in float32. */
  readonly stored?: Pick<TensorEntry, 'storedAs' | 'byteLength'>
  /** The result in float32, row-major, from the inputs in their order. */
  readonly make: (inputs: readonly TensorData[]) => Float32Array | Promise<Float32Array>
}

export type TensorSource = StoredSource | CompressedSource | JointSource

export interface TensorPlan {
  readonly name: string
  /** Tensor, under the name that the model's decoder reads, and its source. */
  readonly sources: ReadonlyMap<string, TensorSource>
}

/** Every tensor of a checkpoint as it is stored. */
export function storedPlan(store: TensorStore): TensorPlan {
  const names = [...store.table.entries.keys()]
  const sources = names.map((tensor) => [tensor, { kind: 'stored', store, tensor }] as const)
  return { name: store.name, sources: new Map(sources) }
}

/** The same with the targets compressed; all else (embeddings, norms, biases, unembedding) as it was. */
export function compressedPlan(
  name: string,
  base: TensorPlan,
  targets: ReadonlyMap<string, Channels>,
  how: Compression,
): TensorPlan {
  const sources = [...base.sources].map(([tensor, of]): [string, TensorSource] => {
    const channels = targets.get(tensor)
    return [tensor, channels === undefined ? of : { kind: 'compressed', of, channels, how }]
  })
  return { name, sources: new Map(sources) }
}

/** `base` with other sources for some of its tensors: those that another plan has for them, or functions of several. */
export function withSources(
  name: string,
  base: TensorPlan,
  changed: ReadonlyMap<string, TensorSource>,
): TensorPlan {
  for (const tensor of changed.keys()) {
    if (!base.sources.has(tensor)) throw new RangeError(`${base.name} has no ${tensor}`)
  }
  return { name, sources: new Map([...base.sources, ...changed]) }
}

/** Do two sources hold the same values, as far as a plan can tell? */
export function sameSource(a: TensorSource | undefined, b: TensorSource | undefined): boolean {
  if (a === undefined || b === undefined) return false
  if (a === b) return true
  if (a.kind === 'stored' && b.kind === 'stored') return a.store === b.store && a.tensor === b.tensor
  if (a.kind === 'compressed' && b.kind === 'compressed') {
    return compressedText(a) === compressedText(b) && sameSource(a.of, b.of)
  }
  if (a.kind !== 'joint' || b.kind !== 'joint') return false
  return a.text === b.text && a.of.length === b.of.length && a.of.every((of, i) => sameSource(of, b.of[i]))
}

/** A plan in words that do not depend on names of files. `digestOf`: of what a store holds. Equal texts, equal models. */
export function planText(plan: TensorPlan, digestOf: (store: TensorStore) => string): string {
  const names = [...plan.sources.keys()].sort()
  return names
    .map((name) => `${JSON.stringify(name)} ${sourceText(plan.sources.get(name), digestOf)}`)
    .join('\n')
}

function sourceText(source: TensorSource | undefined, digestOf: (store: TensorStore) => string): string {
  switch (source?.kind) {
    case 'stored':
      return `${digestOf(source.store)} ${JSON.stringify(source.tensor)}`
    case 'compressed':
      return `${compressedText(source)} (${sourceText(source.of, digestOf)})`
    case 'joint':
      return `${JSON.stringify(source.text)} (${source.of.map((of) => sourceText(of, digestOf)).join(', ')})`
    default:
      throw new RangeError('a tensor without a source')
  }
}

/** Sides count: the same bits along other channels are other values. */
function compressedText({ channels, how }: CompressedSource): string {
  return `${compressionText(how)} ${channels.layout} ${channels.out}x${channels.in}`
}
