/**
 * @file Where the engine finds a user's model with outputs added. A model that holds its weights is handed over as
 * bytes. One with external data must lie beside it, because the engine follows no other way: a temporary copy of the
 * model file (megabytes) is put into its folder, or, where that cannot be written or its files are links, into a
 * temporary folder with hard links to the data, and copies of it only across file systems.
 */
import { constants } from 'node:fs'
import { appendFile, copyFile, link, lstat, mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { temporaryPathIn, writeProblem } from '../../bytes/atomic.ts'
import { systemErrorCode } from '../../bytes/file.ts'
import { removeDeadTemporaries } from '../../bytes/leftovers.ts'
import { makeFolder } from '../../bytes/make-folder.ts'
import type { GraphModel } from '../../onnx/graph/graph.ts'
import type { StoredModel } from '../../onnx/sessions/session.ts'
import type { UserModel } from './open.ts'

/** A model ready to load. `remove` takes away what was written for it. */
export interface StagedModel {
  readonly model: GraphModel | StoredModel
  remove(): Promise<void>
}

/** Put `bytes`, which are a model's in several parts, where they can be loaded. Errors: DISK_FULL, WRITE_*. */
export async function stage(
  user: UserModel,
  bytes: readonly Uint8Array[],
  outputs: readonly string[],
): Promise<StagedModel> {
  if (user.data.length === 0) {
    const model = {
      bytes: Buffer.concat(bytes),
      external: [],
      fed: [],
      keeper: 'engine' as const,
      inputs: [],
      outputs,
    }
    return { model, remove: async () => {} }
  }
  const beside = (await liesInFolder(user)) ? await stageBeside(user, bytes) : null
  const { path, remove } = beside ?? (await stageElsewhere(user, bytes))
  return { model: { path, outputs }, remove }
}

interface Staged {
  readonly path: string
  remove(): Promise<void>
}

/** Are model and data plain files of one folder? The engine follows no link out of the model's folder. */
async function liesInFolder({ path, data }: UserModel): Promise<boolean> {
  const folder = dirname(path)
  if (!data.every((file) => file.path === join(folder, file.location))) return false
  for (const file of data) if (!(await lstat(file.path)).isFile()) return false
  return true
}

/** Null when the folder cannot be written. */
async function stageBeside(user: UserModel, bytes: readonly Uint8Array[]): Promise<Staged | null> {
  await removeDeadTemporaries(dirname(user.path))
  const { path, forget } = temporaryPathIn(dirname(user.path), 'saegate.onnx')
  const remove = async (): Promise<void> => {
    await rm(path, { force: true })
    forget()
  }
  try {
    await writeModel(path, bytes)
    return { path, remove }
  } catch (error) {
    await remove()
    const code = systemErrorCode(error)
    if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'ENOSPC') return null
    throw writeProblem(path, error)
  }
}

async function stageElsewhere(user: UserModel, bytes: readonly Uint8Array[]): Promise<Staged> {
  await removeDeadTemporaries(tmpdir())
  const { path: folder, forget } = temporaryPathIn(tmpdir(), 'saegate-onnx')
  const remove = async (): Promise<void> => {
    await rm(folder, { recursive: true, force: true })
    forget()
  }
  try {
    await mkdir(folder, { mode: 0o700 })
    for (const file of user.data) {
      const place = join(folder, file.location)
      await makeFolder(dirname(place))
      await link(file.path, place).catch(() => copyFile(file.path, place, constants.COPYFILE_FICLONE))
    }
    const path = join(folder, 'model.onnx')
    await writeModel(path, bytes)
    return { path, remove }
  } catch (error) {
    await remove()
    throw writeProblem(folder, error)
  }
}

async function writeModel(
  path: string,
  [first = new Uint8Array(0), ...others]: readonly Uint8Array[],
): Promise<void> {
  await appendFile(path, first, { flag: 'wx', mode: 0o600 })
  for (const bytes of others) await appendFile(path, bytes)
}
