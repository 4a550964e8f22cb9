/**
 * @file A promise that fails where nobody hears it ends each of our processes and threads with one message and exit status 3.
 * Each is the built program, into which Node loads the fault before it begins.
 *
 * @module-tag slow
 */
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { type Ended, ended, SHORT_ON_ALL_CORES } from './program.ts'

const folder = mkdtempSync(join(tmpdir(), 'saegate-test-'))
const at = (name: string): string => join(folder, name)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** `where`: the file that a process was started with, or a thread. A process meets it as soon as it is ready for the worst. */
function fault(where: string): string {
  const file = at(`${where}.mjs`)
  writeFileSync(
    file,
    `import { isMainThread } from 'node:worker_threads'
     const fail = () => void Promise.reject(new Error('a planted fault'))
     const here = isMainThread ? process.argv[1] : 'thread'
     if (here?.includes(${JSON.stringify(where)})) {
       if (isMainThread) process.on('newListener', (event) => event === 'uncaughtException' && fail())
       else setTimeout(fail, 100)
     }`,
  )
  return file
}

function run(program: string, args: readonly string[], where: string): Promise<Ended> {
  const env = {
    ...process.env,
    NODE_OPTIONS: `--import ${fault(where)}`,
    SAEGATE_LANES: '2',
    LANG: 'C.UTF-8',
  }
  return ended(spawn(process.execPath, [program, ...args], { env }))
}

const audit = (out: string): readonly string[] => [
  ...SHORT_ON_ALL_CORES.map((arg) => (arg === '1920' ? '20000' : arg)),
  ...['--threads', '2', '--candidate', 'rtn:6', '--out', at(out)],
]

it.each(['cli.js', 'engine.js', 'thread'])('in %s', async (where) => {
  const { status, stderr, stdout } = await run('dist/cli.js', audit(where), where)
  expect(stderr).toContain('a planted fault')
  expect(stderr).toContain('This is a defect of saegate')
  expect(stderr.match(/a planted fault/g)).toHaveLength(1)
  expect(stderr).not.toMatch(/^\s+at /m)
  expect(stdout).toBe('')
  expect(status).toBe(3)
  expect(existsSync(at(where))).toBe(false)
})

it('in action.js', async () => {
  const { status, stdout, stderr } = await run('dist/action.js', [], 'action.js')
  expect(stdout).toMatch(
    /^::error title=saegate%3A UNEXPECTED::unexpected failure: a planted fault%0AThis is a defect/m,
  )
  expect(stderr).toBe('')
  expect(status).toBe(3)
})
