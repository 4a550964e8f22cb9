import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openCheckpoint } from '../../src/checkpoints/open.ts'
import { openFiles } from '../../src/sources/open-files.ts'
import { bytesOf, safetensorsOf } from './write-safetensors.ts'

const NEOX = fileURLToPath(new URL('../../fixtures/models/neox', import.meta.url))
const GEMMA2 = fileURLToPath(new URL('../../fixtures/models/gemma2', import.meta.url))

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'saegate-checkpoint-'))
})
afterEach(() => rm(folder, { recursive: true }))

const write = (files: Readonly<Record<string, string | Uint8Array>>) =>
  Promise.all(
    Object.entries(files).map(async ([name, content]) => {
      await mkdir(dirname(join(folder, name)), { recursive: true })
      await writeFile(join(folder, name), content)
    }),
  )
const open = async (path = folder) => openCheckpoint(path, await openFiles(path))

describe('the fixtures', () => {
  it.each([
    [NEOX, 'gpt_neox', 'F16', 1_452_032],
    [GEMMA2, 'gemma2', 'BF16', 542_304],
  ])('%s', async (path, family, storedAs, parameters) => {
    const checkpoint = await open(path)
    expect(checkpoint).toMatchObject({ spec: path, revision: null, storedAs, parameters })
    expect(checkpoint.config.model_type).toBe(family)
    const bytes = await readFile(join(path, 'model.safetensors'))
    expect(await checkpoint.weightsSha256()).toBe(createHash('sha256').update(bytes).digest('hex'))
    // A digest of all that was read, as the system's own program makes it.
    const names = Object.keys(await checkpoint.fileDigests())
    expect(names).toEqual(['config.json', 'model.safetensors'])
    const piped = `sha256sum ${names.join(' ')} | LC_ALL=C sort -k 2 | sha256sum`
    expect(execFileSync('sh', ['-c', piped], { cwd: path, encoding: 'utf8' })).toBe(
      `${await checkpoint.sha256()}  -\n`,
    )
    for (const name of checkpoint.tensors.entries.keys()) await checkpoint.tensors.read(name)
    await checkpoint.close()
    await checkpoint.files.close()
  })
})

const f32 = (...values: number[]) => ({
  dtype: 'F32',
  shape: [values.length],
  bytes: bytesOf(Float32Array.from(values)),
})
const SHARDS = ['model-00001-of-00002.safetensors', 'model-00002-of-00002.safetensors'] as const

async function writeSharded(
  weightMap: unknown,
  second = safetensorsOf({ c: f32(4, 5), extra: f32(9) }),
): Promise<void> {
  await write({
    'config.json': '{}',
    [SHARDS[0]]: safetensorsOf({ a: f32(1), b: f32(2, 3) }, { format: 'pt' }),
    [SHARDS[1]]: second,
    'model.safetensors.index.json': JSON.stringify({ metadata: { total_size: 20 }, weight_map: weightMap }),
  })
}

