/**
 * `npm run coverage`: how often the intervals hold the truth, on made-up texts with known truth, by the product's own
 * functions (test/simulation). About a second a text of 5,000 features. `--record` keeps what came out in a JSON file, a setting a line.
 *
 *     npm run coverage -- [--setting NAME] [--features N] [--texts N] [--seed N] [--looks] [--record FILE]
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))
const at = process.argv.indexOf('--record')
const kept = at < 0 ? null : process.argv[at + 1]
const bundle = await rolldown({
  input: `${root}test/simulation/main.ts`,
  platform: 'node',
  logLevel: 'silent',
})
const { output } = await bundle.generate({ format: 'esm' })
await bundle.close()
const { main } = await import(`data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`)

/** The settings recorded so far, with this one new, one to a line. */
function keep(recorded) {
  const before = existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : []
  const settings = [...before.filter(({ setting }) => setting !== recorded.setting), recorded]
  const digits = (_, value) => (typeof value === 'number' ? Number(value.toPrecision(4)) : value)
  const lines = settings.map((one) => JSON.stringify(one, digits))
  writeFileSync(kept, `[\n${lines.join(',\n')}\n]\n`)
}

const print = (line) => process.stdout.write(`${line}\n`)
main(process.argv.slice(2), print, kept ? keep : () => {})
