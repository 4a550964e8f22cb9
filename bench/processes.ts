/** @file Runs a program to its end: what it printed, how long it took, and the most memory it and its children held. */
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

export interface Ran {
  readonly output: string
  /** The end of standard error. */
  readonly errors: string
  readonly seconds: number
  /** Σ over the process and its children of the peak resident set (VmHWM), bytes; null where /proc does not tell. */
  readonly peakBytes: number | null
}

/** High-water marks only grow, so this need not be often; it takes time from what is measured. */
const POLL_MS = 250

/** Errors: an Error with the last lines of standard error when the program fails. */
export function run(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...environment },
    })
    const peaks = new Map<number, number>()
    const timer = setInterval(() => notePeaks(child.pid ?? 0, peaks), POLL_MS)
    let output = ''
    let errors = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      errors = (errors + text).slice(-4000)
    })
    child.on('error', reject)
    child.on('close', (code) => {
      clearInterval(timer)
      const seconds = (performance.now() - started) / 1000
      if (code !== 0)
        reject(new Error(`${command} ${args.join(' ')}: exit status ${code}\n${errors}${output}`))
      const total = [...peaks.values()].reduce((sum, bytes) => sum + bytes, 0)
      resolve({ output, errors, seconds, peakBytes: peaks.size === 0 ? null : total })
    })
  })
}

/** Note the high-water mark of a process and of all below it. */
function notePeaks(pid: number, peaks: Map<number, number>): void {
  try {
    const kilobytes = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    if (kilobytes !== undefined) peaks.set(pid, Math.max(peaks.get(pid) ?? 0, Number(kilobytes) * 1024))
    for (const task of readdirSync(`/proc/${pid}/task`)) {
      const children = readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim()
      for (const child of children.split(' ')) if (child !== '') notePeaks(Number(child), peaks)
    }
  } catch {
    // It ended, or this system has no /proc.
  }
}
