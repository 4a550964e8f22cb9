/** @file Plans per tensor: compressions, swaps and functions of several tensors, each against values worked out by hand or read whole. */
import { describe, expect, it } from 'vitest'
import { planBytes, planRemainder, planTensors } from '../../src/compression/plan-table.ts'
import type { Compression } from '../../src/compression/spec.ts'
import {
  compressedPlan,
  type JointSource,
  planText,
  sameSource,
  storedPlan,
  type TensorStore,
  withSources,
} from '../../src/compression/tensor-plan.ts'
import { toFloat32 } from '../../src/numbers/half.ts'
import type { RowRange, TensorData } from '../../src/tensors/tensor.ts'

type Tensors = ReadonlyMap<string, TensorData>

/** Remembers what was read of it. */
function storeOf(name: string, tensors: Tensors): TensorStore & { readonly reads: string[] } {
  const reads: string[] = []
  const entries = [...tensors].map(([tensor, { shape, data }]) => {
    return [tensor, { name: tensor, shape, storedAs: 'F16', byteLength: data.byteLength }] as const
  })
  const read = async (tensor: string) => {
    reads.push(tensor)
    return tensors.get(tensor) ?? Promise.reject(new Error(`no ${tensor}`))
  }
  return { name, reads, table: { entries: new Map(entries), read, close: async () => {} } }
}

const reference: Tensors = new Map<string, TensorData>([
  ['w', { type: 'float16', shape: [2, 2], data: Uint16Array.of(0x3c00, 0x3800, 0xbc00, 0x3400) }], // 1 .5 -1 .25
  ['norm', { type: 'bfloat16', shape: [2], data: Uint16Array.of(0x3f80, 0x4000) }], // 1 2
])
const artifact: Tensors = new Map<string, TensorData>([
  ['w', { type: 'float32', shape: [2, 2], data: Float32Array.of(9, 8, 7, 6) }],
  ['norm', { type: 'float32', shape: [2], data: Float32Array.of(3, 3) }],
])
const square = new Map([['w', { out: 2, in: 2, layout: 'out-in' as const }]])
const RTN: Compression = { method: 'rtn', bits: 2, group: null }
const stored = () => storedPlan(storeOf('reference', reference))

describe('a compression of every target', () => {
  it('gives targets as float32 and the rest as stored', async () => {
    const pruned = planTensors(compressedPlan('p', stored(), square, { method: 'prune', sparsity: 0.5 }))
    expect(await pruned.read('w')).toEqual({
      type: 'float32',
      shape: [2, 2],
      data: Float32Array.of(1, 0, -1, 0),
    })
    expect(await pruned.read('norm')).toBe(reference.get('norm'))
    const rounded = planTensors(compressedPlan('r', stored(), square, RTN))
    expect((await rounded.read('w')).data).toEqual(Float32Array.of(1, 0, -1, 0))
  })

  it('gives rows of rounded matrices by themselves where each row is rounded by itself', async () => {
    const { table, ...store } = storeOf('reference', reference)
    const rows = async ([start, end]: RowRange): Promise<TensorData> => {
      const data = Uint16Array.of(0x3c00, 0x3800, 0xbc00, 0x3400).subarray(2 * start, 2 * end)
      return { type: 'float16', shape: [end - start, 2], data }
    }
    const base = storedPlan({ ...store, table: { ...table, rowsOf: () => rows } })
    const rounded = (how: Compression) => planTensors(compressedPlan('r', base, square, how)).rowsOf?.('w')
    expect(await rounded(RTN)?.([1, 2])).toEqual({
      type: 'float32',
      shape: [1, 2],
      data: Float32Array.of(-1, 0),
    })
    for (const how of [
      { ...RTN, scale: 'tensor' },
      { ...RTN, arithmetic: 'bfloat16' },
      { method: 'prune', sparsity: 0.5 },
    ] as const) {
      expect(rounded(how)).toBeNull()
    }
  })

  it('says what float32 took from rounded values, and that pruning takes nothing', async () => {
    const how: Compression = { method: 'rtn', bits: 3, group: null }
    const plan = compressedPlan('r', stored(), square, how)
    const remainder = planRemainder(plan)
    expect([...(remainder?.entries.keys() ?? [])]).toEqual(['w'])
    // One scale of 1/3 per row: 1 is 3/3, .5 rounds to 2/3 (half to even of 1.5), .25 to 1/3 (of .75).
    const exact = [1, 2 / 3, -1, 1 / 3]
    const data = toFloat32(await planTensors(plan).read('w'))
    const rest = (await remainder?.read('w'))?.data ?? []
    exact.forEach((value, i) => {
      expect(Math.abs((data[i] ?? 0) + (rest[i] ?? 0) - value)).toBeLessThan(1e-15)
    })
    expect(Math.abs((data[1] ?? 0) - 2 / 3)).toBeGreaterThan(1e-9)
    expect(
      planRemainder(compressedPlan('p', stored(), square, { method: 'prune', sparsity: 0.5 })),
    ).toBeNull()
    expect(planRemainder(stored())).toBeNull()
  })

  it('knows the bytes of each tensor', () => {
    // 4 weights of 2 bits and 2 scales of 16 bits; two values of 16 bits.
    expect(planBytes(compressedPlan('r', stored(), square, RTN))).toEqual(
      new Map([
        ['w', 5],
        ['norm', 4],
      ]),
    )
    const grouped: Compression = { method: 'rtn', bits: 3, group: 1 }
    // 12 bits and 4 scales.
    expect(planBytes(compressedPlan('r', stored(), square, grouped)).get('w')).toBe(2 + 8)
    expect(planBytes(stored()).get('w')).toBe(8)
  })

  it('refuses a shape that is not the target’s', async () => {
    const wide = new Map([['w', { out: 2, in: 3, layout: 'in-out' as const }]])
    await expect(planTensors(compressedPlan('r', stored(), wide, RTN)).read('w')).rejects.toMatchObject({
      code: 'COMPRESSION_SHAPE_MISMATCH',
      message: expect.stringMatching(/"w".*\[2, 2\].*\[3, 2\]/),
    })
  })
})

