/** @file The norms before a candidate's matrices beside the reference's: other gains, other biases. */
import { sameSource } from '../../../compression/tensor-plan.ts'
import { attributionUnlike } from '../../../errors/attribution.ts'
import type { NormRef } from '../../../models/decoder-spec.ts'
import type { Target } from '../../../models/target-inputs.ts'
import { toFloat32 } from '../../../numbers/half.ts'
import { present } from '../../../numbers/present.ts'
import type { Model } from '../model.ts'

/** What stands before a matrix: its inputs are `gain` times the reference's, plus what W · shift adds. */
export interface Before {
  readonly gain: Float64Array | null
  readonly shift: Float64Array | null
}

/** The norms before matrices, read where the plans do not say that both are one. */
export class NormChanges {
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
