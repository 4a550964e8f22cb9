/**
 * @file Set-up that both `npm run demo` and `npm test` begin with: dependencies from the lockfile, when they are not there
 * yet or the lockfile has changed since. Plain Node without dependencies, because it runs before there are any.
 */
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))
const stamp = `${root}node_modules/.saegate-lock`

/**
 * Install from package-lock.json unless that was already done for this very lockfile. `which`: `production` installs what the
 * program needs to run, `all` what its checks need as well (and does for `production`, too).
 */
export function ensureDependencies(which = 'all') {
  const lock = createHash('sha256')
    .update(readFileSync(`${root}package-lock.json`))
    .digest('hex')
  const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8') : ''
  if (installed === `${lock} all` || installed === `${lock} ${which}`) return
  // Whoever has installed something already keeps it.
  const isNew = !existsSync(`${root}node_modules/.package-lock.json`)
  const omitted = which === 'production' && isNew ? ['--omit=dev'] : []
  console.error('Installing dependencies from package-lock.json …')
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', ...omitted])
  writeFileSync(stamp, `${lock} ${omitted.length === 0 ? 'all' : which}`)
}

/** Run a command in the project's folder with its output shown; ends the process when it fails. */
export function run(command, args, env = {}) {
  const result = tryRun(command, args, env)
  if (result !== 0) process.exit(result)
}

/** Like `run`, but gives the exit status. */
export function tryRun(command, args, env = {}) {
  const isWindows = process.platform === 'win32'
  const { status, error } = spawnSync(isWindows ? `${command}.cmd` : command, args, {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...env },
    shell: isWindows,
  })
  if (error) console.error(`${command}: ${error.message}`)
  return status ?? 1
}

/** A tool installed in node_modules, run with this Node. */
export function tool(name, args) {
  const { status } = spawnSync(process.execPath, [programOf(name), ...args], { cwd: root, stdio: 'inherit' })
  return status ?? 1
}

/** Like `tool`, beside what else is done. */
export function toolBeside(name, args) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [programOf(name), ...args], { cwd: root, stdio: 'inherit' })
    child.on('error', () => done(1))
    child.on('close', (status) => done(status ?? 1))
  })
}

function programOf(name) {
  const { bin } = JSON.parse(readFileSync(`${root}node_modules/${name}/package.json`, 'utf8'))
  const file = typeof bin === 'string' ? bin : (bin.tsc ?? Object.values(bin)[0])
  return `${root}node_modules/${name}/${file}`
}
