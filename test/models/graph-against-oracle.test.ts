/**
 * @file The decoder graph of every family against the float64 oracle, on random tiny checkpoints: every hook point, the
 * final hidden state and the logits at the targets. float32 against float64, so 1e-4 relative to the largest value, on
 * the CPU, and on WebGPU where an adapter is found; the same body built in float64 to 1e-12.
 *
 * @module-tag slow
 */
import { afterAll, describe, expect, test } from 'vitest'
import { hookName, parseHookPoint } from '../../src/contract/hook-point.ts'
import { wholeBody } from '../../src/models/body-program.ts'
import { describeDecoder } from '../../src/models/families/index.ts'
import { buildBody, HIDDEN } from '../../src/models/graph/body.ts'
import { buildHead } from '../../src/models/graph/head.ts'
import type { BodyShape } from '../../src/models/graph/shape.ts'
import { allRefs, asFloat32, checkShapes, weightReader } from '../../src/models/weight-reader.ts'
import { probeDevice } from '../../src/onnx/devices/device.ts'
import { createSession, type Device, type Session } from '../../src/onnx/sessions/session.ts'
import { type NaiveResult, naiveForward } from '../oracle/naive-decoder.ts'
import type { Rows } from '../oracle/pieces.ts'
import {
  type RandomModel,
  randomFamilies,
  randomIds,
  randomModel,
  tableOfModel,
} from '../oracle/random-model.ts'

const SEEDS = Array.from({ length: 8 }, (_, seed) => seed)
const LENGTH = 12
const SEQUENCES = 2
const ROWS_RUN = SEQUENCES * LENGTH
/** Columns of the vocabulary at a time: all of these. */
const TILE = 4096
const CPU: Device = { kind: 'cpu', threads: 1, bodyType: 'float32' }
const TOLERANCE = 1e-4
const TOLERANCE_FLOAT64 = 1e-12

/** How a body is cut into tiles. */
type Cut = Pick<BodyShape, 'tiling' | 'hiddenTile'>

/** Largest |found − expected| over the largest |expected|, at least 1. */
function difference(found: Float32Array | Float64Array, expected: Float64Array): number {
  if (found.length !== expected.length) expect(found).toHaveLength(expected.length)
  let [size, most] = [1, 0]
  for (const [i, value] of expected.entries()) {
    size = Math.max(size, Math.abs(value))
    most = Math.max(most, Math.abs(value - (found[i] ?? Number.NaN)))
  }
  return most / size
}

function flat(runs: readonly Rows[]): Float64Array {
  const rows = runs.flat()
  const values = new Float64Array(rows.reduce((sum, row) => sum + row.length, 0))
  let at = 0
  for (const row of rows) {
    values.set(row, at)
    at += row.length
  }
  return values
}

const placesOf = (run: NaiveResult | undefined): string[] => [
  ...(run?.hooks.keys() ?? []),
  ...(run?.asides.keys() ?? []),
]
const at = ({ hooks, asides }: NaiveResult, hook: string): Rows => hooks.get(hook) ?? asides.get(hook) ?? []

function readerOf(model: RandomModel) {
  const table = tableOfModel(model)
  const decoder = describeDecoder(model.config, LENGTH, new Set(table.entries.keys()))
  expect(decoder.warnings).toEqual([])
  const { weight, bias } = decoder.weights.unembedding
  const refs = [...allRefs(decoder.weights), weight, ...(bias === null ? [] : [bias])]
  checkShapes(table, refs, 'random model')
  return { decoder, reader: weightReader(table, refs) }
}

type Sequences = readonly (readonly number[])[]

/** The body alone: hook values and the final hidden state. */
async function runBody(
  model: RandomModel,
  sequences: Sequences,
  hooks: readonly string[],
  { cut, device }: { readonly cut: Cut; readonly device: Device },
  type: 'float32' | 'float64',
) {
  const { decoder, reader } = readerOf(model)
  const taps = hooks.map((hook) => parseHookPoint(hook)).filter((hook) => hook !== null)
  expect(taps.map(hookName)).toEqual(hooks)
  const shape = {
    sequences: SEQUENCES,
    // Longer than what is run: the last tiles of attention are then empty.
    length: LENGTH + 9,
    type,
    ...cut,
  } as const
  const part = {
    model: { decoder, activations: new Map(), basis: null },
    program: wholeBody(taps),
    shape,
    reader,
  }
  const graph = await buildBody(part)
  const body = await createSession(graph, device, 'body', type !== 'float64')
  const ids = BigInt64Array.from(sequences.flat(), BigInt)
  const last = Int32Array.from({ length: SEQUENCES }, () => LENGTH - 1)
  const result = await body.run({
    ids: { type: 'int64', data: ids, dims: [SEQUENCES, LENGTH] },
    last_position: { type: 'int32', data: last, dims: [SEQUENCES] },
    length: { type: 'int32', data: Int32Array.of(LENGTH), dims: [] },
  })
  await body.release()
  return result
}

/** The head alone, on hidden rows: the same whatever the body is cut into, so loaded once. */
async function loadHead(model: RandomModel, device: Device): Promise<Session> {
  const { decoder, reader } = readerOf(model)
  const { spec } = decoder
  const { weight, bias } = decoder.weights.unembedding
  const head = buildHead(
    {
      unembeddings: [
        {
          n_vocab: spec.n_vocab,
          d_model: spec.d_model,
          type: 'float32',
          matrix: asFloat32(await reader.read(weight, 'float32')),
          bias: bias === null ? null : asFloat32(await reader.read(bias, 'float32')),
          scale: spec.logitScale,
          softcap: spec.logitSoftcap,
        },
      ],
      models: [0],
    },
    ROWS_RUN,
    TILE,
  )
  return await createSession(head, device, 'head')
}

