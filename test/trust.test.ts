/** @file docs/trust.md names the test of every attack: each is there, under that name. */
import { existsSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const rows = readFileSync('docs/trust.md', 'utf8')
  .split('\n## What happens\n')[1]!
  .split('\n')
  .filter((line) => /^\| (?!attack|---)/.test(line))
  .map((line) => line.split(' | ').at(-1)!.replace(/ \|$/, ''))

/** `test/a.test.ts: one name; another`, several of them apart by semicolons or commas. */
const cited = (cell: string): readonly { file: string; names: readonly string[] }[] =>
  [...cell.matchAll(/`(test\/[\w./-]+\.test\.ts)`(?:: ([^`]*))?/g)].map(([, file = '', names = '']) => ({
    file,
    names: names
      .split(';')
      .map((name) => name.replace(/,? *$/, '').trim())
      .filter((name) => name !== ''),
  }))

/** Apostrophes of either kind, and those that a string escapes, are one. */
const plain = (text: string): string => text.replaceAll(/\\?['’]/g, '’')

it.each(rows.map((cell, index) => [index + 1, cell] as const))(
  'row %i names tests that are there',
  (_, cell) => {
    const tests = cited(cell)
    expect(tests.length, cell).toBeGreaterThan(0)
    for (const { file, names } of tests) {
      expect(existsSync(file), file).toBe(true)
      const text = plain(readFileSync(file, 'utf8'))
      for (const name of names) expect(text.includes(plain(name)), `${file}: ${name}`).toBe(true)
    }
  },
)
