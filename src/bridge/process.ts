/** @file A process as a far side, seen from the one that starts it. */
import { type ChildProcess, fork } from 'node:child_process'
import { endedWithin, limitProblem } from '../bytes/system-limits.ts'
import { engineDied, interrupted } from '../errors/engine.ts'
import type { Reply, Wire } from './envelope.ts'
import { FarSide } from './far-side.ts'

export interface ProcessStart {
  /** The program. */
  readonly file: string
  /** All that it sees of the environment. */
  readonly env: Readonly<Record<string, string | undefined>>
  /** Options of Node itself, for a debugger. */
  readonly nodeOptions: readonly string[]
  /** Show what it writes to standard output, on standard error: results go to standard output. */
  readonly showsOutput: boolean
}

export function startProcess<Request, Answer, Note = never>(
  who: string,
  { file, env, nodeOptions, showsOutput }: ProcessStart,
): FarSide<Request, Answer, Note> {
  const child = fork(file, [], {
    serialization: 'advanced',
    stdio: ['ignore', showsOutput ? 'pipe' : 'ignore', 'pipe', 'ipc'],
    execArgv: [...nodeOptions],
    env,
  })
  child.stdout?.on('data', (chunk: Buffer) => process.stderr.write(chunk))
  return new FarSide<Request, Answer, Note>(who, processWire(who, child))
}

function processWire<Request, Answer, Note>(who: string, child: ChildProcess): Wire<Request, Answer, Note> {
  const noise = lastWords(child)
  const gone = new Promise<void>((done) => child.once('exit', () => done()))
  return {
    // What cannot be posted has ended, and that is heard below.
    post: (order) => void child.send(order, () => {}),
    listen(heard, ended) {
      child.on('message', (reply: Reply<Answer, Note>) => heard(reply))
      child.on('error', ({ message }) => ended(limitProblem(who, message) ?? engineDied(who, message)))
      child.on('exit', (status, signal) => {
        if (signal === 'SIGINT' || signal === 'SIGTERM') ended(interrupted())
        const how = signal === null ? `exit status ${status}` : `signal ${signal}`
        const words = noise()
        ended(
          limitProblem(who, words) ??
            (signal === null || signal === 'SIGKILL' ? null : endedWithin(who, how)) ??
            engineDied(who, words === '' ? how : `${how}: ${words}`),
        )
      })
    },
    // Waited for to its end: what it leaves behind is removed by itself.
    keepAlive: () => {},
    close: async () => {
      if (child.connected) child.disconnect()
      // One that is killed writes nothing more once this is over.
      if (child.killed) await gone
    },
    kill: () => void child.kill('SIGKILL'),
  }
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
