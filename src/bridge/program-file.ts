/** @file Where the programs of threads and processes lie: the bundle puts them beside the one that starts them. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The entries of the bundle that are started by others. */
export type ProgramName = 'engine' | 'lane' | 'unpacker' | 'watchdog'

export function programFile(name: ProgramName): string {
  return fileURLToPath(new URL(`./${name}.js`, import.meta.url))
}

/** False where the source runs without a bundle (tests): then there are no far sides. */
export function isBundled(name: ProgramName): boolean {
  return existsSync(programFile(name))
}
