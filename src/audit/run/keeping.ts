/** @file What an audit keeps for later ones, and what all of it depends on. */
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { isBundled, programFile } from '../../bridge/program-file.ts'
import type { KeptCaptures, StreamRows } from '../../contract/options/audit-config.ts'
import { runtimeVersion } from '../../onnx/runtime/runtime.ts'
import { KeptEntries } from '../../sources/kept/entries.ts'
import { keptFolder, requireNoCheckout } from '../../sources/kept/folder.ts'

export interface Keeping {
  readonly entries: KeptEntries
  /** What the reference's rows are kept, and then measured, in. */
  readonly rows: StreamRows
  /** Who measured what: programs by their bytes, the reference by its files. */
  readonly by: KeptBy & { readonly program: string; readonly engine: string }
  /** Hears, in sentences, what was reused, could not be kept, or was damaged. */
  readonly tell: (note: string) => void
}

/** What entries are told apart by besides what they hold. */
export interface KeptBy {
  readonly toolVersion: string
  /** sha256 of the reference's files that were read. */
  readonly reference: string
}

/** Errors: KEPT_IN_CHECKOUT, those of reading the reference. */
export async function openKeeping(
  { bytes, rows }: KeptCaptures,
  { toolVersion, reference }: KeptBy,
  tell: Keeping['tell'],
): Promise<Keeping> {
  const folder = keptFolder(process.env)
  requireNoCheckout(folder, process.cwd(), process.env)
  const program = isBundled('engine') ? await folderDigest(dirname(programFile('engine'))) : 'from sources'
  const by = { toolVersion, program, engine: runtimeVersion(), reference }
  return { entries: await KeptEntries.open(folder, bytes, tell), rows, by, tell }
}

/** Of the programs and what they share: another build of the same version may measure otherwise. */
async function folderDigest(folder: string): Promise<string> {
  const hash = createHash('sha256')
  const names = await readdir(folder)
  for (const name of names.filter((one) => one.endsWith('.js')).sort())
    hash.update(name).update(await readFile(join(folder, name)))
  return hash.digest('hex')
}
