/**
 * @file A process that may open too few files, or has too little address space: exit status 3, and the limit by its name.
 *
 * @module-tag slow
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type Ended, ended, SHORT_AUDIT } from './program.ts'

const folder = mkdtempSync(join(tmpdir(), 'saegate-test-'))
const out = join(folder, 'out')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const limited = (limit: string, command: string) => [
  '-c',
  `ulimit ${limit} && exec "$0" ${command} "$@"`,
  process.execPath,
]

function audit(limit: string): Promise<Ended> {
  const args = [...SHORT_AUDIT, '--candidate', 'rtn:6', '--out', out]
  return ended(
    spawn('sh', [...limited(limit, 'dist/cli.js'), ...args], { env: { ...process.env, LANG: 'C.UTF-8' } }),
  )
}

/** Can Node itself do with it? What it reserves differs from one version to the next. */
const nodeRuns = (limit: string): boolean => spawnSync('sh', [...limited(limit, '-e 0')]).status === 0

describe.skipIf(process.platform === 'win32')('too few', () => {
  it.each(['26', '30'])('open files (%s)', async (files) => {
    const { status, stderr } = await audit(`-n ${files}`)
    expect(stderr).toContain(`no more than ${files} files may be open at once (ulimit -n)`)
    expect(stderr).not.toMatch(/^\s+at /m)
    expect(status).toBe(3)
    expect(existsSync(out)).toBe(false)
  })

  it.skipIf(!nodeRuns('-v 1100000'))('bytes of address space', async () => {
    const { status, stderr } = await audit('-v 1100000')
    expect(stderr).toContain('1126 MB of address space (ulimit -v)')
    expect(stderr).not.toMatch(/npm ci|^\s+at /m)
    expect(status).toBe(3)
    expect(existsSync(out)).toBe(false)
  })
})
