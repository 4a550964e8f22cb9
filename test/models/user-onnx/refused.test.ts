/** @file What is refused before the engine sees it, each by its own message; and bytes that are no model at all. */
import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SaegateError } from '../../../src/errors/problem.ts'
import { describeOnnx } from '../../../src/models/user-onnx/describe.ts'
import { readOnnxModel } from '../../../src/onnx/graph/model-proto.ts'
import { Message } from '../../../src/onnx/graph/protobuf.ts'
import { openFiles } from '../../../src/sources/open-files.ts'
import { exportFixture } from './fixture-exports.ts'
import { folderWith, smallModel, withExternal, withVersions } from './small-models.ts'

async function describeSpec(spec: string) {
  const files = await openFiles(spec)
  try {
    return await describeOnnx(files, (folder) => openFiles(folder))
  } finally {
    await files.close()
  }
}

async function refusal(spec: string): Promise<SaegateError> {
  try {
    await describeSpec(spec)
  } catch (error) {
    if (error instanceof SaegateError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

const model = smallModel()

describe('inputs and outputs', () => {
  const open = ['batch', 'sequence']
  it.each([
    [
      'no ids',
      { ids: { name: 'inputs_embeds', type: 'float32', shape: [...open, 4] } },
      'ONNX_NO_TOKENS',
      'inputs_embeds (float32 [?, ?, 4])',
    ],
    [
      'float ids',
      { ids: { name: 'input_ids', type: 'float32', shape: open } },
      'ONNX_NO_TOKENS',
      'input_ids (float32',
    ],
    ['flat ids', { ids: { name: 'input_ids', type: 'int64', shape: ['n'] } }, 'ONNX_INPUT', 'two dimensions'],
    [
      'an unknown input',
      { extra: [{ name: 'pixel_values', type: 'float32', shape: [1, 3] }] },
      'ONNX_INPUT',
      'pixel_values',
    ],
    [
      'a mask of four dimensions',
      { extra: [{ name: 'attention_mask', type: 'float32', shape: [1, 1, 4, 4] }] },
      'ONNX_INPUT',
      'attention_mask',
    ],
    [
      'a static cache',
      { extra: [{ name: 'past_key_values.0.key', type: 'float32', shape: [1, 2, 512, 8] }] },
      'ONNX_INPUT',
      'fixed length',
    ],
    [
      'a bfloat16 cache',
      { extra: [{ name: 'past_key_values.0.key', type: 'bfloat16', shape: ['b', 2, 'p', 8] }] },
      'ONNX_INPUT',
      'bfloat16',
    ],
    ['no logits', { output: 'last_hidden_state' }, 'ONNX_NO_LOGITS', 'last_hidden_state'],
  ] as const)('%s', async (_, options, code, words) => {
    const error = await refusal(join(folderWith({ 'model.onnx': smallModel(options) }), 'model.onnx'))
    expect(error.code).toBe(code)
    expect(error.message).toContain(words)
    expect(error.exitStatus).toBe(2)
  })

  it('takes logits under another name when nothing else can be them', async () => {
    const folder = folderWith({ 'model.onnx': smallModel({ output: 'scores' }) })
    expect((await describeSpec(folder))?.outputs).toEqual(['scores float32 [?, ?, 10]'])
  })
})

describe('versions', () => {
  it.each([
    ['opset 99', withVersions(model, 10, 99), 'opset 99'],
    ['IR version 99', withVersions(model, 99, 21), 'IR version 99'],
  ])('%s', async (_, bytes, words) => {
    const error = await refusal(folderWith({ 'model.onnx': bytes }))
    expect([error.code, error.message]).toEqual(['ONNX_VERSION_TOO_NEW', expect.stringContaining(words)])
  })
})

describe('files', () => {
  it('asks which of several', async () => {
    const error = await refusal(folderWith({ 'a.onnx': model, 'b.onnx': model }))
    expect([error.code, error.message]).toEqual(['ONNX_AMBIGUOUS', expect.stringContaining('a.onnx, b.onnx')])
  })

  it('prefers model.onnx, leaves folders with other weights alone, looks into folders last', async () => {
    expect((await describeSpec(folderWith({ 'model.onnx': model, 'b.onnx': model })))?.file).toBe(
      'model.onnx',
    )
    expect((await describeSpec(folderWith({ 'onnx/q4.onnx': model })))?.file).toBe('onnx/q4.onnx')
    expect(await describeSpec(folderWith({ 'model.onnx': model, 'model.safetensors': model }))).toBeNull()
  })

  it.each([
    ['missing', { location: 'far.bin' }, [4], 'ONNX_DATA_MISSING'],
    ['above the folder', { location: '../far.bin' }, [4], 'ONNX_DATA_OUTSIDE'],
    ['absolute', { location: '/etc/passwd' }, [4], 'ONNX_DATA_OUTSIDE'],
    ['nowhere', { location: '' }, [4], 'ONNX_DATA_OUTSIDE'],
    ['an address in memory', { location: '*/_ORT_MEM_ADDR_/*' }, [4], 'ONNX_DATA_MISSING'],
    ['shorter than its dimensions', { location: 'near.bin' }, [5], 'ONNX_DATA_SHORT'],
    ['shorter than its length', { location: 'near.bin', length: '17' }, [4], 'ONNX_DATA_SHORT'],
    ['shorter than its offset', { location: 'near.bin', offset: '4' }, [4], 'ONNX_DATA_SHORT'],
    ['of absurd dimensions', { location: 'near.bin' }, [2 ** 50, 2 ** 50], 'ONNX_DATA_SHORT'],
    ['of an unreadable length', { location: 'near.bin', length: '1e3' }, [4], 'ONNX_MALFORMED'],
  ] as const)('external data %s', async (_, entries, dims, code) => {
    const bytes = withExternal(model, entries, dims)
    const folder = folderWith({ 'model.onnx': bytes, 'near.bin': new Uint8Array(16) })
    const error = await refusal(join(folder, 'model.onnx'))
    expect(error.code).toBe(code)
    if (code !== 'ONNX_MALFORMED') expect(error.message).toContain('tensor "far"')
  })

  it('external data through a link that leaves the folder', async () => {
    const outside = folderWith({ 'secret.bin': new Uint8Array(16) })
    const folder = folderWith({ 'model.onnx': withExternal(model, { location: 'far.bin' }) })
    symlinkSync(join(outside, 'secret.bin'), join(folder, 'far.bin'))
    expect((await refusal(folder)).code).toBe('LINK_LEAVES_FOLDER')
  })

  it('takes external data that is all there', async () => {
    const bytes = withExternal(model, { location: './near.bin', offset: '0', length: '16' })
    const folder = folderWith({ 'model.onnx': bytes, 'near.bin': new Uint8Array(16) })
    expect((await describeSpec(join(folder, 'model.onnx')))?.taps).toHaveLength(3)
  })

  it('finds data named in a body or a constant too', async () => {
    const tensor = new Message().string(8, 'hidden').int(2, 1).int(1, 4)
    tensor.message(13, new Message().string(1, 'location').string(2, '../far.bin'))
    const constant = new Message().string(2, 'c').string(4, 'Constant')
    constant.message(5, new Message().string(1, 'value').message(5, tensor))
    const body = new Message().message(1, constant)
    const loop = new Message().string(2, 'd').string(4, 'Loop')
    loop.message(5, new Message().string(1, 'body').message(6, body))
    const bytes = Buffer.concat([model, new Message().message(7, new Message().message(1, loop)).finish()])
    expect((await refusal(folderWith({ 'model.onnx': bytes }))).code).toBe('ONNX_DATA_OUTSIDE')
  })
})

it('refuses a decoder inside the branches of an If', async () => {
  const merged = new Message().string(1, 'flag').string(2, 'logits').string(3, 'optimum::if').string(4, 'If')
  const bytes = Buffer.concat([
    smallModel({ output: 'hidden' }),
    new Message().message(7, new Message().message(1, merged).message(12, valueInfo('logits'))).finish(),
  ])
  const error = await refusal(folderWith({ 'model.onnx': bytes }))
  expect([error.code, error.message]).toEqual(['ONNX_MERGED', expect.stringContaining('optimum::if')])
})

function valueInfo(name: string): Message {
  return new Message().string(1, name).message(2, new Message().message(1, new Message().int(1, 1)))
}

/** Only an expected failure may come of bytes. */
function readQuietly(bytes: Uint8Array): void {
  try {
    readOnnxModel('model.onnx', bytes)
  } catch (error) {
    if (!(error instanceof SaegateError)) throw error
  }
}

describe('bytes that nobody vouches for', () => {
  it('random', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), readQuietly), { numRuns: 2000 })
  })

  it('a sound model with bytes changed', () => {
    const change = fc.record({ at: fc.nat(model.length - 1), to: fc.nat(255) })
    const changes = fc.array(change, { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(changes, (list) => {
        const damaged = Uint8Array.from(model)
        for (const { at, to } of list) damaged[at] = to
        readQuietly(damaged)
      }),
      { numRuns: 2000 },
    )
  })

  it('changed bytes through every check', async () => {
    const folder = folderWith({ 'model.onnx': model })
    const change = fc.record({ at: fc.nat(model.length - 1), to: fc.nat(255) })
    await fc.assert(
      fc.asyncProperty(change, async ({ at, to }) => {
        const damaged = Uint8Array.from(model)
        damaged[at] = to
        writeFileSync(join(folder, 'model.onnx'), damaged)
        await describeSpec(folder).catch((error: unknown) => {
          if (!(error instanceof SaegateError)) throw error
        })
      }),
      { numRuns: 300 },
    )
  })

  it('every truncation of a model is an error or a smaller model', () => {
    for (let end = 0; end < model.length; end++) readQuietly(model.subarray(0, end))
    expect(() => readOnnxModel('model.onnx', model.subarray(0, model.length - 1))).toThrow('ends at byte')
  })
})

