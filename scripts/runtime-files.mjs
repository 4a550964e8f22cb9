/**
 * @file Writes src/action/engine/files.ts: what the action installs the engine from (a lockfile) and what it must find
 * then (the sha256 of every file that is loaded), from package-lock.json and node_modules. `npm test` compares them.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const PACKAGES = ['onnxruntime-common', 'onnxruntime-node']
const LOADED = /(\.(c|m)?js|\.json|\.node|\.dll|\.dylib|\.so(\.\d+)*)$/

/** name → sha256, of one package's files that can be loaded. */
function loadedFiles(name) {
  const folder = join(root, 'node_modules', name)
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((path) => LOADED.test(path))
    // Fetched on demand, not part of the package.
    .filter((path) => !/onnxruntime_providers_/.test(path))
    .sort()
  return names.map((path) => [
    path.slice(folder.length + 1).replaceAll('\\', '/'),
    createHash('sha256').update(readFileSync(path)).digest('hex'),
  ])
}

/** The engine and all that its packages need, as locked; without addresses, so that any registry serves. */
function lockedPackages() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const found = new Map()
  const add = (name) => {
    if (found.has(name)) return
    const locked = packages[`node_modules/${name}`]
    if (locked === undefined) throw new Error(`${name} is not in package-lock.json`)
    const { version, integrity, dependencies = {} } = locked
    found.set(name, { version, integrity, dependencies })
    for (const needed of Object.keys(dependencies)) add(needed)
  }
  add('onnxruntime-node')
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1))
}

const list = (entries, show) => entries.map(([name, value]) => `  '${name}': ${show(value)},\n`).join('')
const record = (entries) =>
  entries.length === 0 ? '{}' : `{ ${entries.map(([k, v]) => `'${k}': '${v}'`).join(', ')} }`
const text = `/** @file The engine's packages as locked, and their files. Written by scripts/runtime-files.mjs from package-lock.json and node_modules. */

export interface LockedPackage {
  readonly version: string
  readonly integrity: string
  readonly dependencies: Readonly<Record<string, string>>
}

/** Name → package: the engine and all that its own installation script needs. */
export const ENGINE_PACKAGES: Readonly<Record<string, LockedPackage>> = {
${list(lockedPackages(), ({ version, integrity, dependencies }) => `{ version: '${version}', integrity: '${integrity}', dependencies: ${record(Object.entries(dependencies))} }`)}}

/** Package → path inside it → sha256: every file that can be loaded, of all platforms. */
export const ENGINE_FILES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
${PACKAGES.map((name) => `  '${name}': {\n${list(loadedFiles(name), (hash) => `'${hash}'`)}  },\n`).join('')}}
`
const path = join(root, 'src/action/engine/files.ts')
if (process.argv[2] === '--print') process.stdout.write(text)
else writeFileSync(path, text)
