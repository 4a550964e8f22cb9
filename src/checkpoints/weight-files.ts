/** @file Which files of a folder are its weights, and why a folder has none that can be read. */
import {
  adapterOnly,
  noConfig,
  notACheckpoint,
  noWeights,
  partMissing,
  pickleRefused,
  severalWeights,
} from '../errors/checkpoints.ts'
import type { SaegateError } from '../errors/problem.ts'
import type { PinnedFiles } from '../sources/pinned-files.ts'
import { ggufPartNames } from './gguf/split.ts'

export type WeightFiles =
  | { readonly format: 'single'; readonly file: string }
  | { readonly format: 'sharded'; readonly index: string }
  | { readonly format: 'gguf'; readonly file: string }

const SINGLE = 'model.safetensors'
const INDEX = 'model.safetensors.index.json'
const PYTORCH = 'pytorch_model.bin'
const PYTORCH_INDEX = 'pytorch_model.bin.index.json'

/**
 * Find the weights: model.safetensors, else its index, else the only .safetensors file, else the only .gguf file, else what PyTorch saved
 * (pytorch_model.bin, or its index).
 * Errors: NO_CONFIG, NO_WEIGHTS, WEIGHTS_AMBIGUOUS, PICKLE_REFUSED, ADAPTER_ONLY, NOT_A_CHECKPOINT.
 */
export function findWeights(files: PinnedFiles): WeightFiles {
  if (files.has(SINGLE)) return { format: 'single', file: SINGLE }
  if (files.has(INDEX)) return { format: 'sharded', index: INDEX }
  const here = files.names.filter((name) => !name.includes('/'))
  const safetensors = here.filter((name) => name.endsWith('.safetensors') && !name.startsWith('adapter_'))
  const [only, ...more] = safetensors
  if (only !== undefined && more.length === 0) return { format: 'single', file: only }
  if (only !== undefined) throw severalWeights(files.spec, safetensors)
  // Shards of one GGUF are named …-00001-of-0000N.gguf; the first one stands for all.
  const gguf = here.filter((name) => name.endsWith('.gguf') && !/-(?!00001)\d{5}-of-\d{5}\.gguf$/.test(name))
  const [onlyGguf, ...moreGguf] = gguf
  if (onlyGguf !== undefined && moreGguf.length === 0) return { format: 'gguf', file: onlyGguf }
  if (onlyGguf !== undefined) throw severalWeights(files.spec, gguf)
  if (files.has(PYTORCH)) return { format: 'single', file: PYTORCH }
  if (files.has(PYTORCH_INDEX)) return { format: 'sharded', index: PYTORCH_INDEX }
  throw missingWeights(files, here)
}

/** What PEFT saves an adapter as. */
const ADAPTER = /^adapter_model\.(safetensors|bin)$/

/** Of an adapter that lies beside whole weights: transformers then loads another model and puts the adapter on it. */
export function adapterBeside({ names }: Pick<PinnedFiles, 'names'>): readonly string[] {
  const adapter = names.find((name) => ADAPTER.test(name) || name === 'adapter_config.json')
  return adapter === undefined
    ? []
    : [
        `${adapter} lies beside the weights: figures are of the weights alone, while transformers would load the base model that adapter_config.json names and put the adapter on it. Merge it, or take it out of the folder.`,
      ]
}

/** The file and, where it is one part of a split model, all others. Errors: PART_MISSING. */
export function ggufParts(files: PinnedFiles, name: string): readonly string[] {
  const parts = ggufPartNames(name)
  for (const part of parts)
    if (!files.has(part)) throw partMissing(`${files.spec}: ${name}`, part, parts.length)
  return parts
}

function missingWeights(files: PinnedFiles, here: readonly string[]): SaegateError {
  const adapter = here.find((name) => ADAPTER.test(name))
  if (adapter !== undefined) return adapterOnly(files.spec, adapter)
  const pickle = here.find((name) => /\.(bin|pt|pth|ckpt|pkl)(\.index\.json)?$/.test(name))
  if (pickle !== undefined) return pickleRefused(files.spec, pickle)
  const [only, ...more] = files.names
  if (only !== undefined && more.length === 0) return notACheckpoint(files.spec, only)
  if (!files.has('config.json')) return noConfig(files.spec, foldersWithConfig(files.names))
  return noWeights(files.spec, here)
}

/** Folders deeper down that hold a config.json: checkpoints of a training run, snapshots of a cache. */
export function foldersWithConfig(names: readonly string[]): readonly string[] {
  return names.flatMap((name) =>
    name.endsWith('/config.json') ? [name.slice(0, -'/config.json'.length)] : [],
  )
}
