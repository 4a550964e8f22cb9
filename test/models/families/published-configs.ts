/**
 * @file config.json of released checkpoints, the keys that matter, with the parameter count that their publishers state
 * (longrope's factors are made up). A family file that took a wrong shape, bias or default would miss the count.
 */
import { readFileSync } from 'node:fs'
import type { JsonObject } from '../../../src/models/config-reader.ts'

export interface Published {
  readonly name: string
  readonly parameters: number
  readonly config: JsonObject
}

const FILE = new URL('../../../fixtures/configs/published.json', import.meta.url)

export const PUBLISHED: readonly Published[] = JSON.parse(readFileSync(FILE, 'utf8'))

/** One of them by name, with some keys changed. */
export function published(name: string, changes: JsonObject = {}): JsonObject {
  const found = PUBLISHED.find((entry) => entry.name === name)
  if (!found) throw new Error(`no published config ${name}`)
  return { ...found.config, ...changes }
}
