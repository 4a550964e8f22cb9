/**
 * @file `npm run demo`: set up what the program needs to run, then audit the shipped fixtures: a candidate whose perplexity was tuned
 * back, and a harmless one (`-- --full`: seven candidates on two SAEs). Exits 0 when the audit ran, whatever its verdict.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { ensureDependencies, root, tool } from './setup.mjs'

const given = process.argv.slice(2)
const isFull = given.includes('--full')
const isBuilt = existsSync(`${root}dist/cli.js`)
ensureDependencies(isBuilt ? 'production' : 'all')
if (!isBuilt) {
  console.error('Building dist/ …')
  if (tool('rolldown', ['-c', 'rolldown.config.mjs']) !== 0) process.exit(3)
}

const out = given[given.indexOf('--out') + 1 || given.length] ?? 'saegate-report'
const config = isFull ? 'fixtures/demo-full.yaml' : 'fixtures/demo.yaml'
const command = ['dist/cli.js', 'audit', '--config', config, ...given.filter((word) => word !== '--full')]
console.log(`$ saegate ${command.slice(1).join(' ')}\n`)
const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' })
const meaning = { 0: 'the policy passes', 1: 'the policy fails: the merge would be blocked' }
console.log(
  `The gate's exit status would be ${status ?? 'unknown'} (${meaning[status] ?? 'the audit did not run'}).`,
)
if (status in meaning) console.log(`Open ${out}/report.html`)
process.exit(status === 0 || status === 1 ? 0 : (status ?? 3))
