/** @file What this project may be used for, and what it carries of others: LICENSE, dist/licenses.txt, the lockfile. */
import { readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const json = (path: string) => JSON.parse(readFileSync(path, 'utf8'))
/** Installed beside the program, with its licence: its native parts cannot be bundled. */
const NOT_BUNDLED = 'onnxruntime-node'

/** Packages whose code the source asks for; types alone leave nothing behind. */
function importedPackages(folder: string): readonly string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  )
  const specifiers = files.flatMap((name) => [
    ...readFileSync(join(folder, name), 'utf8').matchAll(
      /^(?:(?:import|export) (?!type\b).*|\}) from '([^']+)'$|\bimport\('([^']+)'\)/gm,
    ),
  ])
  const names = specifiers
    .map(([, still = '', asked = still]) => asked)
    .filter((name) => !name.startsWith('.') && !isBuiltin(name))
    .map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    )
  return [...new Set(names)]
}

it('has the licence that package.json names', () => {
  expect(json('package.json').license).toBe('Apache-2.0')
  const text = readFileSync('LICENSE', 'utf8')
  expect(text).toMatch(/^\s*Apache License\s+Version 2\.0, January 2004/)
  expect(text).toContain('END OF TERMS AND CONDITIONS')
})

it('ships the licence of every package that dist/ has code of', () => {
  const notices = readFileSync('dist/licenses.txt', 'utf8')
  const bundled = importedPackages('src').filter((name) => name !== NOT_BUNDLED)
  expect(bundled.length).toBeGreaterThan(12)
  const missing = bundled.filter((name) => {
    const { version } = json(`node_modules/${name}/package.json`)
    return !notices.includes(`\n${name} ${version}, `)
  })
  expect(missing).toEqual([])
  expect(notices).toMatch(/Permission is hereby granted, free of charge/)
  expect(notices).toContain('END OF TERMS AND CONDITIONS')
})

it('pins every installed package by its hash', () => {
  const { packages } = json('package-lock.json')
  const unpinned = Object.entries<{ integrity?: string; link?: boolean }>(packages)
    .filter(
      ([path, { integrity, link }]) => path !== '' && link !== true && !/^sha512-/.test(integrity ?? ''),
    )
    .map(([path]) => path)
  expect(unpinned).toEqual([])
})
