/**
 * @file Stages as fragments of one graph: two bodies, the head over both and the sums of an SAE over both, in one session, against
 * a session for each. Nothing leaves the engine between ids and sums.
 */
import { describe, expect, it } from 'vitest'
import {
  candidateGraph,
  candidateSums,
  referenceGraph,
  referenceSums,
} from '../../src/audit/encoding/feature-graph.ts'
import { featureSum, featureSumGraph, rebuildGraph, rebuilt } from '../../src/audit/encoding/rebuild.ts'
import { hookName } from '../../src/contract/hook-point.ts'
import { type BodyProgram, wholeBody } from '../../src/models/body-program.ts'
import { type BodyPart, bodyFragment } from '../../src/models/graph/body.ts'
import { buildHead, type HeadLayout, headFragment } from '../../src/models/graph/head.ts'
import { sequenceInputs } from '../../src/models/graph/shape.ts'
import { asFloat32, programRefs, weightReader } from '../../src/models/weight-reader.ts'
import { GraphBuilder, type GraphModel, type Value } from '../../src/onnx/graph/graph.ts'
import { createSession, type TensorInput } from '../../src/onnx/sessions/session.ts'
import {
  CPU,
  decoderOf,
  LENGTH,
  ROWS,
  rowsInput,
  runProgram,
  SEQUENCES,
  sequenceFeeds,
  shapeOf,
} from '../models/run-program.ts'
import { type RandomModel, randomIds, randomModel, tableOf } from '../oracle/random-model.ts'
import { RandomSource } from '../oracle/random-source.ts'

const FEATURES = 64
const TILE = 16
const TILING = { rowParts: 2, featureTile: 32 }
const HOOK = { layer: 0, name: 'hook_resid_post' } as const
const PROGRAM = wholeBody([HOOK])
const ONES: TensorInput = {
  type: 'float32',
  data: new Float32Array(ROWS).fill(1),
  dims: [TILING.rowParts, 1, ROWS / TILING.rowParts],
}

/** A model and another with the same unembedding: every other tensor a little off. */
function drawn(family: string) {
  const reference = randomModel(family, 1)
  const head = decoderOf(reference).weights.unembedding.weight.tensor
  const random = new RandomSource(8)
  const tensors = new Map(
    [...reference.tensors].map(([name, { shape, data }]) => {
      const moved = name === head ? data : data.map((value) => value + 0.01 * random.normal())
      return [name, { shape, data: Float32Array.from(moved) }] as const
    }),
  )
  const sequences = Array.from({ length: SEQUENCES }, (_, s) => randomIds(reference.config, LENGTH, s))
  return { reference, candidate: { config: reference.config, tensors }, sequences }
}

function partOf(model: RandomModel, program: BodyProgram): BodyPart {
  const decoder = decoderOf(model)
  const reader = weightReader(tableOf(model.tensors), programRefs(program, decoder))
  return {
    model: { decoder, activations: new Map(), basis: null },
    program,
    shape: shapeOf('float32'),
    reader,
  }
}

async function layoutOf(model: RandomModel): Promise<HeadLayout> {
  const { spec, weights } = decoderOf(model)
  const { weight } = weights.unembedding
  const matrix = asFloat32(await weightReader(tableOf(model.tensors), [weight]).read(weight, 'float32'))
  const { n_vocab, d_model, logitScale: scale, logitSoftcap: softcap } = spec
  return {
    unembeddings: [{ n_vocab, d_model, type: 'float32', matrix, bias: null, scale, softcap }],
    models: [0, 0],
  }
}

function encoderOf(model: RandomModel) {
  const { d_model } = decoderOf(model).spec
  const random = new RandomSource(9)
  const normal = (length: number, size: number): Float32Array =>
    Float32Array.from({ length }, () => size * random.normal())
  return {
    encoder: {
      d_in: d_model,
      W_enc: normal(d_model * FEATURES, 1 / Math.sqrt(d_model)),
      bias: normal(FEATURES, 0.3),
      threshold: new Float32Array(FEATURES).fill(0.2),
      activatesBy: 'feature',
      input: 'plain',
    },
    W_dec: normal(FEATURES * d_model, 1 / Math.sqrt(FEATURES)),
    b_dec: normal(d_model, 0.1),
    W_skip: null,
  } as const
}

async function runGraph(
  graph: GraphModel,
  given: Readonly<Record<string, TensorInput>>,
): Promise<ReadonlyMap<string, Float32Array>> {
  const session = await createSession(graph, CPU, 'joined')
  try {
    const result = await session.run(given)
    return new Map(graph.outputs.map((name) => [name, result.float32(name)]))
  } finally {
    await session.release()
  }
}

/** Both in the same places: to rounding, because the engine may fuse across the border. */
function expectSame(
  found: ReadonlyMap<string, Float32Array>,
  expected: ReadonlyMap<string, Float32Array>,
): void {
  expect([...found.keys()].sort()).toEqual([...expected.keys()].sort())
  for (const [name, values] of expected) {
    const other = found.get(name) ?? new Float32Array(0)
    expect(other).toHaveLength(values.length)
    const size = values.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-30)
    const worst = values.reduce((most, value, i) => Math.max(most, Math.abs(value - (other[i] ?? NaN))), 0)
    expect(worst / size, name).toBeLessThan(1e-5)
  }
}

