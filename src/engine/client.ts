/** @file Starts the engine process, hears its progress, and gives its measurement. */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { OnProgress } from '../audit/progress.ts'
import type { Measurement } from '../contract/report/measurement.ts'
import { engineCrashed, engineDied, interrupted } from '../errors/engine.ts'
import { raisedAgain, type SaegateError } from '../errors/problem.ts'
import type { EngineMessage, EngineRequest } from './protocol.ts'

/** Where the bundle puts the engine: beside the program that asks. */
const ENGINE_FILE = fileURLToPath(new URL('./engine.js', import.meta.url))

/**
 * glibc gives allocations of this size and more back to the system at once. By default it comes to keep blocks of up to
 * 32 MiB, which is what tensors are, and a model then takes 1.3 times its weights in float32 instead of 1.0.
 */
const LARGE_ALLOCATION = String(2 ** 20)

export interface EngineOptions {
  readonly onProgress: OnProgress
  /** Aborting kills the engine at once and rejects with INTERRUPTED. */
  readonly signal: AbortSignal
}

/** Measure in a process of its own. Errors: whatever the audit raises, ENGINE_DIED, ENGINE_CRASHED, INTERRUPTED. */
export function measureInEngine(request: EngineRequest, options: EngineOptions): Promise<Measurement> {
  return new Promise((resolve, reject) => {
    if (options.signal.aborted) {
      reject(interrupted())
      return
    }
    const child = fork(ENGINE_FILE, [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [],
      env: { MALLOC_MMAP_THRESHOLD_: LARGE_ALLOCATION, ...process.env },
    })
    const noise = lastWords(child)
    const onAbort = (): void => {
      child.kill('SIGKILL')
      reject(interrupted())
    }
    options.signal.addEventListener('abort', onAbort, { once: true })
    child.on('message', (message: EngineMessage) => {
      if (message.kind === 'ready') child.send(request)
      else if (message.kind === 'progress') options.onProgress(message.progress)
      else if (message.kind === 'measured') resolve(message.measurement)
      else reject(failure(message))
    })
    child.on('error', (error) => reject(engineDied(error.message)))
    child.on('exit', (code, signal) => {
      options.signal.removeEventListener('abort', onAbort)
      if (signal === 'SIGINT' || signal === 'SIGTERM') reject(interrupted())
      const how = signal === null ? `exit status ${code}` : `signal ${signal}`
      const words = noise()
      reject(engineDied(words === '' ? how : `${how}: ${words}`))
    })
  })
}

/** The last line of what native code wrote to standard error. */
function lastWords(child: ChildProcess): () => string {
  let text = ''
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    text = (text + chunk).slice(-2000)
    if (process.env.SAEGATE_DEBUG === '1') process.stderr.write(chunk)
  })
  return () => text.trim().split('\n').at(-1)?.slice(0, 300) ?? ''
}

function failure(message: Extract<EngineMessage, { kind: 'problem' | 'crash' }>): SaegateError {
  if (message.kind === 'problem') return raisedAgain(message.problem)
  if (process.env.SAEGATE_DEBUG === '1') process.stderr.write(`${message.stack}\n`)
  return engineCrashed(message.stack.split('\n')[0] ?? '')
}
