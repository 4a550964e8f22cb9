/**
 * @file What a user installs: the files that are packed, the one package that comes beside them, and what package.json says of them.
 * The list is npm's own (`npm pack --dry-run`).
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

interface Packed {
  readonly filename: string
  readonly size: number
  readonly files: readonly { readonly path: string }[]
}

/** A ceiling, so that nothing large slips in: 1.8 MB when this was written. */
const MOST_PACKED_BYTES = 3_000_000

const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
const isWindows = process.platform === 'win32'
const [packed]: readonly Packed[] = JSON.parse(
  execFileSync(isWindows ? 'npm.cmd' : 'npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    encoding: 'utf8',
    shell: isWindows,
    stdio: ['ignore', 'pipe', 'ignore'],
  }),
)
const paths = packed?.files.map(({ path }) => path) ?? []

describe('the package', () => {
  it('has the program, its types, licence, notices, policies and schemas', () => {
    const all = (folder: string) =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).replaceAll('\\', '/'))
    const needed = ['dist', 'types', 'policies', 'schemas'].flatMap(all)
    expect(needed.length).toBeGreaterThan(100)
    expect(paths).toEqual(expect.arrayContaining([...needed, 'LICENSE', 'README.md', 'package.json']))
    expect(paths).toContain('dist/licenses.txt')
  })

  it('has nothing else, and stays small', () => {
    const foreign = /^(?!dist\/|types\/|policies\/|schemas\/|(LICENSE|README\.md|package\.json|action\.yml)$)/
    expect(paths.filter((path) => foreign.test(path))).toEqual([])
    expect(packed?.size).toBeLessThan(MOST_PACKED_BYTES)
  })

  it('has what package.json points at', () => {
    const { bin, exports, types } = manifest
    const entry = [bin.saegate, exports['.'].types, exports['.'].default, types]
    for (const path of entry) expect(paths).toContain(path.replace(/^\.\//, ''))
    for (const pattern of ['./schemas/*.json', './policies/*.yaml']) {
      expect(exports[pattern]).toBe(pattern)
      const [folder = '', ending = ''] = pattern.slice(2).split('*')
      expect(paths.some((path) => path.startsWith(folder) && path.endsWith(ending))).toBe(true)
    }
    expect(readFileSync(bin.saegate, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
  })
})

describe('installing it', () => {
  it('brings one package, the engine: everything else is in dist/', () => {
    expect(Object.keys(manifest.dependencies)).toEqual(['onnxruntime-node'])
    const external = new Set(
      readdirSync('dist')
        .filter((file) => file.endsWith('.js'))
        .flatMap((file) => [
          ...readFileSync(join('dist', file), 'utf8').matchAll(
            /^(?:import|export)\b[^'"\n]*["']([^'"]+)["'];?$/gm,
          ),
        ])
        .map((match) => match[1] ?? '')
        .filter((name) => !name.startsWith('.') && !isBuiltin(name)),
    )
    expect([...external]).toEqual([])
  })

  it('runs no script, from the registry or from git', () => {
    // npm fetches all development packages for a git dependency that has one of these (pacote, lib/git.js).
    const scripts = ['preinstall', 'install', 'postinstall', 'prepare', 'prepack', 'build']
    expect(scripts.filter((name) => name in manifest.scripts)).toEqual([])
    // npm would build a package that has it.
    expect(existsSync('binding.gyp')).toBe(false)
  })
})
