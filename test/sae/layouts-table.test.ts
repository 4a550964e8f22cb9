/** @file docs/dictionaries.md lists the layouts that are read. */
import { readFileSync, writeFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { LAYOUTS } from '../../src/sae/layouts/index.ts'

const DOCUMENT = 'docs/dictionaries.md'
const [BEGIN, END] = ['<!-- layouts:begin -->', '<!-- layouts:end -->']

it('lists every layout', () => {
  const text = readFileSync(DOCUMENT, 'utf8')
  const rows = LAYOUTS.map(({ name, layout, reads }) => `| ${name} | ${layout} | ${reads} |`)
  const table = ['| who | files | what |', '|---|---|---|', ...rows].join('\n')
  const written = `${text.slice(0, text.indexOf(BEGIN))}${BEGIN}\n${table}\n${text.slice(text.indexOf(END))}`
  if (process.env.UPDATE_DOCS) writeFileSync(DOCUMENT, written)
  expect(readFileSync(DOCUMENT, 'utf8')).toBe(written)
})
