/** @file Users' models in the engine: where their files may lie, fixed shapes, and outputs of the wrong shape. */
import { mkdirSync, readdirSync, renameSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findOnnx, openUserModel } from '../../../src/models/user-onnx/open.ts'
import { loadUserModel } from '../../../src/models/user-onnx/run.ts'
import { createSession } from '../../../src/onnx/sessions/session.ts'
import { openFiles } from '../../../src/sources/open-files.ts'
import { CPU, temporaryFolder, writeFixture } from './fixture-exports.ts'
import { folderWith, merged, type SmallModel, smallModel } from './small-models.ts'

async function runSpec(spec: string, d_model: number, shape = { batch: 2, length: 6 }) {
  const files = await openFiles(spec)
  const user = await openUserModel(files, findOnnx(files) ?? '', (folder) => openFiles(folder))
  try {
    const loaded = await loadUserModel(user, user.stream.slice(1, 2), d_model, CPU)
    const ids = Int32Array.from({ length: shape.batch * shape.length }, (_, i) => (i * 7) % 10)
    return await loaded.run(ids, shape).finally(() => loaded.release())
  } finally {
    await user.close()
    await files.close()
  }
}

const left = (): readonly string[] => readdirSync(tmpdir()).filter((name) => name.includes('saegate-onnx'))

describe('external data', () => {
  it('is found through the links of the Hugging Face cache, and nothing is written there', async () => {
    const path = await writeFixture('gemma2')
    const plain = await runSpec(path, 96)
    const repository = join(temporaryFolder(), 'models--owner--name')
    const snapshot = join(repository, 'snapshots', 'a'.repeat(40))
    mkdirSync(join(repository, 'blobs'), { recursive: true })
    mkdirSync(snapshot, { recursive: true })
    for (const [i, name] of readdirSync(dirname(path)).entries()) {
      renameSync(join(dirname(path), name), join(repository, 'blobs', `${i}`))
      symlinkSync(`../../blobs/${i}`, join(snapshot, name))
    }
    const before = readdirSync(snapshot).sort()
    const cached = await runSpec(snapshot, 96)
    expect(cached.logits).toEqual(plain.logits)
    expect(cached.taps).toEqual(plain.taps)
    expect(readdirSync(snapshot).sort()).toEqual(before)
    expect(left()).toEqual([])
  })

  it('is found whether the file or its folder is named', async () => {
    const path = await writeFixture('gemma2')
    const byFile = await runSpec(path, 96)
    expect((await runSpec(dirname(path), 96)).logits).toEqual(byFile.logits)
    expect(readdirSync(dirname(path)).filter((name) => name.startsWith('.'))).toEqual([])
    expect(basename(path)).toBe('model.onnx')
  })
})

const small = (options: SmallModel): string => folderWith({ 'model.onnx': smallModel(options) })

describe('shapes', () => {
  it('feeds what a decoder may ask for', async () => {
    const plain = await runSpec(small({}), 4)
    const extra = [
      { name: 'attention_mask', type: 'float32', shape: ['b', 's'] },
      { name: 'position_ids', type: 'int32', shape: ['b', 's'] },
      { name: 'token_type_ids', type: 'int64', shape: ['b', 's'] },
      { name: 'cache_position', type: 'int64', shape: ['s'] },
      { name: 'use_cache_branch', type: 'bool', shape: [1] },
      { name: 'num_logits_to_keep', type: 'int64', shape: [] },
      { name: 'past_sequence_length', type: 'int32', shape: [1] },
      { name: 'total_sequence_length', type: 'int32', shape: [1] },
      { name: 'past_key_values.0.key', type: 'float16', shape: ['b', 2, 'p', 8] },
      { name: 'past_key_values.0.value', type: 'float32', shape: [2, 2, 'p', 8] },
      { name: 'past_0', type: 'float32', shape: [2, 'b', 4, 'p', 8] },
    ] as const
    const fed = await runSpec(small({ extra }), 4)
    expect(fed.logits).toEqual(plain.logits)
    expect(fed.taps).toEqual(plain.taps)
  })

  it('takes ids of 32 bits, and a batch and length that are fixed', async () => {
    const ids = { name: 'input_ids', type: 'int32', shape: [2, 6] } as const
    expect((await runSpec(small({ ids }), 4)).logits).toEqual((await runSpec(small({}), 4)).logits)
    await expect(runSpec(small({ ids }), 4, { batch: 2, length: 7 })).rejects.toMatchObject({
      code: 'ONNX_FIXED_LENGTH',
      fix: expect.stringContaining('--block-length 6'),
    })
  })

  it('refuses logits of the last position alone, and a stream of another width', async () => {
    for (const [lastOnly, sign] of [
      ['declared', 'it is declared as float32 [?, 1, 10]'],
      ['gather', 'picks one'],
      ['slice', 'it came out as [2, 1, 10]'],
    ] as const) {
      await expect(runSpec(small({ lastOnly }), 4)).rejects.toMatchObject({
        code: 'ONNX_LAST_LOGITS',
        exitStatus: 2,
        message: expect.stringContaining(sign),
        fix: expect.not.stringContaining('--tap'),
      })
    }
    await expect(runSpec(small({}), 5)).rejects.toMatchObject({ code: 'MODELS_DIFFER' })
  })

  it('says what the engine says when it does not load', async () => {
    const steps: SmallModel['steps'] = [(g, x) => g.apply('NoSuchOperator', [x], x)]
    await expect(runSpec(small({ steps }), 4)).rejects.toMatchObject({ code: 'ONNX_REFUSED', exitStatus: 2 })
  })
})

it('takes the branch without a cache of a merged model', async () => {
  const model = smallModel()
  const both = merged(model)
  // The engine itself runs the merged model, and finds other logits in the other branch.
  const options = {
    bytes: both,
    external: [],
    fed: [],
    keeper: 'engine' as const,
    inputs: [],
    outputs: ['logits'],
  }
  const session = await createSession(options, CPU, 'merged')
  const dims = [2, 6]
  const ids = BigInt64Array.from({ length: 12 }, (_, i) => BigInt((i * 7) % 10))
  const branch = async (flag: number) => {
    const result = await session.run({
      input_ids: { type: 'int64', data: ids, dims },
      use_cache_branch: { type: 'bool', data: Uint8Array.of(flag), dims: [1] },
    })
    return result.float32('logits')
  }
  const [without, withCache] = [await branch(0), await branch(1)]
  await session.release()
  const found = await runSpec(folderWith({ 'model.onnx': both }), 4)
  expect(found.logits).toEqual(without)
  expect(found.logits).not.toEqual(withCache)
  expect(found.taps).toEqual((await runSpec(folderWith({ 'model.onnx': model }), 4)).taps)
})
