/**
 * @file Body programs on random models of every family: blocks one by one from stored rows and suffixes from any block are the
 * whole run bit for bit; rows that sequences have in common may be computed once; edits at every hook and sums over the inputs of every target matrix are those of the naive float64
 * forward pass with the same formula typed in.
 *
 * @module-tag slow
 */
import { describe, expect, it } from 'vitest'
import { type HookPoint, hookName, parseHookPoint } from '../../src/contract/hook-point.ts'
import {
  type BodyProgram,
  checkProgram,
  type Edit,
  hookWidth,
  type InputSum,
  type RowsFragment,
  sumName,
  wholeBody,
} from '../../src/models/body-program.ts'
import { rowWidth } from '../../src/models/graph/beside/row-layout.ts'
import { COMPUTED_ROW, ROW_PLACES } from '../../src/models/graph/shape.ts'
import { targetInputName, targets } from '../../src/models/target-inputs.ts'
import * as op from '../../src/onnx/graph/ops.ts'
import type { TensorInput } from '../../src/onnx/sessions/session.ts'
import { type NaiveResult, naiveForward } from '../oracle/naive-decoder.ts'
import type { Rows } from '../oracle/pieces.ts'
import {
  type RandomModel,
  randomFamilies,
  randomIds,
  randomModel,
  tableOfModel,
} from '../oracle/random-model.ts'
import { RandomSource } from '../oracle/random-source.ts'
import type { NaiveEdit } from '../oracle/trace.ts'
import { decoderOf, LENGTH, loadProgram, type Ran, ROWS, runProgram, SEQUENCES } from './run-program.ts'

type Wide = Float32Array | Float64Array
const TOLERANCE = { float32: 1e-4, float64: 1e-12 } as const

function drawn(family: string, seed: number) {
  const model = randomModel(family, seed)
  const sequences = Array.from({ length: SEQUENCES }, (_, s) =>
    randomIds(model.config, LENGTH, 100 * seed + s),
  )
  return { model, sequences }
}

const forward = (model: RandomModel, sequences: readonly number[][], edits?: Map<string, NaiveEdit>) =>
  sequences.map((ids) => naiveForward(model.config, model.tensors, ids, edits))

const flat = (runs: readonly Rows[]): number[] => runs.flatMap((rows) => rows.flatMap((row) => [...row]))

function difference(found: Wide, expected: readonly number[]): number {
  expect(found).toHaveLength(expected.length)
  const size = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1)
  return expected.reduce((most, value, i) => Math.max(most, Math.abs(value - (found[i] ?? NaN))), 0) / size
}

const postHooks = (blocks: number) =>
  Array.from({ length: blocks }, (_, layer) => ({ layer, name: 'hook_resid_post' }) as const)

describe.each(randomFamilies)('%s', (family) => {
  it.each(['float32', 'float64'] as const)('block by block and by suffixes, in %s', async (type) => {
    const { model, sequences } = drawn(family, 3)
    const { length } = decoderOf(model).spec.blocks
    const taps = postHooks(length)
    const whole = await runProgram(model, wholeBody(taps), { sequences }, type)
    const part = (from: BodyProgram['from'], to: BodyProgram['to']): BodyProgram => ({
      ...wholeBody([]),
      from,
      to,
    })
    // The embedding alone, then each block from the rows that the last one left.
    const embedded = await runProgram(model, part('ids', 0), { sequences }, type)
    let before = embedded.end
    for (let layer = 0; layer < length; layer++) {
      const suffix = await runProgram(model, part(layer, 'hidden'), { sequences, before }, type)
      expect(suffix.end).toEqual(whole.end)
      before = (await runProgram(model, part(layer, layer + 1), { sequences, before }, type)).end
      // Before what else later blocks are given.
      const { d_model } = decoderOf(model).spec
      const width = before.length / ROWS
      const stream = before.filter((_, i) => i % width < d_model)
      expect(stream).toEqual(whole.value(`blocks.${layer}.hook_resid_post`))
    }
    expect((await runProgram(model, part(length, 'hidden'), { sequences, before }, type)).end).toEqual(
      whole.end,
    )
  })

  // All in one run: a place behind an edit is right only if the pass went on with it.
  it('goes on with what an edit makes of the rows, at every hook', async () => {
    const { model, sequences } = drawn(family, 4)
    const plain = forward(model, sequences)
    const cases = editCases(model, [...(plain[0]?.hooks.keys() ?? [])])
    const moved = new Set<string>()
    const naive = ({ name, naive }: EditCase): NaiveEdit => noting(naive, () => moved.add(name))
    const expected = forward(model, sequences, new Map(cases.map((one) => [one.name, naive(one)])))
    const program: BodyProgram = {
      ...wholeBody(cases.map(({ hook }) => hook)),
      edits: cases.map(({ hook, apply }) => ({ hook, apply })),
    }
    const found = await runProgram(model, program, { sequences }, 'float64')
    for (const { name, what } of cases) {
      const tapped = flat(expected.map(({ hooks }) => hooks.get(name) ?? []))
      expect(difference(found.value(name), tapped), `${what} at ${name}`).toBeLessThan(TOLERANCE.float64)
      // An edit that were not made would pass for one that changes nothing.
      expect(moved.has(name), `${what} at ${name}`).toBe(what !== 'nothing')
    }
    const wanted = flat(expected.map(({ hidden }) => hidden))
    expect(difference(found.end, wanted)).toBeLessThan(TOLERANCE.float64)
  })

  it('goes on with an edit that is alone', async () => {
    const { model, sequences } = drawn(family, 4)
    const plain = forward(model, sequences)
    const cases = editCases(model, [...(plain[0]?.hooks.keys() ?? [])])
    // Another for each family.
    const one = cases[(7 * randomFamilies.indexOf(family)) % cases.length] ?? fail()
    const program = { ...wholeBody([one.hook]), edits: [{ hook: one.hook, apply: one.apply }] }
    const found = await runProgram(model, program, { sequences }, 'float64')
    expectEdited(one, found, { model, sequences, plain })
  })
})

