/** @file Which sequences of the audited text are looked at again: its beginnings, and subsets drawn by seeds. */
import type { StabilityConfig } from '../../contract/options/audit-config.ts'
import { seeded, shuffled } from '../../statistics/shuffle.ts'

export interface Subset {
  /** `budget`: the beginning. `subset`: drawn. `itself`: the beginning, the reference in the candidate's place. */
  readonly kind: 'budget' | 'subset' | 'itself'
  /** Of a drawn one. */
  readonly seed: number | null
  /** Sequence numbers, ascending. */
  readonly sequences: readonly number[]
}

/** In whole sequences of `length` positions, one at least and all at most; equal beginnings once. */
export function subsetsOf(
  { budgets, subsets, subsetTokens, seed }: StabilityConfig,
  sequences: number,
  length: number,
): readonly Subset[] {
  const countOf = (tokens: number): number => Math.max(1, Math.min(sequences, Math.floor(tokens / length)))
  const all = Array.from({ length: sequences }, (_, i) => i)
  const counts = [...new Set(budgets.map(countOf))].sort((a, b) => a - b)
  const drawn = countOf(subsetTokens)
  const begins = (kind: Subset['kind'], count: number): Subset => ({
    kind,
    seed: null,
    sequences: all.slice(0, count),
  })
  return [
    ...counts.map((count) => begins('budget', count)),
    ...Array.from({ length: subsets }, (_, i) => ({
      kind: 'subset' as const,
      seed: seed + i,
      sequences: [...shuffled(all, seeded(seed + i)).slice(0, drawn)].sort((a, b) => a - b),
    })),
    begins('itself', drawn),
  ]
}
