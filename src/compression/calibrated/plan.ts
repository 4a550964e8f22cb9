/**
 * @file The plan of a model whose targets are compressed by a published rule. Weights are made when they are read, from what the
 * calibration told of their inputs; nothing of them is kept.
 */
import { toFloat32 } from '../../numbers/half.ts'
import type { TensorData } from '../../tensors/tensor.ts'
import { matrixOf, SCALE_BITS } from '../compress-tensor.ts'
import {
  type Channels,
  channelRows,
  groupsPerChannel,
  roundToNearest,
  storedLayout,
} from '../round-to-nearest.ts'
import type { JointSource, TensorPlan, TensorSource } from '../tensor-plan.ts'
import { awq, awqScales } from './awq.ts'
import type { Rows } from './feedback.ts'
import { type FeedbackFactor, feedbackFactor } from './feedback-factor.ts'
import { gptq } from './gptq.ts'
import { int8Rows } from './int8.ts'
import { NF4_BLOCK, normalFloat } from './normal-float.ts'
import { smoothed, smoothingScales } from './smoothquant.ts'
import { sparseGpt } from './sparsegpt.ts'
import { type PublishedRule, publishedText } from './spec.ts'
import type { ReadFigure } from './statistics.ts'
import { wanda } from './wanda.ts'

/** A target matrix; `input`: what it is multiplied by, under the name that statistics have it by. */
export interface PublishedTarget extends Channels {
  readonly input: string
}

/** A norm whose output only these matrices read, so that a factor on it can be moved into them. */
export interface SmoothedNorm {
  readonly gain: string
  readonly bias: string | null
  /** Added to the stored gain. */
  readonly gainOffset: number
  readonly input: string
  readonly matrices: readonly string[]
}

/** What a rule is applied to. */
export interface PublishedSubject {
  readonly base: TensorPlan
  readonly targets: ReadonlyMap<string, PublishedTarget>
  /** Of SmoothQuant. */
  readonly norms: readonly SmoothedNorm[]
}

/** The reference's plan with its targets compressed, and, of SmoothQuant, the norms before them. */
export function publishedPlan(
  name: string,
  subject: PublishedSubject,
  how: PublishedRule,
  read: ReadFigure,
): TensorPlan {
  const making = new Making(subject, how, read)
  const sources = [...subject.base.sources].map(([tensor, of]): [string, TensorSource] => {
    const target = subject.targets.get(tensor)
    return [
      tensor,
      target === undefined ? (making.norm(tensor, of) ?? of) : making.matrix(tensor, of, target),
    ]
  })
  return { name, sources: new Map(sources) }
}

/** Bytes of a matrix as the rule would store it; of a pruned one those of `dense` weights. */
export function publishedBytes(channels: Channels, dense: number, how: PublishedRule): number {
  const bits = publishedBits(channels, how)
  return bits === null ? dense : Math.ceil((bits * channels.out * channels.in) / 8)
}

/** Mean stored bits of a weight: integers, 16-bit scales, zero points of as many bits as an integer; null: what zeros save depends on the format. */
export function publishedBits({ in: inputs }: Channels, how: PublishedRule): number | null {
  switch (how.method) {
    case 'wanda':
    case 'sparsegpt':
      return null
    case 'gptq':
    case 'awq':
      return how.bits + ((SCALE_BITS + how.bits) * groupsPerChannel(inputs, how.group)) / inputs
    case 'nf4':
      return 4 + 32 / NF4_BLOCK
    case 'int8-outlier':
      return 8 + 32 / inputs
    case 'smoothquant':
      return how.bits + SCALE_BITS / inputs
  }
}

class Making {
  readonly #subject: PublishedSubject
  readonly #how: PublishedRule
  readonly #read: ReadFigure
  /** The factor that was asked for last: matrices with one input are read one after the other. */
  #latest: { readonly input: string; readonly factor: Promise<FeedbackFactor> } | null = null
  /** (in) AWQ's scales by input. */
  readonly #scales = new Map<string, Promise<Float64Array>>()

  constructor(subject: PublishedSubject, how: PublishedRule, read: ReadFigure) {
    this.#subject = subject
    this.#how = how
    this.#read = read
  }