describe.each(randomFamilies)('%s, of sequences that begin alike', (family) => {
  it.each(['float32', 'float64'] as const)('computes what they have in common once, in %s', async (type) => {
    const { model, sequences } = drawn(family, 5)
    const { d_model } = decoderOf(model).spec
    const width = rowWidth(decoderOf(model))
    const program: BodyProgram = { ...wholeBody([]), from: 1 }
    const [common, random] = [LENGTH / 3, new RandomSource(6)]
    // The second sequence begins as the first does.
    const rows = Array.from({ length: ROWS }, () =>
      Float64Array.from({ length: width }, () => random.normal()),
    )
    for (let t = 0; t < common; t++) rows[LENGTH + t] = rows[t] ?? fail()
    const wide = (some: readonly Float64Array[]): Wide => {
      const values = some.flatMap((row) => [...row])
      return type === 'float64' ? Float64Array.from(values) : Float32Array.from(values)
    }
    const whole = await runProgram(model, program, { sequences, before: wide(rows) }, type)
    const computed = Array.from({ length: ROWS }, (_, place) =>
      place < LENGTH ? place : place < LENGTH + common ? place - LENGTH : place - common,
    )
    const places = Array.from({ length: ROWS - common }, (_, row) => (row < LENGTH ? row : row + common))
    const loaded = await loadProgram(plainModel(model), program, { type, sharesRows: true })
    const before = wide(places.map((place) => rows[place] ?? fail()))
    const more = { [COMPUTED_ROW]: indices(computed), [ROW_PLACES]: indices(places) }
    const { end } = await loaded.run({ sequences, before, more })
    await loaded.release()
    expect(end).toHaveLength((before.length / width) * d_model)
    const all = computed.flatMap((row) => [...end.subarray(row * d_model, (row + 1) * d_model)])
    expect(difference(whole.end, all)).toBeLessThan(type === 'float64' ? 1e-13 : 1e-6)
    // The sequences part behind what they have in common.
    expect(
      difference(whole.end.subarray(0, (ROWS * d_model) / 2), all.slice((ROWS * d_model) / 2)),
    ).toBeGreaterThan(0.1)
  })
})

const plainModel = (model: RandomModel) => ({ decoder: decoderOf(model), table: tableOfModel(model) })

const indices = (values: readonly number[]): TensorInput => ({
  type: 'int64',
  data: BigInt64Array.from(values, BigInt),
  dims: [values.length],
})

/** An edit at a hook. */
interface EditCase {
  readonly name: string
  readonly hook: HookPoint
  readonly what: string
  readonly apply: RowsFragment
  readonly naive: NaiveEdit
}

/** One of the edits at each hook, the next at the same hook of the next block. */
function editCases(model: RandomModel, names: readonly string[]): readonly EditCase[] {
  const decoder = decoderOf(model)
  const random = new RandomSource(11)
  return names.map((name, h) => {
    const hook = parseHookPoint(name)
    if (hook === null) throw new Error(`no hook ${name}`)
    const direction = unit(random, hookWidth(decoder, hook))
    const [what, { apply, naive }] = edits(direction)[(h + hook.layer) % 3] ?? fail()
    return { name, hook, what, apply, naive }
  })
}

