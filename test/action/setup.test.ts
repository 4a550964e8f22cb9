/**
 * @file The setup action: it puts the command of its own checkout on PATH, and no package's install script runs.
 *
 * @module-tag slow
 */
import { execFile } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, it } from 'vitest'
import { parse } from 'yaml'

const run = promisify(execFile)
const root = mkdtempSync(join(tmpdir(), 'saegate setup-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** A checkout as the runner has it, whose program says what it was given. */
function checkout(): string {
  const folder = join(root, 'action')
  for (const name of ['dist', 'setup']) mkdirSync(join(folder, name), { recursive: true })
  cpSync('setup', join(folder, 'setup'), { recursive: true })
  const own = { name: 'saegate', version: '0.0.0', scripts: { install: 'touch installed' } }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(own))
  const lock = {
    name: 'saegate',
    version: '0.0.0',
    lockfileVersion: 3,
    packages: { '': { name: 'saegate' } },
  }
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lock))
  writeFileSync(join(folder, 'dist', 'cli.js'), 'console.log(process.argv.slice(2).join("|"))')
  return folder
}

it('makes a command of its own commit, and tells the folder alone', async () => {
  const folder = checkout()
  const { runs } = parse(readFileSync('setup/action.yml', 'utf8'))
  expect(runs.using).toBe('composite')
  const env = {
    ...process.env,
    ACTION_PATH: join(folder, 'setup'),
    RUNNER_TEMP: join(root, 'temp'),
    GITHUB_PATH: join(root, 'path'),
  }
  for (const step of runs.steps) await run('bash', ['-c', step.run], { env })
  const [line, ...others] = readFileSync(join(root, 'path'), 'utf8').trim().split('\n')
  expect(others).toEqual([])
  const { stdout } = await run('sh', ['-c', 'saegate merge "a b" c'], {
    env: { ...process.env, PATH: `${line}:${process.env.PATH}` },
  })
  expect(stdout.trim()).toBe('merge|a b|c')
  await expect(run('test', ['-e', join(folder, 'installed')])).rejects.toThrow()
})
