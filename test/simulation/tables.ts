/** @file The tables of docs/statistics.md, from what `npm run coverage -- --record` kept. */
import { CONFIDENCE_EDGES } from '../../src/statistics/confidence-buckets.ts'
import type { Held } from './coverage.ts'
import { DESIGNS, type Design } from './designs.ts'
import type { Recorded } from './main.ts'
import { AT_LIMITS, COVERED, EXPERIMENTS, limitName } from './settings.ts'

const FIGURES = [
  ['survived', 'survived'],
  ['survived in use', 'survived, by firing rate'],
  ['damaged', 'damaged'],
  ['mean rho', 'mean ρ'],
  ['median', 'median ρ'],
  ['quantile .05', '5 % quantile'],
  ['single rho', 'one ρ'],
  ['perplexity', 'perplexity'],
  ['KL mean', 'mean KL'],
  ['KL p99', 'KL p99'],
] as const

const percent = (part: number) => String(Math.round(100 * part))
const row = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
const table = (header: readonly string[], rows: readonly (readonly (string | number)[])[]) =>
  [row(header), `|${'---|'.repeat(header.length)}`, ...rows.map(row)].join('\n')

const recordOf = (records: readonly Recorded[], name: string) =>
  records.find(({ setting }) => setting === name)

/** What every kind of errors and documents came to. */
export function coveredOf(records: readonly Recorded[]): Recorded[] {
  return COVERED.flatMap(({ name }) => recordOf(records, name) ?? [])
}

/** How often, in 100, the intervals of one figure in one setting held the truth: least, most and on average. */
export function coverageIn(records: readonly Recorded[]) {
  const covered = records.flatMap(({ cells }) => cells.map((cell) => 100 * cell.covered))
  return {
    average: Math.round(covered.reduce((sum, one) => sum + one, 0) / covered.length),
    least: Math.floor(Math.min(...covered)),
    most: Math.ceil(Math.max(...covered)),
  }
}

function coverageRow({ setting, texts, cells }: Recorded, features: number) {
  const columns = FIGURES.map(([figure]) => {
    const own = cells.filter((cell) => cell.figure === figure && cell.features === features)
    return own.length === 0 ? '–' : own.map(({ covered }) => percent(covered)).join(' / ')
  })
  return [`${features.toLocaleString('en-US')} features, ${setting}`, texts, ...columns]
}

const COVERAGE_HEADER = ['texts', ...FIGURES.map(([, words]) => words)]

function coverageTable(records: readonly Recorded[]): string {
  const rows = [5000, 1000].flatMap((features) =>
    coveredOf(records).map((record) => coverageRow(record, features)),
  )
  return table(['features, errors, tokens a document', ...COVERAGE_HEADER], rows)
}

/** What other seeds came to, of fewer features. */
export function otherSeedTable(records: readonly Recorded[]): string {
  const rows = records.map((record) => coverageRow(record, record.cells[0]?.features ?? 0))
  return table([`seed ${records[0]?.seed}: features, errors, tokens a document`, ...COVERAGE_HEADER], rows)
}

function designsTable(records: readonly Recorded[]): string {
  const cells = coveredOf(records).flatMap((one) => one.cells)
  const compared = cells.filter(({ tried }) => Object.keys(tried).length > 0)
  const names: readonly Design[] = ['spread', 'squares', 'beside']
  const rows: readonly (readonly [string, readonly Held[]])[] = [
    ['this one', compared],
    ...names.map((design) => {
      const held = compared.flatMap(({ tried }) => tried[design] ?? [])
      return [DESIGNS[design].words.replaceAll('|', '\\|'), held] as const
    }),
  ]
  return table(
    ['half-width', 'cells below 93 %', 'lowest', 'widest'],
    rows.map(([words, held]) => [
      words,
      `${held.filter(({ covered }) => covered < 0.93).length} of ${held.length}`,
      `${percent(Math.min(...held.map(({ covered }) => covered)))} %`,
      Math.max(...held.map(({ width }) => width)).toFixed(2),
    ]),
  )
}

function apartTable(records: readonly Recorded[]): string {
  const shown = FIGURES.filter(([figure]) => figure !== 'single rho')
  const rows = records.flatMap(({ setting, texts, apart }) => {
    if (apart.length === 0) return []
    const columns = shown.map(([name]) => percent(apart.find(({ figure }) => figure === name)!.covered))
    return [[setting.replace('halves apart, ', ''), texts, ...columns]]
  })
  return table(['errors', 'texts', ...shown.map(([, words]) => words)], rows)
}

const points = (part: number) => (100 * part).toFixed(2)

function limitsTable(records: readonly Recorded[]): string {
  const rows = AT_LIMITS.flatMap((limit) => {
    const record = recordOf(records, limitName(limit))
    const cell = record?.cells.find(({ figure }) => figure === limit.figure)
    if (record === undefined || cell === undefined) return []
    const [below, above] = [cell.tooLow, cell.tooHigh].map((part) => Math.round(part * record.texts))
    return [
      [
        limit.policy,
        limit.rule,
        `${percent(limit.confidence)} %`,
        `${below} and ${above} of ${record.texts}`,
        points(cell.half),
        `${cell.bias < 0 ? '' : '+'}${points(cell.bias)}`,
      ],
    ]
  })
  return table(['policy', 'rule', 'confidence', 'below and above', 'half-width', 'bias'], rows)
}

const OF_EXPERIMENTS = [
  ['Jaccard', 'Jaccard, not survived'],
  ['Jaccard damaged', 'Jaccard, damaged'],
  ['Pearson', 'Pearson'],
  ['Spearman', 'Spearman'],
  ['drawn survived', 'survived, drawn half'],
  ['drawn damaged', 'damaged, drawn half'],
  ['drawn mean rho', 'mean ρ, drawn half'],
] as const

const BUCKETS = CONFIDENCE_EDGES.slice(0, -1)

function experimentsTable(
  records: readonly Recorded[],
  first: string,
  columns: readonly (readonly [figure: string, words: string])[],
): string {
  const rows = EXPERIMENTS.flatMap(({ name }) => {
    const record = recordOf(records, name)
    if (record === undefined) return []
    const covered = columns.map(([figure]) => {
      const cell = record.cells.find((one) => one.figure === figure)
      return cell === undefined ? '–' : percent(cell.covered)
    })
    return [[name.replace('experiments, ', ''), record.texts, ...covered]]
  })
  return table([first, 'texts', ...columns.map(([, words]) => words)], rows)
}

const overlapTable = (records: readonly Recorded[]): string =>
  experimentsTable(records, 'errors, of experiments', OF_EXPERIMENTS)

const bucketTable = (records: readonly Recorded[]): string =>
  experimentsTable(records, 'errors, by confidence', [
    ...BUCKETS.map((from) => [`KL from ${from}`, `KL from ${from}`] as const),
    ...BUCKETS.map((from) => [`agreement from ${from}`, `agreement from ${from}`] as const),
  ])

/** All of them but that of other seeds. */
export function tablesOf(records: readonly Recorded[]): string[] {
  return [coverageTable, designsTable, apartTable, limitsTable, overlapTable, bucketTable].map((one) =>
    one(records),
  )
}
