/**
 * @file Is the engine that was verified the one that was used all along? Node and the dynamic linker open its files by their paths,
 * some of them when they are first needed: who exchanges one after it was looked at, and puts it back, moves its time of change.
 */
import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { difference, type FileIdentity, identityAt } from '../../bytes/file-identity.ts'
import { runtimeIntegrity } from '../../errors/action.ts'

/** Raises ACTION_RUNTIME_INTEGRITY where a file of the engine is not what it was, or there are others. */
export type RequireKept = () => Promise<void>

/** Look at the engine below `folder` now, for a second look after it was used. */
export async function engineKept(folder: string): Promise<RequireKept> {
  const before = await filesBelow(join(folder, 'node_modules'))
  return async () => {
    const after = await filesBelow(join(folder, 'node_modules'))
    for (const [path, identity] of before) {
      const what = difference(identity, after.get(path) ?? null)
      if (what !== null) throw runtimeIntegrity(`${path} changed while it was used: ${what}`)
    }
    for (const path of after.keys())
      if (!before.has(path)) throw runtimeIntegrity(`${path} came while the engine was used`)
  }
}

/** Of the engine's two packages alone: a folder of one's own may hold many others. */
async function filesBelow(modules: string): Promise<ReadonlyMap<string, FileIdentity>> {
  const found = new Map<string, FileIdentity>()
  for (const name of ['onnxruntime-node', 'onnxruntime-common']) {
    const folder = join(modules, name)
    if (!(await isFolder(folder))) continue
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name)
      const identity = entry.isDirectory() ? null : await identityAt(path)
      if (identity !== null) found.set(path, identity)
    }
  }
  return found
}

async function isFolder(path: string): Promise<boolean> {
  return await lstat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}
