/**
 * @file Which files of a dataset repository are meant by `[:config][/split]`: what its README declares (`configs` with
 * `data_files`), else what its file names say, else the Parquet files that the Hub made of it (`refs/convert/parquet`).
 *
 * Source: Hugging Face, "Manual Configuration" and "File names and splits" of datasets. Left out: datasets that only a Python
 * script can read, unless the Hub has converted them.
 */
import { parse } from 'yaml'
import type { DatasetPart } from '../../contract/named-corpora.ts'
import { corpusNoFiles, datasetChoice } from '../../errors/corpus.ts'
import { SaegateError } from '../../errors/problem.ts'
import { isGlob } from '../../sources/globs.ts'
import type { PinnedFiles } from '../../sources/pinned-files.ts'
import { type Chosen, globbedFiles, type OpenFiles } from './chosen.ts'
import { knownKind } from './formats.ts'

/** What the head of a README may have: fineweb's has 30 kB. */
const MOST_README_BYTES = 4 * 2 ** 20

/** Where a dataset has several and none is named: text to measure on, not to train on. */
const PREFERRED = ['test', 'validation', 'train']

/** Config → split → glob of files in the repository. */
type Layout = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>

/** Errors: DATASET_CHOICE, CORPUS_NO_FILES, those of the Hub. */
export async function datasetFiles(spec: string, part: DatasetPart, open: OpenFiles): Promise<Chosen> {
  const base = `${part.repository}/`
  if (isGlob(part.path)) return await globbedFiles(spec, { base, pattern: part.path }, open)
  if (knownKind(part.path) !== null) {
    const files = await open(`${base}${part.path}`)
    return { files, names: files.names }
  }
  const declared = await declaredLayout(part, open)
  if (declared !== null) {
    const patterns = choose(spec, declared.layout, part)
    const [first = ''] = patterns
    const pattern = patterns.length === 1 ? first : `{${patterns.join(',')}}`
    return await globbedFiles(spec, { base: `${pinned(part.repository, declared.revision)}/`, pattern }, open)
  }
  const files = await open(part.repository)
  const own = layoutOf(files)
  if (own.size > 0) return { files, names: choose(spec, own, part) }
  return await converted(spec, part, open)
}

function pinned(repository: string, revision: string | null): string {
  return revision === null ? repository : `${repository.replace(/@.*$/, '')}@${revision}`
}

/** What stands in the README's head; null: nothing about files. */
async function declaredLayout(
  { repository }: DatasetPart,
  open: OpenFiles,
): Promise<{ layout: Layout; revision: string | null } | null> {
  let readme: PinnedFiles
  try {
    readme = await open(`${repository}/README.md`)
  } catch (error) {
    const isAbsent = error instanceof SaegateError && /^HUB_(PATH|OFFLINE)_MISSING$/.test(error.code)
    if (isAbsent) return null
    throw error
  }
  const source = await readme.open('README.md')
  try {
    const bytes = await source.read(0, Math.min(source.byteLength, MOST_README_BYTES))
    const head = /^---\r?\n(.*?)\r?\n---/s.exec(new TextDecoder().decode(bytes))?.[1]
    const layout = head === undefined ? null : declaredIn(head)
    return layout === null ? null : { layout, revision: readme.revision }
  } finally {
    await source.close()
  }
}

function declaredIn(head: string): Layout | null {
  let declared: unknown
  try {
    declared = parse(head, { maxAliasCount: 0 })
  } catch {
    return null
  }
  const layout = new Map<string, ReadonlyMap<string, readonly string[]>>()
  for (const config of listAt(declared, 'configs')) {
    const splits = new Map<string, readonly string[]>()
    const files = at(config, 'data_files')
    for (const entry of Array.isArray(files) ? files : [files]) {
      const patterns = texts(typeof entry === 'string' ? entry : at(entry, 'path'))
      const split = typeof entry === 'string' ? 'train' : String(at(entry, 'split') ?? 'train')
      if (patterns.length > 0) splits.set(split, [...(splits.get(split) ?? []), ...patterns])
    }
    if (splits.size > 0) layout.set(String(at(config, 'config_name') ?? 'default'), splits)
  }
  return layout.size === 0 ? null : layout
}

