/** @file What a line of the table of releases says, and the places and widths that many share. */
import type { InputRows } from '../dictionary.ts'

/** Dictionaries of one repository that differ by layer alone. */
export interface Release {
  readonly repository: string
  /** Of the dictionary, below the repository. */
  readonly path: string
  /** On the Hugging Face Hub. */
  readonly model: string
  readonly hook: string
  readonly layers: readonly number[]
  /** Features. */
  readonly width: number
  /** Features that fire per position, of all layers or layer by layer; absent: not known. */
  readonly l0?: number | readonly number[]
  /** MODEL/LAYER-SOURCESET */
  readonly neuronpedia?: string
  /** Trained on TransformerLens' centred writing weights. */
  readonly center?: true
  /** What its config does not say, or says wrongly. */
  readonly input?: InputRows
  /** First positions of each context that were left out of training. */
  readonly skipped?: number
}

export const RESID_PRE = 'blocks.{L}.hook_resid_pre'
export const RESID_MID = 'blocks.{L}.hook_resid_mid'
export const RESID_POST = 'blocks.{L}.hook_resid_post'
export const ATTN_OUT = 'blocks.{L}.hook_attn_out'
export const MLP_OUT = 'blocks.{L}.hook_mlp_out'
export const Z = 'blocks.{L}.attn.hook_z'

export const WIDTHS: Readonly<Record<string, number>> = {
  '4k': 2 ** 12,
  '16k': 2 ** 14,
  '32k': 2 ** 15,
  '65k': 2 ** 16,
  '131k': 2 ** 17,
  '262k': 2 ** 18,
  '524k': 2 ** 19,
  '1m': 2 ** 20,
}

/** Every `step`th layer from `first` to `last`, both included. */
export function layers(first: number, last: number, step = 1): readonly number[] {
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, i) => first + i * step)
}
