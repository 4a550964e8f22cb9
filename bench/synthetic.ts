/**
 * @file Writes a checkpoint, an SAE and token ids with random contents, once, the same on every machine.
 *
 * Weights are the sum of the four bytes of a random word: nearly normal, ±3.45 standard deviations, quick. SAE features
 * read random directions, so that a pre-activation is about normal with variance 1, and their biases say how often they
 * fire: 17 % of the features fire at 0.13 to 7 % of the tokens, as a trained SAE's active ones do, the others less often
 * than one token in a thousand. W_dec is W_encᵀ: a bad decoder (the audit is told to go on), of which only the fit figure
 * is made.
 */
import { existsSync } from 'node:fs'
import { type FileHandle, mkdir, open, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { narrowToBfloat16, narrowToFloat16 } from '../src/numbers/float16.ts'
import { npy } from './npy.ts'
import type { ModelShape, TensorPlan } from './shapes.ts'

/** Where the bench's inputs lie. */
export interface BenchData {
  readonly shape: ModelShape
  readonly model: string
  readonly sae: string
  readonly ids: string
}

const TOKENS = 200_000
const ACTIVE_SHARE = 0.17
const CHUNK = 1 << 20

/** Write what is missing. A file that is there is complete: it was renamed into place. */
export async function prepareData(folder: string, shape: ModelShape): Promise<BenchData> {
  const base = join(folder, shape.name)
  const data = { shape, model: join(base, 'model'), sae: join(base, 'sae'), ids: join(base, 'ids.npy') }
  await mkdir(data.model, { recursive: true })
  await mkdir(data.sae, { recursive: true })
  await writeFile(join(data.model, 'config.json'), JSON.stringify(shape.config, null, 1))
  await writeFile(join(data.sae, 'cfg.json'), JSON.stringify(saeConfig(shape), null, 1))
  await once(join(data.model, 'model.safetensors'), (path) => writeModel(path, shape))
  await once(join(data.sae, 'sae_weights.safetensors'), (path) => writeSae(path, shape))
  await once(data.ids, (path) => writeIds(path, shape.vocabulary))
  return data
}

async function once(path: string, write: (path: string) => Promise<void>): Promise<void> {
  if (existsSync(path)) return
  process.stderr.write(`bench: writing ${path}\n`)
  await mkdir(dirname(path), { recursive: true })
  await rm(`${path}.part`, { force: true })
  await write(`${path}.part`)
  await rename(`${path}.part`, path)
}

/** Marsaglia's xorshift32: 32 random bits a step. */
function randomWords(seed: number): () => number {
  let x = seed | 0 || 1
  return () => {
    x ^= x << 13
    x ^= x >>> 17
    x ^= x << 5
    return x >>> 0
  }
}

/** Four independent bytes: mean 510, variance 4 · (256² − 1) / 12. */
const BYTES_STD = Math.sqrt((4 * (256 ** 2 - 1)) / 12)

function fillRandom(values: Float32Array, std: number, next: () => number): void {
  const scale = std / BYTES_STD
  for (let i = 0; i < values.length; i++) {
    const word = next()
    values[i] = ((word & 255) + ((word >>> 8) & 255) + ((word >>> 16) & 255) + (word >>> 24) - 510) * scale
  }
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, n) => product * n, 1)

async function writeHeader(
  file: FileHandle,
  dtype: 'F32' | 'F16' | 'BF16',
  tensors: readonly { name: string; shape: readonly number[] }[],
): Promise<void> {
  const bytesEach = dtype === 'F32' ? 4 : 2
  let at = 0
  const header = tensors.map(({ name, shape }) => {
    const start = at
    at += sizeOf(shape) * bytesEach
    return [name, { dtype, shape, data_offsets: [start, at] }] as const
  })
  const text = JSON.stringify(Object.fromEntries(header))
  const json = Buffer.from(text + ' '.repeat((8 - (Buffer.byteLength(text) % 8)) % 8))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(json.length))
  await file.write(Buffer.concat([length, json]))
}

async function append(file: FileHandle, data: Float32Array | Uint16Array): Promise<void> {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  for (let done = 0; done < bytes.length; ) done += (await file.write(bytes, done)).bytesWritten
}

async function writeModel(path: string, shape: ModelShape): Promise<void> {
  const next = randomWords(70)
  const file = await open(path, 'w')
  await writeHeader(file, shape.storedAs, shape.tensors)
  for (const tensor of shape.tensors) await appendTensor(file, tensor, shape.storedAs, next)
  await file.close()
}

async function appendTensor(
  file: FileHandle,
  { shape, fill }: TensorPlan,
  storedAs: ModelShape['storedAs'],
  next: () => number,
): Promise<void> {
  const narrow = storedAs === 'F16' ? narrowToFloat16 : narrowToBfloat16
  for (let left = sizeOf(shape); left > 0; left -= CHUNK) {
    const values = new Float32Array(Math.min(CHUNK, left))
    if ('std' in fill) fillRandom(values, fill.std, next)
    else values.fill(fill.value)
    const stored = new Uint16Array(values.length)
    narrow(values, stored)
    await append(file, stored)
  }
}

function saeConfig({ name, sae }: ModelShape): Record<string, unknown> {
  const { architecture, d_in, d_sae, hook } = sae
  return {
    architecture,
    d_in,
    d_sae,
    dtype: 'float32',
    apply_b_dec_to_input: false,
    normalize_activations: 'none',
    reshape_activations: 'none',
    metadata: {
      sae_lens_version: '6.0.0',
      model_name: name,
      hook_name: hook,
      hook_head_index: null,
      prepend_bos: false,
      model_from_pretrained_kwargs: { center_writing_weights: false },
    },
  }
}

async function writeSae(path: string, { sae }: ModelShape): Promise<void> {
  const { d_in, d_sae, architecture, residualStd } = sae
  const next = randomWords(32768)
  const W_enc = new Float32Array(d_in * d_sae)
  fillRandom(W_enc, 1 / (Math.sqrt(d_in) * residualStd), next)
  const W_dec = new Float32Array(d_in * d_sae)
  for (let i = 0; i < d_in; i++) {
    for (let j = 0; j < d_sae; j++) W_dec[j * d_in + i] = W_enc[i * d_sae + j] ?? 0
  }
  const uniform = (): number => next() / 2 ** 32
  // A feature fires where a normal variable passes t: 1.5 is 6.7 % of the tokens, 3.0 is 0.13 %, 3.4 is 0.03 %.
  const passes = Float32Array.from({ length: d_sae }, () =>
    uniform() < ACTIVE_SHARE ? 1.5 + 1.5 * uniform() : 3.4 + 1.6 * uniform(),
  )
  const jumps = architecture === 'jumprelu'
  const tensors: [string, readonly number[], Float32Array][] = [
    ['W_enc', [d_in, d_sae], W_enc],
    ['W_dec', [d_sae, d_in], W_dec],
    ['b_enc', [d_sae], jumps ? new Float32Array(d_sae) : passes.map((t) => -t)],
    ['b_dec', [d_in], new Float32Array(d_in)],
  ]
  if (jumps) tensors.push(['threshold', [d_sae], passes])
  const file = await open(path, 'w')
  const plans = tensors.map(([name, shape]) => ({ name, shape }))
  await writeHeader(file, 'F32', plans)
  for (const [, , data] of tensors) await append(file, data)
  await file.close()
}

/** A 1-D stream. */
async function writeIds(path: string, vocabulary: number): Promise<void> {
  const next = randomWords(50304)
  const ids = Int32Array.from({ length: TOKENS }, () => next() % vocabulary)
  await writeFile(path, npy(ids))
}