describe('shards', () => {
  const good = { a: SHARDS[0], b: SHARDS[0], c: SHARDS[1] }

  it('are read as one table of what the index names', async () => {
    await writeSharded(good)
    const checkpoint = await open()
    expect([...checkpoint.tensors.entries.keys()]).toEqual(['a', 'b', 'c'])
    expect([...(await checkpoint.tensors.read('c')).data]).toEqual([4, 5])
    expect([...(await checkpoint.tensors.read('b')).data]).toEqual([2, 3])
    expect(checkpoint.parameters).toBe(5)
    await expect(checkpoint.tensors.read('extra')).rejects.toMatchObject({ code: 'TENSOR_MISSING' })
    const lines = await Promise.all(
      SHARDS.map(
        async (shard) =>
          `${createHash('sha256')
            .update(await readFile(join(folder, shard)))
            .digest('hex')}  ${shard}\n`,
      ),
    )
    expect(await checkpoint.weightsSha256()).toBe(createHash('sha256').update(lines.join('')).digest('hex'))
    expect(Object.keys(await checkpoint.fileDigests())).toEqual(
      ['config.json', 'model.safetensors.index.json', ...SHARDS].sort(),
    )
    await checkpoint.close()
  })

  it.each([
    ['a missing shard', { ...good, d: 'model-00003-of-00002.safetensors' }, 'SHARD_MISSING', 'for 1 tensors'],
    ['a tensor that is not there', { ...good, d: SHARDS[1] }, 'TENSOR_NOT_IN_SHARD', '"d"'],
    ['a shard outside', { ...good, d: '../model.safetensors' }, 'SHARD_INDEX_MALFORMED', 'leaves the folder'],
    ['an absolute shard', { ...good, d: '/etc/passwd' }, 'SHARD_INDEX_MALFORMED', 'leaves the folder'],
    ['a pickle', { ...good, d: 'pytorch_model.bin' }, 'SHARD_INDEX_MALFORMED', 'not a .safetensors'],
    ['a number', { ...good, d: 3 }, 'SHARD_INDEX_MALFORMED', 'a number'],
    ['an empty map', {}, 'SHARD_INDEX_MALFORMED', 'empty'],
    ['no map', undefined, 'SHARD_INDEX_MALFORMED', 'weight_map is nothing'],
    ['a list', [], 'SHARD_INDEX_MALFORMED', 'weight_map is a list'],
  ])('refuse %s', async (_, weightMap, code, reason) => {
    await writeSharded(weightMap)
    await expect(open()).rejects.toMatchObject({
      code,
      exitStatus: 2,
      message: expect.stringContaining(reason),
    })
  })

  it('name the damaged shard', async () => {
    await writeSharded(good, safetensorsOf({ c: f32(4, 5) }).slice(0, -4))
    await expect(open()).rejects.toMatchObject({
      code: 'SAFETENSORS_MALFORMED',
      message: expect.stringContaining(SHARDS[1]),
    })
  })
})

describe('a folder that is no checkpoint', () => {
  const weights = safetensorsOf({ a: f32(1) })
  it.each([
    ['without config.json', { 'model.safetensors': weights }, 'NO_CONFIG', 'config.json'],
    [
      'with checkpoints of a training run',
      { 'checkpoint-9/config.json': '{}', 'checkpoint-9/model.safetensors': weights },
      'NO_CONFIG',
      'there is one in checkpoint-9.',
    ],
    ['with other things only', { 'notes.txt': '', 'b.txt': '' }, 'NO_CONFIG', 'config.json'],
    ['without weights', { 'config.json': '{}', 'tokenizer.json': '{}' }, 'NO_WEIGHTS', 'tokenizer.json'],
    ['with a pickle', { 'config.json': '{}', 'model.ckpt': '' }, 'PICKLE_REFUSED', 'model.ckpt'],
    [
      'with an adapter',
      { 'config.json': '{}', 'adapter_model.safetensors': weights },
      'ADAPTER_ONLY',
      'adapter',
    ],
    ['with an adapter as a pickle', { 'adapter_model.bin': '' }, 'ADAPTER_ONLY', 'adapter_model.bin'],
    [
      'with two weight files',
      { 'config.json': '{}', 'x.safetensors': weights, 'y.safetensors': weights },
      'WEIGHTS_AMBIGUOUS',
      'x.safetensors, y.safetensors',
    ],
    [
      'with a broken config',
      { 'config.json': '{', 'model.safetensors': weights },
      'JSON_MALFORMED',
      'config.json',
    ],
    [
      'with a list as config',
      { 'config.json': '[]', 'model.safetensors': weights },
      'JSON_NOT_AN_OBJECT',
      'a list',
    ],
    [
      'with a git-lfs pointer',
      {
        'config.json': '{}',
        'model.safetensors': 'version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 9\n',
      },
      'GIT_LFS_POINTER',
      'model.safetensors',
    ],
    ['with nothing', {}, 'NO_CONFIG', 'config.json'],
  ])('%s', async (_, files, code, reason) => {
    await write(files)
    await expect(open()).rejects.toMatchObject({
      code,
      exitStatus: 2,
      message: expect.stringContaining(reason),
    })
  })

  it('but one text file', async () => {
    await write({ 'notes.txt': 'hello' })
    await expect(open(join(folder, 'notes.txt'))).rejects.toMatchObject({ code: 'NOT_A_CHECKPOINT' })
  })
})

