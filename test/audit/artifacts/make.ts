/** @file Artifacts of a model for whole audits: the same weights in any packing or GGUF type, in a temporary folder. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JsonObject } from '../../../src/models/config-reader.ts'
import { convertConfig, convertTensor } from '../../checkpoints/gguf/convert-hf.ts'
import { type Metadata, writeGguf } from '../../checkpoints/gguf/writer.ts'
import { stored } from '../../checkpoints/packed/encoders/bytes.ts'
import {
  type Encoder,
  type PlainTensor,
  packModel,
  safetensorsFile,
} from '../../checkpoints/packed/encoders/encoder.ts'
import type { NaiveTensor } from '../../oracle/pieces.ts'
import { TensorMaker } from '../../oracle/random-model.ts'
import { RandomSource } from '../../oracle/random-source.ts'
import { readStoredCheckpoint } from '../../oracle/stored-checkpoint.ts'
import { npyInt32 } from '../npy.ts'

export interface PlainModel {
  readonly config: JsonObject
  readonly tensors: ReadonlyMap<string, NaiveTensor>
}

export const NEOX_FOLDER = 'fixtures/models/neox'
export const neox: PlainModel = readStoredCheckpoint(NEOX_FOLDER)

/** Matrices that quantizers pack: all but embeddings. */
export const isLinear = (module: string): boolean => !/embed|lm_head/.test(module)

export class Workshop {
  readonly folder = mkdtempSync(join(tmpdir(), 'saegate-test-'))
  readonly #random = new RandomSource(20_260)

  at(name: string): string {
    return join(this.folder, name)
  }

  /** A Hugging Face folder with float32 weights. */
  plain({ config, tensors }: PlainModel, name: string): string {
    return this.#write(name, config, safetensorsFile(plainTensors(tensors)))
  }

  /** A folder packed by an encoder. */
  packed(encoder: Encoder, { config, tensors }: PlainModel, name: string, packs = isLinear): string {
    const random = (): number => this.#random.uniform()
    const made = packModel(encoder, plainTensors(tensors), packs, random)
    const full = { ...config, quantization_config: encoder.config }
    return this.#write(name, full, safetensorsFile(made.tensors, made.metadata))
  }

  /** A GGUF file, every matrix in one type. */
  gguf({ config, tensors }: PlainModel, type: string, name: string, more: Metadata = {}): string {
    const written = [...tensors].map(([tensor, { shape, data }]) =>
      convertTensor(config, tensor, { shape, values: Float32Array.from(data) }, type),
    )
    const path = this.at(name)
    writeFileSync(path, writeGguf({ ...convertConfig(config), ...more }, written))
    return path
  }

  /** A GGUF in two parts; the name of the first. */
  splitGguf({ config, tensors }: PlainModel, type: string, stem: string): string {
    const written = [...tensors].map(([tensor, { shape, data }]) =>
      convertTensor(config, tensor, { shape, values: Float32Array.from(data) }, type),
    )
    const half = Math.ceil(written.length / 2)
    for (const [part, own] of [written.slice(0, half), written.slice(half)].entries()) {
      const split: Metadata = {
        'split.no': { type: 'u16', value: part },
        'split.count': { type: 'u16', value: 2 },
        'split.tensors.count': { type: 'i32', value: written.length },
      }
      const metadata = part === 0 ? { ...convertConfig(config), ...split } : split
      writeFileSync(this.at(`${stem}-0000${part + 1}-of-00002.gguf`), writeGguf(metadata, own))
    }
    return this.at(`${stem}-00001-of-00002.gguf`)
  }

  /** A dictionary of random directions: half of its features fire. */
  randomSae(d_in: number, layer: number, name: string): string {
    const d_sae = 64
    const normal = (...shape: number[]) => {
      const length = shape.reduce((product, size) => product * size, 1)
      return stored(
        'F32',
        shape,
        Array.from({ length }, () => this.#random.normal()),
      )
    }
    const tensors = {
      W_enc: normal(d_in, d_sae),
      b_enc: normal(d_sae),
      W_dec: normal(d_sae, d_in),
      b_dec: normal(d_in),
    }
    const config = { architecture: 'standard', d_in, d_sae, hook_name: `blocks.${layer}.hook_resid_post` }
    mkdirSync(this.at(name), { recursive: true })
    writeFileSync(join(this.at(name), 'cfg.json'), JSON.stringify(config))
    writeFileSync(join(this.at(name), 'sae_weights.safetensors'), safetensorsFile(tensors))
    return this.at(name)
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }

  #write(name: string, config: JsonObject, weights: Uint8Array): string {
    const path = this.at(name)
    mkdirSync(path, { recursive: true })
    writeFileSync(join(path, 'config.json'), JSON.stringify(config))
    writeFileSync(join(path, 'model.safetensors'), weights)
    return path
  }
}