function expectEdited(
  { name, what, naive }: EditCase,
  found: Ran,
  { model, sequences, plain }: ReturnType<typeof drawn> & { readonly plain: readonly NaiveResult[] },
): void {
  const expected = forward(model, sequences, new Map([[name, naive]]))
  const at = `${what} at ${name}`
  const wanted = flat(expected.map(({ hidden }) => hidden))
  expect(difference(found.end, wanted), at).toBeLessThan(TOLERANCE.float64)
  const tapped = flat(expected.map(({ hooks }) => hooks.get(name) ?? []))
  expect(difference(found.value(name), tapped), at).toBeLessThan(TOLERANCE.float64)
  // An edit that were not made would pass for one that changes nothing.
  const moved = difference(found.end, flat(plain.map(({ hidden }) => hidden)))
  if (what === 'nothing') expect(moved).toBeLessThan(TOLERANCE.float64)
  // The same added to every key moves every score of a row alike, and so no attention.
  else if (!name.endsWith('attn.hook_k')) expect(moved, at).toBeGreaterThan(1e-3)
}

/** The same edit, which says when it has moved a row. */
const noting =
  (edit: NaiveEdit, onMoved: () => void): NaiveEdit =>
  (rows) => {
    const edited = edit(rows)
    if (difference(Float64Array.from(flat([edited])), flat([rows])) > 1e-3) onMoved()
    return edited
  }

describe.each(randomFamilies)('%s', (family) => {
  it('is the same in float32, with an edit in every block', async () => {
    const { model, sequences } = drawn(family, 5)
    const decoder = decoderOf(model)
    const hooks = postHooks(decoder.spec.blocks.length)
    const direction = unit(new RandomSource(5), decoder.spec.d_model)
    const [, { apply, naive }] = edits(direction)[2] ?? fail()
    const all: readonly Edit[] = hooks.map((hook) => ({ hook, apply }))
    const program = { ...wholeBody([]), edits: all }
    const expected = forward(model, sequences, new Map(hooks.map((hook) => [hookName(hook), naive])))
    const { end } = await runProgram(model, program, { sequences })
    expect(difference(end, flat(expected.map(({ hidden }) => hidden)))).toBeLessThan(TOLERANCE.float32)
  })

  it.each(['float32', 'float64'] as const)('sums what every target matrix reads, in %s', async (type) => {
    const { model, sequences } = drawn(family, 6)
    const inputs = new Map(targets(decoderOf(model)).map(({ input }) => [targetInputName(input), input]))
    const sums = [...inputs.values()].flatMap((input): InputSum[] => [
      { input, of: 'squares' },
      { input, of: 'products' },
      { input, of: 'largest' },
      { input, of: 'magnitudes' },
    ])
    const counted = Array.from({ length: ROWS }, (_, row) => (row % 5 === 1 ? 0 : 1))
    const found = await runProgram(model, { ...wholeBody([]), sums }, { sequences, counted }, type)
    const runs = forward(model, sequences)
    expect([...inputs.keys()].sort()).toEqual([...(runs[0]?.inputs.keys() ?? [])].sort())
    for (const sum of sums) {
      const name = targetInputName(sum.input)
      // An expert reads some rows of a sequence only.
      const kept = runs.flatMap((run, sequence) =>
        (run.inputs.get(name) ?? []).filter((_, row) => {
          const position = run.given.get(name)?.[row] ?? row
          return counted[sequence * LENGTH + position] === 1
        }),
      )
      if (kept.length === 0) expect(found.value(sumName(sum)).every((value) => value === 0)).toBe(true)
      if (kept.length === 0) continue
      const expected = FORMULAS[sum.of](kept)
      expect(difference(found.value(sumName(sum)), expected), sumName(sum)).toBeLessThan(TOLERANCE[type])
    }
  })
})

/** Edits that leave the rows, add to them and take a direction out, as graph nodes and as formulas. */
function edits(
  direction: readonly number[],
): readonly (readonly [string, { apply: RowsFragment; naive: NaiveEdit }])[] {
  const width = direction.length
  const data = Float64Array.from(direction)
  const vector: (of: number) => RowsFragment = (factor) => (g, rows) => {
    const values = data.map((value) => factor * value)
    const wide = rows.type === 'float64' ? values : Float32Array.from(values)
    return op.add(g, rows, g.initializer(`vector_to_${rows.name}`, rows.type, [width], wide))
  }
  const projected: RowsFragment = (g, rows) => {
    const wide = rows.type === 'float64' ? data : Float32Array.from(data)
    const d = g.initializer(`direction_of_${rows.name}`, rows.type, [width, 1], wide)
    const along = op.matMul(g, rows, d)
    return op.sub(g, rows, op.matMul(g, along, op.transpose(g, d, [1, 0])))
  }
  const dot = (row: Float64Array): number => row.reduce((sum, x, i) => sum + x * (data[i] ?? 0), 0)
  return [
    ['nothing', { apply: (g, rows) => op.identity(g, rows), naive: (rows) => rows }],
    [
      'a vector',
      { apply: vector(3), naive: (rows) => rows.map((row) => row.map((x, i) => x + 3 * (data[i] ?? 0))) },
    ],
    [
      'a direction taken out',
      {
        apply: projected,
        naive: (rows) =>
          rows.map((row) => {
            const along = dot(row)
            return row.map((x, i) => x - along * (data[i] ?? 0))
          }),
      },
    ],
  ]
}

