/**
 * @file The action's entry with a known measurement in place of the models: bundled and run as a process by the tests. Started
 * with a channel to its parent it runs once per message, each time in the environment that the message brings.
 */
import { appendFileSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { processHost } from '../../src/action/host.ts'
import { type ExitStatus, runAction } from '../../src/action/main.ts'
import type { Tools } from '../../src/action/tools.ts'
import { judgeBy } from '../../src/gate/judging.ts'
import { toolsWith } from './harness.ts'

/**
 * What the measurement is to come to; `dies`: the audit ends in a defect; `judged`: what the policy makes of it. `width`: features
 * of each read-out; `candidates`: of the sample, by name. Standard output says when it is asked for, and for what.
 */
function tools({
  TEST_VERDICT: verdict,
  TEST_WIDTH,
  TEST_CANDIDATES = 'int8,int4',
}: NodeJS.ProcessEnv): Tools {
  const candidates = TEST_CANDIDATES.split(',')
  const known = toolsWith(
    (report) => {
      process.stdout.write('TEST measured\n')
      if (verdict === 'dies') throw new Error('the engine broke')
      if (verdict !== 'pass' && verdict !== 'fail' && verdict !== 'inconclusive') return report
      return { ...report, verdict }
    },
    Number(TEST_WIDTH ?? 256),
    { candidates },
  )
  return {
    ...known,
    audit: async (request, criteria, options) => {
      const { reference, candidates, saes, corpus } = request
      process.stdout.write(
        `TEST asked ${JSON.stringify({ reference, candidates, saes, corpus: corpus.source })}\n`,
      )
      return await known.audit(request, criteria, options)
    },
    judge: verdict === 'judged' ? judgeBy : known.judge,
  }
}

const act = (): Promise<ExitStatus> => runAction(processHost(), tools(process.env))

/** The toolkit writes every summary of a process into the file of the first. */
const SUMMARY = join(tmpdir(), `saegate-summary-${process.pid}`)
const HOME = process.cwd()

async function answer(env: NodeJS.ProcessEnv): Promise<void> {
  const wanted = env.GITHUB_STEP_SUMMARY ?? ''
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, env, { GITHUB_STEP_SUMMARY: SUMMARY })
  appendFileSync(SUMMARY, '')
  process.chdir(HOME)
  let written = ''
  const into = (chunk: Uint8Array | string): boolean => {
    written += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()
    return true
  }
  const streams = [process.stdout, process.stderr].map((stream) => ({ stream, write: stream.write }))
  for (const { stream } of streams) stream.write = into
  const status = await act()
  for (const { stream, write } of streams) stream.write = write
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(signal)
  appendFileSync(wanted, readFileSync(SUMMARY))
  rmSync(SUMMARY)
  process.send?.({ status, stdout: written })
}

if (process.send === undefined) process.exitCode = await act()
else {
  process.on('message', (env: NodeJS.ProcessEnv) => void answer(env))
  process.on('disconnect', () => process.exit())
}
