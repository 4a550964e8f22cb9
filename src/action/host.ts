/** @file The world the action runs in, as one value: what tests replace and the entry takes from the process. */
import * as core from '@actions/core'
import { connectGitHub, type GitHub, type Repository } from '../delivery/github.ts'
import type { Clock } from '../delivery/patience.ts'
import { plainLines } from '../escape/plain-lines.ts'
import { runProgram } from '../gate/run-program.ts'
import { nvidiaDevices } from '../onnx/devices/nvidia.ts'
import type { RuntimeHost } from './engine/host.ts'

interface AnnotationPlace {
  title?: string
  file?: string
  startLine?: number
  startColumn?: number
}

/** What is used of @actions/core. */
export interface Core {
  getInput(name: string): string
  setOutput(name: string, value: string): void
  setSecret(secret: string): void
  error(message: string, place?: AnnotationPlace): void
  warning(message: string, place?: AnnotationPlace): void
  info(message: string): void
  debug(message: string): void
  readonly summary: { addRaw(text: string, addEol?: boolean): { write(): Promise<unknown> } }
}

export interface ActionHost {
  readonly core: Core
  /** SAEGATE_RUNTIME, SAEGATE_CACHE and HF_TOKEN are set in it for the stages that read them. */
  readonly env: NodeJS.ProcessEnv
  readonly clock: Clock
  readonly signal: AbortSignal
  readonly connect: (token: string, apiUrl: string, repository: Repository) => GitHub
  readonly runtime: Omit<RuntimeHost, 'env' | 'info'>
  /** Relative paths start there from now on. */
  readonly enter: (folder: string) => void
}

export function processHost(): ActionHost {
  return {
    // Errors and warnings are escaped by core itself; what it prints as it is must not be a command of the runner's.
    core: { ...core, info: (message) => core.info(plainLines(message)) },
    env: process.env,
    clock: { now: Date.now, sleep: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)) },
    signal: cancelled(),
    connect: connectGitHub,
    runtime: {
      platform: process.platform,
      arch: process.arch,
      execPath: process.execPath,
      run: runProgram,
      hasNvidiaDriver: () => (nvidiaDevices() ?? []).length > 0,
    },
    enter: (folder) => process.chdir(folder),
  }
}

/** The runner interrupts a cancelled step, and kills it some seconds later. */
function cancelled(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => controller.abort())
  return controller.signal
}
