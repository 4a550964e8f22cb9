/** @file What `saegate compare` tells: the document that its JSON is, and what plots are drawn from. */
import type { COMPARISON_SCHEMA } from '../../contract/experiments/comparison-schema.ts'
import type { SurvivalRule } from '../../statistics/definitions.ts'
import type { Overlap, Pair } from '../../statistics/overlap/overlap.ts'

/** A side as it is told. */
export interface ComparedSide {
  readonly path: string
  readonly candidate: string
  readonly readout: string | null
  /** Active features. */
  readonly active: number
  /** Those that are not active in the other, and are in no figure. */
  readonly leftOut: number
}

export interface Comparison {
  readonly schema: typeof COMPARISON_SCHEMA
  readonly a: ComparedSide
  readonly b: ComparedSide
  readonly thresholds: SurvivalRule & { readonly active: number }
  /** Level of the intervals. */
  readonly confidence: number
  readonly overlap: Overlap
}

export interface ComparedPair {
  readonly comparison: Comparison
  /** The joined features. */
  readonly pair: Pair
}

/** The two as they are called: by candidate, and by file where both candidates have one name. */
export function sideNames({ a, b }: Pick<Comparison, 'a' | 'b'>): readonly [string, string] {
  if (a.candidate !== b.candidate) return [a.candidate, b.candidate]
  return [`${a.path}#${a.candidate}`, `${b.path}#${b.candidate}`]
}
