/** @file Rows of text in aligned columns, for the experiments' text form: the first column to the left, all others to the right. */
import { columns } from '../words/columns.ts'

export function textTable(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = rows[0]?.map((_, i) => Math.max(...rows.map((row) => columns(row[i] ?? '')))) ?? []
  return rows.map((row) =>
    row
      .map((cell, i) => {
        const space = ' '.repeat(Math.max(0, (widths[i] ?? 0) - columns(cell)))
        return i === 0 ? cell + space : space + cell
      })
      .join('  ')
      .trimEnd(),
  )
}
