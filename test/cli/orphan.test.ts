/**
 * @file An engine whose parent is gone ends, whatever it is doing: here a loop that lets nothing else run.
 *
 * @module-tag slow
 */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { SHORT_AUDIT, start } from './program.ts'

const folder = mkdtempSync(join(tmpdir(), 'saegate-test-'))
const at = (name: string): string => join(folder, name)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

async function until(holds: () => boolean, seconds: number): Promise<boolean> {
  for (let waited = 0; waited < 10 * seconds; waited++) {
    if (holds()) return true
    await setTimeout(100)
  }
  return holds()
}

it('a busy engine without its parent ends', async () => {
  writeFileSync(
    at('busy.mjs'),
    `import { writeFileSync } from 'node:fs'
     import { isMainThread } from 'node:worker_threads'
     const busy = () => {
       writeFileSync(${JSON.stringify(at('pid'))}, String(process.pid))
       for (;;) {}
     }
     // Not before the engine has made itself ready.
     if (isMainThread && process.argv[1]?.includes('engine.js'))
       process.on('newListener', (event) => event === 'uncaughtException' && process.on('message', busy))`,
  )
  const child = start([...SHORT_AUDIT, '--candidate', 'rtn:6', '--out', at('out')], {
    NODE_OPTIONS: `--import ${at('busy.mjs')}`,
  })
  expect(await until(() => existsSync(at('pid')) && readFileSync(at('pid'), 'utf8') !== '', 60)).toBe(true)
  const engine = Number(readFileSync(at('pid'), 'utf8'))
  // It runs as long as its parent does: longer than the watchdog takes to look twice.
  await setTimeout(1000)
  expect(isAlive(engine)).toBe(true)
  child.kill('SIGKILL')
  expect(await until(() => !isAlive(engine), 20)).toBe(true)
})
