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
import { ended, SHORT_ON_ALL_CORES, saegate, start } from './program.ts'

const folder = mkdtempSync(join(tmpdir(), 'saegate-test-'))
const at = (name: string): string => join(folder, name)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const CANDIDATES = ['--candidate', 'rtn:6', '--candidate', 'rtn:4', '--threads', '2']
const NEOX = [...SHORT_ON_ALL_CORES, ...CANDIDATES]
/** JumpReLU: close calls are told apart beside the sums. Sliding windows: another plan through the same body. */
const GEMMA2 = [
  ...['audit', '--reference', 'fixtures/models/gemma2', '--sae', 'fixtures/saes/gemma2/layer_2'],
  ...['--hook', 'blocks.2.hook_resid_post', '--corpus', 'fixtures/corpus/eval.txt'],
  ...['--tokens', '1920', '--block-length', '128'],
  ...['--perplexity', 'chunked,sliding=128/64', ...CANDIDATES],
]

/** Every figure of a report by its path: what has no float rounding in it as it is. */
async function figures(
  name: string,
  args: readonly string[],
  lanes: string | Record<string, string>,
): Promise<Map<string, unknown>> {
  const environment = typeof lanes === 'string' ? { SAEGATE_LANES: lanes } : lanes
  const { status, stderr } = await saegate([...args, '--out', at(name)], environment)
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

describe('lanes', () => {
  it('give the figures of one session', async () => {
    expectSame(await figures('neox-1', NEOX, '1'), await figures('neox-2', NEOX, '2'))
  })

  it('with close calls and sliding windows', async () => {
    expectSame(await figures('gemma2-1', GEMMA2, '1'), await figures('gemma2-2', GEMMA2, '2'))
  })

  it('with a round in one graph, which each of them holds', async () => {
    const graph = (lanes: string): Record<string, string> => ({
      SAEGATE_LANES: lanes,
      SAEGATE_ROUNDS: 'graph',
    })
    expectSame(await figures('graph-1', NEOX, graph('1')), await figures('graph-2', NEOX, graph('2')))
    const { stdout } = await saegate(['plan', ...NEOX.slice(1)], graph('2'))
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
    cpSync('dist', at('program/dist'), { recursive: true })
    writeFileSync(at('program/package.json'), '{"type": "module"}')
    writeFileSync(at('program/dist/lane.js'), 'throw new Error("the lane is broken")')
    symlinkSync(join(process.cwd(), 'node_modules'), at('program/node_modules'))
    const run = (lanes: string) => {
      const args = [at('program/dist/cli.js'), ...NEOX, '--out', at(`broken-${lanes}`)]
      return ended(spawn(process.execPath, args, { env: { ...process.env, SAEGATE_LANES: lanes } }))
    }
    expect((await run('1')).status).toBe(0)
    const { status, stderr } = await run('2')
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
