/** @file What `saegate reproduce` tells: a paper's figures beside what was measured here. */
import type { REPRODUCTION_SCHEMA } from '../../../contract/experiments/reproduction-schema.ts'
import type { PaperTable } from '../../../contract/presets/preset-schema.ts'

export interface ReproducedFigure {
  readonly table: PaperTable
  readonly run: string
  readonly condition: string
  readonly figure: string
  /** With all its digits; null: the paper has none. */
  readonly paper: string | null
  readonly ours: number | null
  readonly difference: number | null
  readonly outside: boolean | null
}

export interface Reproduction {
  readonly schema: typeof REPRODUCTION_SCHEMA
  readonly preset: string
  readonly overridden: readonly string[]
  readonly runs: readonly { readonly name: string; readonly why: string; readonly report: string }[]
  readonly rows: readonly ReproducedFigure[]
  readonly notes: readonly { readonly table: PaperTable; readonly run: string; readonly message: string }[]
}
