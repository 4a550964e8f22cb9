/** @file What shells complete: in bash (and in zsh and fish where they are installed), from the scripts that `saegate completion` prints. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SHELL_NAMES } from '../../src/cli/completion/scripts.ts'
import { buildProgram } from '../../src/cli/program.ts'
import { fakeHost, runHere } from './fake-host.ts'

const folder = mkdtempSync(join(tmpdir(), 'saegate-test-'))
const scriptOf = (shell: string): string => join(folder, `saegate.${shell}`)
const isAbsent = (shell: string): boolean => spawnSync(shell, ['--version']).status !== 0
const { commands } = buildProgram(fakeHost([]), () => undefined)

beforeAll(async () => {
  for (const shell of SHELL_NAMES) writeFileSync(scriptOf(shell), (await runHere(['completion', shell])).out)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const run = (program: string, args: readonly string[]): string[] =>
  execFileSync(program, args, { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line !== '')

describe.skipIf(process.platform === 'win32')('bash', () => {
  /** What is offered for the last word. */
  const offered = (...words: readonly string[]): string[] =>
    run('bash', [
      '--norc',
      '-c',
      `source ${scriptOf('bash')}; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _saegate; printf '%s\\n' "\${COMPREPLY[@]}"`,
    ])

  it('completes commands', () => {
    expect(offered('saegate', '').sort()).toEqual(commands.map((one) => one.name()).sort())
    expect(offered('saegate', 'rep')).toEqual(expect.arrayContaining(['report', 'repair', 'reproduce']))
  })

  it('completes flags, and the choices of a flag', () => {
    expect(offered('saegate', 'audit', '--ref')).toEqual(['--reference'])
    expect(offered('saegate', 'report', 'x.json', '--format', 'ju')).toEqual(['junit'])
    expect(offered('saegate', 'policy', '').filter((word) => !word.startsWith('-'))).toEqual(
      expect.arrayContaining(['check', 'explain']),
    )
  })

  it('leaves a value that may be any file to the shell', () => {
    expect(offered('saegate', 'audit', '--reference', '')).toEqual([])
  })
})

describe.skipIf(isAbsent('zsh'))('zsh (skipped where it is not installed)', () => {
  it('reads the script, and has its function', () => {
    const script = `compdef() { print "compdef $*" }; source ${scriptOf('zsh')}; whence -w _saegate`
    expect(run('zsh', ['-f', '-c', script])).toEqual(['compdef _saegate saegate', '_saegate: function'])
  })
})

describe.skipIf(isAbsent('fish'))('fish (skipped where it is not installed)', () => {
  const offered = (line: string): string[] =>
    run('fish', ['--no-config', '-c', `source ${scriptOf('fish')}; complete -C '${line}'`]).map(
      (one) => one.split('\t')[0] ?? '',
    )

  it('completes commands, flags and choices', () => {
    expect(offered('saegate rep')).toEqual(expect.arrayContaining(['report', 'repair', 'reproduce']))
    expect(offered('saegate audit --ref')).toEqual(['--reference'])
    expect(offered('saegate report --format ju')).toEqual(['junit'])
  })
})

it.each(SHELL_NAMES)('%s: every command and flag is in the script', async (shell) => {
  const { out, status } = await runHere(['completion', shell])
  expect(status).toBe(0)
  for (const command of commands) {
    expect(out).toContain(command.name())
    for (const { long } of command.options)
      expect(out).toContain(shell === 'fish' ? `-l ${long?.slice(2)}` : (long ?? ''))
  }
})

it('another shell is refused with those that there are', async () => {
  const { status, err } = await runHere(['completion', 'tcsh'])
  expect(status).toBe(2)
  expect(err).toContain('bash, zsh, fish')
})
