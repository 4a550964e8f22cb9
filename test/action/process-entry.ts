/** @file The action's entry with a known measurement in place of the models: bundled and run as a process by the tests. */
import { processHost } from '../../src/action/host.ts'
import { runAction } from '../../src/action/main.ts'
import { judgeBy } from '../../src/gate/judging.ts'
import { toolsWith } from './harness.ts'

/**
 * What the measurement is to come to; `dies`: the audit ends in a defect; `judged`: what the policy makes of it. TEST_WIDTH: features of each read-out. Standard
 * output says when it is asked for, and for what.
 */
const asked = process.env.TEST_VERDICT
const known = toolsWith(
  (report) => {
    process.stdout.write('TEST measured\n')
    if (asked === 'dies') throw new Error('the engine broke')
    if (asked !== 'pass' && asked !== 'fail' && asked !== 'inconclusive') return report
    return { ...report, verdict: asked }
  },
  Number(process.env.TEST_WIDTH ?? 256),
)
const tools: typeof known = {
  ...known,
  audit: async (request, criteria, options) => {
    const { reference, candidates, saes, corpus } = request
    process.stdout.write(
      `TEST asked ${JSON.stringify({ reference, candidates, saes, corpus: corpus.source })}\n`,
    )
    return await known.audit(request, criteria, options)
  },
  judge: asked === 'judged' ? judgeBy : known.judge,
}

process.exitCode = await runAction(processHost(), tools)
