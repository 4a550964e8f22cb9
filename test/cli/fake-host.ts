/** @file A host for commands run in this process: what they write is kept, what they ask is answered from a list. */
import { type CliHost, outputTo } from '../../src/cli/host.ts'
import { runCli } from '../../src/cli/run.ts'

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