function unit(random: RandomSource, width: number): readonly number[] {
  const values = Array.from({ length: width }, () => random.normal())
  const norm = Math.hypot(...values)
  return values.map((value) => Math.fround(value / norm))
}

function squares(rows: readonly Float64Array[]): number[] {
  const width = rows[0]?.length ?? 0
  return Array.from({ length: width }, (_, i) => rows.reduce((sum, row) => sum + (row[i] ?? 0) ** 2, 0))
}

const magnitudes = (rows: readonly Float64Array[]): number[] =>
  Array.from({ length: rows[0]?.length ?? 0 }, (_, i) =>
    rows.reduce((sum, row) => sum + Math.abs(row[i] ?? 0), 0),
  )

function largest(rows: readonly Float64Array[]): number[] {
  const width = rows[0]?.length ?? 0
  return Array.from({ length: width }, (_, i) => Math.max(...rows.map((row) => Math.abs(row[i] ?? 0))))
}

function products(rows: readonly Float64Array[]): number[] {
  const width = rows[0]?.length ?? 0
  return Array.from({ length: width * width }, (_, k) => {
    const [i, j] = [Math.floor(k / width), k % width]
    return rows.reduce((sum, row) => sum + (row[i] ?? 0) * (row[j] ?? 0), 0)
  })
}

function fail(): never {
  throw new Error('no such edit')
}

const FORMULAS = { squares, products, largest, magnitudes } as const

describe('a turned model', () => {
  it('is read and edited in the basis of the reference', async () => {
    const { model, sequences } = drawn('llama', 2)
    const { d_model } = decoderOf(model).spec
    const hook = { layer: 0, name: 'hook_resid_post' } as const
    // A reflection: its own transpose and inverse.
    const axis = unit(new RandomSource(3), d_model)
    const basis = Float32Array.from({ length: d_model ** 2 }, (_, k) => {
      const [i, j] = [Math.floor(k / d_model), k % d_model]
      return (i === j ? 1 : 0) - 2 * (axis[i] ?? 0) * (axis[j] ?? 0)
    })
    const turned = (row: Float64Array): Float64Array =>
      row.map((_, j) => row.reduce((sum, x, i) => sum + x * (basis[i * d_model + j] ?? 0), 0))
    const [, { apply, naive }] = edits(unit(new RandomSource(4), d_model))[2] ?? fail()
    const program = { ...wholeBody([hook]), edits: [{ hook, apply }] }
    const found = await runProgram(model, program, { sequences, basis }, 'float64')
    const inBasis: NaiveEdit = (rows) => naive(rows.map(turned)).map(turned)
    const expected = forward(model, sequences, new Map([[hookName(hook), inBasis]]))
    expect(difference(found.end, flat(expected.map(({ hidden }) => hidden)))).toBeLessThan(1e-6)
    const read = flat(expected.map(({ hooks }) => (hooks.get(hookName(hook)) ?? []).map(turned)))
    expect(difference(found.value(hookName(hook)), read)).toBeLessThan(1e-6)
  })
})

describe('checkProgram', () => {
  const { model } = drawn('llama', 0)
  const decoder = decoderOf(model)
  const { length } = decoder.spec.blocks
  const hook = { layer: 0, name: 'hook_resid_post' } as const
  const edit: Edit = { hook, apply: (_, rows) => rows }
  it.each<readonly [string, Partial<BodyProgram>, RegExp]>([
    ['backwards', { from: 1, to: 0 }, /no blocks 1 to 0/],
    ['beyond the last block', { to: length + 1 }, /no blocks/],
    ['a tap before its first block', { from: 1, taps: [hook] }, /block 0 is not among/],
    ['two edits at one hook', { edits: [edit, edit] }, /two edits/],
  ])('refuses %s', (_, change, message) => {
    expect(() => checkProgram({ ...wholeBody([]), ...change }, decoder)).toThrow(message)
  })
  it('knows a hook that the model does not have by its code', () => {
    const missing = { layer: length, name: 'hook_resid_post' } as const
    expect(() => checkProgram(wholeBody([missing]), decoder)).toThrow(
      expect.objectContaining({ code: 'HOOK_MISSING' }),
    )
  })
})
