/** @file `npm run coverage`: every setting that docs/statistics.md speaks of, as a table. */
import { type Cell, coverage, halvesApart, type Run, regressions } from './coverage.ts'
import { experiments } from './experiments.ts'
import { type LookCell, type LookErrors, lookErrors } from './looks.ts'
import { COVERED, SETTINGS, type SimulatedSetting } from './settings.ts'

/** Options as `--name value`. */
function option(argv: readonly string[], name: string): string | null {
  const at = argv.indexOf(`--${name}`)
  return at < 0 ? null : (argv[at + 1] ?? null)
}

/** What one setting came to. */
export interface Recorded {
  readonly setting: string
  readonly texts: number
  readonly seed: number
  readonly cells: readonly Cell[]
  /** Of two texts that share nothing: how often the difference lay within its interval. */
  readonly apart: readonly { readonly figure: string; readonly covered: number }[]
}

/** Audits that may stop early, in one setting. */
export interface RecordedLooks {
  readonly setting: string
  readonly texts: number
  readonly seed: number
  readonly features: number
  readonly levels: readonly LookErrors[]
}

/** Prints tables; `keep` is given what is to be recorded. `--looks`: of audits that may stop early, in place of intervals. */
export function main(
  argv: readonly string[],
  print: (line: string) => void,
  keep: (recorded: Recorded | RecordedLooks) => void,
): void {
  const seed = Number(option(argv, 'seed') ?? 1)
  const wanted = option(argv, 'setting')
  if (argv.includes('--looks')) {
    for (const setting of COVERED.filter(({ name }) => wanted === null || wanted === name)) {
      const texts = Number(option(argv, 'texts') ?? setting.texts)
      print(`\n${setting.name}: ${texts} texts, seed ${seed}, looked at early`)
      const { run } = fewer(setting, option(argv, 'features'))
      const levels = lookErrors({ ...run, texts, seed })
      for (const { level, cells } of levels) {
        print(`each look held to ${percent(level)}`)
        for (const line of looksTable(cells)) print(line)
      }
      keep({ setting: setting.name, texts, seed, features: run.features, levels })
    }
    return
  }
  for (const setting of SETTINGS) {
    if (wanted !== null && wanted !== setting.name) continue
    const texts = Number(option(argv, 'texts') ?? setting.texts)
    print(`\n${setting.name}: ${texts} texts, seed ${seed}`)
    const recorded = simulated(fewer(setting, option(argv, 'features')), { texts, seed })
    for (const line of table(recorded)) print(line)
    keep(recorded)
  }
}

/** The same setting with fewer features, all of them at once. */
function fewer(setting: SimulatedSetting, features: string | null): SimulatedSetting {
  return features === null
    ? setting
    : { ...setting, run: { ...setting.run, features: Number(features), part: null } }
}

function cellsOf({ noisier, experiments: asked }: SimulatedSetting, run: Run): readonly Cell[] {
  if (asked) return experiments(run)
  return noisier === undefined ? coverage(run) : regressions(run, noisier)
}

export function simulated(setting: SimulatedSetting, { texts, seed }: Pick<Run, 'texts' | 'seed'>): Recorded {
  const { name, run, apart } = setting
  const chance = { texts, seed }
  return {
    setting: name,
    ...chance,
    cells: cellsOf(setting, { ...run, ...chance }),
    apart: apart
      ? halvesApart({ ...run, ...chance, groups: run.groups.slice(-1), tokens: run.tokens / 2 })
      : [],
  }
}

function table({ cells, apart }: Recorded): string[] {
  const row = (...columns: string[]) =>
    columns.map((text, i) => (i === 0 ? text.padEnd(14) : text.padStart(10))).join('')
  return [
    row('figure', 'features', 'groups', 'covered', 'too low', 'too high', 'width', 'half', 'bias', 'truth'),
    ...cells.map((cell) =>
      row(
        cell.figure,
        String(cell.features),
        String(cell.groups),
        percent(cell.covered),
        percent(cell.tooLow),
        percent(cell.tooHigh),
        cell.width.toFixed(2),
        cell.half.toPrecision(3),
        cell.bias.toPrecision(3),
        cell.truth.toPrecision(4),
      ),
    ),
    ...apart.map(({ figure, covered }) => row(figure, 'apart', percent(covered))),
  ]
}

function looksTable(cells: readonly LookCell[]): string[] {
  const row = (columns: readonly string[]) =>
    columns.map((text, i) => (i === 0 ? text.padEnd(14) : text.padStart(18))).join('')
  const both = (parts: readonly number[]) => parts.map(percent).join(' ')
  return [
    row(['figure', 'false pass', 'false fail', 'at each look']),
    ...cells.map((cell) =>
      row([cell.figure, both(cell.falsePass), both(cell.falseFail), both(cell.decidedAt)]),
    ),
  ]
}

const percent = (part: number) => `${(100 * part).toFixed(1)} %`
