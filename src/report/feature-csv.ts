/**
 * @file The feature table as CSV (RFC 4180, LF), for spreadsheets and shell tools. Same columns as the Parquet file;
 * numbers as the shortest text that reads back exactly, an undefined one as an empty field.
 */
import type { FeatureTable } from '../contract/feature-table.ts'

const HEADER =
  'feature,active,measured,firing_rate,mean,peak,decoder_norm,correlation,correlation_low,correlation_high,class'

export function featureTableCsv(table: FeatureTable): string {
  const lines = [HEADER]
  for (let j = 0; j < table.width; j++) {
    const numbers = [
      table.firingRate,
      table.mean,
      table.peak,
      table.decoderNorm,
      table.correlation,
      table.correlationLow,
      table.correlationHigh,
    ].map((column) => field(column[j]))
    lines.push([j, table.active[j], table.measured[j], ...numbers, table.class[j]].join(','))
  }
  return `${lines.join('\n')}\n`
}

function field(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '' : String(value)
}
