/**
 * @file Finds the one dictionary in a set of files and opens it by its format.
 *
 * Known: SAELens folders and Gemma Scope's params.npz. Other projects' layouts are recognised to be refused by name,
 * because several of them look alike and would load into wrong features.
 */
import type { SaeConfig } from '../contract/options/audit-config.ts'
import { saeAmbiguous, saeNotFound, saeUnsupported } from '../errors/sae.ts'
import type { PinnedFiles } from '../sources/pinned-files.ts'
import type { Dictionary } from './dictionary.ts'
import { openGemmaScope } from './gemma-scope.ts'
import { openSaeLens, SAELENS_WEIGHTS } from './saelens.ts'

/** A file that gives a format away, and what to call the format. */
const REFUSED: readonly (readonly [pattern: RegExp, format: string])[] = [
  [/(^|\/)sae\.safetensors$/, 'a top-k autoencoder of EleutherAI sparsify'],
  [/(^|\/)params\.safetensors$/, 'a Gemma Scope 2 dictionary'],
  [/(^|\/)hyperparams\.json$/, 'a Llama Scope dictionary'],
  [/\.(pt|pth|pkl|bin)$/, 'a PyTorch pickle (reading one can run any code)'],
]

/**
 * Open the dictionary in `files`; they must stay open while its `W_dec` is wanted.
 * Errors: those of errors/sae.ts, and of reading JSON, safetensors and npz files.
 */
export async function openSae(config: SaeConfig, files: PinnedFiles): Promise<Dictionary> {
  const saeLens = files.names.filter((name) => isFile(name, SAELENS_WEIGHTS))
  const gemmaScope = files.names.filter((name) => isFile(name, 'params.npz') || isOnly(files, name, '.npz'))
  const [only, ...others] = [...saeLens, ...gemmaScope]
  if (only === undefined) throw refusal(files)
  if (others.length > 0) throw saeAmbiguous(config.source, [...saeLens, ...gemmaScope].map(folderOf))
  if (only.endsWith('.npz')) return openGemmaScope(config, files, only)
  return openSaeLens(config, files, only.slice(0, -SAELENS_WEIGHTS.length))
}

function isFile(name: string, wanted: string): boolean {
  return name === wanted || name.endsWith(`/${wanted}`)
}

/** A file that the user names outright may be called anything. */
function isOnly(files: PinnedFiles, name: string, extension: string): boolean {
  return files.names.length === 1 && name.endsWith(extension)
}

function folderOf(name: string): string {
  return name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : name
}

function refusal(files: PinnedFiles): Error {
  for (const name of files.names) {
    const format = REFUSED.find(([pattern]) => pattern.test(name))
    if (format !== undefined) return saeUnsupported(`${files.spec}: ${name}`, format[1])
  }
  return saeNotFound(files.spec, files.names)
}
