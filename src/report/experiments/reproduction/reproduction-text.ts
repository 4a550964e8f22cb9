/** @file `saegate reproduce` for a terminal or a log. */
import type { PaperTable } from '../../../contract/presets/preset-schema.ts'
import { visible } from '../../../escape/visible.ts'
import { wrap } from '../../words/columns.ts'
import { count, decimal, MISSING, number, signed } from '../../words/format.ts'
import { textTable } from '../text-table.ts'
import type { ReproducedFigure, Reproduction } from './reproduction.ts'

const WIDTH = 100
/** Digits of figures that the paper does not have. */
const DIGITS = 5

const TITLES: Readonly<Record<PaperTable, string>> = {
  table1: 'Table 1: survival and perplexity',
  perplexities: 'Perplexities, active features and median ρ (the authors’ tables)',
  table2: 'Table 2: survival told from the reference (AUC there is of one shuffle, here the mean over 20)',
  table3: 'Table 3: sliding perplexity',
  table4: 'Table 4: features that rounding to 6 bits and matched pruning lose',
  correlation: 'Table 4: agreement of damage scores',
  deciles: 'Appendix E: not survived by firing rate, rarest tenth first',
  appendixF: 'Appendix F: sparsity of the matched pruning',
  layer2: 'Appendix B: a second layer',
  withBos: 'Beside the paper: a BOS before every sequence and window',
}

/** The figures, as they are called in the data. */
const WORDS: Readonly<Record<string, string>> = {
  deltaPercent: 'perplexity, change in %',
  slidingDeltaPercent: 'sliding perplexity, change in %',
  reference: 'perplexity of the reference',
  perplexity: 'perplexity',
  meanCorrelation: 'mean ρ',
  medianCorrelation: 'median ρ',
  survivedPercent: 'survived, %',
  degradedPercent: 'degraded, %',
  damagedPercent: 'damaged, %',
  active: 'active features',
  features: 'features',
  survived: 'survived, part',
  auc: 'AUC',
  rarity: 'coefficient of rarity',
  logMean: 'coefficient of log mean',
  logConcentration: 'coefficient of log concentration',
  logPeak: 'coefficient of log peak',
  a: 'lost to rounding',
  b: 'lost to pruning',
  both: 'lost to both',
  either: 'lost to either',
  jaccard: 'Jaccard',
  pearson: 'Pearson',
  spearman: 'Spearman',
  roundedPercent: 'not survived rounding, %',
  prunedPercent: 'not survived pruning, %',
  sparsity: 'sparsity',
}

export function reproductionText(reproduction: Reproduction): string {
  return `${[
    reproductionTitle(reproduction),
    ...overriddenLines(reproduction),
    ...reproduction.runs.flatMap(({ name, why, report }) => [
      '',
      ...wrap(`${name}: ${why.trim()}`, WIDTH),
      `report: ${visible(report, 200)}`,
    ]),
    ...toldTables(reproduction).flatMap(({ title, rows, notTold }) => [
      '',
      title,
      ...textTable(rows),
      ...notTold.flatMap((line) => wrap(line, WIDTH)),
    ]),
    '',
    outsideLine(reproduction),
  ].join('\n')}\n`
}

export const reproductionTitle = ({ preset }: Reproduction): string =>
  `${preset}: figures of arXiv 2606.03002 beside what was measured here`

/** None where the preset decided everything. */
export function overriddenLines({ overridden }: Reproduction): readonly string[] {
  if (overridden.length === 0) return []
  const flags = overridden.map((flag) => visible(flag, 40)).join(', ')
  const verb = overridden.length === 1 ? 'differs' : 'differ'
  return [`not the paper's procedure: ${flags} ${verb} from the preset`]
}

export function outsideLine({ rows }: Reproduction): string {
  const compared = rows.filter(({ outside }) => outside !== null)
  const outside = compared.filter((row) => row.outside).length
  return `${count(outside)} of ${count(compared.length)} figures lie outside the paper's rounding.`
}

/** A table of the paper: its title, its rows with their header, and what of it could not be told. */
export interface ToldTable {
  readonly table: PaperTable
  readonly title: string
  readonly rows: readonly (readonly string[])[]
  readonly notTold: readonly string[]
}

export function toldTables({ rows, notes }: Reproduction): readonly ToldTable[] {
  const tables = [...new Set([...rows, ...notes].map(({ table }) => table))]
  return tables.map((table) => ({
    table,
    title: TITLES[table],
    rows: [HEADER, ...rows.filter((row) => row.table === table).map(cells)],
    notTold: notes
      .filter((note) => note.table === table)
      .map(({ message }) => `not told: ${visible(message, 400)}`),
  }))
}

const HEADER = ['', 'figure', 'paper', 'here', 'difference', '']

function cells({ condition, figure, paper, ours, difference, outside }: ReproducedFigure): readonly string[] {
  const digits = paper === null ? DIGITS : digitsOf(paper)
  return [
    visible(condition, 30),
    WORDS[figure] ?? figure,
    paper?.replace('-', '−') ?? MISSING,
    paper === null ? number(ours, DIGITS) : decimal(ours, digits),
    difference === null ? MISSING : signed(difference, digits),
    outside ? 'outside rounding' : '',
  ]
}

/** Behind the point, as it is printed. */
export const digitsOf = (printed: string): number => printed.split('.')[1]?.length ?? 0
