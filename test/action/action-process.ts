/**
 * @file The action as a runner starts it: bundled, a process with GITHUB_* and INPUT_* in its environment. Where a test is of what
 * the action says, not of how its process begins and ends, one process serves run after run: to start takes longer than to act.
 */
import { type ChildProcess, execFile, fork } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { rolldown } from 'rolldown'
import { type Inputs, RUNTIME, runnerEnv, workspace } from './harness.ts'

let bundled: Promise<string> | undefined

/** The action with a known measurement in place of the models (process-entry.ts), as one file: its path. Built once. */
export function actionBundle(): Promise<string> {
  bundled ??= bundleAction(join(mkdtempSync(join(tmpdir(), 'saegate-entry-')), 'action.mjs'))
  return bundled
}

async function bundleAction(file: string): Promise<string> {
  const bundle = await rolldown({
    input: resolve('test/action/process-entry.ts'),
    platform: 'node',
    external: ['onnxruntime-node', /\.node$/],
    moduleTypes: { '.yaml': 'text' },
    logLevel: 'silent',
  })
  await bundle.write({ file, format: 'esm', codeSplitting: false })
  await bundle.close()
  return file
}

export interface ActionStart {
  /** Run in a process of its own; null: the bundle, in one that has run before. */
  readonly script: string | null
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
  const { status, stdout } = script === null ? await runWarm(env) : await runFresh(script, env)
  const read = (file: string) => readFileSync(file, 'utf8')
  return {
    status,
    stdout,
    outputs: outputsIn(read(runner.env.GITHUB_OUTPUT ?? '')),
    summary: read(runner.env.GITHUB_STEP_SUMMARY ?? ''),
    folder: at,
  }
}

interface Run {
  readonly status: number
  readonly stdout: string
}

const runFresh = (script: string, env: NodeJS.ProcessEnv): Promise<Run> =>
  new Promise((done) => {
    const child = execFile(process.execPath, [script], { env, timeout: 500_000 }, (_, stdout, stderr) =>
      done({ status: child.exitCode ?? -1, stdout: stdout + stderr }),
    )
  })

/** Processes that wait for their next run: as many as ever ran at once. */
const idle: ChildProcess[] = []

async function runWarm(env: NodeJS.ProcessEnv): Promise<Run> {
  const child = idle.pop() ?? fork(await actionBundle(), { execArgv: [], stdio: ['ignore', 2, 2, 'ipc'] })
  child.ref()
  const run = await new Promise<Run>((done, fail) => {
    const died = (): void => fail(new Error('the action’s process has ended'))
    child.once('exit', died)
    child.once('message', (said: Run) => {
      child.off('exit', died)
      done(said)
    })
    child.send(env)
  })
  // It ends with this process, and does not keep it.
  child.unref()
  child.channel?.unref()
  idle.push(child)
  return run
}

/** `name<<delimiter`, the value, the delimiter again. */
const outputsIn = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gm)].map(([, name, , value]) => [name, value]),
  )
