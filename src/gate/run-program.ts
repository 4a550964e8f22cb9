/** @file A program run to its end, without a shell: how it ended, and the last of what it wrote. */
import { spawn } from 'node:child_process'
import type { ProgramEnd } from '../onnx/runtime/cuda-provider.ts'

/** Installing takes half a minute; the CUDA provider is 300 MB. */
const LIMIT_MS = 20 * 60_000
/** Characters kept for an error message. */
const OUTPUT_KEPT = 4000

/** Never rejects: what cannot be started ends with status 127, what is killed or takes too long with null. */
export function runProgram(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<ProgramEnd> {
  return new Promise((done) => {
    let output = ''
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: LIMIT_MS, env })
    const keep = (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-OUTPUT_KEPT)
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => done({ status: 127, output: error.message }))
    child.on('close', (status) => done({ status, output }))
  })
}
