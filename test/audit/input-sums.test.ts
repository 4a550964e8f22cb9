/** @file Sums over what target matrices read, over batches that are not full and windows of which few rows are kept, against the oracle. */
import { expect, it } from 'vitest'
import { KeptSums } from '../../src/audit/calibration/kept-sums.ts'
import { createRowStore } from '../../src/audit/capture/row-store.ts'
import { streamBody } from '../../src/audit/capture/stream-body.ts'
import { emptyTally } from '../../src/audit/machine/stream-tally.ts'
import type { Model } from '../../src/audit/subjects/model.ts'
import { storedPlan } from '../../src/compression/tensor-plan.ts'
import {
  type BodyProgram,
  type InputSum,
  streamedParts,
  sumName,
  wholeBody,
} from '../../src/models/body-program.ts'
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

it.each(['gpt2', 'gemma3_text', 'phi3', 'qwen3_5'])('%s', async (family) => {
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
    { input, of: 'magnitudes' },
    { input, of: 'largest' },
    { input, of: 'products' },
  ])
  const program = { ...wholeBody([]), to: model.decoder.spec.blocks.length, sums }
  const memory = { bytesLeft: 1e8 }
  const kept = new KeptSums()
  const between = await createRowStore(43, model.decoder.spec.d_model, memory)
  const heard: number[] = []
  const streaming = {
    device: CPU,
    sequences: { blockLength: LENGTH, longest: LENGTH, count: 4 },
    readsAhead: false,
    tally: emptyTally(),
    onTokens: (done: number) => heard.push(done),
    onRange: async (range: BodyProgram) => await kept.settle(range.sums, memory),
  }
  const ranges = streamedParts(program, model.decoder, 0)
  const onSum = (name: string, values: Float32Array) => kept.add(name, values)
  await streamBody(model, ranges, [{ plan, stores: new Map(), between, onSum }], streaming)
  expect(ranges.length).toBe(1 + model.decoder.spec.blocks.length)
  expect(heard.at(-1)).toBe(43)
  const runs = sequences.map(({ begin, end }) =>
    naiveForward(random.config, random.tensors, [...ids.subarray(begin, end)]),
  )
  for (const sum of sums) {
    const read = runs.flatMap((run, s) => {
      const { begin = 0, keepFrom = 0, keepTo = 0 } = sequences[s] ?? {}
      return (run.inputs.get(targetInputName(sum.input)) ?? []).slice(keepFrom - begin, keepTo - begin)
    })
    const width = read[0]?.length ?? 0
    const cell = (i: number, j: number): number =>
      read.reduce((total, row) => total + (row[i] ?? 0) * (row[j] ?? 0), 0)
    const size = sum.of === 'products' ? width * width : width
    const magnitudes = (k: number) => read.map((row) => Math.abs(row[k] ?? 0))
    const expected = Array.from({ length: size }, (_, k) => {
      if (sum.of === 'products') return cell(Math.floor(k / width), k % width)
      if (sum.of === 'squares') return cell(k, k)
      return sum.of === 'largest' ? Math.max(...magnitudes(k)) : magnitudes(k).reduce((a, b) => a + b, 0)
    })
    const values = await kept.read(sum.input, sum.of)
    const largest = Math.max(...expected.map(Math.abs))
    expect(values).toHaveLength(size)
    const worst = Math.max(...expected.map((value, k) => Math.abs(value - (values?.[k] ?? Number.NaN))))
    expect(worst / largest, sumName(sum)).toBeLessThan(1e-5)
  }
})
