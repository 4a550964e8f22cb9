/** @file `saegate stability` for a terminal or a log, and its tables for the page. */
import { visible } from '../../../escape/visible.ts'
import { count, decimal, MISSING, number, percent, percentInterval } from '../../words/format.ts'
import { textTable } from '../text-table.ts'
import type { Stability } from './stability.ts'

export function stabilityText(stability: Stability): string {
  return `${[
    ...stabilityLines(stability),
    ...block('beginnings, drawn subsets, and the reference against itself', partRows(stability)),
    ...block('spread of the drawn subsets (standard deviation)', spreadRows(stability)),
    ...block('the whole text at other thresholds', gridRows(stability)),
  ].join('\n')}\n`
}

const block = (title: string, rows: readonly (readonly string[])[]): readonly string[] =>
  rows.length < 2 ? [] : ['', title, ...textTable(rows)]

export function stabilityLines({ reference, thresholds, confidence }: Stability): readonly string[] {
  return [
    `stability of survival against ${visible(reference, 80)}`,
    `survived: ρ ${thresholds.above ? '>' : '≥'} ${number(thresholds.survived)}; damaged: ρ < ${number(thresholds.damaged)}; active: fires at more than ${number(thresholds.active)} of positions, of each part of the text; intervals at ${percent(confidence, 0)}`,
  ]
}

const KINDS = { budget: 'first', subset: 'drawn', itself: 'itself' } as const

export function partRows({ rows }: Stability): readonly (readonly string[])[] {
  return [
    ['', 'read-out', 'text', 'seed', 'tokens', 'active', 'mean ρ', 'survived', 'interval', 'damaged'],
    ...rows.map((row) => [
      visible(row.candidate, 40),
      visible(row.readout, 40),
      KINDS[row.kind],
      row.seed === null ? MISSING : String(row.seed),
      count(row.tokens),
      count(row.active),
      decimal(row.meanCorrelation, row.kind === 'itself' ? 6 : 4),
      percent(row.survived.fraction, 2),
      percentInterval(row.survived.ci, 1),
      percent(row.damaged.fraction, 2),
    ]),
  ]
}

export function spreadRows({ spread }: Stability): readonly (readonly string[])[] {
  return [
    ['', 'read-out', 'subsets', 'tokens', 'survived', 'damaged', 'mean ρ'],
    ...spread.map((one) => [
      visible(one.candidate, 40),
      visible(one.readout, 40),
      count(one.subsets),
      count(one.tokens),
      percent(one.survivedSd, 3),
      percent(one.damagedSd, 3),
      decimal(one.meanCorrelationSd, 4),
    ]),
  ]
}

export function gridRows({ sensitivity, thresholds }: Stability): readonly (readonly string[])[] {
  const survivedAt = [...new Set(sensitivity[0]?.cells.map((cell) => cell.survivedAt))]
  const damagedAt = [...new Set(sensitivity[0]?.cells.map((cell) => cell.damagedAt))]
  return [
    [
      '',
      'read-out',
      ...survivedAt.map((value) => `ρ ${thresholds.above ? '>' : '≥'} ${decimal(value, 2)}`),
      ...damagedAt.map((value) => `ρ < ${decimal(value, 1)}`),
    ],
    ...sensitivity.map(({ candidate, readout, cells }) => [
      visible(candidate, 40),
      visible(readout, 40),
      ...survivedAt.map((value) => percent(cells.find((cell) => cell.survivedAt === value)?.survived, 2)),
      ...damagedAt.map((value) => percent(cells.find((cell) => cell.damagedAt === value)?.damaged, 2)),
    ]),
  ]
}
