/**
 * @file `npm run demo:repair`: from a candidate that fails on the shipped fixtures to one that passes: which kinds of matrix do it, what to keep, what it
 * costs, and the audit of the repaired one. Exits 0 when the repaired candidate passes.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureDependencies, root, tool } from './setup.mjs'

const isBuilt = existsSync(`${root}dist/cli.js`)
ensureDependencies(isBuilt ? 'production' : 'all')
if (!isBuilt) {
  console.error('Building dist/ …')
  if (tool('rolldown', ['-c', 'rolldown.config.mjs']) !== 0) process.exit(3)
}

const CONFIG = 'fixtures/demo-repair.yaml'
const out = mkdtempSync(join(tmpdir(), 'saegate-repair-'))

/** Its standard output where it is asked for; else it is shown. Ends the demo at another exit status than `expected`. */
function saegate(expected, args, isShown = true) {
  console.log(`$ saegate ${args.join(' ').replaceAll(out, 'OUT')}\n`)
  const stdio = ['ignore', isShown ? 'inherit' : 'pipe', 'inherit']
  const { status, stdout } = spawnSync(process.execPath, ['dist/cli.js', ...args], {
    ...{ cwd: root, stdio, encoding: 'utf8' },
    maxBuffer: 1 << 26,
  })
  if (status !== expected) {
    rmSync(out, { recursive: true, force: true })
    console.error(`saegate ${args[0]} ended with ${status}, not with ${expected}`)
    process.exit(status === null || status < 2 ? 3 : status)
  }
  console.log('')
  return stdout
}

saegate(1, ['audit', '--config', CONFIG, '--out', join(out, 'before')])
saegate(0, ['attribute', '--config', CONFIG, '--by', 'kind', '--out', join(out, 'attribution')])
const repair = JSON.parse(
  saegate(0, ['repair', '--config', CONFIG, '--by', 'kind', '--format', 'json', '--out', out], false),
)
saegate(0, ['audit', '--config', CONFIG, '--candidate', repair.spec, '--out', join(out, 'after')])

const survivedIn = (folder) => {
  const { candidates } = JSON.parse(readFileSync(join(out, folder, 'report.json'), 'utf8'))
  return `${(100 * candidates[0].features[0].survived.fraction).toFixed(1)} %`
}
const { plan, candidate, frontier } = repair
const price = ((100 * plan.extraBytes) / (plan.bytes - plan.extraBytes)).toFixed(0)
console.log(
  `${candidate} fails. With ${plan.units.join(' and ')} kept as in the reference it passes: ${survivedIn('after')} of features survive in place of ${survivedIn('before')}, ` +
    `for ${plan.extraBytes.toLocaleString('en')} bytes more (${price} % of what the quantized matrices take, ${plan.bitsPerWeight.toFixed(2)} bits per weight). ` +
    `${repair.plansTried} plans were tried; ${frontier.length} of them no other beats.`,
)
rmSync(out, { recursive: true, force: true })
