/** @file A table of words that every form of the report shows alike. */
import type { Outside } from '../phrase.ts'

/** Cells are our own words or names from outside. */
export interface MoreTable {
  readonly title: string
  /** What its figures are, in a paragraph. */
  readonly words: string
  readonly header: readonly string[]
  /** l or r for each column. */
  readonly align: string
  readonly rows: readonly (readonly (string | Outside)[])[]
}
