/** @file docs/experiments/*.md, which `npm run experiments` writes: their commands are commands, and what they show is there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { buildProgram } from '../../src/cli/program.ts'
import { fakeHost } from '../cli/fake-host.ts'

const FOLDER = 'docs/experiments'
const pages = readdirSync(FOLDER).filter((name) => name.endsWith('.md'))
const program = buildProgram(fakeHost([]), () => {})

it('there are experiments', () => expect(pages.length).toBeGreaterThanOrEqual(5))

describe.each(pages)('%s', (name) => {
  const text = readFileSync(`${FOLDER}/${name}`, 'utf8')
  const block = /```sh\n([\s\S]*?)```/.exec(text)?.[1] ?? ''
  const commands = block
    .replaceAll('\\\n', ' ')
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))

  it('lists commands that there are, with flags that they have and files that are here', () => {
    for (const [tool, command, ...words] of commands) {
      expect(tool).toBe('saegate')
      const known = program.commands.find((one) => one.name() === command)
      const flags = words.filter((word) => word.startsWith('--'))
      expect(known, command).toBeDefined()
      for (const flag of flags) expect(known?.options.map(({ long }) => long)).toContain(flag)
      for (const path of words.filter((word) => word.startsWith('fixtures/')))
        expect(existsSync(path)).toBe(true)
    }
  })

  it('has two sentences, a table and a plot of its own', () => {
    const words = text.split('```')[2]?.split('![')[0]?.trim() ?? ''
    expect(words.match(/[^.]\.(?= |$)/g)).toHaveLength(2)
    expect(text).toMatch(/```text\n[\s\S]*\d[\s\S]*\n```/)
    const plot = readFileSync(`${FOLDER}/${name.replace('.md', '.svg')}`, 'utf8')
    expect(plot).toMatch(/^<svg [\s\S]*<\/svg>\n$/)
    expect(plot).not.toMatch(/NaN|undefined|<script|href=/)
    expect(`${text}${plot}`).not.toContain('/tmp/')
  })
})
