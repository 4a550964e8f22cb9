/** @file `npm run coverage`: every setting that docs/statistics.md speaks of, as a table. */
import { type Cell, coverage, halvesApart, type Run, regressions } from './coverage.ts'
import { experiments } from './experiments.ts'
import { SETTINGS, type SimulatedSetting } from './settings.ts'

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

/** Prints tables; `keep` is given what is to be recorded. */
export function main(
  argv: readonly string[],
  print: (line: string) => void,
  keep: (recorded: Recorded) => void,
): void {
  const seed = Number(option(argv, 'seed') ?? 1)
  const wanted = option(argv, 'setting')
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

const percent = (part: number) => `${(100 * part).toFixed(1)} %`
