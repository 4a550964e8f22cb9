/** @file What every form shows of a ranked row in the same way: its bytes in words, its survival on a line of characters. */
import type { RankedRow } from './rows.ts'

const UNITS = [
  ['GB', 1e9],
  ['MB', 1e6],
  ['kB', 1e3],
] as const

/** `4.1 MB` */
export function bytesWords(bytes: number): string {
  const [unit, size] = UNITS.find(([, least]) => bytes >= least) ?? UNITS[2]
  return `${(bytes / size).toFixed(1)} ${unit}`
}

/** Cells from 0 to all features. */
const CELLS = 31

/** Survival on a line from 0 to 100 %, its interval as a bar: `·····├──●─┤·`. */
export function survivalLine(survived: RankedRow['survived']): string {
  if (survived === null) return ''
  const at = (fraction: number): number => Math.round(Math.min(1, Math.max(0, fraction)) * (CELLS - 1))
  const [low = survived.fraction, high = survived.fraction] = survived.ci ?? []
  return Array.from({ length: CELLS }, (_, cell) => {
    if (cell === at(survived.fraction)) return '●'
    if (cell === at(low)) return '├'
    if (cell === at(high)) return '┤'
    return cell > at(low) && cell < at(high) ? '─' : '·'
  }).join('')
}