const FAMILIES = ['gpt_neox', 'gemma2', 'llama']

describe.each(FAMILIES)('%s', (family) => {
  it('both bodies, head and sums in one graph', async () => {
    const { reference, candidate, sequences } = drawn(family)
    const layout = await layoutOf(reference)
    const { encoder } = encoderOf(reference)
    const plan = { encoder, tiling: TILING }
    const feeds = sequenceFeeds(sequences)
    const targets: TensorInput = { ...feeds.ids, type: 'int64', data: targetsOf(sequences), dims: [ROWS, 1] }

    const g = new GraphBuilder()
    const inputs = sequenceInputs(g, shapeOf('float32'), [PROGRAM])
    const bodies = [
      await bodyFragment(g, partOf(reference, PROGRAM), inputs, null),
      await bodyFragment(g, partOf(candidate, PROGRAM), inputs, null, 'candidate.'),
    ]
    const target = g.input('targets', 'int64', ['n_row', 1])
    const hidden = bodies.map(({ end }) => end)
    g.outputs(headFragment(g, layout, { hidden, targets: target }, TILE))
    const rows = bodies.flatMap(({ values }) => values.get(hookName(HOOK)) ?? [])
    const ones = g.input('ones', 'float32', [TILING.rowParts, 1, 'n_part'])
    const sums = { rows, ones }
    g.outputs(candidateSums(g, { ...plan, name: 'beside.' }, sums))
    g.outputs(referenceSums(g, plan, sums))
    const found = await runGraph(g.build(), { ...feeds, targets, ones: ONES })

    const apart = [
      await runProgram(reference, PROGRAM, { sequences }),
      await runProgram(candidate, PROGRAM, { sequences }),
    ]
    const hiddenRows = apart.map(({ end }, m) => [`hidden_${m}`, rowsInput(end)] as const)
    const x = apart.map(({ value }, m) => [`x_${m}`, rowsInput(value(hookName(HOOK)))] as const)
    const head = buildHead(layout, ROWS, TILE)
    expectSame(
      found,
      new Map([
        ...(await runGraph(head, { ...Object.fromEntries(hiddenRows), targets })),
        ...(await runGraph(candidateGraph(plan, 1), { ...Object.fromEntries(x), ones: ONES })),
        ...(await runGraph(referenceGraph(plan), { ...Object.fromEntries(x.slice(0, 1)), ones: ONES })),
      ]),
    )
  })
})

describe.each(FAMILIES)('%s', (family) => {
  it('rows replaced by what an SAE rebuilds of them', async () => {
    const { reference, sequences } = drawn(family)
    const sae = encoderOf(reference)
    const { d_in, input } = sae.encoder
    const rebuilding = { ...sae, d_in, input }
    const replace = (g: GraphBuilder, rows: Value): Value =>
      rebuilt(g, rows, featureSum(g, rows, sae), rebuilding)
    const edited = { ...PROGRAM, edits: [{ hook: HOOK, apply: replace }] }
    const { end, value } = await runProgram(reference, edited, { sequences })
    // The same in three sessions: up to the hook, the SAE by itself, and on from its rows.
    const upTo = await runProgram(reference, { ...PROGRAM, to: 1, taps: [] }, { sequences })
    const x_0 = rowsInput(upTo.end)
    const sums = (await runGraph(featureSumGraph(sae), { x_0 })).get('sum')
    const sum = rowsInput(sums ?? new Float32Array(0))
    const alone = (await runGraph(rebuildGraph(rebuilding), { x_0, sum })).get('rebuilt')
    const before = alone ?? new Float32Array(0)
    const on = await runProgram(reference, { ...PROGRAM, from: 1, taps: [] }, { sequences, before })
    const replaced = [
      ['rows', value(hookName(HOOK))],
      ['end', end],
    ] as const
    const expected = [
      ['rows', before],
      ['end', on.end],
    ] as const
    const asMap = (pairs: readonly (readonly [string, Float32Array | Float64Array])[]) =>
      new Map(pairs.map(([name, values]) => [name, Float32Array.from(values)]))
    expectSame(asMap(replaced), asMap(expected))
  })
})

function targetsOf(sequences: readonly (readonly number[])[]): BigInt64Array {
  return BigInt64Array.from(
    sequences.flatMap((ids) => [...ids.slice(1), ids[0] ?? 0]),
    BigInt,
  )
}

it('refuses two weights of one name, which the engine would not', async () => {
  const { reference, candidate } = drawn('llama')
  const g = new GraphBuilder()
  const inputs = sequenceInputs(g, shapeOf('float32'), [PROGRAM])
  await bodyFragment(g, partOf(reference, PROGRAM), inputs, null)
  await bodyFragment(g, partOf(candidate, PROGRAM), inputs, null)
  expect(() => g.build()).toThrow(/two values are called/)
})
