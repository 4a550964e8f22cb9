/** @file What a corpus file is, by the endings of its name: the format of its contents, and what it is packed with. */

export type Format = 'text' | 'lines' | 'json' | 'csv' | 'tsv' | 'parquet'
export type Packing = 'gzip' | 'zstd' | null

export interface FileKind {
  readonly format: Format
  readonly packing: Packing
}

const FORMATS: ReadonlyMap<string, Format> = new Map([
  ['txt', 'text'],
  ['text', 'text'],
  ['md', 'text'],
  ['jsonl', 'lines'],
  ['ndjson', 'lines'],
  ['json', 'json'],
  ['csv', 'csv'],
  ['tsv', 'tsv'],
  ['parquet', 'parquet'],
])

const PACKINGS: ReadonlyMap<string, Packing> = new Map([
  ['gz', 'gzip'],
  ['gzip', 'gzip'],
  ['zst', 'zstd'],
  ['zstd', 'zstd'],
])

const UNREAD = /\.(xz|bz2|zip|7z|tar|tgz|arrow|feather|lz4|br)$/i

/** Archives and the like that are no text; null: none of them. */
export function unreadKind(name: string): string | null {
  const ending = UNREAD.exec(name)?.[1]
  return ending === undefined ? null : `a .${ending.toLowerCase()} file`
}

/** By its endings; null: none that is known. */
export function knownKind(name: string): FileKind | null {
  const endings = name.toLowerCase().split('/').at(-1)?.split('.').slice(1) ?? []
  const packing = PACKINGS.get(endings.at(-1) ?? '') ?? null
  const format = FORMATS.get(endings.at(packing === null ? -1 : -2) ?? '')
  return format === undefined ? null : { format, packing }
}

/** A file that is named by itself: text, whatever it is called, unless its ending says more. */
export function kindOf(name: string): FileKind {
  const packing = PACKINGS.get(name.toLowerCase().split('.').at(-1) ?? '') ?? null
  return knownKind(name) ?? { format: 'text', packing }
}
