/** @file A project that has installed this package: a folder of its own, with a link to this clone among its packages. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

export interface Project {
  readonly folder: string
  /** Write a file; its path. */
  write(name: string, text: string): string
  remove(): void
}

export function newProject(): Project {
  const folder = mkdtempSync(join(tmpdir(), 'saegate-project-'))
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(resolve('.'), join(folder, 'node_modules', 'saegate'), 'junction')
  return {
    folder,
    write(name, text) {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

/** The programs of docs/library.md, in order; where they write `saegate-report`, it is `out`. */
export function examples(out: string): readonly string[] {
  const text = readFileSync('docs/library.md', 'utf8')
  return [...text.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code = '']) =>
    code.replaceAll(/'saegate-report(\/[^']*)?'/g, (_, rest = '') => JSON.stringify(`${out}${rest}`)),
  )
}