  matrix(tensor: string, of: TensorSource, target: PublishedTarget): JointSource {
    const shape = target.layout === 'out-in' ? [target.out, target.in] : [target.in, target.out]
    const beside = this.#beside(tensor, target)
    const dense = target.out * target.in * 2
    return {
      kind: 'joint',
      text: `${publishedText(this.#how)} of ${JSON.stringify(target.input)}`,
      of: [of, ...beside.map((other) => this.#sourceOf(other))],
      shape,
      stored: { storedAs: publishedText(this.#how), byteLength: publishedBytes(target, dense, this.#how) },
      make: async (inputs) => {
        const names = [tensor, ...beside]
        const [own, ...others] = inputs.map((data, i) => this.#rows(names[i] ?? tensor, data))
        if (own === undefined) throw new RangeError('a matrix without a source')
        return storedLayout(await this.#compressed(own, others, { tensor, ...target }), target)
      },
    }
  }

  /** A gain or a bias that SmoothQuant divides; null: it stays. */
  norm(tensor: string, of: TensorSource): JointSource | null {
    const norm =
      this.#how.method === 'smoothquant'
        ? this.#subject.norms.find(({ gain, bias }) => gain === tensor || bias === tensor)
        : undefined
    const [first] = norm?.matrices ?? []
    if (norm === undefined || first === undefined) return null
    const offset = tensor === norm.gain ? norm.gainOffset : 0
    const width = this.#targetOf(first).in
    return {
      kind: 'joint',
      text: `${publishedText(this.#how)} before ${JSON.stringify(norm.input)}`,
      of: [of, ...norm.matrices.map((matrix) => this.#sourceOf(matrix))],
      shape: [width],
      make: async ([stored, ...matrices]) => {
        if (stored === undefined) throw new RangeError('a norm without a source')
        const readers = matrices.map((data, i) => this.#rows(norm.matrices[i] ?? first, data))
        const scales = smoothingScales(readers, await this.#read(norm.input, 'largest'))
        return toFloat32(stored).map((value, k) => (value + offset) / (scales[k] ?? 1) - offset)
      },
    }
  }

  /** Other matrices that a rule looks at beside one: those that share its scales. */
  #beside(tensor: string, { input }: PublishedTarget): readonly string[] {
    if (this.#how.method === 'awq')
      return [...this.#subject.targets].flatMap(([name, other]) =>
        other.input === input && name !== tensor ? [name] : [],
      )
    if (this.#how.method !== 'smoothquant') return []
    return this.#normBefore(tensor)?.matrices.filter((name) => name !== tensor) ?? []
  }

  #normBefore(tensor: string): SmoothedNorm | null {
    return this.#subject.norms.find(({ matrices }) => matrices.includes(tensor)) ?? null
  }

  async #compressed(
    own: Rows,
    beside: readonly Rows[],
    { tensor, input }: PublishedTarget & { readonly tensor: string },
  ): Promise<Float32Array> {
    const how = this.#how
    switch (how.method) {
      case 'wanda':
        return wanda(own, await this.#read(input, 'squares'), how.sparsity)
      case 'sparsegpt':
        return sparseGpt(own, await this.#factor(input), how.sparsity)
      case 'gptq':
        return gptq(own, await this.#factor(input), how)
      case 'awq': {
        const scales = this.#scales.get(input) ?? this.#awqScales([own, ...beside], input, how)
        this.#scales.set(input, scales)
        return awq(own, await scales, how)
      }
      case 'nf4':
        return normalFloat(own.data)
      case 'int8-outlier':
        return int8Rows(own)
      case 'smoothquant':
        return await this.#smoothed(own, beside, this.#normBefore(tensor))
    }
  }

  async #awqScales(matrices: readonly Rows[], input: string, how: { bits: number; group: number | null }) {
    const magnitudes = await this.#read(input, 'magnitudes')
    return awqScales(matrices, magnitudes, await this.#factor(input), how)
  }

  /** Where no norm stands before it, a matrix is rounded as it is. */
  async #smoothed(own: Rows, beside: readonly Rows[], norm: SmoothedNorm | null): Promise<Float32Array> {
    const sides = { out: own.out, in: own.in, layout: 'out-in' } as const
    const data =
      norm === null
        ? own.data
        : smoothed(own, smoothingScales([own, ...beside], await this.#read(norm.input, 'largest')))
    return roundToNearest(data, sides, { bits: 8, group: null })
  }

  async #factor(input: string): Promise<FeedbackFactor> {
    if (this.#latest?.input !== input) {
      const factor = this.#read(input, 'products').then((products) =>
        feedbackFactor(products, Math.round(Math.sqrt(products.length))),
      )
      this.#latest = { input, factor }
    }
    return await this.#latest.factor
  }

  #targetOf(tensor: string): PublishedTarget {
    const target = this.#subject.targets.get(tensor)
    if (target === undefined) throw new RangeError(`${tensor} is no target`)
    return target
  }

  #sourceOf(tensor: string): TensorSource {
    const source = this.#subject.base.sources.get(tensor)
    if (source === undefined) throw new RangeError(`the plan has no ${tensor}`)
    return source
  }

  #rows(tensor: string, data: TensorData): Rows {
    return rowsOf(tensor, data, this.#targetOf(tensor))
  }
}

/** (out, in), as a rule sees it. Errors: COMPRESSION_SHAPE_MISMATCH. */
function rowsOf(name: string, tensor: TensorData, channels: Channels): Rows {
  const data = channelRows(matrixOf({ name, channels }, tensor), channels)
  return { data, out: channels.out, in: channels.in }
}
