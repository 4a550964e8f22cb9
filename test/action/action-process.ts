/** @file The action as a runner starts it: bundled, a process with GITHUB_* and INPUT_* in its environment. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { rolldown } from 'rolldown'
import { type Inputs, RUNTIME, runnerEnv, workspace } from './harness.ts'

/** The action with a known measurement in place of the models (process-entry.ts), as one file. */
export async function bundleAction(file: string): Promise<void> {
  const bundle = await rolldown({
    input: resolve('test/action/process-entry.ts'),
    platform: 'node',
    external: ['onnxruntime-node', /\.node$/],
    moduleTypes: { '.yaml': 'text' },
    logLevel: 'silent',
  })
  await bundle.write({ file, format: 'esm', codeSplitting: false })
  await bundle.close()
}

export interface ActionStart {
  readonly script: string
  /** Of the API. */
  readonly url: string
  readonly name?: string
  readonly event?: unknown
  readonly inputs?: Inputs
  /** A workspace of an earlier run. */
  readonly folder?: string
  /** The workspace is a repository with a saegate.yaml of its own. */
  readonly isRepository?: boolean
  /** GITHUB_* that differ, and what the stand-in for the models is told. */
  readonly env?: Readonly<Record<string, string>>
}

export interface Ended {
  readonly status: number
  readonly stdout: string
  readonly outputs: Readonly<Record<string, string>>
  readonly summary: string
  readonly folder: string
}

const PLAIN: Inputs = { 'github-token': 't0ken', 'runtime-path': RUNTIME }

/** As the runner does: inputs by environment, outputs and summary by files, commands on standard output. */
export async function startAction(given: ActionStart): Promise<Ended> {
  const { script, url, name = 'pull_request', event = {}, inputs = {} } = given
  const runner = runnerEnv(url, name, event)
  const at = given.folder ?? runner.folder
  const all = {
    comment: 'on-change',
    'check-name': 'saegate',
    'working-directory': at,
    ...(given.isRepository ? PLAIN : { ...workspace(at), config: 'saegate.yaml' }),
    ...inputs,
  }
  const written = Object.entries(all).map(([input, value]) => [`INPUT_${input.toUpperCase()}`, value])
  const env = {
    PATH: process.env.PATH,
    ...runner.env,
    GITHUB_WORKSPACE: at,
    ...given.env,
    ...Object.fromEntries(written),
  }
  const { status, stdout } = await new Promise<{ status: number; stdout: string }>((done) => {
    const child = execFile(process.execPath, [script], { env, timeout: 500_000 }, (_, stdout, stderr) =>
      done({ status: child.exitCode ?? -1, stdout: stdout + stderr }),
    )
  })
  const read = (file: string) => readFileSync(file, 'utf8')
  return {
    status,
    stdout,
    outputs: outputsIn(read(runner.env.GITHUB_OUTPUT ?? '')),
    summary: read(runner.env.GITHUB_STEP_SUMMARY ?? ''),
    folder: at,
  }
}

/** `name<<delimiter`, the value, the delimiter again. */
const outputsIn = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gm)].map(([, name, , value]) => [name, value]),
  )
