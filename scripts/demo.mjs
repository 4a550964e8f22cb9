/** @file `npm run demo`: set up, then audit the shipped fixtures. Exits 0 when the audit ran, whatever its verdict. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { ensureDependencies, root, tool } from './setup.mjs'

ensureDependencies()
if (!existsSync(`${root}dist/cli.js`)) {
  console.error('Building dist/ …')
  if (tool('rolldown', ['-c', 'rolldown.config.mjs']) !== 0) process.exit(3)
}

const command = ['dist/cli.js', 'audit', '--config', 'fixtures/demo.yaml', ...process.argv.slice(2)]
console.log(`$ saegate ${command.slice(1).join(' ')}\n`)
const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' })
const meaning = { 0: 'the policy passes', 1: 'the policy fails: the merge would be blocked' }
console.log(
  `The gate's exit status would be ${status ?? 'unknown'} (${meaning[status] ?? 'the audit did not run'}).`,
)
process.exit(status === 0 || status === 1 ? 0 : (status ?? 3))
