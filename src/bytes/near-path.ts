/** @file The path that was probably meant where one does not exist: its parts, each as the folder has it or a letter away. */
import { existsSync, opendirSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { nearestWord } from '../errors/did-you-mean.ts'

/** Names of a folder that are looked at; beyond that it is no folder that anybody types names of. */
const MOST_NAMES = 2_000
/** Shorter names are all near each other. */
const FEWEST_LETTERS = 3

/** Null: nothing that is near exists, or it cannot be told. */
export function nearPath(path: string): string | null {
  const [folder, name] = [dirname(path), basename(path)]
  if (folder === path || name.length < FEWEST_LETTERS) return null
  const there = existsSync(folder) ? folder : nearPath(folder)
  if (there === null) return null
  const names = namesIn(there)
  const near = names.includes(name) ? name : nearestWord(name, names)
  if (near === null || near.startsWith('.') !== name.startsWith('.')) return null
  return join(there, near)
}

function namesIn(folder: string): readonly string[] {
  const names: string[] = []
  try {
    const open = opendirSync(folder)
    for (let entry = open.readSync(); entry !== null && names.length < MOST_NAMES; entry = open.readSync())
      names.push(entry.name)
    open.closeSync()
  } catch {
    // Not a folder, or not ours to read.
  }
  return names
}
