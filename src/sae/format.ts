/** @file What a layout of SAE files is to the one that looks for it. A layout is a file beside this one and a line in open.ts. */
import type { SaeConfig } from '../contract/options/audit-config.ts'
import type { PinnedFiles } from '../sources/pinned-files.ts'
import type { Dictionary } from './dictionary.ts'

export interface SaeFormat {
  /** The weights file of each dictionary of this layout among `names`. */
  weights(names: readonly string[]): readonly string[]
  /** Open the one whose weights file is `weights`. Errors: those of errors/sae.ts and of reading. */
  open(config: SaeConfig, files: PinnedFiles, weights: string): Promise<Dictionary>
}

/** Files of this name, in whatever folder. */
export function named(names: readonly string[], wanted: string): readonly string[] {
  return names.filter((name) => name === wanted || name.endsWith(`/${wanted}`))
}

/** The folder of a file, with its slash; '' at the top. */
export function folderOf(name: string): string {
  return name.slice(0, name.lastIndexOf('/') + 1)
}
