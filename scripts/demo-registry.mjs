/** `npm run demo:registry`: a night over the shipped fixtures, and a second one that finds nothing new. Exits 0 when both ran. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureDependencies, root, tool } from './setup.mjs'

ensureDependencies()
if (!existsSync(`${root}dist/cli.js`)) {
  console.error('Building dist/ …')
  if (tool('rolldown', ['-c', 'rolldown.config.mjs']) !== 0) process.exit(3)
}

const state = mkdtempSync(join(tmpdir(), 'saegate-registry-'))
/** 1: a candidate is blocked, which these fixtures are there to show. */
const RAN = [0, 1]

function saegate(...args) {
  console.log(`$ saegate registry ${args.join(' ')}\n`)
  const command = ['dist/cli.js', 'registry', ...args, '--config', 'fixtures/registry.yaml', '--state', state]
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' })
  console.log('')
  if (!RAN.includes(status ?? 3)) process.exitCode = status ?? 3
}

saegate('run', '--dry-run')
saegate('run')
saegate('run')
saegate('status')
rmSync(state, { recursive: true, force: true })
