import { describe, expect, it } from 'vitest'
import {
  float4Input,
  float8Input,
  integerInput,
  microscaledInput,
} from '../../../src/checkpoints/packed/declared/activations.ts'
import type { ActivationQuantization } from '../../../src/contract/activation-quantization.ts'
import { fakeQuantize } from '../../../src/models/graph/fake-quantize.ts'
import { GraphBuilder } from '../../../src/onnx/graph/graph.ts'
import { createSession } from '../../../src/onnx/sessions/session.ts'
import { RandomSource } from '../../oracle/random-source.ts'
import { naiveQuantized, naiveRound } from './naive-activations.ts'

const CPU = { kind: 'cpu', threads: 1, bodyType: 'float32' } as const
const [ROWS, K] = [6, 64]

async function inGraph(x: Float32Array, q: ActivationQuantization, width = K): Promise<Float32Array> {
  const g = new GraphBuilder()
  const input = g.input('x', 'float32', ['n_row', width])
  g.output('y', fakeQuantize(g, input, q, 'layer.weight'))
  const session = await createSession(g.build(), CPU, 'a test')
  const result = await session.run({ x: { type: 'float32', data: x, dims: [x.length / width, width] } })
  await session.release()
  return result.float32('y')
}

/** Rows of very different size, some outliers, one row of zeros. */
function inputs(seed: number): Float32Array {
  const random = new RandomSource(seed)
  const x = Float32Array.from({ length: ROWS * K }, (_, i) => {
    const size = 10 ** ((Math.floor(i / K) % 4) - 2)
    return size * random.normal() * (random.integer(0, 20) === 0 ? 8 : 1)
  })
  return x.fill(0, 2 * K, 3 * K)
}

const int8 = integerInput(8, true, 'token', null)
const schemes: Readonly<Record<string, ActivationQuantization>> = {
  'int8 dynamic per token': int8,
  'int8 dynamic per tensor': integerInput(8, true, 'tensor', null),
  'int8 dynamic per group': integerInput(8, true, 'group', 16),
  'int8 asymmetric per token': integerInput(8, false, 'token', null),
  'int4 asymmetric per group': integerInput(4, false, 'group', 8),
  'int8 static': { ...int8, strategy: 'tensor', dynamic: false, scale: 0.0371 },
  'int8 static with zero point': {
    ...integerInput(8, false, 'tensor', null),
    dynamic: false,
    scale: 0.021,
    zeroPoint: -37,
  },
  'fp8 dynamic per token': float8Input('token', null),
  'fp8 dynamic per tensor': float8Input('tensor', null),
  'fp8 dynamic per group': float8Input('group', 32),
  'fp8 static': { ...float8Input('tensor', null), dynamic: false, scale: 0.0123 },
  'fp8 per token with an upper bound': { ...float8Input('token', null), largestAmax: 1.7 },
  'fp4 per group': float4Input(32, null),
  'mxfp4: powers of two': microscaledInput(4, 32),
  'mxfp8: powers of two': microscaledInput(8, 32),
  'nvfp4: two levels of scales': float4Input(16, (448 * 6) / 41),
  'LLM.int8(): outlier columns kept': { ...int8, scaleDivisor: 127, minimumScale: 0, outlierThreshold: 6 },
}

describe('activation quantization in the graph is the written arithmetic, bit for bit', () => {
  it.each(Object.keys(schemes))('%s', async (name) => {
    const q = schemes[name]
    if (q === undefined) throw new Error('no such scheme')
    for (let seed = 1; seed <= 6; seed++) {
      const x = inputs(seed)
      if (q.minimumScale === 0) x.fill(0.25, 2 * K, 3 * K)
      const found = await inGraph(x, q)
      expect(found.map((value) => value + 0)).toEqual(naiveQuantized(x, K, q).map((value) => value + 0))
      expect(found).not.toEqual(x)
    }
  })

  it('takes the power of two below a group’s largest value, and the next from 1.75 of it on', async () => {
    const q = { ...microscaledInput(4, 1), strategy: 'token' as const, groupSize: null }
    // Largest values 1, 1.7499999, 1.75, 1.9999999, 2, 2^-20, 3·2^40, and scales of a quarter of their powers.
    const below = (value: number) => Math.fround(value * (1 - 2 ** -24))
    const x = Float32Array.of(1, below(1.75), 1.75, below(2), 2, 2 ** -20, 3 * 2 ** 40)
    const powers = [1, 1, 2, 2, 2, 2 ** -20, 2 * 2 ** 40]
    const found = await inGraph(x, q, 1)
    const expected = [...x].map((value, i) => {
      const scale = (powers[i] ?? 0) / 4
      return naiveRound(Math.min(6, value / scale), q) * scale
    })
    expect([...found]).toEqual(expected)
  })

  it('rounds every halfway point as the formats say', async () => {
    const levels = {
      int: { ...int8, strategy: 'tensor', dynamic: false, scale: 1 },
      e4m3: { ...float8Input('tensor', null), dynamic: false, scale: 1 },
      e2m1: { ...float4Input(2, null), strategy: 'tensor', groupSize: null, dynamic: false, scale: 1 },
    } as const
    const halfway = {
      int: Array.from({ length: 256 }, (_, i) => i - 127.5),
      e4m3: Array.from({ length: 254 }, (_, i) => {
        const [exponent, mantissa] = [Math.max(1, i >> 4), i < 16 ? i : 16 + (i & 15)]
        return mantissa * 2 ** (exponent - 11)
      }),
      e2m1: [0.25, 0.75, 1.25, 1.75, 2.5, 3.5, 5, -0.25, -2.5, -5, 6.5, -7],
    } as const
    for (const kind of ['int', 'e4m3', 'e2m1'] as const) {
      const q: ActivationQuantization = levels[kind]
      const x = Float32Array.from(halfway[kind])
      const found = await inGraph(x, q, 1)
      const expected = x.map((v) => naiveRound(Math.min(q.levels[1], Math.max(q.levels[0], v)), q) + 0)
      expect(found.map((v) => v + 0)).toEqual(expected)
    }
  })

  it('refuses groups that do not divide the inputs', async () => {
    await expect(inGraph(new Float32Array(K), integerInput(8, true, 'group', 24))).rejects.toMatchObject({
      code: 'ACTIVATION_GROUPS',
      exitStatus: 2,
    })
  })
})
