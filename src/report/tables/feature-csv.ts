/**
 * @file Feature tables as CSV (RFC 4180, LF), for spreadsheets and shell tools: one table with the rows of all, candidate
 * by candidate and read-out by read-out. Columns as in the Parquet files; numbers as the shortest text that reads back
 * exactly, an undefined one as an empty field.
 */
import type { FeatureTable } from '../../contract/report/feature-table.ts'

const HEADER =
  'candidate,readout,feature,active,measured,firing_rate,mean,peak,decoder_norm,correlation,correlation_low,correlation_high,class'

export function featureTablesCsv(tables: readonly FeatureTable[]): string {
  return `${[HEADER, ...tables.flatMap(rows)].join('\n')}\n`
}

function rows(table: FeatureTable): readonly string[] {
  const of = `${quoted(table.candidate)},${quoted(table.readout)}`
  return Array.from({ length: table.width }, (_, j) => {
    const numbers = [
      table.firingRate,
      table.mean,
      table.peak,
      table.decoderNorm,
      table.correlation,
      table.correlationLow,
      table.correlationHigh,
    ].map((column) => field(column[j]))
    return [of, j, table.active[j], table.measured[j], ...numbers, table.class[j]].join(',')
  })
}

/** Names come from outside; a spreadsheet takes a text that begins with = + - or @ for a formula. */
function quoted(name: string): string {
  const harmless = /^[=+\-@]/.test(name) ? `'${name}` : name
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

function field(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '' : String(value)
}
