/** @file What the target matrices of a body read, summed over the corpus: batch after batch, and never stored. */
import { type InputSum, sumName } from '../../models/body-program.ts'
import { present } from '../../numbers/present.ts'
import type { SequencePlan } from '../text/sequences.ts'
import { type LoadedBody, runSequences } from './capture.ts'

/** Float64 sums over the kept rows of a plan. */
export interface InputSums {
  readonly rows: number
  /** By `sumName`: Σx² (width), or Σxᵀx (width, width). */
  readonly sums: ReadonlyMap<string, Float64Array>
}

/**
 * Run a body, loaded with a program that makes these sums, over a plan. A batch is summed in float32, batches are in float64.
 * `onTokens` hears how many tokens were run. Errors: ENGINE_FAILED.
 */
export async function sumInputs(
  body: LoadedBody,
  plan: SequencePlan,
  wanted: readonly InputSum[],
  onTokens: (done: number) => void,
): Promise<InputSums> {
  const names = wanted.map(sumName)
  const sums = new Map<string, Float64Array>()
  let done = 0
  await runSequences(body, plan, names, (result, batch) => {
    for (const name of names) {
      const values = result.float32(name)
      const into = sums.get(name) ?? new Float64Array(values.length)
      for (let i = 0; i < values.length; i++) into[i] = present(into[i]) + present(values[i])
      sums.set(name, into)
    }
    done += batch.reduce((sum, { begin, end }) => sum + end - begin, 0)
    onTokens(done)
  })
  return { rows: plan.rows, sums }
}
