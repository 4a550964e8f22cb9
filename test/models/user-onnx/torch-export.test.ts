/**
 * @file Models that torch's own exporter wrote (fixtures/onnx/torch-neox/export.py), beside the same weights compiled by
 * ours: the stream under torch's names, and every value of it.
 */
import { expect, it } from 'vitest'
import { loadBody } from '../../../src/audit/capture/load-body.ts'
import { openUnembedding } from '../../../src/audit/capture/unembedding.ts'
import { describeModel } from '../../../src/audit/subjects/model.ts'
import { openCheckpoint } from '../../../src/checkpoints/open.ts'
import { parseHookPoint } from '../../../src/contract/hook-point.ts'
import { wholeBody } from '../../../src/models/body-program.ts'
import { HIDDEN } from '../../../src/models/graph/body.ts'
import { openUserModel } from '../../../src/models/user-onnx/open.ts'
import { loadUserModel } from '../../../src/models/user-onnx/run.ts'
import { openFiles } from '../../../src/sources/open-files.ts'
import { CPU } from './fixture-exports.ts'

const FOLDER = 'fixtures/onnx/torch-neox'
const LENGTH = 24
const IDS = Int32Array.from({ length: LENGTH }, (_, i) => (i * 29) % 48)
const HOOKS = ['blocks.0.hook_resid_pre', 'blocks.0.hook_resid_post', 'blocks.1.hook_resid_post']

/** The stream and the logits of the checkpoint in the folder. */
async function compiled(): Promise<{ stream: readonly Float32Array[]; logits: Float32Array }> {
  const files = await openFiles(FOLDER)
  const checkpoint = await openCheckpoint(FOLDER, files)
  const model = describeModel(checkpoint, LENGTH, 'ignore')
  const hooks = HOOKS.map(parseHookPoint).filter((hook) => hook !== null)
  // Two blocks, both the same.
  const sequences = { blockLength: LENGTH, longest: LENGTH, count: 2 }
  const { session, sequences: together } = await loadBody(model, wholeBody(hooks), sequences, CPU)
  const ids = BigInt64Array.from({ length: together * LENGTH }, (_, i) => BigInt(IDS[i % LENGTH] ?? 0))
  const result = await session.run({
    ids: { type: 'int64', data: ids, dims: [together, LENGTH] },
    last_position: { type: 'int32', data: new Int32Array(together).fill(LENGTH - 1), dims: [together] },
    length: { type: 'int32', data: Int32Array.of(LENGTH), dims: [] },
  })
  const { d_model, n_vocab, tokens } = await openUnembedding(model, CPU)
  const { matrix } = await tokens(0, n_vocab)
  const hidden = result.float32(HIDDEN)
  const logits = Float32Array.from({ length: LENGTH * n_vocab }, (_, i) => {
    const [row, token] = [Math.floor(i / n_vocab), i % n_vocab]
    let sum = 0
    for (let k = 0; k < d_model; k++)
      sum += (hidden[row * d_model + k] ?? 0) * (matrix[token * d_model + k] ?? 0)
    return sum
  })
  const stream = HOOKS.map((hook) => result.float32(hook).slice(0, LENGTH * d_model))
  await session.release()
  await checkpoint.close()
  await files.close()
  return { stream, logits }
}

function largestDifference(found: Float32Array, expected: Float32Array): number {
  expect(found).toHaveLength(expected.length)
  return found.reduce((most, x, i) => Math.max(most, Math.abs(x - (expected[i] ?? Number.NaN))), 0)
}

it.each(['opset14.onnx', 'opset17.onnx'])('%s is the checkpoint it was exported from', async (name) => {
  const files = await openFiles(`${FOLDER}/${name}`)
  const user = await openUserModel(files, name, (folder) => openFiles(folder))
  expect(user.stream.map((tap) => tap.name)).toEqual([
    '/embed_in/Gather_output_0',
    '/layers.0/Add_2_output_0',
    '/layers.1/Add_2_output_0',
  ])
  const loaded = await loadUserModel(user, user.stream, 16, CPU)
  const run = await loaded.run(IDS, { batch: 1, length: LENGTH })
  const expected = await compiled()
  for (const [i, values] of expected.stream.entries()) {
    expect(largestDifference(run.taps[i] ?? new Float32Array(0), values), HOOKS[i] ?? '').toBeLessThan(1e-5)
  }
  expect(largestDifference(run.logits, expected.logits), 'logits').toBeLessThan(5e-5)
  await loaded.release()
  await user.close()
  await files.close()
})