describe('what is compressed as a whole', () => {
  it.each<[string, Compression, 'out-in' | 'in-out', number[]]>([
    ['rows rounded', RTN, 'out-in', [1, 0, -1, 0]],
    ['columns rounded', RTN, 'in-out', [1, 0.5, -1, 0]],
    ['pruned', { method: 'prune', sparsity: 0.5 }, 'out-in', [1, 0, -1, 0]],
  ])('is made in the memory of the caller: %s', async (_, how, layout, expected) => {
    const base = stored()
    const channels = new Map([['w', { out: 2, in: 2, layout }]])
    const once = compressedPlan('once', base, channels, how)
    for (const plan of [once, compressedPlan('twice', once, channels, how)]) {
      const memory = new Float32Array(4)
      const read = await planTensors(plan).read('w', () => memory)
      expect(read.data).toBe(memory)
      expect(Array.from(memory, (value) => value + 0)).toEqual(expected)
    }
  })
})

describe('swaps', () => {
  const candidates = {
    artifact: () => storedPlan(storeOf('artifact', artifact)),
    'rtn:2': () => compressedPlan('rtn:2', stored(), square, RTN),
  }
  it.each(['artifact', 'rtn:2'] as const)(
    'one tensor of %s, and nothing else of it is read',
    async (kind) => {
      const candidate = candidates[kind]()
      const source = candidate.sources.get('w') ?? expect.fail()
      const plan = withSources('w swapped', stored(), new Map([['w', source]]))
      const table = planTensors(plan)
      expect(await table.read('w')).toEqual(await planTensors(candidate).read('w'))
      expect(await table.read('norm')).toBe(reference.get('norm'))
      expect(planBytes(plan).get('w')).toBe(planBytes(candidate).get('w'))
    },
  )

  it.each(['artifact', 'rtn:2'] as const)('all tensors of %s are the candidate', async (kind) => {
    const candidate = candidates[kind]()
    const plan = withSources('all', stored(), candidate.sources)
    for (const name of plan.sources.keys()) {
      expect(await planTensors(plan).read(name)).toEqual(await planTensors(candidate).read(name))
      expect(sameSource(plan.sources.get(name), candidate.sources.get(name))).toBe(true)
    }
  })

  it('reads a tensor when it is asked for, each time anew', async () => {
    const store = storeOf('reference', reference)
    const table = planTensors(compressedPlan('r', storedPlan(store), square, RTN))
    expect(store.reads).toEqual([])
    await table.read('w')
    await table.read('w')
    expect(store.reads).toEqual(['w', 'w'])
  })

  it('is refused where there is no such tensor', () => {
    const source = stored().sources.get('w') ?? expect.fail()
    expect(() => withSources('x', stored(), new Map([['v', source]]))).toThrow(/reference has no v/)
  })
})

describe('a function of several tensors', () => {
  const of = [...stored().sources.values()]
  const folded: JointSource = {
    kind: 'joint',
    text: 'w · diag(norm)',
    of,
    shape: [2, 2],
    make: ([w, norm]) => {
      const [W, gain] = [w, norm].map((tensor) => (tensor === undefined ? [] : toFloat32(tensor)))
      return Float32Array.from({ length: 4 }, (_, i) => (W?.[i] ?? 0) * (gain?.[i % 2] ?? 0))
    },
  }
  it('may itself be rounded', async () => {
    const plan = withSources('folded', stored(), new Map([['w', folded]]))
    expect((await planTensors(plan).read('w')).data).toEqual(Float32Array.of(1, 1, -1, 0.5))
    expect(planBytes(plan).get('w')).toBe(16)
    const rounded = planTensors(compressedPlan('folded, then rounded', plan, square, RTN))
    // Half a scale rounds to even: 0.
    expect((await rounded.read('w')).data).toEqual(Float32Array.of(1, 1, -1, 0))
  })
})

describe('the text of a plan', () => {
  const digestOf = ({ name }: TensorStore) => `digest-of-${name}`
  const text = (how: Compression) => planText(compressedPlan('any', stored(), square, how), digestOf)
  it('is of what the stores hold and what is done to it, whatever the plan is called', () => {
    expect(text(RTN)).toBe(
      '"norm" digest-of-reference "norm"\n"w" rtn:2 out-in 2x2 (digest-of-reference "w")',
    )
    expect(text({ ...RTN, bits: 3 })).not.toBe(text(RTN))
    expect(text({ ...RTN, group: 1 })).not.toBe(text(RTN))
  })
})
