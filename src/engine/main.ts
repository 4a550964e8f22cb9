/** @file The engine process: one request in, progress and one measurement out. Started by client.ts, never by hand. */
import { measure } from '../audit/measure.ts'
import { plainProblem, SaegateError } from '../errors/problem.ts'
import type { EngineMessage, EngineRequest } from './protocol.ts'

function send(message: EngineMessage): Promise<void> {
  return new Promise((done) => {
    if (process.send === undefined) done()
    else process.send(message, undefined, undefined, () => done())
  })
}

/** Answer one request and end. Losing the parent ends the process: nobody would read the result. */
export function serveEngine(): void {
  process.on('disconnect', () => process.exit(0))
  process.on('SIGINT', () => {}) // The parent decides: a terminal sends Ctrl-C to both.
  process.once('message', (request: EngineRequest) => {
    void answer(request).then(() => process.disconnect?.())
  })
  void send({ kind: 'ready' })
}

async function answer({ config, baseline, toolVersion }: EngineRequest): Promise<void> {
  try {
    const measurement = await measure(config, {
      onProgress: (progress) => void send({ kind: 'progress', progress }),
      seconds: () => performance.now() / 1000,
      now: () => new Date().toISOString(),
      toolVersion,
      baseline,
    })
    await send({ kind: 'measured', measurement })
  } catch (error) {
    if (error instanceof SaegateError) {
      await send({ kind: 'problem', problem: plainProblem(error) })
      return
    }
    await send({
      kind: 'crash',
      stack: error instanceof Error ? (error.stack ?? error.message) : String(error),
    })
  }
}
