/**
 * SAEGATE_ENGINE_OPTIONS reaches Node in the engine process, whose standard output is then shown, beside the results.
 *
 * @module-tag slow
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { SHORT_AUDIT, saegate } from './program.ts'

const folder = mkdtempSync(join(tmpdir(), 'saegate-test-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

it('a debugger reaches the engine, and what it prints is shown', async () => {
  const greeting = join(folder, 'greeting.mjs')
  writeFileSync(
    greeting,
    `import { isMainThread } from 'node:worker_threads'
     if (isMainThread) console.log('hello from', process.argv[1], process.execArgv.join(' '))`,
  )
  const { status, stdout, stderr } = await saegate(
    [...SHORT_AUDIT, '--candidate', 'rtn:6', '--out', join(folder, 'out')],
    { SAEGATE_ENGINE_OPTIONS: `  --inspect=127.0.0.1:0  --import ${greeting}` },
  )
  expect(stderr).toMatch(/hello from .*engine\.js --inspect=127\.0\.0\.1:0 --import/)
  expect(stderr.match(/hello from/g)).toHaveLength(1)
  expect(stdout).not.toContain('hello')
  expect(stdout).toContain('MEASURED')
  expect(status).toBe(0)
})
