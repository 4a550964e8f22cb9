/**
 * @file A streamed audit whose rows wait in a file: however it ends in the middle, nothing is left, neither rows nor a report.
 *
 * @module-tag slow
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { ended, SHORT_AUDIT, start } from './program.ts'

const folder = mkdtempSync(join(tmpdir(), 'saegate-test-'))
const at = (name: string): string => join(folder, name)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The whole corpus with the least memory: of three stores of a model, one is in memory. */
const STREAMED = [
  ...SHORT_AUDIT.map((arg) => (arg === '1920' ? '73984' : arg)),
  ...['--candidate', 'rtn:6', '--weights', 'stream', '--memory', '64MiB'],
]

function places(name: string): { readonly rows: string; readonly out: string } {
  mkdirSync(at(`${name}-rows`))
  return { rows: at(`${name}-rows`), out: at(`${name}-out`) }
}

/** Resolves once the first batch has run: its rows are in the file then. */
function running({ stderr }: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    let said = ''
    stderr?.on('data', (text) => {
      said += String(text)
      if (said.includes('forward pass, range by range')) resolve()
    })
  })
}

describe.skipIf(process.platform === 'win32')('in the middle', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGKILL', null],
  ] as const)('%s leaves nothing', async (signal, expected) => {
    const { rows, out } = places(signal)
    const child = start([...STREAMED, '--out', out], { TMPDIR: rows })
    const end = ended(child)
    await running(child)
    child.kill(signal)
    const { status, stderr } = await end
    expect(stderr).toContain(`0.1 GB of activations in ${rows}`)
    expect(status).toBe(expected)
    expect(readdirSync(rows)).toEqual([])
    // Whether a report can be written is seen at the start, and who is killed takes no folder away.
    expect(existsSync(out) ? readdirSync(out) : []).toEqual([])
  })

  it('a file that may not grow is told with what it was for', async () => {
    const { rows, out } = places('small')
    const args = ['-c', 'ulimit -f 2048 && exec "$0" dist/cli.js "$@"', process.execPath, ...STREAMED]
    const env = { ...process.env, TMPDIR: rows, LANG: 'C.UTF-8' }
    const { status, stderr } = await ended(spawn('sh', [...args, '--out', out], { env }))
    expect(stderr).toContain(`Writing captured activations to ${rows} failed`)
    expect(stderr).not.toMatch(/^\s+at /m)
    expect(status).toBe(3)
    expect(readdirSync(rows)).toEqual([])
    expect(existsSync(out)).toBe(false)
  })
})
