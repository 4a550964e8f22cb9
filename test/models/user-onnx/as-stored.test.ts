/**
 * @file A quantized model computes what it stores, whatever onnxruntime makes of it for speed: weights in integers beside float
 * activations, and int8 products on any processor.
 */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { findOnnx, openUserModel } from '../../../src/models/user-onnx/open.ts'
import { loadUserModel, type UserModelRun } from '../../../src/models/user-onnx/run.ts'
import { readOnnxModel } from '../../../src/onnx/graph/model-proto.ts'
import { withOwnZeroPoints } from '../../../src/onnx/graph/own-zero-points.ts'
import { openFiles } from '../../../src/sources/open-files.ts'
import type { ExportStyle } from './export-decoder.ts'
import { CPU, writeFixture } from './fixture-exports.ts'
import {
  dynamicLinear,
  floatLinear,
  int4Rounded,
  int8Rounded,
  type LinearStyle,
  sharedZeroLinear,
  weightOnlyBlocks,
  weightOnlyLinear,
} from './linear-styles.ts'

const D_MODEL = 128
const IDS = Int32Array.from({ length: 64 }, (_, i) => (i * 37) % 1024)

async function run(style: Partial<ExportStyle>): Promise<UserModelRun> {
  const files = await openFiles(await writeFixture('neox', style))
  const user = await openUserModel(files, findOnnx(files) ?? '', (folder) => openFiles(folder))
  try {
    const loaded = await loadUserModel(user, user.stream.slice(-1), D_MODEL, CPU)
    return await loaded.run(IDS, { batch: 1, length: IDS.length }).finally(() => loaded.release())
  } finally {
    await user.close()
    await files.close()
  }
}

type Round = (matrix: Float32Array, out: number, columns: number) => Float32Array

/** The float layer whose weights are already rounded. */
const floatOf =
  (round: Round): LinearStyle =>
  (g, x, w) =>
    floatLinear(g, x, { ...w, matrix: round(w.matrix, w.out, w.in) })

function expectClose(found: Float32Array, expected: Float32Array, tolerance: number): void {
  expect(found).toHaveLength(expected.length)
  const error = found.reduce((most, x, i) => Math.max(most, Math.abs(x - (expected[i] ?? Number.NaN))), 0)
  expect(error).toBeLessThan(tolerance)
}

describe('weights in integers, activations in float32', () => {
  it.each([
    ['a scale per column', weightOnlyLinear, int8Rounded],
    ['a scale per block', weightOnlyBlocks, int4Rounded],
  ] as const)('%s: the product of both, activations as they are', async (_, linear, round) => {
    const [found, expected] = [await run({ linear }), await run({ linear: floatOf(round) })]
    // Activations in int8 move the logits by 1e-2.
    expectClose(found.logits, expected.logits, 2e-4)
    expectClose(found.taps[0] ?? new Float32Array(0), expected.taps[0] ?? new Float32Array(0), 2e-4)
  })
})

const zeroPoints = (bytes: Uint8Array, product: string, place: number): readonly string[] =>
  readOnnxModel('model.onnx', bytes).nodes.flatMap(({ op, inputs }) =>
    op === product ? [inputs[place] ?? ''] : [],
  )

describe('zero points', () => {
  it('that are shared become each product’s own, and the rest of the model is as it was', async () => {
    const model = readOnnxModel(
      'model.onnx',
      readFileSync(await writeFixture('neox', { linear: sharedZeroLinear() })),
    )
    expect(new Set(zeroPoints(model.bytes, 'MatMulInteger', 3))).toEqual(new Set(['shared.zero_point']))
    const edited = withOwnZeroPoints('model.onnx', model)
    const names = zeroPoints(edited, 'MatMulInteger', 3)
    expect(new Set(names).size).toBe(36)
    const after = readOnnxModel('model.onnx', edited)
    for (const name of names)
      expect(after.initializers.get(name)).toEqual({ ...model.initializers.get('shared.zero_point'), name })
    const masked = (nodes: typeof model.nodes) =>
      nodes.map((node) => ({
        ...node,
        inputs: node.inputs.map((name) => (names.includes(name) ? 'zero' : name)),
      }))
    expect(masked(after.nodes)).toEqual(masked(model.nodes))
    expect([...after.opsets]).toEqual([...model.opsets])
    expect(after.outputs).toEqual(model.outputs)
  })

  it('that are left out are zeros, one to a scale', async () => {
    const model = readOnnxModel(
      'model.onnx',
      readFileSync(await writeFixture('neox', { linear: weightOnlyLinear })),
    )
    const after = readOnnxModel('model.onnx', withOwnZeroPoints('model.onnx', model))
    for (const { op, inputs } of after.nodes) {
      if (op !== 'DequantizeLinear') continue
      const { dims } = after.initializers.get(inputs[1] ?? '') ?? {}
      expect(after.initializers.get(inputs[2] ?? '')).toMatchObject({ dims, type: 3 })
    }
  })

  it('that nobody shares leave the bytes alone', async () => {
    const model = readOnnxModel('model.onnx', readFileSync(await writeFixture('neox', {})))
    expect(withOwnZeroPoints('model.onnx', model)).toBe(model.bytes)
  })

  it('change no figure', async () => {
    const [shared, none] = [await run({ linear: sharedZeroLinear() }), await run({ linear: dynamicLinear })]
    expect(shared.logits).toEqual(none.logits)
  })
})