describe('bytes made to harm', () => {
  it.each([
    ['a length beyond the file', [0x3a, 0xff, 0xff, 0xff, 0x7f], 'leaves its message'],
    [
      'a length that is negative',
      [0x3a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
      'leaves its message',
    ],
    ['a number without end', new Array<number>(20).fill(0xff), 'does not end'],
    ['a group', [0x3b], 'wire type 3'],
    ['field 0', [0x02, 0x00], 'numbered 0'],
    ['nothing', [], 'no graph'],
  ])('%s', (_, bytes, words) => {
    expect(() => readOnnxModel('model.onnx', Uint8Array.from(bytes))).toThrow(words)
  })

  it('bodies within bodies without end', () => {
    let body = new Message()
    for (let depth = 0; depth < 40; depth++) {
      const node = new Message().string(4, 'If').message(5, new Message().string(1, 'b').message(6, body))
      body = new Message().message(1, node)
    }
    const bytes = new Message().int(1, 10).message(7, body).finish()
    expect(() => readOnnxModel('model.onnx', bytes)).toThrow('nested')
  })

  it('millions of empty nodes, quickly', { tags: ['slow'] }, () => {
    const count = 3_000_000
    const nodes = Buffer.alloc(2 * count)
    for (let i = 0; i < count; i++) nodes[2 * i] = 0x0a
    const bytes = new Message().int(1, 10).bytes(7, nodes).finish()
    const before = performance.now()
    expect(() => readOnnxModel('model.onnx', bytes)).toThrow('too many nodes')
    expect(performance.now() - before).toBeLessThan(30_000)
  })

  it('packed dimensions by the million, and names of megabytes', () => {
    const tensor = new Message().bytes(1, Buffer.alloc(200_000, 1))
    const bytes = new Message().int(1, 10).message(7, new Message().message(5, tensor)).finish()
    expect(readOnnxModel('model.onnx', bytes).initializers.get('')?.dims).toHaveLength(200_000)
    const named = new Message().message(1, new Message().bytes(4, Buffer.alloc(2_000_000, 65)))
    const long = new Message().int(1, 10).message(7, named).finish()
    expect(() => readOnnxModel('model.onnx', long)).toThrow('a name has 2000000 bytes')
  })
})

it('reads back what a graph was built from', async () => {
  const built = await exportFixture('gemma2', { cached: true, type: 'float16' })
  const read = readOnnxModel('model.onnx', built.bytes)
  expect(read.inputs.map(({ name }) => name)).toEqual(built.inputs)
  expect(read.outputs.map(({ name }) => name)).toEqual(built.outputs)
  expect([...read.opsets]).toEqual([
    ['', 21],
    ['com.microsoft', 1],
  ])
  const bytes = new Map(built.external.map(({ path, data }) => [path, data.byteLength]))
  expect(read.external).toHaveLength(bytes.size)
  for (const { dims, external } of read.external) {
    expect(2 * dims.reduce((a, b) => a * b, 1)).toBe(bytes.get(external?.location ?? ''))
    expect(external?.length).toBe(bytes.get(external?.location ?? ''))
  }
  const attention = read.nodes.filter(({ op }) => op === 'GroupQueryAttention')
  expect(attention.map(({ attributes }) => attributes.get('local_window_size'))).toEqual([32, -1, 32, -1])
  expect(attention[0]?.attributes.get('softcap')).toBe(50)
})
