/**
 * @file Feature tables as CSV (RFC 4180, LF), for spreadsheets and shell tools: one table with the rows of all, candidate
 * by candidate and read-out by read-out. Columns as in the Parquet files; numbers as the shortest text that reads back
 * exactly, an undefined one as an empty field.
 */
import type { FeatureTable } from '../../contract/report/feature-table.ts'
import { oneLine } from '../../escape/visible.ts'
import { FIRING_COLUMNS } from './feature-parquet.ts'

const HEADER = `candidate,readout,feature,active,measured,firing_rate,mean,mean_square,peak,decoder_norm,correlation,correlation_low,correlation_high,class,${Object.keys(FIRING_COLUMNS).join(',')}`

/** Where any of the tables has them. */
const LATENTS = ',latent_scaling_reconstruction,latent_scaling_error'

export function featureTablesCsv(tables: readonly FeatureTable[]): string {
  const hasLatents = tables.some(({ latents }) => latents !== undefined)
  const header = hasLatents ? HEADER + LATENTS : HEADER
  return `${[header, ...tables.flatMap((table) => rows(table, hasLatents))].join('\n')}\n`
}

function rows(table: FeatureTable, hasLatents: boolean): readonly string[] {
  const of = `${quoted(table.candidate)},${quoted(table.readout)}`
  return Array.from({ length: table.width }, (_, j) => {
    const numbers = [
      table.firingRate,
      table.mean,
      table.meanSquare,
      table.peak,
      table.decoderNorm,
      table.correlation,
      table.correlationLow,
      table.correlationHigh,
    ].map((column) => field(column[j]))
    const firing = Object.values(FIRING_COLUMNS).map((key) => field(table.firing?.[key][j]))
    const latents = hasLatents
      ? [field(table.latents?.reconstruction[j]), field(table.latents?.error[j])]
      : []
    const cells = [
      of,
      j,
      table.active[j],
      table.measured[j],
      ...numbers,
      table.class[j],
      ...firing,
      ...latents,
    ]
    return cells.join(',')
  })
}

/**
 * Names come from outside; a spreadsheet takes a text that begins with = + - or @ for a formula, also after a space, a tab or
 * a line end that it drops, and in the wide forms of these. A field that begins with a colon is quoted, so that no line does.
 */
function quoted(name: string): string {
  const shown = oneLine(name)
  const harmless = /^\s*[=+\-@＝＋－＠]/.test(name) ? `'${shown}` : shown
  return /[",]|^\s*:/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

function field(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '' : String(value)
}
