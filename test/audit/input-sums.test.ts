/** @file Sums over what target matrices read, over batches that are not full and windows of which few rows are kept, against the oracle. */
import { expect, it } from 'vitest'
import { sumInputs } from '../../src/audit/capture/input-sums.ts'
import { loadBody } from '../../src/audit/capture/load-body.ts'
import type { Model } from '../../src/audit/subjects/model.ts'
import { storedPlan } from '../../src/compression/tensor-plan.ts'
import { type InputSum, sumName, wholeBody } from '../../src/models/body-program.ts'
import { targetInputName, targets } from '../../src/models/target-inputs.ts'
import { CPU, decoderOf } from '../models/run-program.ts'
import { naiveForward } from '../oracle/naive-decoder.ts'
import { type RandomModel, randomIds, randomModel, tableOf } from '../oracle/random-model.ts'

const LENGTH = 12

function describedOf(random: RandomModel): Model {
  const table = tableOf(random.tensors)
  return {
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
}

it.each(['gpt2', 'gemma3_text', 'phi3'])('%s', async (family) => {
  const random = randomModel(family, 2)
  const model = describedOf(random)
  const ids = Int32Array.from(randomIds(random.config, 60, 1))
  // A batch of four that is not full, then a shorter sequence by itself.
  const sequences = [
    { begin: 0, end: 12, keepFrom: 0, keepTo: 12 },
    { begin: 6, end: 18, keepFrom: 12, keepTo: 18 },
    { begin: 12, end: 24, keepFrom: 20, keepTo: 23 },
    { begin: 24, end: 31, keepFrom: 24, keepTo: 31 },
  ]
  const rows = sequences.reduce((sum, { keepFrom, keepTo }) => sum + keepTo - keepFrom, 0)
  const plan = { firstToken: null, ids, sequences, longest: LENGTH, rows }
  const inputs = new Map(targets(model.decoder).map(({ input }) => [targetInputName(input), input]))
  const sums = [...inputs.values()].flatMap((input): InputSum[] => [
    { input, of: 'squares' },
    { input, of: 'products' },
  ])
  const program = { ...wholeBody([]), sums }
  const body = await loadBody(model, program, { blockLength: LENGTH, longest: LENGTH, count: 4 }, CPU)
  const heard: number[] = []
  const found = await sumInputs(body, plan, sums, (done) => heard.push(done))
  await body.session.release()
  expect(body.sequences).toBe(4)
  expect(heard).toEqual([36, 43])
  expect(found.rows).toBe(rows)
  const runs = sequences.map(({ begin, end }) =>
    naiveForward(random.config, random.tensors, [...ids.subarray(begin, end)]),
  )
  for (const sum of sums) {
    const kept = runs.flatMap((run, s) => {
      const { begin = 0, keepFrom = 0, keepTo = 0 } = sequences[s] ?? {}
      return (run.inputs.get(targetInputName(sum.input)) ?? []).slice(keepFrom - begin, keepTo - begin)
    })
    const width = kept[0]?.length ?? 0
    const cell = (i: number, j: number): number =>
      kept.reduce((total, row) => total + (row[i] ?? 0) * (row[j] ?? 0), 0)
    const size = sum.of === 'squares' ? width : width * width
    const expected = Array.from({ length: size }, (_, k) =>
      sum.of === 'squares' ? cell(k, k) : cell(Math.floor(k / width), k % width),
    )
    const values = found.sums.get(sumName(sum))
    const largest = Math.max(...expected.map(Math.abs))
    expect(values).toHaveLength(size)
    const worst = Math.max(...expected.map((value, k) => Math.abs(value - (values?.[k] ?? Number.NaN))))
    expect(worst / largest, sumName(sum)).toBeLessThan(1e-5)
  }
})
