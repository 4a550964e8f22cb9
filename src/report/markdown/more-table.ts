/** @file A table of what was asked for beside features, as Markdown. */
import { code } from '../words/markdown-escape.ts'
import type { MoreTable } from '../words/parts/more-table.ts'
import { table } from './markdown-parts.ts'

/** Its words, then its rows. */
export function moreTable({ words, header, align, rows }: MoreTable): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : code(cell.outside))))
  return `${words}\n\n${table(header, cells, align)}`
}
