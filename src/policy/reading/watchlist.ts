/**
 * @file Feature ids, their labels and thresholds of alarms from a CSV file: `feature,label,threshold`, the last two optional, `#` opens a
 * comment line.
 *
 * A header line may name the columns in any order (feature, label, threshold; others are ignored). Quotes as in RFC 4180, but a value
 * does not span lines. Untrusted: size and count are bounded.
 */
import { watchlistInvalid } from '../../errors/policy.ts'
import type { FeatureList } from '../metrics/metric.ts'

/** Characters: a label for each feature of the widest published dictionary (about a million) would still be refused. */
const MAX_CHARACTERS = 16 * 1024 * 1024
const MAX_FEATURES = 100_000
/** A label is shown in tables. */
const MAX_LABEL = 200

/** Throws WATCHLIST_INVALID with file and line. */
export function parseWatchlist(path: string, text: string): FeatureList {
  if (text.length > MAX_CHARACTERS) {
    throw watchlistInvalid(path, `it has ${text.length} characters; at most ${MAX_CHARACTERS} are read`)
  }
  const rows = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((line, index) => ({ line: line.trim(), number: index + 1 }))
    .filter(({ line }) => line !== '' && !line.startsWith('#'))
  const first = rows[0]
  if (first === undefined) throw watchlistInvalid(path, 'it lists no feature')
  const header = cells(first.line).map((name) => name.toLowerCase())
  const named = header.includes('feature')
  const columns = named
    ? {
        id: header.indexOf('feature'),
        label: header.indexOf('label'),
        threshold: header.indexOf('threshold'),
      }
    : { id: 0, label: 1, threshold: 2 }
  const labels = new Map<number, string>()
  const ids = new Set<number>()
  const alarms = new Map<number, number>()
  for (const { line, number } of named ? rows.slice(1) : rows) {
    const values = cells(line)
    const id = values[columns.id] ?? ''
    if (!/^\d{1,9}$/.test(id))
      throw watchlistInvalid(`${path}:${number}`, `"${id.slice(0, 40)}" is no feature id`)
    const label = values[columns.label] ?? ''
    ids.add(Number(id))
    if (label !== '') labels.set(Number(id), label.slice(0, MAX_LABEL))
    const threshold = thresholdOf(values[columns.threshold] ?? '', `${path}:${number}`)
    if (threshold !== null) alarms.set(Number(id), threshold)
    if (ids.size > MAX_FEATURES) throw watchlistInvalid(path, `it lists more than ${MAX_FEATURES} features`)
  }
  if (ids.size === 0) throw watchlistInvalid(path, 'it lists no feature')
  return { ids: [...ids], labels, ...(alarms.size === 0 ? {} : { alarms }) }
}

/** Throws WATCHLIST_INVALID. */
function thresholdOf(text: string, where: string): number | null {
  if (text === '') return null
  const value = Number(text)
  if (!/^[-+.\deE]{1,32}$/.test(text) || !Number.isFinite(value) || value < 0)
    throw watchlistInvalid(where, `"${text.slice(0, 40)}" is no threshold: a number of 0 or more`)
  return value
}

/** One line's values: bare up to the next comma, or quoted with "" for a quote. */
function cells(line: string): string[] {
  const out: string[] = []
  const cell = /\s*(?:"((?:[^"]|"")*)"\s*|([^,]*))(,|$)/y
  while (cell.lastIndex <= line.length) {
    const match = cell.exec(line)
    if (match === null) return [...out, line.slice(0, 40)]
    out.push(match[1] === undefined ? (match[2] ?? '').trim() : match[1].replaceAll('""', '"'))
    if (match[3] === '') break
  }
  return out
}
