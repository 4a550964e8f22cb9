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
import { RandomSource } from '../../oracle/random-source.ts'
import { readStoredCheckpoint } from '../../oracle/stored-checkpoint.ts'

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
  return Object.fromEntries(
    [...tensors].map(([name, { shape, data }]) => {
      const values = Float32Array.from(data)
      return [name, { ...stored('F32', shape, values), values }]
    }),
  )
}

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
