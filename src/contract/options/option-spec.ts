/** @file What an option is: its names, its type, its default, and what people are told about it. The tables are beside this file. */

export type OptionType =
  | { readonly kind: 'text' }
  /** 64 hexadecimal digits. */
  | { readonly kind: 'sha256' }
  /** Present or absent on the command line; true or false elsewhere. */
  | { readonly kind: 'switch' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'choice'; readonly choices: readonly string[] }
  /** A choice, or one of several NVIDIA devices by number: cuda:1. */
  | { readonly kind: 'device'; readonly choices: readonly string[] }
  /** A choice, skip-first with how many, or a slice. */
  | { readonly kind: 'positions'; readonly choices: readonly string[] }
  /** A whole number: 200000, 200_000, 200k, 1.5M. `all` allows the word for "no limit". */
  | { readonly kind: 'count'; readonly min: number; readonly max: number; readonly all: boolean }
  /** How many tokens after those that are audited; `audited`, `audited=N`: these, or the first N of them. */
  | { readonly kind: 'matched'; readonly min: number; readonly max: number }
  /** Bytes: 8GB, 512MiB, 8589934592. */
  | { readonly kind: 'size'; readonly min: number; readonly max: number }
  /** chunked,sliding or sliding=WINDOW/STRIDE or none: the window and stride of `sliding` alone, and the longest window. */
  | { readonly kind: 'perplexity'; readonly sliding: SlidingWindow; readonly max: number }

export interface SlidingWindow {
  readonly window: number
  readonly stride: number
}

/** Which tokens a matched pruning finds its sparsity on: what the option `matchTokens` says. */
export interface MatchTokens {
  /** `held-out`: those after the audited ones. */
  readonly where: 'held-out' | 'audited'
  /** At most; null: all that are audited. */
  readonly tokens: number | null
}

/** Which perplexity protocols are measured: what the option `perplexity` says. */
export interface PerplexityConfig {
  readonly chunked: boolean
  readonly sliding: SlidingWindow | null
}

/** One row of the table. Its key in the table is its name in the code. */
export interface OptionRow {
  /** Of `saegate audit`; null: the action's alone. */
  readonly flag: string | null
  /** Of the action; null: set in saegate.yaml there. */
  readonly input: string | null
  /** Dotted path in saegate.yaml; `[]` stands for every entry of a list. */
  readonly key: string | null
  readonly type: OptionType
  /** May be given several times (flags) or over several lines (inputs). */
  readonly multi: boolean
  /** What holds where nothing is given, as it would be read; null: nothing. */
  readonly default: string | number | boolean | PerplexityConfig | null
  /** What holds where nothing is given, in words, where no value says it. */
  readonly absent?: string
  /** Stands for the value in help texts. */
  readonly metavar: string
  readonly description: string
  readonly example: string
}

export interface OptionSpec extends OptionRow {
  readonly name: string
}

/** What many rows share: any text, given once. */
export const text = { kind: 'text' } as const
export const one = { multi: false } as const
