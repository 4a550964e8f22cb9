/** @file Experts that are stored together: their names, shapes and values by themselves, however the tensor can be read. */
import { describe, expect, it } from 'vitest'
import { withSingleExperts } from '../../src/checkpoints/single-experts.ts'
import type { JsonObject } from '../../src/sources/json.ts'
import type { TensorData, TensorTable } from '../../src/tensors/tensor.ts'

/** Element i of a tensor is i; with rows, as plain files have, or without. */
function tableOf(shapes: Readonly<Record<string, readonly number[]>>, byRows: boolean) {
  const reads: string[] = []
  const values = (name: string): TensorData => {
    const shape = shapes[name] ?? []
    const length = shape.reduce((product, size) => product * size, 1)
    return { type: 'float32', shape, data: Float32Array.from({ length }, (_, i) => i) }
  }
  const entries = Object.entries(shapes).map(([name, shape]) => {
    const byteLength = 4 * shape.reduce((product, size) => product * size, 1)
    return [name, { name, shape, storedAs: 'F32', byteLength }] as const
  })
  const table: TensorTable = {
    entries: new Map(entries),
    read: async (name) => {
      reads.push(name)
      return values(name)
    },
    rowsOf: (name) =>
      byRows
        ? async ([start, end]) => {
            reads.push(`${name} ${start}-${end}`)
            const { shape, data } = values(name)
            const width = data.length / (shape[0] ?? 1)
            const rows =
              data instanceof Float32Array ? data.slice(start * width, end * width) : new Float32Array()
            return { type: 'float32', shape: [end - start, ...shape.slice(1)], data: rows }
          }
        : null,
    close: async () => {},
  }
  return { table, reads }
}

const read = async (table: TensorTable, name: string): Promise<[readonly number[], readonly number[]]> => {
  const { shape, data } = await table.read(name)
  return [shape, [...data]]
}

const QWEN: JsonObject = { model_type: 'qwen3_moe' }
const QWEN_VL: JsonObject = { model_type: 'qwen3_vl_moe' }
const GPT_OSS: JsonObject = { model_type: 'gpt_oss' }

describe.each([true, false])('rows can be read: %s', (byRows) => {
  it('gives [expert, out, in] expert by expert', async () => {
    const { table } = tableOf(
      { 'm.mlp.experts.gate_up_proj': [2, 4, 3], 'm.mlp.gate.weight': [2, 3] },
      byRows,
    )
    const single = withSingleExperts(table, QWEN)
    expect([...single.entries.keys()]).toEqual([
      'm.mlp.experts.0.gate_up_proj.weight',
      'm.mlp.experts.1.gate_up_proj.weight',
      'm.mlp.gate.weight',
    ])
    expect(single.entries.get('m.mlp.experts.1.gate_up_proj.weight')).toEqual({
      name: 'm.mlp.experts.1.gate_up_proj.weight',
      shape: [4, 3],
      storedAs: 'F32',
      byteLength: 48,
    })
    expect(await read(single, 'm.mlp.experts.1.gate_up_proj.weight')).toEqual([
      [4, 3],
      [12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23],
    ])
    expect((await read(single, 'm.mlp.gate.weight'))[0]).toEqual([2, 3])
  })

  it.each([GPT_OSS, QWEN_VL])(
    'turns the [expert, in, out] of $model_type, and not biases',
    async (config) => {
      const { table } = tableOf(
        { 'm.mlp.experts.down_proj': [2, 2, 3], 'm.mlp.experts.down_proj_bias': [2, 3] },
        byRows,
      )
      const single = withSingleExperts(table, config)
      expect(single.entries.get('m.mlp.experts.0.down_proj.weight')?.shape).toEqual([3, 2])
      expect(await read(single, 'm.mlp.experts.1.down_proj.weight')).toEqual([
        [3, 2],
        [6, 9, 7, 10, 8, 11],
      ])
      expect(await read(single, 'm.mlp.experts.1.down_proj.bias')).toEqual([[3], [3, 4, 5]])
    },
  )
})

it('names the experts of Granite and of GGUF files as they are named elsewhere', () => {
  const shapes = {
    'm.block_sparse_moe.input_linear.weight': [1, 4, 3],
    'm.block_sparse_moe.output_linear.weight': [1, 3, 2],
    'm.mlp.experts.up_proj.weight': [1, 4, 3],
  }
  expect([...withSingleExperts(tableOf(shapes, true).table, QWEN).entries.keys()]).toEqual([
    'm.block_sparse_moe.experts.0.input_linear.weight',
    'm.block_sparse_moe.experts.0.output_linear.weight',
    'm.mlp.experts.0.up_proj.weight',
  ])
})

it('reads no expert but the one that is asked for, and a tensor without rows once', async () => {
  const name = 'm.mlp.experts.up_proj.weight'
  const rows = tableOf({ [name]: [3, 2, 2] }, true)
  await withSingleExperts(rows.table, QWEN).read('m.mlp.experts.2.up_proj.weight')
  expect(rows.reads).toEqual([`${name} 2-3`])
  const whole = tableOf({ [name]: [3, 2, 2] }, false)
  const single = withSingleExperts(whole.table, QWEN)
  for (const expert of [0, 1, 2]) await single.read(`m.mlp.experts.${expert}.up_proj.weight`)
  expect(whole.reads).toEqual([name])
})

it.each([
  ['a matrix', { 'm.experts.up_proj.weight': [4, 3] }],
  ['more than anybody has', { 'm.experts.up_proj.weight': [5_000, 1, 1] }],
  ['none', { 'm.experts.up_proj.weight': [0, 1, 1] }],
  ['another module', { 'm.conv1d.weight': [4, 1, 4] }],
])('leaves %s as it is', (_, shapes) => {
  const { table } = tableOf(shapes, true)
  expect(withSingleExperts(table, QWEN)).toBe(table)
})