function plainTensors(tensors: ReadonlyMap<string, NaiveTensor>): Record<string, PlainTensor> {
  return Object.fromEntries([...tensors].map(([name, tensor]) => [name, plainTensor(tensor)]))
}

/** Made once of each tensor: many artifacts have most of them in common. */
function plainTensor(tensor: NaiveTensor): PlainTensor {
  const there = known.get(tensor)
  if (there !== undefined) return there
  const values = Float32Array.from(tensor.data)
  const made = { ...stored('F32', tensor.shape, values), values }
  known.set(tensor, made)
  return made
}
const known = new WeakMap<NaiveTensor, PlainTensor>()

/** The model with the values that the packing's published rule decodes to. */
export function decodedBy(encoder: Encoder, { config, tensors }: PlainModel, packs = isLinear): PlainModel {
  const random = new RandomSource(7)
  const decoded = new Map(tensors)
  for (const [name, { shape, data }] of tensors) {
    const [N, K] = shape
    const module = name.replace(/\.weight$/, '')
    if (N === undefined || K === undefined || module === name || !packs(module)) continue
    const weight = { N, K, values: Float32Array.from(data) }
    decoded.set(name, { shape, data: encoder.encode(module, weight, () => random.uniform()).expected })
  }
  return { config, tensors: decoded }
}

/** More rows of zeros behind a matrix, or fewer rows. */
export function withRows(
  { config, tensors }: PlainModel,
  rows: number,
  names: readonly string[],
): PlainModel {
  const resized = new Map(tensors)
  for (const name of names) {
    const { shape, data } = tensors.get(name) ?? { shape: [0, 0], data: new Float32Array() }
    const width = shape[1] ?? 0
    const values = new Float32Array(rows * width)
    values.set(data.subarray(0, rows * width))
    resized.set(name, { shape: [rows, width], data: values })
  }
  return { config: { ...config, vocab_size: rows }, tensors: resized }
}

/** Width 64, 3 blocks. Grouped heads, so that the permuted rows of q and k differ. */
export function randomLlama(family: 'llama' | 'mistral', vocabulary: number, seed = 5): PlainModel {
  const maker = new TensorMaker(seed)
  const [d, heads, kvHeads, size, inner] = [64, 4, 2, 16, 96]
  maker.table('model.embed_tokens.weight', vocabulary, d)
  for (let layer = 0; layer < 3; layer++) {
    const block = `model.layers.${layer}`
    maker.rmsNorm(`${block}.input_layernorm`, d, 1)
    maker.rmsNorm(`${block}.post_attention_layernorm`, d, 1)
    maker.linear(`${block}.self_attn.q_proj`, heads * size, d, false)
    maker.linear(`${block}.self_attn.k_proj`, kvHeads * size, d, false)
    maker.linear(`${block}.self_attn.v_proj`, kvHeads * size, d, false)
    maker.linear(`${block}.self_attn.o_proj`, d, heads * size, false)
    maker.linear(`${block}.mlp.gate_proj`, inner, d, false)
    maker.linear(`${block}.mlp.up_proj`, inner, d, false)
    maker.linear(`${block}.mlp.down_proj`, d, inner, false)
  }
  maker.rmsNorm('model.norm', d, 1)
  maker.linear('lm_head', vocabulary, d, false)
  const config = {
    model_type: family,
    hidden_size: d,
    num_attention_heads: heads,
    num_key_value_heads: kvHeads,
    head_dim: size,
    intermediate_size: inner,
    num_hidden_layers: 3,
    vocab_size: vocabulary,
    max_position_embeddings: 256,
    rms_norm_eps: 1e-5,
    rope_theta: 10000,
    hidden_act: 'silu',
    tie_word_embeddings: false,
    ...(family === 'mistral' ? { sliding_window: 32 } : {}),
  }
  return { config, tensors: maker.tensors }
}

/** A file of 1,024 ids below `vocabulary`. */
export function idsFile(workshop: Workshop, vocabulary: number): string {
  const ids = Int32Array.from({ length: 1024 }, (_, i) => (i * 29 + ((i * i) % 13)) % vocabulary)
  const path = workshop.at('ids.npy')
  writeFileSync(path, npyInt32(ids, [ids.length]))
  return path
}
