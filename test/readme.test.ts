/**
 * @file The README is true: its first example runs and prints what it says, and what it names is there.
 *
 * @module-tag slow
 */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { FORMATS } from '../src/report/formats/index.ts'
import { saegate } from './cli/program.ts'

const readme = readFileSync('README.md', 'utf8')

describe('README', () => {
  it('shows an example that prints what it says', async () => {
    const block = /<!-- example:begin -->\n```console\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
    const [command = '', ...rest] = block.replaceAll('\\\n', ' ').split('\n')
    const args = command.replace('$ saegate ', '').trim().split(/\s+/)
    const out = mkdtempSync(join(tmpdir(), 'saegate-test-'))
    const { status, stdout } = await saegate([...args, '--out', out])
    rmSync(out, { recursive: true, force: true })
    expect(status).toBe(1)
    const expected = rest.filter((line) => line.trim() !== '')
    expect(expected.length).toBeGreaterThan(4)
    // Figures stand with narrow no-break spaces before their units; the README is plain text.
    const shown = stdout.replaceAll(/[\u00A0\u2009\u202F]/g, ' ')
    for (const line of expected) expect(shown).toContain(line)
  })

  it('shows the policy of the example', () => {
    const shown = /```yaml\n# policy\.yaml\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
    expect(parse(shown)).toEqual(parse(readFileSync('fixtures/policies/release.yaml', 'utf8')))
  })

  it('shows the demo that it speaks of', () => {
    expect(parse(readFileSync('fixtures/demo.yaml', 'utf8'))).toMatchObject({
      candidates: ['fixtures/candidates/neox-int6-repaired', 'rtn:8'],
      policy: 'fixtures/policies/release.yaml',
    })
  })

  it('names every form of a report', () => {
    for (const name of Object.keys(FORMATS)) expect(readme).toContain(`\`${name}\``)
  })

  it('names no command that is not there', async () => {
    const { stdout } = await saegate(['--help'])
    const commands = [...stdout.matchAll(/^ {2}([a-z]+)(?: \[options\])?/gm)].map((match) => match[1] ?? '')
    const named = new Set([...readme.matchAll(/(?:`| {4})saegate ([a-z]+)/g)].map((match) => match[1] ?? ''))
    expect(named.size).toBeGreaterThan(10)
    expect([...named].filter((name) => !commands.includes(name))).toEqual([])
  })

  it('fits two screens', () => {
    expect(readme.split('\n').length).toBeLessThan(200)
  })
})

describe('documents', () => {
  const pages = ['README.md', 'CONTRIBUTING.md', ...readdirSync('docs').map((name) => `docs/${name}`)]

  it.each(pages.filter((name) => name.endsWith('.md')))('%s links only to what is there', (name) => {
    const text = readFileSync(name, 'utf8')
    const links = [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)].map((match) => match[1] ?? '')
    const missing = links.filter((link) => !/^https?:/.test(link) && !existsSync(join(dirname(name), link)))
    expect(missing).toEqual([])
  })
})
