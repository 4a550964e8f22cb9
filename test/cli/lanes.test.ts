/**
 * @file An audit whose graphs run in lanes: the figures of one session; Ctrl-C; a wrong SAEGATE_LANES.
 *
 * @module-tag slow
 */
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { saegateHere } from './fake-host.ts'
import { type Ended, ended, SHORT_ON_ALL_CORES, saegate, start } from './program.ts'

const folder = mkdtempSync(join(tmpdir(), 'saegate-test-'))
const at = (name: string): string => join(folder, name)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const THREADS = ['--threads', '2']
const NEOX = [...SHORT_ON_ALL_CORES, '--candidate', 'rtn:6', '--candidate', 'rtn:4', ...THREADS]
/** JumpReLU: close calls are told apart beside the sums. Sliding windows: another plan through the same body. */
const GEMMA2 = [
  ...['audit', '--reference', 'fixtures/models/gemma2', '--sae', 'fixtures/saes/gemma2/layer_2'],
  ...['--hook', 'blocks.2.hook_resid_post', '--corpus', 'fixtures/corpus/eval.txt'],
  ...['--tokens', '1920', '--block-length', '128'],
  ...['--perplexity', 'chunked,sliding=128/64', '--candidate', 'rtn:4', ...THREADS],
]

type Run = (
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
) => Promise<Omit<Ended, 'seconds'>>

/** Every figure of a report by its path: what has no float rounding in it as it is. */
async function figures(
  name: string,
  args: readonly string[],
  environment: Record<string, string>,
  run: Run = saegate,
): Promise<Map<string, unknown>> {
  const { status, stderr } = await run([...args, '--out', at(name)], environment)
  expect(stderr).not.toMatch(/saegate:/)
  expect([0, 1]).toContain(status)
  const found = new Map<string, unknown>()
  const visit = (path: string, value: unknown): void => {
    if (typeof value !== 'object' || value === null) found.set(path, value)
    else for (const [key, part] of Object.entries(value)) visit(`${path}.${key}`, part)
  }
  visit('report', JSON.parse(readFileSync(join(at(name), 'report.json'), 'utf8')))
  return found
}

function expectSame(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): void {
  expect([...b.keys()]).toEqual([...a.keys()])
  const different = [...a].filter(([path, value]) => {
    const other = b.get(path)
    if (/createdAt|elapsed|tableSha256|\.(contents|table|replicates)$|\.sha256$|memory/i.test(path))
      return false
    if (typeof value !== 'number' || typeof other !== 'number') return value !== other
    return !(Math.abs(value - other) <= 2e-6 * Math.max(1, Math.abs(value)))
  })
  expect(different).toEqual([])
}

const lanes = (count: string): Record<string, string> => ({ SAEGATE_LANES: count })

/** The program with a lane that breaks when it is started. */
const broken: typeof saegate = (args, env) => {
  if (!existsSync(at('program'))) {
    cpSync('dist', at('program/dist'), { recursive: true })
    writeFileSync(at('program/package.json'), '{"type": "module"}')
    writeFileSync(at('program/dist/lane.js'), 'throw new Error("the lane is broken")')
    symlinkSync(join(process.cwd(), 'node_modules'), at('program/node_modules'))
  }
  return ended(
    spawn(process.execPath, [at('program/dist/cli.js'), ...args], { env: { ...process.env, ...env } }),
  )
}

describe('lanes', () => {
  it('give the figures of one session, for which none is started', async () => {
    expectSame(await figures('neox-1', NEOX, lanes('1'), broken), await figures('neox-2', NEOX, lanes('2')))
  })

  it('with close calls and sliding windows', async () => {
    const one = await figures('gemma2-1', GEMMA2, lanes('1'), saegateHere)
    expectSame(one, await figures('gemma2-2', GEMMA2, lanes('2')))
  })

  it('with a round in one graph, which each of them holds', async () => {
    const graph = (count: string) => ({ ...lanes(count), SAEGATE_ROUNDS: 'graph' })
    const one = await figures('graph-1', NEOX, graph('1'), saegateHere)
    expectSame(one, await figures('graph-2', NEOX, graph('2')))
    const { stdout } = await saegateHere(['plan', ...NEOX.slice(1)], graph('2'))
    expect(stdout).toContain('in one graph, reference and up to 2 candidates at a time')
  })

  it('stop at Ctrl-C and leave nothing', async () => {
    const args = NEOX.map((arg) => (arg === '1920' ? '40000' : arg))
    const child = start([...args, '--out', at('stopped')], { SAEGATE_LANES: '2' })
    child.stderr?.once('data', () => child.kill('SIGINT'))
    const { status, stderr } = await ended(child)
    expect(stderr).toContain('nothing was written')
    expect(status).toBe(130)
    expect(existsSync(at('stopped'))).toBe(false)
  })

  it('are used, and one that dies is a message', async () => {
    const { status, stderr } = await broken([...NEOX, '--out', at('broken-2')], lanes('2'))
    expect(stderr).toContain('the lane is broken')
    expect(status).toBe(3)
    expect(existsSync(at('broken-2'))).toBe(false)
  })

  it('are not counted in words', async () => {
    const { status, stderr } = await saegate([...NEOX, '--out', at('words')], { SAEGATE_LANES: 'two' })
    expect(stderr).toMatch(/SAEGATE_LANES is "two"/)
    expect(status).toBe(2)
    expect(existsSync(at('words'))).toBe(false)
  })
})
