/**
 * @file A random tiny checkpoint of any family from a seed: config.json as transformers writes it, float32 tensors under its
 * names. Sizes are small and uneven, and every variation that the config can express is drawn.
 *
 * Weights are N(0, 1/√in), gains near 1 (near 0 where 1 is added), biases N(0, 0.3): big enough that a wrong mask, head or
 * rotation shows, small enough that float32 stays within 1e-4 of float64.
 */

import { withSingleExperts } from '../../src/checkpoints/single-experts.ts'
import type { JsonObject } from '../../src/models/config-reader.ts'
import type { TensorTable } from '../../src/tensors/tensor.ts'
import type { NaiveTensor } from './pieces.ts'
import { RANDOM_FAMILIES } from './random-configs.ts'
import { RandomSource } from './random-source.ts'

export interface RandomModel {
  readonly config: JsonObject
  readonly tensors: ReadonlyMap<string, NaiveTensor>
}

/** Collects tensors; names and shapes come from the family. */
export class TensorMaker {
  readonly tensors = new Map<string, NaiveTensor>()
  readonly random: RandomSource
  readonly #seed: number

  constructor(seed: number) {
    this.#seed = seed
    this.random = new RandomSource(seed * 7919 + 17)
  }

  /** The choices in turn, so that as many seeds as there are choices see each of them. */
  turn<T>(...choices: readonly [T, ...T[]]): T {
    return choices[this.#seed % choices.length] ?? choices[0]
  }

  #fill(name: string, shape: readonly number[], value: () => number): void {
    const length = shape.reduce((product, size) => product * size, 1)
    this.tensors.set(name, { shape, data: Float32Array.from({ length }, value) })
  }

  /** `NAME.weight` [out, in] and, if asked, `NAME.bias` [out]. */
  linear(name: string, out: number, input: number, bias: boolean, size = 1): void {
    this.#fill(`${name}.weight`, [out, input], () => (size * this.random.normal()) / Math.sqrt(input))
    if (bias) this.#fill(`${name}.bias`, [out], () => 0.3 * this.random.normal())
  }

  /** Conv1D: `NAME.weight` [in, out], `NAME.bias` [out]. */
  conv1d(name: string, out: number, input: number): void {
    this.#fill(`${name}.weight`, [input, out], () => this.random.normal() / Math.sqrt(input))
    this.#fill(`${name}.bias`, [out], () => 0.3 * this.random.normal())
  }

  /** Numbers under a name of their own; a matrix's last two axes are [in, out], as a factor on the right. */
  parameter(name: string, shape: readonly number[], size: number): void {
    this.#fill(name, shape, () => size * this.random.normal())
  }

  /** A lookup table [rows, width]. */
  table(name: string, rows: number, width: number): void {
    this.#fill(name, [rows, width], () => this.random.normal())
  }

  rmsNorm(name: string, size: number, centre: 0 | 1): void {
    this.#fill(`${name}.weight`, [size], () => centre + 0.3 * this.random.normal())
  }

  layerNorm(name: string, size: number): void {
    this.rmsNorm(name, size, 1)
    this.#fill(`${name}.bias`, [size], () => 0.3 * this.random.normal())
  }
}

/** Families that can be drawn: model_type. */
export const randomFamilies: readonly string[] = [...RANDOM_FAMILIES.keys()]

export function randomModel(family: string, seed: number): RandomModel {
  const make = RANDOM_FAMILIES.get(family)
  if (!make) throw new Error(`no random models of ${family}`)
  const maker = new TensorMaker(seed)
  // Stored as JSON is: undefined entries vanish.
  const config: JsonObject = JSON.parse(JSON.stringify({ model_type: family, ...make(maker) }))
  return { config, tensors: maker.tensors }
}

/** `length` token ids below the config's vocabulary, from a seed. */
export function randomIds(config: JsonObject, length: number, seed: number): number[] {
  const random = new RandomSource(seed * 104_729 + 3)
  const text = config.text_config ?? config
  const vocabulary =
    typeof text === 'object' && text !== null && 'vocab_size' in text ? Number(text.vocab_size) : 0
  return Array.from({ length }, () => random.integer(0, vocabulary - 1))
}

/** A model as the models stage sees it: experts apart, whatever way they are stored in. */
export function tableOfModel({ config, tensors }: RandomModel): TensorTable {
  return withSingleExperts(tableOf(tensors), config)
}

/** Tensors as the models stage sees them. */
export function tableOf(tensors: ReadonlyMap<string, NaiveTensor>): TensorTable {
  const entries = [...tensors].map(([name, { shape, data }]) => {
    return [name, { name, shape, storedAs: 'F32', byteLength: 4 * data.length }] as const
  })
  return {
    entries: new Map(entries),
    read: async (name) => {
      const found = tensors.get(name)
      if (!found) throw new Error(`no tensor ${name}`)
      return { type: 'float32', shape: found.shape, data: Float32Array.from(found.data) }
    },
    close: async () => {},
  }
}