it('takes the only .safetensors file under another name, and counts no buffers', async () => {
  const mask = { dtype: 'BOOL', shape: [4], bytes: new Uint8Array(4) }
  await write({ 'config.json': '{"a":1}', 'weights.safetensors': safetensorsOf({ w: f32(1, 2), mask }) })
  const checkpoint = await open()
  expect(checkpoint).toMatchObject({ parameters: 2, storedAs: 'F32', config: { a: 1 } })
  await checkpoint.close()
})

describe('a quantized folder', () => {
  const quantization = {
    quant_method: 'compressed-tensors',
    format: 'int-quantized',
    config_groups: {
      group_0: {
        targets: ['Linear'],
        weights: { num_bits: 8, type: 'int', symmetric: true, strategy: 'channel' },
      },
    },
  }
  const layer = 'model.layers.0.mlp.up_proj'
  const tensors = safetensorsOf({
    [`${layer}.weight`]: { dtype: 'I8', shape: [2, 2], bytes: Uint8Array.from([1, 254, 3, 4]) },
    [`${layer}.weight_scale`]: { dtype: 'F32', shape: [2, 1], bytes: bytesOf(Float32Array.from([0.5, 2])) },
    'model.norm.weight': f32(1, 1),
  })

  it.each([
    ['config.json', { 'config.json': JSON.stringify({ quantization_config: quantization }) }],
    ['quant_config.json', { 'config.json': '{}', 'quant_config.json': JSON.stringify(quantization) }],
  ])('decodes as %s says', async (_, files) => {
    await write({ ...files, 'model.safetensors': tensors })
    const checkpoint = await open()
    expect([...checkpoint.tensors.entries.keys()].sort()).toEqual([`${layer}.weight`, 'model.norm.weight'])
    const { data, shape } = await checkpoint.tensors.read(`${layer}.weight`)
    // q · scale of its row; 254 is −2.
    expect([[...data], shape]).toEqual([
      [0.5, -1, 6, 8],
      [2, 2],
    ])
    expect(checkpoint.packed).toMatchObject({
      method: 'compressed-tensors',
      describe: { tensors: 1, parameters: 4 },
    })
    expect(checkpoint.parameters).toBe(6)
    await checkpoint.close()
  })

  it('of an unknown method is refused, not read as it is', async () => {
    const config = JSON.stringify({ quantization_config: { quant_method: 'quip' } })
    await write({ 'config.json': config, 'model.safetensors': tensors })
    await expect(open()).rejects.toMatchObject({
      code: 'PACKED_UNSUPPORTED',
      exitStatus: 2,
      message: expect.stringContaining(`${folder}: `),
    })
  })
})

/** Names as wrappers of training leave them, and as they are read. */
const AROUND: readonly (readonly [readonly string[], readonly string[]])[] = [
  [
    ['_orig_mod.model.a', '_orig_mod.model.b'],
    ['model.a', 'model.b'],
  ],
  [
    ['model._orig_mod.a', 'b'],
    ['model.a', 'b'],
  ],
  [
    [
      '_fsdp_wrapped_module.model.0._fsdp_wrapped_module._checkpoint_wrapped_module.a',
      '_fsdp_wrapped_module.b',
    ],
    ['model.0.a', 'b'],
  ],
  [
    ['module._orig_mod.module.a', 'module.b'],
    ['module.a', 'b'],
  ],
  [
    ['base_model.model.a', 'base_model.model.b.base_layer.weight'],
    ['a', 'b.weight'],
  ],
  [
    ['module.a', 'b'],
    ['module.a', 'b'],
  ],
  [
    ['_orig_mod.a', 'a'],
    ['_orig_mod.a', 'a'],
  ],
]

