/**
 * @file A plan in which several tensors change together: each LayerNorm of a GPT-NeoX folded into the matrix behind it. The model is
 * another and its function is the same.
 */
import { expect, it } from 'vitest'
import { planTensors } from '../../src/compression/plan-table.ts'
import {
  storedPlan,
  type TensorPlan,
  type TensorSource,
  withSources,
} from '../../src/compression/tensor-plan.ts'
import { wholeBody } from '../../src/models/body-program.ts'
import type { LinearRef, NormRef } from '../../src/models/decoder-spec.ts'
import { toFloat32 } from '../../src/numbers/half.ts'
import type { TensorData } from '../../src/tensors/tensor.ts'
import { type RandomModel, randomIds, randomModel, tableOf } from '../oracle/random-model.ts'
import { decoderOf, LENGTH, runProgram, SEQUENCES } from './run-program.ts'

const values = (tensor: TensorData | undefined): Float32Array => toFloat32(tensor ?? expect.fail())

/** W′ = W · diag(γ), b′ = b + W β, γ′ = 1, β′ = 0. */
function foldedSources(base: TensorPlan, norm: NormRef, linear: LinearRef): [string, TensorSource][] {
  const source = (ref: { readonly tensor: string } | null): TensorSource =>
    base.sources.get(ref?.tensor ?? '') ?? expect.fail()
  const { weight, bias } = linear
  const [rows = 0, columns = 0] = weight.storedShape
  const joint = (
    text: string,
    of: TensorSource[],
    shape: readonly number[],
    make: (inputs: readonly TensorData[]) => Float32Array,
  ) => ({ kind: 'joint', text, of, shape, make }) as const
  const [W, gain] = [source(weight), source(norm.gain)]
  const product = joint('W diag(gain)', [W, gain], weight.storedShape, ([w, g]) =>
    values(w).map((value, i) => value * (values(g)[i % columns] ?? 0)),
  )
  const shift = joint('b + W shift', [W, source(bias), source(norm.bias)], [rows], ([w, b, shifts]) =>
    values(b).map((value, row) => {
      const by = values(shifts)
      return by.reduce((sum, of, i) => sum + of * (values(w)[row * columns + i] ?? 0), value)
    }),
  )
  const constant = (of: TensorSource, value: number) =>
    joint(`all ${value}`, [of], [columns], () => new Float32Array(columns).fill(value))
  return [
    [weight.tensor, product],
    [bias?.tensor ?? '', shift],
    [norm.gain?.tensor ?? '', constant(gain, 1)],
    [norm.bias?.tensor ?? '', constant(source(norm.bias), 0)],
  ]
}

it('folds norms into the matrices behind them', async () => {
  const model = randomModel('gpt_neox', 2)
  const base = storedPlan({ name: 'reference', table: tableOf(model.tensors) })
  const changed = new Map(
    decoderOf(model).weights.blocks.flatMap(({ preAttention, preMlp, q, up }) => [
      // q, k and v are one stored tensor.
      ...foldedSources(base, preAttention ?? expect.fail(), q),
      ...foldedSources(base, preMlp ?? expect.fail(), up ?? expect.fail()),
    ]),
  )
  const table = planTensors(withSources('folded', base, changed))
  const tensors = new Map<string, { shape: readonly number[]; data: Float32Array }>()
  for (const name of table.entries.keys()) {
    const { shape } = table.entries.get(name) ?? expect.fail()
    tensors.set(name, { shape, data: values(await table.read(name)) })
  }
  const folded: RandomModel = { config: model.config, tensors }
  expect(tensors.get('gpt_neox.layers.0.input_layernorm.weight')?.data.every((gain) => gain === 1)).toBe(true)
  const sequences = Array.from({ length: SEQUENCES }, (_, s) => randomIds(model.config, LENGTH, s))
  const plain = await runProgram(model, wholeBody([]), { sequences }, 'float64')
  const other = await runProgram(folded, wholeBody([]), { sequences }, 'float64')
  const [found, expected] = [Array.from(other.end), Array.from(plain.end)]
  const size = Math.max(...expected.map(Math.abs))
  expect(found).toHaveLength(expected.length)
  const worst = Math.max(...expected.map((value, i) => Math.abs(value - (found[i] ?? Number.NaN))))
  expect(worst / size).toBeLessThan(1e-5)
  // Folded weights are rounded to float32: the same to that, and not the same model.
  expect(worst).toBeGreaterThan(0)
})
