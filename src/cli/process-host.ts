/** @file The real process as a host. */
import { createInterface } from 'node:readline/promises'
import { removeTemporaries } from '../bytes/atomic.ts'
import { type CliHost, type Output, outputTo } from './host.ts'

/** The exit status where output could not be written: a report cut short must not look finished. */
const OUTPUT_LOST = 3

function output(stream: NodeJS.WriteStream): Output {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return // A closed pipe (`saegate … | head`) ends the output, not the program.
    process.on('exit', () => {
      process.exitCode = OUTPUT_LOST
    })
    if (stream !== process.stderr)
      process.stderr.write(`saegate: writing the output failed: ${error.message}\n`)
  })
  return {
    ...outputTo((text) => void stream.write(text)),
    isTTY: stream.isTTY === true,
    get columns() {
      // Some terminals say 0.
      return stream.columns || 100
    },
  }
}

/** Ctrl-C, a request to end and a closed terminal abort; a second one ends the process at once. */
function interrupts(): AbortSignal {
  const controller = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      const isSecond = controller.signal.aborted
      controller.abort()
      removeTemporaries()
      if (isSecond) process.exit(130)
    })
  }
  return controller.signal
}

/** Ctrl-D ends the answers, Ctrl-C (which a terminal hands to the reader, not to the process) the program. */
async function ask(question: string): Promise<string | null> {
  if (!process.stdin.isTTY) return null
  const reader = createInterface({ input: process.stdin, output: process.stderr })
  const closed = new Promise<null>((done) => reader.once('close', () => done(null)))
  reader.once('SIGINT', () => {
    process.emit('SIGINT')
    reader.close()
  })
  try {
    return await Promise.race([reader.question(question), closed])
  } finally {
    reader.close()
  }
}

async function input(mostBytes: number): Promise<string | null> {
  const chunks: Buffer[] = []
  let left = mostBytes
  for await (const chunk of process.stdin) {
    const bytes = Buffer.from(chunk)
    left -= bytes.byteLength
    if (left < 0) return null
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}

export function processHost(): CliHost {
  return {
    argv: process.argv.slice(2),
    env: process.env,
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    signal: interrupts(),
    seconds: () => performance.now() / 1000,
    ask,
    input,
  }
}
