/**
 * @file A model that is streamed range by range is the model held whole: every family, any size of range, windows with a BOS beside
 * sequences, several lanes, and rows in 16 bits to what rounding takes. A disk that is slow is told.
 *
 * @module-tag slow
 */
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type CaptureStores, capture } from '../../src/audit/capture/capture.ts'
import { createRowsOf } from '../../src/audit/capture/half-rows.ts'
import { loadBody } from '../../src/audit/capture/load-body.ts'
import { createRowStore, type RowStore } from '../../src/audit/capture/row-store.ts'
import { runTokens, streamBody } from '../../src/audit/capture/stream-body.ts'
import {
  emptyTally,
  relativeRounding,
  type StreamTally,
  streamWarnings,
} from '../../src/audit/machine/stream-tally.ts'
import type { Model } from '../../src/audit/subjects/model.ts'
import { type SequencePlan, slidingPlan } from '../../src/audit/text/sequences.ts'
import { storedPlan } from '../../src/compression/tensor-plan.ts'
import { type HookPoint, hookName } from '../../src/contract/hook-point.ts'
import type { StreamRows } from '../../src/contract/options/audit-config.ts'
import { blockBytes, hookWidth, streamedParts, wholeBody } from '../../src/models/body-program.ts'
import { rowWidth } from '../../src/models/graph/beside/row-layout.ts'
import { HIDDEN } from '../../src/models/graph/body.ts'
import { type LaneThread, startLane } from '../../src/onnx/threads/lane-thread.ts'
import type { Lanes } from '../../src/onnx/threads/lanes.ts'
import type { TensorTable } from '../../src/tensors/tensor.ts'
import { CPU, decoderOf, LENGTH } from '../models/run-program.ts'
import { randomFamilies, randomIds, randomModel, tableOfModel } from '../oracle/random-model.ts'

const ENOUGH = { bytesLeft: 1e9 }

/** A disk that answers late. */
function slowed(table: TensorTable, milliseconds: number): TensorTable {
  if (milliseconds === 0) return table
  return {
    ...table,
    read: async (name) => {
      await setTimeout(milliseconds)
      return await table.read(name)
    },
  }
}

function modelOf(family: string, delay = 0): { model: Model; ids: Int32Array } {
  const random = randomModel(family, 3)
  const table = slowed(tableOfModel(random), delay)
  const model: Model = {
    name: family,
    decoder: decoderOf(random),
    plan: storedPlan({ name: family, table }),
    tensors: table,
    remainder: null,
    unpackFrom: null,
    activations: new Map(),
    basis: null,
    warnings: [],
  }
  return { model, ids: Int32Array.from(randomIds(random.config, 7 * LENGTH, 5)) }
}

/** Five sequences, so that a batch of four is followed by one that is filled up; and windows, of which only some rows are kept. */
function plansOf(ids: Int32Array): { chunked: SequencePlan; windows: SequencePlan } {
  const sequences = Array.from({ length: 5 }, (_, s) => {
    const [begin, end] = [s * LENGTH, (s + 1) * LENGTH]
    return { begin, end, keepFrom: begin, keepTo: end }
  })
  const chunked = { ids, firstToken: null, sequences, longest: LENGTH, rows: 5 * LENGTH }
  return { chunked, windows: slidingPlan(ids.subarray(0, 40), { window: LENGTH, stride: 5 }, 1) }
}

async function stores(model: Model, hooks: readonly HookPoint[], rows: number): Promise<CaptureStores> {
  const all = new Map<string, RowStore>()
  for (const hook of hooks)
    all.set(hookName(hook), await createRowStore(rows, hookWidth(model.decoder, hook), ENOUGH))
  return all.set(HIDDEN, await createRowStore(rows, model.decoder.spec.d_model, ENOUGH))
}