async function targetLogits(
  head: Session,
  sequences: Sequences,
  hidden: Float32Array,
): Promise<Float32Array> {
  const logits = await head.run({
    hidden_0: { type: 'float32', data: hidden, dims: [ROWS_RUN, hidden.length / ROWS_RUN] },
    targets: { type: 'int64', data: BigInt64Array.from(sequences.flat(), BigInt), dims: [ROWS_RUN, 1] },
  })
  return logits.float32('target_logit_0')
}

/** Tiles of 5 rows: three that are run, the third of 2 rows, and two beyond the end. Of an MLP the last tile may be narrower. */
const ROWS = 5
const ON_CPU = [
  { attention: 'tiled', device: CPU, cut: { tiling: { rows: ROWS, beyondEnd: 'nothing' }, hiddenTile: 7 } },
  {
    attention: 'tiled, nothing empty',
    device: CPU,
    cut: { tiling: { rows: ROWS, beyondEnd: 'last row' }, hiddenTile: 4 },
  },
  { attention: 'fused', device: CPU, cut: { tiling: null, hiddenTile: null } },
] as const
/** One model is run tiled in one way, the next in the other. */
const tiledAt = (seed: number) => ON_CPU[seed % 2 === 0 ? 0 : 1]
const ON_WEBGPU = {
  attention: 'tiled, on WebGPU',
  device: { kind: 'webgpu', threads: 1, bodyType: 'float32' },
  cut: { tiling: { rows: ROWS, beyondEnd: 'last row' }, hiddenTile: null },
} as const

const { problem } = await probeDevice('webgpu')
const skipped = problem === null ? '' : ` (skipped: ${problem.slice(0, 80)})`

describe.each(randomFamilies)('%s', (family) => {
  afterAll(async () => {
    for (const { heads } of known.values()) for (const head of heads.values()) await head.release()
    known.clear()
  })

  // In float64 every model is run tiled, below; in float32 two of them, one each way.
  test.each(
    SEEDS.flatMap((seed) =>
      [...(seed < 2 ? [tiledAt(seed)] : []), ON_CPU[2]].map((how) => ({ seed, ...how })),
    ),
  )('random model $seed, attention $attention', (how) => expectOracle(family, how))
  test.skipIf(problem !== null).each([0, 1].map((seed) => ({ seed, ...ON_WEBGPU })))(
    `random model $seed, attention $attention${skipped}`,
    (how) => expectOracle(family, how),
  )

  test.each(SEEDS)('random model %i, all of it in float64', async (seed) => {
    const { model, sequences, values, hooks } = expected(family, seed)
    const { cut } = tiledAt(seed)
    const result = await runBody(model, sequences, hooks, { cut, device: CPU }, 'float64')
    for (const [place, right] of values) {
      const worst = difference(result.float64(place), right)
      expect(worst, `${place}; config ${JSON.stringify(model.config)}`).toBeLessThan(TOLERANCE_FLOAT64)
    }
  })
})

/** A random model, sequences of it and what the oracle makes of them: the same for every cut and type, so made once. */
function expected(family: (typeof randomFamilies)[number], seed: number): Expected {
  const key = `${family} ${seed}`
  const made = known.get(key) ?? forward(family, seed)
  known.set(key, made)
  return made
}
type Expected = ReturnType<typeof forward>
const known = new Map<string, Expected>()

function forward(family: (typeof randomFamilies)[number], seed: number) {
  const model = randomModel(family, seed)
  const sequences = Array.from({ length: SEQUENCES }, (_, sequence) =>
    randomIds(model.config, LENGTH, 100 * seed + sequence),
  )
  const runs = sequences.map((ids) => naiveForward(model.config, model.tensors, ids))
  const hooks = placesOf(runs[0])
  /** By place: every hook, and the final hidden state. */
  const values = new Map(hooks.map((hook) => [hook, flat(runs.map((run) => at(run, hook)))]))
  values.set(HIDDEN, flat(runs.map((run) => run.hidden)))
  const atTargets = runs.flatMap(({ logits }, sequence) =>
    logits.map((row, t) => row[sequences[sequence]?.[t] ?? -1] ?? Number.NaN),
  )
  /** By device. */
  const heads = new Map<string, Session>()
  return { model, sequences, hooks, values, atTargets: Float64Array.from(atTargets), heads }
}

async function headOf({ model, heads }: Expected, device: Device): Promise<Session> {
  const head = heads.get(device.kind) ?? (await loadHead(model, device))
  heads.set(device.kind, head)
  return head
}

async function expectOracle(
  family: (typeof randomFamilies)[number],
  { seed, cut, device }: { seed: number; cut: Cut; device: Device },
): Promise<void> {
  const made = expected(family, seed)
  const { model, sequences, hooks, values, atTargets } = made
  const result = await runBody(model, sequences, hooks, { cut, device }, 'float32')
  const found = [...values].map(
    ([place, right]) => [place, difference(result.float32(place), right)] as const,
  )
  const head = await headOf(made, device)
  const logits = await targetLogits(head, sequences, result.float32(HIDDEN))
  found.push(['logits at the targets', difference(logits, atTargets)])
  const [place, worst] = found.reduce((a, b) => (b[1] > a[1] || Number.isNaN(b[1]) ? b : a))
  expect(
    worst,
    `largest difference ${worst} at ${place}; config ${JSON.stringify(model.config)}`,
  ).toBeLessThan(TOLERANCE)
}
