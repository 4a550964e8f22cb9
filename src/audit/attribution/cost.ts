/** @file What swaps cost, in floating-point operations of the matrix products: for progress, and for the bench. */
import type { AuditConfig } from '../../contract/options/audit-config.ts'
import type { Decoder } from '../../models/decoder-spec.ts'
import { stageCost } from '../machine/stage-cost.ts'
import type { Readout } from '../run/readout.ts'
import { MOST_PER_ROUND } from '../run/run.ts'
import { swapUnits } from './units.ts'

/** A read-out as far as swaps pay for it. */
export interface PaidReadout {
  /** Block of its hook. */
  readonly layer: number
  readonly d_in: number
  /** Features that are summed: the active ones. */
  readonly features: number
}

/** What swaps are run over and read at. */
export interface SwapText {
  readonly tokens: number
  readonly length: number
  readonly readouts: readonly PaidReadout[]
  /** Is each run to the end, and its losses taken? */
  readonly kl: boolean
}

/** `firsts`: the first block that each swap changes. */
export function swapsCost(decoder: Decoder, firsts: readonly number[], text: SwapText): number {
  const { tokens, length, readouts, kl } = text
  if (firsts.length === 0) return 0
  const upTo = (block: number): number => stageCost.body(decoder, tokens, length, block)
  const last = kl ? decoder.spec.blocks.length : Math.max(...readouts.map(({ layer }) => layer + 1))
  // The boundary is moved on block by block, as far as the last that a swap starts from.
  let cost = upTo(Math.max(...firsts))
  for (const block of new Set(firsts)) {
    const count = firsts.filter((first) => first === block).length
    const models = count + Math.ceil(count / MOST_PER_ROUND)
    cost += count * (upTo(last) - upTo(block))
    for (const { layer, d_in, features } of readouts)
      if (layer >= block) cost += stageCost.features(d_in, features, tokens, models)
    if (kl) cost += stageCost.head(decoder, tokens, models)
  }
  return cost
}

/** The pass that sums what matrices read. */
export function screenCost(decoder: Decoder, end: number, { tokens, length }: SwapText): number {
  return stageCost.body(decoder, tokens, length, end)
}

/** One candidate of an audit: its forward pass, its logits, its features beside the reference's. */
export function candidateCost(decoder: Decoder, { tokens, length, readouts }: SwapText): number {
  const features = readouts.reduce(
    (sum, { d_in, features: own }) => sum + stageCost.features(d_in, own, tokens, 1),
    0,
  )
  return stageCost.body(decoder, tokens, length) + stageCost.head(decoder, tokens, 1) + features
}

/** What an audit's swaps come to before it is known what the screen puts first and how many features are active. */
export function attributionCost(
  { attribution: config }: AuditConfig,
  decoder: Decoder,
  readouts: readonly Readout[],
  text: Pick<SwapText, 'tokens' | 'length'>,
): number {
  if (config === undefined) return 0
  const paid: SwapText = {
    ...text,
    kl: config.kl,
    readouts: readouts.map(({ dictionary: { reads, d_in, d_sae } }) => ({
      layer: reads.layer,
      d_in,
      features: d_sae,
    })),
  }
  const hooks = readouts.map(({ dictionary }) => dictionary.reads)
  const { units } = swapUnits(decoder, hooks, config)
  const firsts = units.map(({ first }) => first)
  const some = (count: number | null): readonly number[] => firsts.slice(0, count ?? firsts.length)
  const end = 1 + Math.max(...units.flatMap(({ tensors }) => tensors.map(({ block }) => block)))
  const series = [config.first, config.controls, config.restored].map((count) =>
    swapsCost(decoder, some(count), paid),
  )
  return series.reduce((sum, cost) => sum + cost, screenCost(decoder, end, paid))
}
