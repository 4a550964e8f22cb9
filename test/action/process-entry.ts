/** @file The action's entry with a known measurement in place of the models: bundled and run as a process by the tests. */
import { processHost } from '../../src/action/host.ts'
import { runAction } from '../../src/action/main.ts'
import { toolsWith } from './harness.ts'

/** What the measurement is to come to; `dies`: the audit ends in a defect. Standard output says when it is asked for. */
const asked = process.env.TEST_VERDICT
const tools = toolsWith((report) => {
  process.stdout.write('TEST measured\n')
  if (asked === 'dies') throw new Error('the engine broke')
  if (asked !== 'pass' && asked !== 'fail' && asked !== 'inconclusive') return report
  return { ...report, verdict: asked }
})

process.exitCode = await runAction(processHost(), tools)
