import { describe, expect, it } from 'vitest'
import { bytesSource } from '../../../src/bytes/source.ts'
import { openGguf } from '../../../src/checkpoints/gguf/open.ts'
import { describeDecoder } from '../../../src/models/families/index.ts'
import { attentionAt } from '../../models/attention-at.ts'
import { read, tensor } from './small-files.ts'
import { f32, i32s, type Metadata, text, texts, u32, type WrittenTensor, writeGguf } from './writer.ts'

describe('types without a decoder', () => {
  it('are listed by the container and refused by name when a checkpoint is opened', async () => {
    const oneBit: WrittenTensor = {
      name: 'blk.0.attn_q.weight',
      shape: [1, 128],
      typeId: 41,
      bytes: new Uint8Array(18),
    }
    const bytes = writeGguf({ 'general.architecture': text('llama') }, [oneBit])
    expect((await read(bytes)).tensors.get(oneBit.name)?.type.name).toBe('Q1_0')
    await expect(openGguf(bytesSource('x.gguf', bytes))).rejects.toMatchObject({
      code: 'GGUF_TYPE_UNSUPPORTED',
      message: /"blk.0.attn_q.weight" is stored as Q1_0/,
    })
  })
})

async function changed(metadata: Metadata) {
  return openGguf(bytesSource('x.gguf', writeGguf(metadata, [tensor('token_embd.weight', [8, 64])])))
}
const base: Metadata = {
  'general.architecture': text('llama'),
  'llama.context_length': u32(128),
  'llama.embedding_length': u32(64),
  'llama.block_count': u32(1),
  'llama.feed_forward_length': u32(96),
  'llama.attention.head_count': u32(4),
  'llama.attention.layer_norm_rms_epsilon': f32(1e-5),
}

describe('a model that cannot be brought to Hugging Face form', () => {
  it.each<[string, string, Metadata]>([
    ['an unknown architecture', 'GGUF_ARCHITECTURE_UNKNOWN', { 'general.architecture': text('mamba') }],
    ['no architecture', 'GGUF_KEY_MISSING', { 'general.name': text('x') }],
    ['an architecture that is a number', 'GGUF_KEY_INVALID', { 'general.architecture': u32(3) }],
    ['no heads', 'GGUF_KEY_INVALID', { ...base, 'llama.attention.head_count': u32(0) }],
    ['heads that do not divide', 'GGUF_KEY_INVALID', { ...base, 'llama.attention.head_count': u32(5) }],
    [
      'heads that differ by layer',
      'GGUF_KEY_INVALID',
      { ...base, 'llama.attention.head_count': i32s([4, 2]) },
    ],
    [
      'an epsilon of NaN',
      'GGUF_KEY_INVALID',
      { ...base, 'llama.attention.layer_norm_rms_epsilon': f32(Number.NaN) },
    ],
    ['partial rotary', 'GGUF_KEY_INVALID', { ...base, 'llama.rope.dimension_count': u32(8) }],
    ['2^31 - 1 blocks', 'GGUF_KEY_INVALID', { ...base, 'llama.block_count': u32(2 ** 31 - 1) }],
    ['experts without how many a token takes', 'GGUF_KEY_MISSING', { ...base, 'llama.expert_count': u32(8) }],
    [
      'a scale that other architectures have',
      'GGUF_MODEL_UNSUPPORTED',
      { ...base, 'llama.logit_scale': f32(0.5) },
    ],
    ['a soft cap', 'GGUF_MODEL_UNSUPPORTED', { ...base, 'llama.attn_logit_softcapping': f32(50) }],
    ['a part of YaRN', 'GGUF_MODEL_UNSUPPORTED', { ...base, 'llama.rope.scaling.yarn_ext_factor': f32(0.5) }],
    ['an adapter', 'ADAPTER_ONLY', { ...base, 'general.type': text('adapter') }],
    ['an image projector', 'GGUF_MODEL_UNSUPPORTED', { ...base, 'general.type': text('mmproj') }],
    ['an unknown scaling', 'GGUF_MODEL_UNSUPPORTED', { ...base, 'llama.rope.scaling.type': text('wild') }],
  ])('%s', async (_, code, metadata) => {
    await expect(changed(metadata)).rejects.toMatchObject({ name: 'SaegateError', code })
  })

  it.each<[string, string, WrittenTensor]>([
    ['a module that llama has not', 'GGUF_TENSOR_UNKNOWN', tensor('blk.0.ffn_gate_shexp.weight', [2, 4])],
    ['experts of two dimensions', 'GGUF_SHAPE_WRONG', tensor('blk.0.ffn_gate_exps.weight', [2, 4])],
    ['an expert of a model without', 'GGUF_TENSOR_UNKNOWN', tensor('blk.0.ffn_gate.0.weight', [32, 64])],
    ['a block beyond the last', 'GGUF_TENSOR_UNKNOWN', tensor('blk.1.attn_q.weight', [64, 64])],
    ['a leading zero', 'GGUF_TENSOR_UNKNOWN', tensor('blk.00.attn_q.weight', [64, 64])],
    ['q rows that do not fit the heads', 'GGUF_SHAPE_WRONG', tensor('blk.0.attn_q.weight', [32, 64])],
    ['k rows that do not fit the heads', 'GGUF_SHAPE_WRONG', tensor('blk.0.attn_k.weight', [32, 64])],
    ['three dimensions', 'GGUF_SHAPE_WRONG', tensor('blk.0.attn_v.weight', [2, 2, 2])],
    ['a packed vector', 'GGUF_MALFORMED', tensor('blk.0.attn_norm.weight', [64], 'Q8_0')],
  ])('%s', async (_, code, extra) => {
    const bytes = writeGguf(base, [tensor('token_embd.weight', [8, 64]), extra])
    await expect(openGguf(bytesSource('x.gguf', bytes))).rejects.toMatchObject({ code })
  })

  it('heads of an odd size', async () => {
    const odd = { ...base, 'llama.attention.key_length': u32(3), 'llama.attention.value_length': u32(3) }
    const tensors = [tensor('token_embd.weight', [8, 64]), tensor('blk.0.attn_q.weight', [12, 64])]
    await expect(openGguf(bytesSource('x.gguf', writeGguf(odd, tensors)))).rejects.toMatchObject({
      code: 'GGUF_SHAPE_WRONG',
      message: /no halves/,
    })
  })

  it('a NaN in a weight is named with its place', async () => {
    const nan = tensor('token_embd.weight', [8, 64])
    new DataView(nan.bytes.buffer, nan.bytes.byteOffset).setFloat32(4 * 70, Number.NaN, true)
    const { tensors } = await openGguf(bytesSource('x.gguf', writeGguf(base, [nan])))
    await expect(tensors.read('model.embed_tokens.weight')).rejects.toMatchObject({
      code: 'TENSOR_NOT_FINITE',
      message: /"token_embd.weight" has NaN at \[1, 6\]/,
    })
    await expect(tensors.read('nothing')).rejects.toMatchObject({ code: 'TENSOR_MISSING' })
  })
})

