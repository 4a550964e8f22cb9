/** @file A host for commands run in this process: what they write is kept, what they ask is answered from a list. */
import { type CliHost, outputTo } from '../../src/cli/host.ts'
import { runCli } from '../../src/cli/run.ts'
import { withEnvironment } from '../with-environment.ts'
import type { Ended } from './program.ts'

export interface FakeHost extends CliHost {
  readonly out: () => string
  readonly err: () => string
  readonly questions: readonly string[]
}

/** `answers` null: nobody can answer. Where the list ends, the user has hung up. */
export function fakeHost(
  argv: readonly string[],
  answers: readonly string[] | null = null,
  env: CliHost['env'] = {},
): FakeHost {
  const [out, err, questions]: string[][] = [[], [], []]
  const output = (kept: string[] | undefined) => ({
    ...outputTo((text) => void kept?.push(text)),
    isTTY: false,
    columns: 100,
  })
  const waiting = [...(answers ?? [])]
  return {
    argv,
    env,
    stdout: output(out),
    stderr: output(err),
    signal: new AbortController().signal,
    seconds: () => 0,
    ask: async (question) => {
      if (answers !== null) questions?.push(question)
      return waiting.shift() ?? null
    },
    input: async () => waiting.shift() ?? '',
    out: () => out?.join('') ?? '',
    err: () => err?.join('') ?? '',
    questions: questions ?? [],
  }
}

export interface Ran {
  readonly status: number
  readonly out: string
  readonly err: string
  readonly questions: readonly string[]
}

/** The whole command line, in this process. */
export async function runHere(
  argv: readonly string[],
  answers: readonly string[] | null = null,
): Promise<Ran> {
  const host = fakeHost(argv, answers)
  const status = await runCli(host)
  return { status, out: host.out(), err: host.err(), questions: host.questions }
}

/**
 * `saegate ARGS` in this process, the engine's work too: what a process would say and write. For tests of that, not of how processes
 * begin, end and hear signals (program.ts): to start two takes longer than a short audit. One at a time where `env` is given.
 */
export async function saegateHere(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Omit<Ended, 'seconds'>> {
  return await withEnvironment(env, async () => {
    const host = fakeHost(args, null, { ...process.env, NO_COLOR: '1', LANG: 'C.UTF-8' })
    const status = await runCli(host)
    return { status, stdout: host.out(), stderr: host.err() }
  })
}
