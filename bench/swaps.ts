/**
 * @file What `saegate attribute` takes beside one candidate of an audit (forward pass, logits, features), counted in operations of matrix
 * products at the shapes of the bench, with as many active features as arXiv 2606.03002 has there.
 */
import { candidateCost, type SwapText, screenCost, swapsCost } from '../src/audit/attribution/cost.ts'
import { isSeen, type TargetTensor, targetTensors } from '../src/audit/attribution/units.ts'
import type { JsonObject } from '../src/models/config-reader.ts'
import type { Decoder } from '../src/models/decoder-spec.ts'
import { describeDecoder } from '../src/models/families/index.ts'
import { type ModelShape, shapeNamed } from './shapes.ts'

/** Active features: 5,688 of 32,768 and 7,144 of 16,384. */
const ACTIVE = { 'pythia-70m': 5688, 'gemma2-2b': 7144 } as const

export interface SwapRow {
  readonly what: string
  readonly swaps: number
  /** Of one candidate. */
  readonly times: number
}

function decoderOf({ config, tensors, blockLength }: ModelShape): Decoder {
  const plain: JsonObject = JSON.parse(JSON.stringify(config))
  return describeDecoder(plain, blockLength, new Set(tensors.map(({ name }) => name)))
}

/** Of one token, since all that is counted grows with their number. */
export function swapRows(name: keyof typeof ACTIVE): readonly SwapRow[] {
  const shape = shapeNamed(name)
  const decoder = decoderOf(shape)
  const { layer, d_in } = shape.sae
  const hook = { layer, name: 'hook_resid_post' } as const
  const seen = targetTensors(decoder).filter((tensor) => isSeen(tensor, hook, decoder))
  const text: SwapText = {
    tokens: 1,
    length: shape.blockLength,
    readouts: [{ layer, d_in, features: ACTIVE[name] }],
    kl: false,
  }
  const one = candidateCost(decoder, text)
  const row = (what: string, swaps: number, cost: number): SwapRow => ({ what, swaps, times: cost / one })
  const cost = (firsts: readonly number[]): number => swapsCost(decoder, firsts, text)
  const groups = (of: (tensor: TargetTensor) => unknown): readonly number[] => {
    const units = new Map<unknown, number>()
    for (const tensor of seen) units.set(of(tensor), Math.min(units.get(of(tensor)) ?? layer, tensor.block))
    return [...units.values()]
  }
  const [byBlock, byKind] = [groups(({ block }) => block), groups(({ kind }) => kind)]
  const all = seen.map(({ block }) => block)
  // The dearest ten that the screen could put first.
  const ten = [...all].sort((a, b) => a - b).slice(0, 10)
  return [
    row('--by block, one direction', byBlock.length, cost(byBlock)),
    row('--by kind, one direction', byKind.length, cost(byKind)),
    row('all tensors, one direction', all.length, cost(all)),
    row('the ten first tensors of the model, both directions', 20, 2 * cost(ten)),
    row('the screen', 0, screenCost(decoder, layer + 1, text)),
  ]
}
