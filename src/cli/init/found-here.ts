/**
 * @file What lies in a repository that an audit can be made of, by file names and small configs alone, so that `saegate init` asks
 * only for the rest. What is found is offered in brackets; nothing is taken that nobody has seen.
 */
import type { Dirent } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readTextFile } from '../../bytes/whole-file.ts'
import { isJsonObject, parseJson } from '../../sources/json.ts'

/** Paths from the folder on, `./` before them, in order of their names. */
export interface FoundHere {
  readonly references: readonly string[]
  readonly candidates: readonly string[]
  readonly saes: readonly string[]
  readonly corpora: readonly string[]
}

/** Looking round is no search: a model lies near the top, and what lies deeper is given by a flag. */
const DEEPEST = 4
const MOST_FOLDERS = 2_000
const MOST_CONFIG_BYTES = 2 ** 20
/** Smaller ones are notes, not corpora. */
const LEAST_CORPUS_BYTES = 20_000

/** Such a name can be no spec. */
const UNPRINTABLE = /[\p{Cc}\p{Zl}\p{Zp}]/u
const SKIPPED = /^(?:\..*|node_modules|saegate-report|__pycache__|venv)$/
const WEIGHTS = /\.(?:safetensors|bin|pt|pth)$/
const SAE_FILES = /^(?:sae_weights\.safetensors|params\.(?:npz|safetensors)|ae\.pt|sae\.safetensors)$/
const CORPUS = /\.(?:txt|jsonl|parquet)$/
const NO_CORPUS = /^(?:readme|license|licence|notice|requirements|constraints|cmakelists)\b/i

/** Errors: none; what cannot be read is not found. */
export async function findHere(folder: string): Promise<FoundHere> {
  const found = {
    references: [] as string[],
    candidates: [] as string[],
    saes: [] as string[],
    corpora: [] as string[],
  }
  let visited = 0
  const visit = async (inside: string, depth: number): Promise<void> => {
    if (visited++ >= MOST_FOLDERS) return
    const all = await readdir(join(folder, inside), { withFileTypes: true }).catch((): Dirent[] => [])
    const entries = all.filter(({ name }) => !UNPRINTABLE.test(name))
    const names = entries.filter((one) => one.isFile()).map(({ name }) => name)
    const path = (name = ''): string => `./${[inside, name].filter((part) => part !== '').join('/')}`
    found.candidates.push(...names.filter((name) => name.endsWith('.gguf')).map(path))
    if (names.some((name) => SAE_FILES.test(name))) found.saes.push(path())
    else if (names.includes('config.json') && names.some((name) => WEIGHTS.test(name))) {
      const kind = await kindOf(join(folder, inside, 'config.json'))
      if (kind !== null) found[kind].push(path())
    } else
      for (const name of names) if (await isCorpus(join(folder, inside), name)) found.corpora.push(path(name))
    if (depth === DEEPEST) return
    const folders = entries.filter((one) => one.isDirectory() && !SKIPPED.test(one.name))
    for (const { name } of folders) await visit(inside === '' ? name : `${inside}/${name}`, depth + 1)
  }
  await visit('', 0)
  for (const list of Object.values(found)) list.sort()
  return found
}

/** Of a folder with weights: what its config says that it is; null: no language model. */
async function kindOf(config: string): Promise<'references' | 'candidates' | null> {
  const text = await readTextFile(config, MOST_CONFIG_BYTES).catch(() => null)
  const outcome = text === null ? null : parseJson(new TextEncoder().encode(text))
  if (outcome === null || !('value' in outcome) || !isJsonObject(outcome.value)) return null
  if (typeof outcome.value.model_type !== 'string') return null
  return outcome.value.quantization_config === undefined ? 'references' : 'candidates'
}

async function isCorpus(folder: string, name: string): Promise<boolean> {
  if (!CORPUS.test(name) || NO_CORPUS.test(name)) return false
  const { size } = await stat(join(folder, name)).catch(() => ({ size: 0 }))
  return size >= LEAST_CORPUS_BYTES
}