describe('names', () => {
  const written = async (...names: readonly string[]) => {
    const tensors = Object.fromEntries(names.map((name, i) => [name, f32(i)]))
    await write({ 'config.json': '{}', 'model.safetensors': safetensorsOf(tensors) })
    return open()
  }

  it.each(AROUND)('%j are read as %j', async (stored, plain) => {
    const checkpoint = await written(...stored)
    expect([...checkpoint.tensors.entries.keys()]).toEqual(plain)
    for (const [i, name] of plain.entries()) {
      expect([...(await checkpoint.tensors.read(name)).data]).toEqual([i])
    }
  })

  // huggingface/peft: a folder with adapter_config.json is read as an adapter by transformers, whatever else lies in it.
  it('beside an adapter of its own file are read with a warning', async () => {
    await write({ 'adapter_config.json': '{"base_model_name_or_path": "own/base"}' })
    const { warnings } = await written('a')
    expect(warnings).toEqual([
      expect.stringMatching(/^adapter_config\.json lies beside the weights: .* base model/),
    ])
  })

  it('of an adapter beside the weights are refused', async () => {
    const lora = 'model.layers.0.self_attn.q_proj.lora_A.default.weight'
    await expect(written('model.layers.0.self_attn.q_proj.base_layer.weight', lora)).rejects.toMatchObject({
      code: 'ADAPTER_UNMERGED',
      message: expect.stringContaining(lora),
    })
  })

  it('that say nothing of their own are told apart', async () => {
    const matrix = { dtype: 'F32', shape: [1, 2], bytes: bytesOf(Float32Array.of(1, 2)) }
    const other = { ...matrix, bytes: bytesOf(Float32Array.of(1, 3)) }
    const biases = { 'q.bias': f32(0, 0), 'k.bias': f32(0, 1) }
    const redundantIn = async (head: typeof matrix) => {
      const tensors = { 'model.embed_tokens.weight': matrix, 'lm_head.weight': head, ...biases }
      await write({ 'config.json': '{}', 'model.safetensors': safetensorsOf(tensors) })
      return [...(await open()).redundant]
    }
    expect(await redundantIn(matrix)).toEqual(['q.bias', 'lm_head.weight'])
    expect(await redundantIn(other)).toEqual(['q.bias'])
  })
})

it('reads float8 without a packing as the numbers that its bits are, and says so', async () => {
  const bits = Uint8Array.of(0x38, 0xc0, 0x01, 0x7e) // 1, −2, 2^−9, 448
  const tensors = { 'a.weight': { dtype: 'F8_E4M3', shape: [2, 2], bytes: bits } }
  await write({ 'config.json': '{}', 'model.safetensors': safetensorsOf(tensors) })
  const checkpoint = await open()
  expect([...(await checkpoint.tensors.read('a.weight')).data]).toEqual([1, -2, 2 ** -9, 448])
  expect(checkpoint.warnings).toEqual([
    expect.stringContaining('1 tensor is stored as F8_E4M3 without a scale'),
  ])
})

describe('GGUF', () => {
  it('is a checkpoint with its config inside, under Hugging Face names', async () => {
    const path = join(folder, 'tiny-llama.gguf')
    await copyFile(fileURLToPath(new URL('../../fixtures/gguf/tiny-llama.gguf', import.meta.url)), path)
    for (const spec of [path, folder]) {
      const checkpoint = await open(spec)
      expect(checkpoint.config.model_type).toBe('llama')
      expect(checkpoint.packed).toBeNull()
      expect((await checkpoint.tensors.read('model.norm.weight')).data.length).toBe(
        checkpoint.config.hidden_size,
      )
      expect(await checkpoint.sha256()).toBe(
        createHash('sha256')
          .update(await readFile(path))
          .digest('hex'),
      )
      await checkpoint.close()
    }
  })

  it('names the part that is missing, and a file that only ends so', async () => {
    await write({ 'm-00001-of-00002.gguf': 'GGUF' })
    await expect(open()).rejects.toMatchObject({
      code: 'PART_MISSING',
      message: expect.stringContaining('m-00002-of'),
    })
    await rm(join(folder, 'm-00001-of-00002.gguf'))
    await write({ 'x.gguf': 'hello' })
    await expect(open()).rejects.toMatchObject({ exitStatus: 2 })
  })
})
