/** @file Debian's docker-registry on loopback, in a folder of its own, with a password; ended with the test. */
import { spawn } from 'node:child_process'
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PASSWORD } from '../sources/oci/oci-server.ts'

const PROGRAM = 'docker-registry'
/** bcrypt of PASSWORD. */
const HASH = '$2b$04$ApPBz7kH6yU2PTd9JsBY8OUHOrRAPX30nSBDc6B.L/KeTJV/ZZ.M6'

/** Why there is none to be tested with; null: there is. */
export function withoutRegistry(): string | null {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin']
  const isThere = folders.some((folder) => {
    try {
      accessSync(join(folder, PROGRAM), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
  return isThere ? null : `no ${PROGRAM} (Debian: docker-registry)`
}

export interface DebianRegistry {
  readonly host: string
  /** Authorization of somebody who may do everything. */
  readonly authorization: string
  stop(): Promise<void>
}

export async function startRegistry(): Promise<DebianRegistry> {
  const folder = mkdtempSync(join(tmpdir(), 'saegate-test-'))
  const port = await freePort()
  writeFileSync(join(folder, 'htpasswd'), `somebody:${HASH}\n`)
  writeFileSync(
    join(folder, 'config.yml'),
    `version: 0.1
log: {level: error}
storage: {filesystem: {rootdirectory: '${join(folder, 'data')}'}}
http: {addr: '127.0.0.1:${port}'}
auth: {htpasswd: {realm: test, path: '${join(folder, 'htpasswd')}'}}
`,
  )
  const child = spawn(PROGRAM, ['serve', join(folder, 'config.yml')], { stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const host = `127.0.0.1:${port}`
  for (let i = 0; i < 200 && (await fetch(`http://${host}/v2/`).catch(() => null)) === null; i++)
    await sleep(50)
  return {
    host,
    authorization: `Basic ${Buffer.from(`somebody:${PASSWORD}`).toString('base64')}`,
    stop: async () => {
      child.kill('SIGKILL')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