function at(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  return Object.entries(value).find(([name]) => name === key)?.[1]
}

function listAt(value: unknown, key: string): readonly unknown[] {
  const found = at(value, key)
  return Array.isArray(found) ? found : []
}

function texts(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value]
  return list.filter((one) => typeof one === 'string')
}

const SPLIT_WORDS: readonly (readonly [split: string, words: RegExp])[] = [
  ['train', /(^|[^a-z])(train|training)([^a-z]|$)/i],
  ['validation', /(^|[^a-z])(validation|valid|val|dev)([^a-z]|$)/i],
  ['test', /(^|[^a-z])(test|testing|eval|evaluation)([^a-z]|$)/i],
]

/** What stands beside the data. */
const ABOUT = /(^|\/)(readme[^/]*|license[^/]*|changelog[^/]*|dataset_infos?\.json|\.[^/]*)$/i

/** By names: a folder that is no split and not "data" is a config; a word for a split makes one, else all is train. */
function layoutOf({ names }: PinnedFiles): Layout {
  const layout = new Map<string, Map<string, string[]>>()
  for (const name of names) {
    const kind = knownKind(name)
    if (kind === null || ABOUT.test(name)) continue
    const folders = name.split('/').slice(0, -1)
    const split = SPLIT_WORDS.find(([, words]) => words.test(name))?.[0] ?? 'train'
    const config = folders.find((folder) => folder !== 'data' && splitOf(folder) === null) ?? 'default'
    const splits = layout.get(config) ?? new Map<string, string[]>()
    splits.set(split, [...(splits.get(split) ?? []), name])
    layout.set(config, splits)
  }
  return layout
}

function splitOf(folder: string): string | null {
  return SPLIT_WORDS.find(([, words]) => words.test(folder))?.[0] ?? null
}

/** `refs/convert/parquet`: config/split/0000.parquet, of the newest commit alone. */
async function converted(spec: string, part: DatasetPart, open: OpenFiles): Promise<Chosen> {
  if (part.repository.includes('@') || !part.repository.startsWith('hf:datasets/'))
    throw corpusNoFiles(spec, 'the repository has none of these at that revision')
  const files = await open(`${part.repository}@refs/convert/parquet`)
  const layout = new Map<string, Map<string, string[]>>()
  for (const name of files.names) {
    const [config, split, file, ...deeper] = name.split('/')
    if (config === undefined || split === undefined || file === undefined || deeper.length > 0) continue
    const splits = layout.get(config) ?? new Map<string, string[]>()
    const plain = split.replace(/^partial-/, '')
    splits.set(plain, [...(splits.get(plain) ?? []), name])
    layout.set(config, splits)
  }
  if (layout.size === 0)
    throw corpusNoFiles(spec, 'neither the repository nor what the Hub made of it has any')
  return { files, names: choose(spec, layout, part) }
}

/** The patterns of the config and split that are named, or that go without saying. */
function choose(spec: string, layout: Layout, { config, path }: DatasetPart): readonly string[] {
  const configs = [...layout.keys()]
  const name = config ?? (configs.length === 1 ? configs[0] : configs.find((one) => one === 'default'))
  const splits = name === undefined ? undefined : layout.get(name)
  if (splits === undefined) throw datasetChoice(spec, 'config', config, configs)
  const names = [...splits.keys()]
  const split =
    path || PREFERRED.find((one) => splits.has(one)) || (names.length === 1 ? names[0] : undefined)
  const patterns = split === undefined ? undefined : splits.get(split)
  if (patterns === undefined) throw datasetChoice(spec, 'split', path || null, names)
  return patterns
}