describe('the amplitude of rotation', () => {
  const factor = { 'llama.rope.scaling.attn_factor': f32(1.5) }
  const scaled = (type: string): Metadata => ({
    ...base,
    ...factor,
    'llama.rope.scaling.type': text(type),
    'llama.rope.scaling.factor': f32(4),
    'llama.rope.scaling.original_context_length': u32(32),
  })
  const rotaryOf = async (metadata: Metadata) =>
    attentionAt(describeDecoder((await changed(metadata)).config, 16), 0).rotary

  it("is the file's factor, on top of YaRN's own", async () => {
    expect((await rotaryOf({ ...base, ...factor }))?.amplitude).toBe(1.5)
    expect((await rotaryOf(scaled('none')))?.amplitude).toBe(1.5)
    expect((await rotaryOf(scaled('linear')))?.amplitude).toBe(1.5)
    expect((await rotaryOf(scaled('yarn')))?.amplitude).toBeCloseTo(1.5 * (1 + 0.1 * Math.log(4)), 12)
  })

  it('leaves the angles as they are', async () => {
    const { 'llama.rope.scaling.attn_factor': _, ...without } = scaled('linear')
    expect((await rotaryOf(scaled('linear')))?.inverseFrequency).toEqual(
      (await rotaryOf(without))?.inverseFrequency,
    )
  })
})

describe('warnings', () => {
  const gpt2: Metadata = {
    ...base,
    'tokenizer.ggml.model': text('gpt2'),
    'tokenizer.ggml.merges': texts([]),
    'tokenizer.ggml.tokens': texts(['a', 'b']),
  }

  it('keys of the architecture that are not known', async () => {
    const known = {
      'llama.vocab_size': u32(8),
      'llama.rope.freq_base': f32(10_000),
      'llama.logit_scale': f32(1),
      'llama.attn_logit_softcapping': f32(0),
      'general.mystery': u32(1),
    }
    const { warnings } = await changed({ ...base, ...known, 'llama.mystery': u32(1) })
    expect(warnings).toEqual(['x.gguf: the metadata key llama.mystery is not known and was ignored'])
  })

  it('none for a file that says everything', async () => {
    expect((await changed({ ...gpt2, 'tokenizer.ggml.pre': text('olmo') })).warnings).toEqual([])
  })

  it('a pre-tokenizer without a name', async () => {
    for (const metadata of [gpt2, { ...gpt2, 'tokenizer.ggml.pre': text('default') }]) {
      expect((await changed(metadata)).warnings).toEqual([expect.stringMatching(/tokenizer.ggml.pre/)])
    }
  })

  it('more tokens than rows', async () => {
    const tokens = texts(Array.from({ length: 9 }, (_, i) => `t${i}`))
    const { warnings } = await changed({
      ...gpt2,
      'tokenizer.ggml.pre': text('olmo'),
      'tokenizer.ggml.tokens': tokens,
    })
    expect(warnings).toEqual([expect.stringMatching(/9 tokens, but the embedding only 8 rows/)])
  })
})
