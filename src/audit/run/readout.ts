/** @file A read-out: one SAE at one hook of the reference. */
import { type HookPoint, hookName } from '../../contract/hook-point.ts'
import type { CountedPositions } from '../../contract/options/positions.ts'
import type { Dictionary } from '../../sae/dictionary.ts'
import type { StoredEncoder } from './stored-encoder.ts'

export type { Encoder } from './stored-encoder.ts'

/** An SAE bound to a place in the reference. */
export interface Readout {
  readonly id: string
  readonly hook: string
  /** The pattern among the specs that the SAE was found by; null: it was named. */
  readonly pattern: string | null
  readonly dictionary: Dictionary
  readonly encoder: StoredEncoder
  /** Only LayerNorm models are centred by TransformerLens: for others the SAE's own word is not enough, the user's is. */
  readonly center: boolean
  readonly positions: CountedPositions
  /** ‖W_dec row‖ (d_sae) */
  readonly decoderNorms: Float64Array
  close(): Promise<void>
}

/** A read-out as a report describes it: what is known of one without its weights. */
export interface ReadoutPlace {
  readonly id: string
  readonly hook: string
  readonly pattern: string | null
  /** The SAE's spec. */
  readonly sae: string
  readonly layer: number
  /** d_sae */
  readonly width: number
  /** d_in */
  readonly modelWidth: number
  readonly architecture: string
  readonly sha256: string
  readonly center: boolean
  readonly positions: CountedPositions
  readonly neuronpedia: string | null
  readonly claims: Dictionary['claims']
  /** ‖W_dec row‖ (d_sae) */
  readonly decoderNorms: Float64Array
}

export function placeOf({
  id,
  hook,
  pattern,
  dictionary,
  center,
  positions,
  decoderNorms,
}: Readout): ReadoutPlace {
  const { spec, reads, d_sae, d_in, architecture, sha256, neuronpedia, claims } = dictionary
  const of = { sae: spec, layer: reads.layer, width: d_sae, modelWidth: d_in, architecture, sha256 }
  return { id, hook, pattern, ...of, center, positions, neuronpedia, claims, decoderNorms }
}

/** Before the text is known, which has a say in what counts. */
export type OpenedReadout = Omit<Readout, 'positions'>

/** Where the read-outs read, and where what they rebuild stands: each place once. */
export function hooksOf(
  readouts: readonly { readonly dictionary: Pick<Dictionary, 'reads' | 'predicts'> }[],
): readonly HookPoint[] {
  const hooks = readouts.flatMap(({ dictionary: { reads, predicts } }) => [reads, predicts])
  return [...new Map(hooks.map((hook) => [hookName(hook), hook])).values()]
}
