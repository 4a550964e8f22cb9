/**
 * @file What is known of single tokens, for a reader of `--format text`: KL by the reference's confidence and by the kind of token, and the
 * statistics of llama.cpp's perplexity tool under the names and with the digits that it prints them.
 */
import type { CandidateReport, Report } from '../../contract/report/report-schema.ts'
import { visible } from '../../escape/visible.ts'
import { TOKEN_QUANTILES } from '../../statistics/token-statistics.ts'
import { decimal } from '../words/format.ts'
import { CONFIDENCE_HEADER, confidenceRows, KIND_HEADER, kindRows } from '../words/parts/token-parts.ts'

type Statistics = NonNullable<NonNullable<CandidateReport['divergence']>['tokenStatistics']>
type Figure = Statistics['kl']

/** Nothing of reports that have none. */
export function tokenLines(report: Report): readonly string[] {
  return report.candidates.flatMap((candidate) => {
    const statistics = candidate.divergence?.tokenStatistics
    const rows = confidenceRows(candidate)
    const kinds = kindRows(candidate)
    const name = visible(candidate.name, 60)
    return [
      ...(rows.length === 0
        ? []
        : ['', `${name} by how sure the reference was`, ...inColumns(CONFIDENCE_HEADER, rows)]),
      ...(kinds.length === 0 ? [] : ['', `${name} by kind of token`, ...inColumns(KIND_HEADER, kinds)]),
      ...(statistics === undefined
        ? []
        : ['', `${name}, statistics of llama.cpp’s perplexity tool (± as if tokens were independent)`]),
      ...(statistics === undefined ? [] : llamaLines(statistics)),
    ]
  })
}

const WIDTHS = [28, 9, 9, 18, 15, 16] as const

function inColumns(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => cells.map((cell, i) => cell.padStart(WIDTHS[i] ?? 0)).join(' ')
  return [header, ...rows].map(line)
}

function llamaLines(of: Statistics): string[] {
  const correlation = of.correlation === null ? 'none' : `${decimal(100 * of.correlation, 2)}%`
  return [
    '====== Perplexity statistics ======',
    row('Mean PPL(Q)', of.perplexity),
    row('Mean PPL(base)', of.basePerplexity),
    `${'Cor(ln(PPL(Q)), ln(PPL(base)))'.padEnd(NAME)}: ${correlation.padStart(7)}`,
    row('Mean ln(PPL(Q)/PPL(base))', of.logRatio),
    row('Mean PPL(Q)/PPL(base)', of.ratio),
    row('Mean PPL(Q)-PPL(base)', of.difference),
    '====== KL divergence statistics ======',
    row('Mean    KLD', of.kl),
    ...quantileRows('KLD', of.klQuantiles, (value) => decimal(value, 6).padStart(10)),
    '====== Token probability statistics ======',
    percentRow('Mean    Δp', of.deltaP),
    ...quantileRows('Δp', of.deltaPQuantiles, (value) => `${decimal(100 * value, 3).padStart(7)}%`),
    percentRow('RMS Δp', of.deltaPRms),
    percentRow('Same top p', of.sameTop),
  ]
}

const NAME = 30

function row(name: string, { value, error }: Figure): string {
  return `${name.padEnd(NAME)}: ${decimal(value, 6).padStart(10)} ± ${decimal(error, 6).padStart(10)}`
}

function percentRow(name: string, { value, error }: Figure): string {
  const inPercent = error === null ? null : 100 * error
  return `${name.padEnd(NAME)}: ${decimal(100 * value, 3).padStart(7)} ± ${decimal(inPercent, 3).padStart(6)} %`
}

function quantileRows(of: string, values: readonly number[], show: (value: number) => string): string[] {
  return TOKEN_QUANTILES.map((q, i) => {
    const place = q === 0.5 ? 'Median' : q === 1 ? 'Maximum' : q === 0 ? 'Minimum' : `${decimal(100 * q, 1)}%`
    return `${`${place.padStart(q === 0.5 ? 6 : 5).padEnd(7)} ${of}`.padEnd(NAME)}: ${show(values[i] ?? Number.NaN)}`
  })
}
