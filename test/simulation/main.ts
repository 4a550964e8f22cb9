/** @file `npm run coverage`: every setting that docs/statistics.md speaks of, as a table. */
import { type Cell, coverage, type Run } from './coverage.ts'

const TOKENS = 200_000
const DOCUMENTS = [
  { name: 'documents of 400', documentLength: 400, lengthSpread: 0, groups: [32, 16, 8] },
  { name: 'of about 1,500, unequal', documentLength: 1500, lengthSpread: 0.7, groups: [32, 16, 8] },
  { name: 'of about 6,000, unequal', documentLength: 6000, lengthSpread: 0.7, groups: [16, 8] },
] as const
const ERRORS = [
  { name: 'independent errors', sharedErrors: 0 },
  { name: 'shared errors', sharedErrors: 0.5 },
] as const

/** Options as `--name value`. */
function option(argv: readonly string[], name: string, fallback: number): number {
  const at = argv.indexOf(`--${name}`)
  return at < 0 ? fallback : Number(argv[at + 1])
}

export function main(argv: readonly string[], print: (line: string) => void): void {
  const seed = option(argv, 'seed', 1)
  const wanted = option(argv, 'setting', -1)
  let setting = 0
  for (const features of [1000, 5000]) {
    for (const errors of ERRORS) {
      for (const { name, ...documents } of DOCUMENTS) {
        if (wanted >= 0 && wanted !== setting++) continue
        const texts = option(argv, 'texts', features === 1000 ? 400 : 200)
        const run: Run = {
          features,
          tokens: TOKENS,
          sharedErrors: errors.sharedErrors,
          ...documents,
          texts,
          seed,
        }
        print(`\n${features} features, ${errors.name}, ${name} tokens; ${texts} texts, seed ${seed}`)
        for (const line of table(coverage(run))) print(line)
      }
    }
  }
}

function table(cells: readonly Cell[]): string[] {
  const row = (...columns: string[]) =>
    columns.map((text, i) => (i === 0 ? text.padEnd(14) : text.padStart(9))).join('')
  return [
    row('figure', 'groups', 'covered', 'too low', 'too high', 'width', 'bias', 'truth'),
    ...cells.map((cell) =>
      row(
        cell.figure,
        String(cell.groups),
        percent(cell.covered),
        percent(cell.tooLow),
        percent(cell.tooHigh),
        cell.width.toFixed(2),
        cell.bias.toFixed(2),
        cell.truth.toPrecision(4),
      ),
    ),
  ]
}

const percent = (part: number) => `${(100 * part).toFixed(1)} %`
