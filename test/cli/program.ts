/** @file The built program as a process: what a user types, and what comes back. */
import { type ChildProcess, spawn } from 'node:child_process'

export interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
  readonly seconds: number
}

const CLI = 'dist/cli.js'

/** Run `saegate ARGS`. */
export function saegate(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  return ended(start(args, env))
}

export function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  return spawn(process.execPath, [CLI, ...args], {
    env: { ...process.env, NO_COLOR: '1', LANG: 'C.UTF-8', ...env },
  })
}

export function ended(child: ChildProcess): Promise<Ended> {
  const started = performance.now()
  const [stdout, stderr]: string[][] = [[], []]
  child.stdout?.setEncoding('utf8').on('data', (text: string) => stdout?.push(text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => stderr?.push(text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status) =>
      resolve({
        status,
        stdout: stdout?.join('') ?? '',
        stderr: stderr?.join('') ?? '',
        seconds: (performance.now() - started) / 1000,
      }),
    )
  })
}

/** A short audit of the NeoX fixture: 30 sequences, one read-out; on as many threads as saegate takes where nothing is said. */
export const SHORT_ON_ALL_CORES = [
  'audit',
  '--reference',
  'fixtures/models/neox',
  '--sae',
  'fixtures/saes/neox/blocks.4.hook_resid_post',
  '--corpus',
  'fixtures/corpus/eval.txt',
  '--tokens',
  '1920',
  '--block-length',
  '64',
] as const

/** The same on one thread: two test files run at once, and threads that wait for each other would take each other's cores. */
export const SHORT_AUDIT = [...SHORT_ON_ALL_CORES, '--threads', '1'] as const