async function valuesOf(all: CaptureStores): Promise<Record<string, number[]>> {
  const values: Record<string, number[]> = {}
  for (const [name, store] of all) values[name] = [...(await store.read(0, store.rows))]
  return values
}

/**
 * Equal to float rounding: products are laid out otherwise where the engine keeps the weights. Gemma 3n divides by what its streams
 * measure in every block and cuts at a quantile, which passes on more of it (1.9e-6 measured).
 */
async function expectClose(family: string, found: CaptureStores, expected: CaptureStores): Promise<void> {
  const most = family.startsWith('gemma3n') ? 5e-6 : 1e-6
  const [all, wanted] = [await valuesOf(found), await valuesOf(expected)]
  expect(Object.keys(all)).toEqual(Object.keys(wanted))
  for (const [name, values] of Object.entries(wanted)) {
    const size = Math.hypot(...values) / Math.sqrt(values.length)
    const off = values.map((value, i) => Math.abs(value - (all[name]?.[i] ?? Number.NaN)))
    expect(Math.max(...off), name).toBeLessThan(1e-4 * size)
    expect(Math.hypot(...off) / Math.hypot(...values), name).toBeLessThan(most)
  }
}

const SEQUENCES = { blockLength: LENGTH, longest: LENGTH, count: 4 }
const quiet = (): void => {}

/** Captures of sequences, and final states of windows. */
interface Captured {
  readonly chunked: CaptureStores
  readonly windows: CaptureStores
}

/** Absent: rows in float32, as many lanes as the process takes. */
interface How {
  readonly type?: StreamRows
  readonly tally?: StreamTally
  readonly lanes?: Lanes
}

let threads: readonly LaneThread[] = []
beforeAll(() => {
  threads = [1, 2, 3].map(() => startLane(join(process.cwd(), 'dist', 'lane.js')))
})
afterAll(async () => {
  await Promise.all(threads.map((thread) => thread.close()))
})

/** Both ways to run a random model of a family. */
function runsOf(family: string, delay = 0) {
  const { model, ids } = modelOf(family, delay)
  const { decoder } = model
  const last = decoder.spec.blocks.length - 1
  const hooks: readonly HookPoint[] = [
    { layer: 0, name: 'hook_resid_pre' },
    { layer: Math.min(1, last), name: 'attn.hook_z' },
    { layer: last, name: 'hook_resid_post' },
  ]
  const plans = plansOf(ids)
  const opened = async (): Promise<Captured> => ({
    chunked: await stores(model, hooks, plans.chunked.rows),
    windows: await stores(model, [], plans.windows.rows),
  })

  async function whole(): Promise<Captured> {
    const into = await opened()
    const body = await loadBody(model, wholeBody(hooks), SEQUENCES, CPU)
    await capture(body, plans.chunked, into.chunked, quiet)
    await capture(body, plans.windows, into.windows, quiet)
    await body.session.release()
    return into
  }

  async function streamed(
    blocks: number,
    { type = 'full', tally = emptyTally(), lanes }: How = {},
  ): Promise<Captured> {
    const into = await opened()
    const between = async (plan: SequencePlan): Promise<RowStore> =>
      await createRowsOf(type, { rows: runTokens(plan), width: rowWidth(decoder) }, ENOUGH, tally.rounding)
    const runs = [
      { plan: plans.chunked, stores: into.chunked, between: await between(plans.chunked) },
      { plan: plans.windows, stores: into.windows, between: await between(plans.windows) },
    ]
    const block = blockBytes(decoder.spec.blocks[0] ?? expect.fail(), decoder.spec)
    const ranges = streamedParts(wholeBody(hooks), decoder, blocks * block)
    expect(ranges.length).toBeGreaterThan(1)
    let done = 0
    const onTokens = (now: number): void => {
      done = now
    }
    await streamBody(model, ranges, runs, {
      device: CPU,
      sequences: SEQUENCES,
      readsAhead: blocks > 1,
      tally,
      onTokens,
      ...(lanes === undefined ? {} : { lanes }),
    })
    expect(tally).toMatchObject({ ranges: ranges.length })
    expect(tally.secondsStreamed).toBeGreaterThanOrEqual(tally.secondsWaited)
    expect(done).toBeCloseTo(runTokens(plans.chunked) + runTokens(plans.windows), 6)
    return into
  }
  return { whole, streamed, last: hookName({ layer: last, name: 'hook_resid_post' }) }
}

