/** @file Where a path lies in the repository: by its words, whatever links the checkout has. */
import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { groundsOf, placeOf, requirePlainFolder, rootOf } from '../../src/action/rules/place.ts'

let top: string
beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'saegate-place-')))
})
const inside = (path: string, folder = '.') => {
  const place = placeOf(groundsOf(top, folder), path)
  return place.kind === 'inside' ? [place.root, place.parts.join('/')] : place.kind
}

describe('a path', () => {
  it('is told by its words, from the working directory or from the top', () => {
    mkdirSync(join(top, '.git'))
    expect(inside('policies/../saegate.yaml')).toEqual([top, 'saegate.yaml'])
    expect(inside('./saegate.yaml', 'models/small')).toEqual([top, 'models/small/saegate.yaml'])
    expect(inside('../shared.yaml', 'models/small')).toEqual([top, 'models/shared.yaml'])
    expect(inside(join(top, 'a.yaml'), 'models')).toEqual([top, 'a.yaml'])
    expect(inside('..')).toBe('outside')
    expect(inside('/etc/saegate/policy.yaml')).toBe('outside')
  })

  it('belongs to the outermost checkout: no submodule or folder of the pull request is taken for the repository', () => {
    mkdirSync(join(top, 'repo', 'sub'), { recursive: true })
    expect(inside('saegate.yaml', 'repo')).toEqual([top, 'repo/saegate.yaml'])
    writeFileSync(join(top, 'repo', 'sub', '.git'), 'gitdir: elsewhere')
    mkdirSync(join(top, 'repo', '.git'))
    expect(inside('saegate.yaml', 'repo')).toEqual([join(top, 'repo'), 'saegate.yaml'])
    expect(inside('saegate.yaml', 'repo/sub')).toEqual([join(top, 'repo'), 'sub/saegate.yaml'])
    expect(rootOf(groundsOf(top, 'repo/sub'), 'x')).toBe(join(top, 'repo'))
    expect(rootOf(groundsOf(top, '.'), '/etc/x')).toBe(top)
  })

  it('is refused where a link leads to another place than its words say', () => {
    mkdirSync(join(top, 'lenient'))
    symlinkSync('lenient', join(top, 'models'))
    expect(() => requirePlainFolder(groundsOf(top, 'models'))).toThrow(/working-directory is a link/)
    expect(() => requirePlainFolder(groundsOf(top, 'lenient'))).not.toThrow()
    const elsewhere = mkdtempSync(join(tmpdir(), 'saegate-elsewhere-'))
    symlinkSync(top, join(elsewhere, 'back'))
    writeFileSync(join(top, 'policy.yaml'), '')
    expect(() => inside(join(elsewhere, 'back', 'policy.yaml'))).toThrow(
      /reached through a link from outside/,
    )
  })
})
