/** @file What an option is: its names, its type, and what people are told about it. The tables are beside this file. */

export type OptionType =
  | { readonly kind: 'text' }
  /** Present or absent on the command line; true or false elsewhere. */
  | { readonly kind: 'switch' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  /** A whole number: 200000, 200_000, 200k, 1.5M. `all` allows the word for "no limit". */
  | { readonly kind: 'count'; readonly min: number; readonly max: number; readonly all: boolean }
  /** Bytes: 8GB, 512MiB, 8589934592. */
  | { readonly kind: 'size'; readonly min: number; readonly max: number }
  /** chunked,sliding or sliding=WINDOW/STRIDE or none. */
  | { readonly kind: 'perplexity' }

export interface OptionSpec {
  readonly name: string
  /** Of `saegate audit`; null: the action's alone. */
  readonly flag: string | null
  /** Of the action; null: set in saegate.yaml there. */
  readonly input: string | null
  /** Dotted path in saegate.yaml. */
  readonly key: string | null
  readonly type: OptionType
  /** May be given several times (flags) or over several lines (inputs). */
  readonly multi: boolean
  /** As shown to people; null: none. */
  readonly default: string | null
  /** Stands for the value in help texts. */
  readonly metavar: string
  readonly description: string
  readonly example: string
}
