/**
 * @file Has CUDA a kernel for every node that is asked of it? By the provider's own list, for every family, in every type. A node without
 * one would run on the CPU, with copies there and back, and nobody would say so.
 */
import { describe, expect, it } from 'vitest'
import { attentionOf } from '../../src/models/attention-of.ts'
import { fakeQuantize } from '../../src/models/graph/fake-quantize.ts'
import { decoderOf } from '../models/run-program.ts'
import { randomFamilies, randomModel } from '../oracle/random-model.ts'
import { cudaBody, cudaHead, cudaRound, cudaSums, type SeenNode, WatchedGraph } from './cuda-graphs.ts'
import { CONDITIONAL, CUDA_KERNELS } from './cuda-kernels.ts'

const TYPES = ['bfloat16', 'float16', 'float32'] as const
const SEEDS = [0, 1, 2, 3]

/** `Pad of bfloat16`, once each. */
function withoutKernel(nodes: readonly SeenNode[]): readonly string[] {
  const missing = nodes.flatMap(({ op, inputs }) => {
    const type = inputs[CONDITIONAL.has(op) ? 1 : 0]?.type
    const known = type !== undefined && (CUDA_KERNELS[op]?.includes(type) ?? false)
    return known ? [] : [`${op} of ${type}`]
  })
  return [...new Set(missing)]
}

describe.each(randomFamilies)('a body of %s', (family) => {
  it.each(TYPES)('in %s', async (type) => {
    for (const seed of SEEDS) {
      const { nodes } = await cudaBody(randomModel(family, seed), type)
      expect(nodes.length).toBeGreaterThan(20)
      expect(withoutKernel(nodes)).toEqual([])
    }
  })
})

it.each(['gemma2', 'gpt_neox', 'llama'].flatMap((family) => TYPES.map((type) => [family, type] as const)))(
  'a round of %s in one graph in %s',
  async (family, type) => {
    const { nodes } = await cudaRound(randomModel(family, 1), type)
    expect(nodes.length).toBeGreaterThan(100)
    expect(withoutKernel(nodes)).toEqual([])
  },
)

it.each(TYPES)('a head in %s', (type) => {
  expect(withoutKernel(cudaHead(type, 32).nodes)).toEqual([])
})

it('the sums of an SAE', () => {
  expect(withoutKernel(cudaSums(32).nodes)).toEqual([])
})

it.each([
  ['int', 8],
  ['float', 8],
  ['float', 4],
] as const)('activations quantized to %s%i', (type, bits) => {
  const g = new WatchedGraph()
  const x = g.input('x', 'float32', ['n_row', 32])
  fakeQuantize(
    g,
    x,
    {
      type,
      bits,
      strategy: 'token',
      groupSize: null,
      symmetric: true,
      dynamic: true,
      levels: [-127, 127],
      scale: null,
      zeroPoint: null,
      scaleDivisor: 127,
      minimumScale: 1e-5,
      largestAmax: null,
      globalScale: null,
      powerOfTwo: true,
      outlierThreshold: 6,
    },
    'w',
  )
  expect(withoutKernel(g.nodes)).toEqual([])
})

it('a node that has none is found', () => {
  const g = new WatchedGraph()
  const x = g.input('x', 'bfloat16', [4])
  g.apply('Pad', [x, g.integers([0, 4])], { type: 'bfloat16', shape: [8] })
  expect(withoutKernel(g.nodes)).toEqual(['Pad of bfloat16'])
})

it('heads of odd sizes are among them', () => {
  const odd = randomFamilies.flatMap((family) =>
    SEEDS.flatMap((seed) =>
      decoderOf(randomModel(family, seed)).spec.blocks.map((b) => attentionOf(b)?.headSize ?? 0),
    ),
  )
  expect(odd.some((size) => size % 8 !== 0)).toBe(true)
})
