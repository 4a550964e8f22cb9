/** @file The world the action runs in, as one value: what tests replace and the entry takes from the process. */
import { spawn } from 'node:child_process'
import * as core from '@actions/core'
import { connectGitHub, type GitHub, type Repository } from '../delivery/github.ts'
import type { Clock } from '../delivery/patience.ts'
import type { RuntimeHost } from './runtime.ts'

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

/** Installing takes half a minute; the CUDA provider is 300 MB. */
const COMMAND_LIMIT_MS = 20 * 60_000
/** What is kept of a command's output for its error message. */
const OUTPUT_KEPT = 4000

export function processHost(): ActionHost {
  return {
    core,
    env: process.env,
    clock: { now: Date.now, sleep: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds)) },
    signal: cancelled(),
    connect: connectGitHub,
    runtime: { platform: process.platform, arch: process.arch, execPath: process.execPath, run },
    enter: (folder) => process.chdir(folder),
  }
}

/** The runner interrupts a cancelled step, and kills it some seconds later. */
function cancelled(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => controller.abort())
  return controller.signal
}

const run: RuntimeHost['run'] = (command, args) =>
  new Promise((done) => {
    let output = ''
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: COMMAND_LIMIT_MS })
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-OUTPUT_KEPT)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => done({ status: 127, output: error.message }))
    child.on('close', (status) => done({ status, output }))
  })
