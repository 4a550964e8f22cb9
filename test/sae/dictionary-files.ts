/** @file Small dictionaries written to a temporary folder, in the layouts that the tests read back. */
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { SaeConfig } from '../../src/contract/options/audit-config.ts'
import type { Dictionary } from '../../src/sae/dictionary.ts'
import { openSae } from '../../src/sae/open.ts'
import { openLocal } from '../../src/sources/local-folder.ts'

export interface Stored {
  readonly shape: readonly number[]
  readonly values: readonly number[]
}

/** d_in 2, d_sae 3. */
export const TENSORS: Readonly<Record<string, Stored>> = {
  W_enc: { shape: [2, 3], values: [1, 2, 3, 4, 5, 6] },
  b_enc: { shape: [3], values: [0.5, -0.5, 0] },
  W_dec: { shape: [3, 2], values: [3, 4, 0, 1, 6, 8] },
  b_dec: { shape: [2], values: [10, 100] },
}

export function safetensors(tensors: Readonly<Record<string, Stored>>): Buffer {
  let end = 0
  const header: Record<string, unknown> = {}
  const data = Object.entries(tensors).map(([name, { shape, values }]) => {
    const begin = end
    end += values.length * 4
    header[name] = { dtype: 'F32', shape, data_offsets: [begin, end] }
    return Buffer.from(Float32Array.from(values).buffer)
  })
  const json = Buffer.from(JSON.stringify(header))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(json.length))
  return Buffer.concat([length, json, ...data])
}

/** A new folder with these files. */
export async function folderWith(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'saegate-'))
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true })
    await writeFile(join(folder, name), content)
  }
  return folder
}

export const saeLensFiles = (cfg: object, tensors: Readonly<Record<string, Stored>> = TENSORS) => ({
  'cfg.json': JSON.stringify(cfg),
  'sae_weights.safetensors': safetensors(tensors),
})

export async function open(source: string, config: Partial<SaeConfig> = {}): Promise<Dictionary> {
  return openSae({ source, hook: null, center: null, ...config }, await openLocal(source))
}