describe.each(randomFamilies)('%s', (family) => {
  const { whole, streamed, last } = runsOf(family)
  // Run once for all tests of the family.
  let ofWhole: Captured
  let ofBlocks: Captured
  beforeAll(async () => {
    ofWhole = await whole()
    ofBlocks = await streamed(1)
  })

  it('one block at a time computes what the whole body does', async () => {
    const [expected, found] = [ofWhole, ofBlocks]
    await expectClose(family, found.chunked, expected.chunked)
    await expectClose(family, found.windows, expected.windows)
  })

  it.each([2, 100])('%i blocks at a time compute the same, bit for bit', async (blocks) => {
    const [expected, found] = [ofBlocks, await streamed(blocks)]
    expect(await valuesOf(found.chunked)).toEqual(await valuesOf(expected.chunked))
    expect(await valuesOf(found.windows)).toEqual(await valuesOf(expected.windows))
  })

  it.each([2, 3])('%i lanes compute the same, bit for bit', async (count) => {
    const expected = ofBlocks
    const found = await streamed(1, { lanes: { count, device: CPU, threads: threads.slice(0, count) } })
    expect(await valuesOf(found.chunked)).toEqual(await valuesOf(expected.chunked))
    expect(await valuesOf(found.windows)).toEqual(await valuesOf(expected.windows))
  })

  it('with rows in 16 bits, to what rounding takes', async () => {
    const tally = emptyTally()
    const [expected, found] = [ofWhole, await streamed(1, { type: 'half', tally })]
    const [a, b] = [await valuesOf(expected.chunked), await valuesOf(found.chunked)]
    const length = (values: readonly number[]): number => Math.hypot(...values)
    const [exact, rounded] = [a[last] ?? [], b[last] ?? []]
    const moved = length(exact.map((value, i) => value - (rounded[i] ?? Number.NaN))) / length(exact)
    // Half a unit in the last of 11 bits at most, in the mean a third of that or so.
    expect(relativeRounding(tally.rounding)).toBeGreaterThan(2 ** -15)
    expect(relativeRounding(tally.rounding)).toBeLessThan(2 ** -12)
    expect(moved).toBeGreaterThan(0)
    expect(moved).toBeLessThan(0.01)
  })
})

describe('a slow disk', () => {
  it('is waited for by the clock', async () => {
    const delay = 20
    const tally = emptyTally()
    await runsOf('llama', delay).streamed(1, { tally })
    const { tensors } = modelOf('llama').model
    // Blocks of one range at a time, nothing read ahead: all but the unembedding.
    expect(tally.secondsWaited).toBeGreaterThan(((tensors.entries.size - 1) * delay) / 1000 - 0.01)
    expect(tally.bytesRead).toBeGreaterThan(0)
  })

  it('is told where it took most of a long time', () => {
    const slow = { ...emptyTally(), ranges: 33, bytesRead: 16e9, secondsStreamed: 300, secondsWaited: 200 }
    expect(streamWarnings(slow)).toEqual([
      expect.stringContaining(
        'of 300 s that models took range by range, 200 s went by waiting for weights: 16.0 GB were read and unpacked at 80 MB/s',
      ),
    ])
    expect(streamWarnings({ ...slow, secondsWaited: 100 })).toEqual([])
    expect(streamWarnings({ ...slow, secondsStreamed: 60, secondsWaited: 50 })).toEqual([])
    expect(streamWarnings(emptyTally())).toEqual([])
  })
})
