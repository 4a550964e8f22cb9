/** @file Watches the calls of this process that change something on disk, and may take them away. */
import fs, { type promises } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'

/**
 * Call `isLost` before every such call. Where it says true the call does nothing and never ends: to the disk this process is
 * dead from then on. Gives what undoes it, and closes what was left open.
 */
export async function watchDisk(isLost: () => boolean): Promise<() => Promise<void>> {
  const undo: (() => void)[] = []
  const handles: promises.FileHandle[] = []
  const watch = <Target extends object>(target: Target, name: keyof Target, isAsync: boolean): void => {
    const method = target[name]
    if (typeof method !== 'function') throw new Error(`${String(name)} is no function`)
    const watched = function (this: unknown, ...args: unknown[]): unknown {
      if (!isLost()) return Reflect.apply(method, this, args)
      if (isAsync) return new Promise(() => {})
      throw new Error('the process is dead')
    }
    Object.assign(target, { [name]: watched })
    undo.push(() => Object.assign(target, { [name]: method }))
  }
  const handle: promises.FileHandle = await fs.promises.open(process.execPath)
  for (const name of ['appendFile', 'sync'] as const) watch(Object.getPrototypeOf(handle), name, true)
  await handle.close()
  const { open } = fs.promises
  fs.promises.open = async (...args) => {
    const opened = await open(...args)
    handles.push(opened)
    return opened
  }
  undo.push(() => Object.assign(fs.promises, { open }))
  for (const name of ['renameSync', 'rmSync', 'mkdirSync', 'rmdirSync'] as const) watch(fs, name, false)
  for (const name of ['open', 'mkdir', 'rm', 'rmdir', 'writeFile'] as const) watch(fs.promises, name, true)
  syncBuiltinESMExports()
  return async () => {
    for (const one of undo.reverse()) one()
    syncBuiltinESMExports()
    for (const one of handles) if (one.fd >= 0) await one.close()
  }
}
