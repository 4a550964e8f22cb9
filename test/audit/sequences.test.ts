/** @file Windows that begin with a BOS: the same targets in the same order, each window as long as before, its rows those of the naive decoder. */
import { expect, it } from 'vitest'
import { capture } from '../../src/audit/capture/capture.ts'
import { loadBody } from '../../src/audit/capture/load-body.ts'
import { createRowStore } from '../../src/audit/capture/row-store.ts'
import type { Model } from '../../src/audit/subjects/model.ts'
import { sequenceIds, slidingPlan, slidingScores } from '../../src/audit/text/sequences.ts'
import { storedPlan } from '../../src/compression/tensor-plan.ts'
import { slidingWindows } from '../../src/corpus/windows.ts'
import { wholeBody } from '../../src/models/body-program.ts'
import { HIDDEN } from '../../src/models/graph/body.ts'
import { CPU, decoderOf } from '../models/run-program.ts'
import { naiveForward } from '../oracle/naive-decoder.ts'
import { randomIds, randomModel, tableOf } from '../oracle/random-model.ts'

const STREAM = Int32Array.from({ length: 23 }, (_, i) => 100 + i)
const BOS = 7
/** Three groups of sequences that end before the stream does. */
const GROUP_STARTS = Int32Array.of(0, 5, 11, 17)

it.each([
  [8, 3],
  [8, 7],
  [8, 8],
  [40, 5],
])('windows of %d with stride %d give the model a BOS and score what they scored', (window, stride) => {
  const plain = slidingPlan(STREAM, { window, stride }, null)
  const begun = slidingPlan(STREAM, { window, stride }, BOS)
  const scores = slidingScores(plain, GROUP_STARTS)
  expect(slidingScores(begun, GROUP_STARTS)).toEqual(scores)
  // A target counts in the group that its own text is in; what no block holds (from 17 on) in the last.
  const groupOf = (token: number) => GROUP_STARTS.slice(1, 3).filter((start) => token - 100 >= start).length
  expect([...scores.tokenGroups]).toEqual([...scores.targets].map(groupOf))
  expect(begun.longest).toBe(plain.longest)
  const { targets } = slidingScores(begun, GROUP_STARTS)
  let row = 0
  for (const [i, sequence] of begun.sequences.entries()) {
    const [first, ...rest] = sequenceIds(begun, sequence)
    const own = [...STREAM.slice(plain.sequences[i]?.begin, plain.sequences[i]?.end)].slice(0, -1)
    expect(first).toBe(BOS)
    expect(rest).toEqual(own)
    const given = [first, ...rest]
    // A kept row is that of the token before its target; ids of the stream count up.
    for (let at = sequence.keepFrom - sequence.begin; at < sequence.keepTo - sequence.begin; at++) {
      expect(given[at]).toBe((targets[row++] ?? 0) - 1)
    }
  }
  expect([...STREAM]).toEqual(Array.from({ length: 23 }, (_, i) => 100 + i))
})

it('keeps the rows of the model that has seen the BOS', async () => {
  const random = randomModel('gemma2', 1)
  const table = tableOf(random.tensors)
  const model: Model = {
    name: 'random',
    decoder: decoderOf(random),
    plan: storedPlan({ name: 'random', table }),
    tensors: table,
    remainder: null,
    unpackFrom: null,
    activations: new Map(),
    basis: null,
    warnings: [],
  }
  const stream = Int32Array.from(randomIds(random.config, 29, 5))
  const [window, stride] = [12, 5]
  const plan = slidingPlan(stream, { window, stride }, BOS)
  const { d_model } = model.decoder.spec
  const store = await createRowStore(plan.rows, d_model, { bytesLeft: 1e9 })
  const body = await loadBody(model, wholeBody([]), { blockLength: window, longest: window, count: 3 }, CPU)
  await capture(body, plan, new Map([[HIDDEN, store]]), () => {})
  await body.session.release()
  // Each window by itself, as the definition has it: the BOS, then the window; targets from the first that is new.
  const expected = slidingWindows(stream.length, window, stride).flatMap(({ begin, end, firstScored }) => {
    const ids = [BOS, ...stream.subarray(begin, end)]
    const { hidden } = naiveForward(random.config, random.tensors, ids.slice(0, window))
    return hidden.slice(firstScored - begin, end - begin)
  })
  const found = await store.read(0, plan.rows)
  const flat = expected.flatMap((row) => [...row])
  expect(found).toHaveLength(flat.length)
  const size = Math.max(...flat.map(Math.abs))
  expect(Math.max(...flat.map((value, i) => Math.abs(value - (found[i] ?? Number.NaN)))) / size).toBeLessThan(
    1e-4,
  )
  await store.close()
})
