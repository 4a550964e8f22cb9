/** @file Candidates in a folder of this machine: folders that hold weights, and single GGUF and ONNX files. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { openProblem } from '../../bytes/file.ts'
import { folderTooLarge } from '../../errors/sources.ts'
import { globbed } from '../../sources/globs.ts'
import { openLocal } from '../../sources/local-folder.ts'
import { digestOfWords, revisionOf } from '../content.ts'
import type { Item } from '../item.ts'
import type { Source } from './source.ts'

/** More candidates are no folder of models. */
const MOST_PLACES = 100_000
const MAX_DEPTH = 8

const WEIGHTS = /\.(safetensors|bin|gguf|onnx|npz|pt|pth)$/i
const ALONE = /\.(gguf|onnx)$/i

export interface FolderSettings {
  readonly name: string
  readonly path: string
  /** Globs of paths below it. */
  readonly match: readonly string[]
}

export function folderSource({ name, path, match }: FolderSettings): Source {
  const placeOf = (item: Pick<Item, 'name'>): string => join(path, item.name)
  return {
    name,
    definition: digestOfWords('folder', path, ...match),
    async list() {
      const { folders, files } = await places(path)
      const wanted = new Set(match.flatMap((pattern) => globbed(pattern, [...folders.keys(), ...files])))
      const items: Item[] = []
      const passedOver: string[] = []
      for (const one of [...wanted].sort()) {
        // A file is a candidate by itself only where its folder is not one.
        const isFolder = folders.has(one)
        if (isFolder ? folders.get(one) !== true : isInside(one, wanted, folders)) {
          if (isFolder) passedOver.push(one)
        } else items.push(await itemAt(name, one, placeOf({ name: one })))
      }
      return { items, cursor: null, isWhole: true, passedOver }
    },
    open: (item) => openLocal(placeOf(item)),
    specOf: placeOf,
  }
}

const isInside = (
  file: string,
  wanted: ReadonlySet<string>,
  folders: ReadonlyMap<string, boolean>,
): boolean => {
  const folder = file.slice(0, Math.max(0, file.lastIndexOf('/')))
  return wanted.has(folder) && folders.get(folder) === true
}

/** One that cannot be looked into is a candidate too, whose audit says why: it must not hide the others. */
async function itemAt(source: string, name: string, path: string): Promise<Item> {
  const plain = { source, name, when: null, tags: [], base: null }
  const files = await openLocal(path).catch(() => null)
  if (files === null) return { ...plain, revision: 'unreadable' }
  try {
    const times = await Promise.all(
      files.names.map(async (one) => (await stat(files.localPath(one) ?? path)).mtime.toISOString()),
    ).catch(() => [])
    return { ...plain, revision: await revisionOf(files), when: times.sort().at(-1) ?? null }
  } finally {
    await files.close()
  }
}

interface Places {
  /** Path below the folder → it holds weights itself. */
  readonly folders: ReadonlyMap<string, boolean>
  /** Files that can be a candidate alone. */
  readonly files: readonly string[]
}

/** Hidden folders are left out, linked ones not entered. Errors: FILE_*, FOLDER_TOO_LARGE. */
async function places(root: string): Promise<Places> {
  const folders = new Map<string, boolean>()
  const files: string[] = []
  const pending = [{ below: '', depth: 0 }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { below, depth } = next
    const entries = await readdir(join(root, below), { withFileTypes: true }).catch((error: unknown) => {
      throw openProblem(join(root, below), error)
    })
    const named = entries.filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
    if (below !== '')
      folders.set(
        below,
        named.some((one) => !one.isDirectory() && WEIGHTS.test(one.name)),
      )
    for (const one of named) {
      const path = below === '' ? one.name : `${below}/${one.name}`
      if (one.isDirectory() && depth < MAX_DEPTH) pending.push({ below: path, depth: depth + 1 })
      else if (ALONE.test(one.name)) files.push(path)
    }
    if (folders.size + files.length > MOST_PLACES) throw folderTooLarge(root, MOST_PLACES)
  }
  return { folders, files }
}
