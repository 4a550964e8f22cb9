/** @file `saegate compare` for a terminal or a log. */
import { visible } from '../../escape/visible.ts'
import type { Figure, SetOverlap } from '../../statistics/overlap/overlap.ts'
import { count, decimal, decimalInterval, number, percent } from '../words/format.ts'
import { type Comparison, sideNames } from './comparison.ts'
import { textTable } from './text-table.ts'

export function comparisonText(comparison: Comparison): string {
  const { a, overlap } = comparison
  const [nameA, nameB] = sideNames(comparison).map((name) => visible(name, 40)) as [string, string]
  const { both, onlyA, onlyB, neither } = overlap.quadrants
  return `${[
    `${nameA} against ${nameB}${a.readout === null ? '' : ` at ${visible(a.readout, 60)}`}`,
    ...protocolLines(comparison),
    '',
    ...textTable([
      ['', nameA, nameB, 'both', 'either', 'Jaccard', 'interval', 'by chance'],
      setRow('not survived', overlap.nonSurvived),
      setRow('damaged', overlap.damaged),
    ]),
    '',
    ...textTable([
      ['damage scores', 'correlation', 'interval', 'across halves'],
      ['Pearson', ...figureCells(overlap.pearson), decimal(overlap.acrossHalves?.pearson, 3)],
      ['Spearman', ...figureCells(overlap.spearman), decimal(overlap.acrossHalves?.spearman, 3)],
    ]),
    '',
    `Survived in both ${count(both)}, in ${nameA} alone ${count(onlyA)}, in ${nameB} alone ${count(onlyB)}, in neither ${count(neither)}.`,
    '',
    ...textTable([
      ['not survived, by firing rate', 'mean rate', 'features', nameA, nameB],
      ...overlap.deciles.map((bin) => [
        `up to ${percent(bin.high, 3)}`,
        percent(bin.meanRate, 3),
        count(bin.features),
        percent(bin.nonSurvivedA, 2),
        percent(bin.nonSurvivedB, 2),
      ]),
    ]),
  ].join('\n')}\n`
}

/** What was compared, and by which rule. */
export function protocolLines({ a, b, thresholds, confidence, overlap }: Comparison): readonly string[] {
  const left = a.leftOut + b.leftOut
  const intervals =
    overlap.pearson.ci === null
      ? 'no intervals: these come with the token groups of a report'
      : `intervals at ${percent(confidence, 0)}`
  return [
    `${count(overlap.features)} features active in both${left === 0 ? '' : `; left out: ${count(a.leftOut)} active in the first alone, ${count(b.leftOut)} in the second alone`}`,
    `survived: ρ ${thresholds.above ? '>' : '≥'} ${number(thresholds.survived)}; damaged: ρ < ${number(thresholds.damaged)}; ${intervals}`,
  ]
}

function setRow(
  name: string,
  { a, b, both, either, jaccard, jaccardExpected }: SetOverlap,
): readonly string[] {
  return [name, ...[a, b, both, either].map(count), ...figureCells(jaccard), decimal(jaccardExpected, 3)]
}

/** Value and interval. */
export function figureCells({ value, ci }: Figure): readonly [string, string] {
  return [decimal(value, 3), decimalInterval(ci, 3)]
}
