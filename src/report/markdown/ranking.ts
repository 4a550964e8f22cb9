/** @file Candidates by bytes and by what they keep, in Markdown: a table, and the same as a chart of characters. */
import type { Report } from '../../contract/report/report-schema.ts'
import { ranking } from '../ranking/rows.ts'
import { bytesWords, survivalLine } from '../ranking/shown.ts'
import * as format from '../words/format.ts'
import { code } from '../words/markdown-escape.ts'
import { table } from './markdown-parts.ts'

/** '' where there is nothing to choose between. */
export function rankingTable(report: Report): string {
  const rows = ranking(report)
  if (rows.length < 2 || rows.every(({ isOnFrontier }) => isOnFrontier === null)) return ''
  const header = ['', 'Candidate', 'Bytes', 'Bits', 'Blocks’ bits', 'KL', 'Survived', '0 to 100 %']
  const body = rows.map(({ candidate, bits, survived, isOnFrontier }) => [
    isOnFrontier === true ? '◆' : '',
    code(candidate.name),
    candidate.size === undefined ? format.MISSING : bytesWords(candidate.size.bytes),
    format.decimal(bits?.all, 2),
    format.decimal(bits?.blocks, 2),
    stacked(
      format.decimal(candidate.divergence?.klMean, 4),
      format.decimalInterval(candidate.divergence?.klMeanCi, 4),
    ),
    stacked(format.percent(survived?.fraction), format.percentInterval(survived?.ci)),
    survived === null ? '' : code(survivalLine(survived)),
  ])
  return `${table(header, body, 'llrrrrrl')}\n\n${LEGEND}`
}

/** A comment is 790 pixels wide. */
const stacked = (figure: string, interval: string): string =>
  interval === '' ? figure : `${figure}<br><sub>${interval}</sub>`

const LEGEND =
  '◆: no other candidate takes as few bytes and keeps as much. Bits: stored bits per parameter of all tensors that are run, with what decodes them; blocks’: without embeddings and unembedding. Survived: at the read-out where the fewest do.'
