/**
 * @file npm, asked for the engine's packages exactly as they are locked (files.ts): version and integrity of each, the
 * ones that its own installation script needs included. No install scripts run. Left out: writing around npm's
 * configuration, so that a registry of one's own serves.
 */
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { runtimeInstall, runtimeNpm } from '../../errors/action.ts'
import { ENGINE_VERSION } from '../../version.ts'
import { ENGINE_PACKAGES } from './files.ts'
import type { RuntimeHost } from './host.ts'

/** Lay down node_modules in `staging`. Errors: ACTION_RUNTIME_INSTALL, ACTION_RUNTIME_NPM. */
export async function installEngine(host: RuntimeHost, staging: string): Promise<void> {
  // A package.json of its own: else npm climbs to the nearest one above.
  await writeFile(join(staging, 'package.json'), JSON.stringify(manifest))
  await writeFile(join(staging, 'package-lock.json'), JSON.stringify(lockfile()))
  const npm = npmOf(host)
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--omit=dev', '--loglevel=error']
  const { status, output } = await host.run(npm.command, [...npm.args, 'ci', ...flags, '--prefix', staging])
  if (status !== 0) throw runtimeInstall(`npm ci of onnxruntime-node ${ENGINE_VERSION}`, status, output)
}

const manifest = {
  name: 'saegate-engine',
  private: true,
  dependencies: { 'onnxruntime-node': ENGINE_VERSION },
}

/** npm holds what it downloads against the hashes in here. */
function lockfile(): object {
  const packages = Object.entries(ENGINE_PACKAGES).map(([name, locked]) => [`node_modules/${name}`, locked])
  return {
    name: manifest.name,
    lockfileVersion: 3,
    packages: { '': manifest, ...Object.fromEntries(packages) },
  }
}

/**
 * npm as a script for our own Node: beside it (Linux and macOS runners carry it), else on PATH. Never npm.cmd, which
 * Node starts only through a shell.
 */
function npmOf({ env, execPath }: RuntimeHost): { command: string; args: readonly string[] } {
  const folders = [
    dirname(execPath),
    ...(env.PATH ?? env.Path ?? '').split(delimiter).filter((folder) => folder !== ''),
  ]
  for (const folder of folders) {
    for (const modules of [join(folder, '..', 'lib', 'node_modules'), join(folder, 'node_modules')]) {
      const script = join(modules, 'npm', 'bin', 'npm-cli.js')
      if (existsSync(script)) return { command: execPath, args: [script] }
    }
    if (existsSync(join(folder, 'npm')) && process.platform !== 'win32')
      return { command: join(folder, 'npm'), args: [] }
  }
  throw runtimeNpm()
}
