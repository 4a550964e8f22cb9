/** @file Candidates ranked on a terminal: what each takes on disk, what it keeps, and which of them no other beats. */
import type { Report } from '../../contract/report/report-schema.ts'
import { withoutCommands } from '../../escape/plain-lines.ts'
import { visible } from '../../escape/visible.ts'
import { type RankedRow, ranking } from '../ranking/rows.ts'
import { bytesWords, survivalLine } from '../ranking/shown.ts'
import { pad } from '../words/columns.ts'
import { decimal, MISSING, percent, plusMinus } from '../words/format.ts'

const NAME_WIDTH = 20

const HEADER = [
  `  ${'candidate'.padEnd(NAME_WIDTH)}`,
  'bytes'.padStart(9),
  'bits'.padStart(6),
  'blocks'.padStart(6),
  'KL'.padStart(8),
  `${'survived'.padStart(9)}${' '.repeat(6)}`,
  '0 %                       100 %',
].join(' ')

/** The table, its legend and a newline. */
export function rankingText(report: Report): string {
  const rows = ranking(report)
  const lines = [HEADER, ...rows.map(line), '', ...LEGEND, ...uncounted(rows)]
  return `${withoutCommands(lines.map((one) => one.trimEnd()).join('\n'))}\n`
}

const LEGEND = [
  '◆ no other candidate takes as few bytes and keeps as much. bits: stored bits per parameter of all tensors that',
  'are run, with scales and zero points; blocks: without embeddings and unembedding. survived: at the worst read-out.',
] as const

function line({ candidate, bits, survived, isOnFrontier }: RankedRow): string {
  const { size, divergence } = candidate
  return [
    `${isOnFrontier === true ? '◆' : ' '} ${pad(visible(candidate.name, NAME_WIDTH), NAME_WIDTH)}`,
    (size === undefined ? MISSING : bytesWords(size.bytes)).padStart(9),
    decimal(bits?.all, 2).padStart(6),
    decimal(bits?.blocks, 2).padStart(6),
    decimal(divergence?.klMean, 4).padStart(8),
    `${percent(survived?.fraction).padStart(9)} ${plusMinus(survived?.ci, 100).padEnd(5)}`,
    survivalLine(survived),
  ].join(' ')
}

/** Which rows are no part of the comparison. */
function uncounted(rows: readonly RankedRow[]): readonly string[] {
  const names = rows
    .filter(({ isOnFrontier }) => isOnFrontier === null)
    .map(({ candidate }) => candidate.name)
  return names.length === 0
    ? []
    : [`Not compared, for want of counted bytes or of survival: ${visible(names.join(', '), 300)}.`]
}
