/** @file A Slurm of one node on loopback, in a folder of its own: munged, slurmctld and slurmd, ended with the test. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { accessSync, chmodSync, constants, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { cpus, hostname, tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const DAEMONS = ['munged', 'slurmctld', 'slurmd'] as const
/** Where Debian has daemons, which is not on everybody's PATH. */
const PATH = [process.env.PATH ?? '', '/usr/sbin', '/usr/local/sbin'].join(delimiter)

function isThere(name: string): boolean {
  return PATH.split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** Why there is no Slurm to be tested with; null: there is. */
export function withoutSlurm(): string | null {
  const missing = [...DAEMONS, 'sbatch', 'scontrol'].filter((name) => !isThere(name))
  if (missing.length > 0) return `no ${missing.join(', ')} (Debian: slurmctld slurmd slurm-client munge)`
  return process.getuid?.() === 0 ? null : 'slurmd starts jobs of others as root alone'
}

export interface Cluster {
  readonly folder: string
  /** Environment of its commands. */
  readonly env: Readonly<Record<string, string>>
  /** JobState of a job, or of the last task of an array, once it has ended. */
  ended(job: string): Promise<string>
  stop(): Promise<void>
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

export async function startSlurm(): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'slurm-'))
  const at = (name: string): string => join(folder, name)
  for (const name of ['state', 'spool']) mkdirSync(at(name))
  writeFileSync(at('munge.key'), randomBytes(1024))
  chmodSync(at('munge.key'), 0o400)
  const node = hostname().split('.')[0] ?? 'localhost'
  const conf = {
    ClusterName: 'test',
    SlurmctldHost: `${node}(127.0.0.1)`,
    SlurmUser: 'root',
    SlurmdUser: 'root',
    AuthType: 'auth/munge',
    AuthInfo: `socket=${at('munge.sock')}`,
    StateSaveLocation: at('state'),
    SlurmdSpoolDir: at('spool'),
    SlurmctldPidFile: at('slurmctld.pid'),
    SlurmdPidFile: at('slurmd.pid'),
    SlurmctldPort: await freePort(),
    SlurmdPort: await freePort(),
    ProctrackType: 'proctrack/linuxproc',
    TaskPlugin: 'task/none',
    SelectType: 'select/linear',
    MpiDefault: 'none',
    ReturnToService: 2,
  }
  const lines = Object.entries(conf).map(([key, value]) => `${key}=${value}`)
  const nodeLine = `NodeName=${node} NodeAddr=127.0.0.1 CPUs=${cpus().length} State=UNKNOWN`
  const partition = `PartitionName=all Nodes=${node} Default=YES State=UP`
  writeFileSync(at('slurm.conf'), `${[...lines, nodeLine, partition].join('\n')}\n`)
  const env = { ...process.env, PATH, SLURM_CONF: at('slurm.conf') }
  const munge = [
    'key-file=munge.key',
    'socket=munge.sock',
    'pid-file=munge.pid',
    'log-file=munge.log',
    'seed-file=munge.seed',
  ]
  const options = munge.map((one) => `--${one.replace('=', `=${folder}/`)}`)
  const daemons: ChildProcess[] = []
  const start = (name: string, args: readonly string[]): void => {
    daemons.push(spawn(name, args, { env, stdio: 'ignore' }))
  }
  start('munged', ['--foreground', '--force', ...options])
  start('slurmctld', ['-D'])
  start('slurmd', ['-D', '-N', node])
  const cluster = { folder, env: { PATH, SLURM_CONF: env.SLURM_CONF }, stop: () => stop(daemons, folder) }
  await until(async () => /idle/.test((await run('sinfo', ['-h', '-o', '%T'], { env })).stdout))
  const ended = async (job: string): Promise<string> => {
    let state = ''
    await until(async () => {
      const { stdout } = await run('scontrol', ['show', 'job', job], { env })
      state = /JobState=(\w+)/.exec(stdout)?.[1] ?? ''
      return state !== '' && !['PENDING', 'RUNNING', 'COMPLETING', 'CONFIGURING'].includes(state)
    })
    return state
  }
  return { ...cluster, ended }
}

async function stop(daemons: readonly ChildProcess[], folder: string): Promise<void> {
  for (const daemon of daemons.toReversed()) {
    const gone = new Promise((resolve) => daemon.once('exit', resolve))
    if (daemon.exitCode === null && daemon.signalCode === null) {
      daemon.kill('SIGTERM')
      await gone
    }
  }
  rmSync(folder, { recursive: true, force: true })
}

/** Daemons that are not up yet refuse. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds().catch(() => false))) await new Promise((resolve) => setTimeout(resolve, 250))
}
