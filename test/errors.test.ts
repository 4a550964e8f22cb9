/** @file The catalogue of problems: codes are unique and permanent, and docs/errors.md lists them all. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'

const DOCUMENT = 'docs/errors.md'

interface Entry {
  readonly code: string
  readonly stage: string
}

function isProblem(value: unknown): value is { readonly code: string } {
  return typeof value === 'function' && 'code' in value && typeof value.code === 'string'
}

async function catalogue(): Promise<readonly Entry[]> {
  const entries: Entry[] = []
  for (const file of readdirSync('src/errors').sort()) {
    if (file === 'problem.ts') continue
    const stage = file.replace(/\.ts$/, '')
    const module: Record<string, unknown> = await import(
      /* @vite-ignore */ pathToFileURL(resolve('src/errors', file)).href
    )
    for (const value of Object.values(module)) if (isProblem(value)) entries.push({ code: value.code, stage })
  }
  return entries
}

/** The first text literal in a piece of source, without its quotes. */
const literalIn = (source: string): string => /(['"`])((?:\\.|(?!\1)[\s\S])*)\1/.exec(source)?.[2] ?? ''

/** The fix as the declaration writes it: a literal, a constant of the file, or an argument (the one who raises it says it). */
function fixIn(declaration: string, file: string): string {
  // It stands last; what is before it may be another `fix`, an argument.
  const [, written, expression = ''] = /\n\s*(fix(?::\s*([\s\S]*?))?),\n\s*\}\)/.exec(declaration) ?? []
  if (written === 'fix') return 'What to do is said with the message.'
  const constant = (name: string): string | null => {
    const at = file.indexOf(`const ${name} =`)
    return at < 0 ? null : literalIn(file.slice(at))
  }
  return (
    (/^\w+$/.test(expression) ? constant(expression) : null) ??
    literalIn(expression).replaceAll(/\$\{(\w+)\}/g, (all, name: string) => constant(name) ?? all)
  )
}

/** Exit status and source text of the fix, as written in the catalogue. */
function sourceOf(stage: string, code: string): { status: string; fix: string } {
  const text = readFileSync(`src/errors/${stage}.ts`, 'utf8')
  const start = text.search(new RegExp(`problem\\(\\s*'${code}'`))
  const length = text.slice(start + 1).search(/\bproblem\(/)
  const declaration = length < 0 ? text.slice(start) : text.slice(start, start + 1 + length)
  const status = /problem\(\s*'[A-Z0-9_]+',\s*([23])/.exec(declaration)?.[1] ?? ''
  return {
    status,
    fix: fixIn(declaration, text)
      .replaceAll(/\$\{[^}]*\}/g, '…')
      .replaceAll('\\n', ' ')
      .replaceAll('|', '\\|'),
  }
}

describe('the catalogue of problems', () => {
  it('has unique codes in capitals', async () => {
    const codes = (await catalogue()).map(({ code }) => code)
    expect(codes.filter((code, i) => codes.indexOf(code) !== i)).toEqual([])
    expect(codes.filter((code) => !/^[A-Z][A-Z0-9_]+$/.test(code))).toEqual([])
    expect(codes.length).toBeGreaterThan(100)
  })

  it('says of every problem what to do', async () => {
    const silent = (await catalogue()).filter(
      ({ stage, code }) => !/^\W*[A-Z][a-z]*\b.*[a-z]/.test(sourceOf(stage, code).fix),
    )
    expect(silent).toEqual([])
  })

  it('is listed in docs/errors.md', async () => {
    const lines = [
      '# Every problem saegate can report',
      '',
      'Generated from `src/errors/`. Codes are permanent. Exit status 2: bad usage or input, nothing was measured. 3: the run itself failed.',
    ]
    let stage = ''
    for (const entry of await catalogue()) {
      if (entry.stage !== stage) {
        stage = entry.stage
        lines.push('', `## ${stage}`, '', '| code | exit | what to do |', '|---|---|---|')
      }
      const { status, fix } = sourceOf(entry.stage, entry.code)
      lines.push(`| \`${entry.code}\` | ${status} | ${fix} |`)
    }
    const text = `${lines.join('\n')}\n`
    if (process.env.UPDATE_DOCS === '1') writeFileSync(DOCUMENT, text)
    expect(readFileSync(DOCUMENT, 'utf8')).toBe(text)
  })
})
