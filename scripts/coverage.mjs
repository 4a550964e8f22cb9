/**
 * `npm run coverage`: how often the intervals hold the truth, on made-up texts with known truth, by the product's own
 * functions (test/simulation). Takes half an hour; what it prints stands in docs/statistics.md.
 *
 *     npm run coverage -- [--setting 0..11] [--texts N] [--seed N]
 */
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const root = fileURLToPath(new URL('..', import.meta.url))
const bundle = await rolldown({
  input: `${root}test/simulation/main.ts`,
  platform: 'node',
  logLevel: 'silent',
})
const { output } = await bundle.generate({ format: 'esm' })
await bundle.close()
const { main } = await import(`data:text/javascript;base64,${Buffer.from(output[0].code).toString('base64')}`)
main(process.argv.slice(2), (line) => process.stdout.write(`${line}\n`))
